//! What each operation commits and how it ends, as whole effect vectors.

mod clauses;
mod interleavings;
mod scenario;
mod truth;
