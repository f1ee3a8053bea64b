//! What an operation on an instance leaves to tell, whichever workflow it is of.

use inflight::{Definition, Outcome};

/// What an operation leaves to tell.
pub(super) struct Aftermath {
    /// How actions failed.
    pub(super) failures: Vec<String>,
    /// The step at which it was interrupted, if it was.
    pub(super) interrupted: Option<String>,
}

impl<D: Definition> From<Outcome<D>> for Aftermath {
    fn from(outcome: Outcome<D>) -> Self {
        let last = outcome.steps.last().map(ToString::to_string);
        Self {
            failures: outcome.failures().map(str::to_owned).collect(),
            interrupted: last.filter(|_| outcome.is_interrupted()),
        }
    }
}
