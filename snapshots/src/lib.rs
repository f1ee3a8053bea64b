//! Reviewed diagrams and generated code of the example workflows.
