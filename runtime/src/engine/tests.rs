//! What each operation commits and how it ends, as whole effect vectors; and every
//! interleaving of them, beside the rules.

mod clauses;
mod explore;
mod gallery;
mod interleavings;
mod moment;
mod recovery;
mod rules;
mod scenario;
mod subject;
mod truth;
