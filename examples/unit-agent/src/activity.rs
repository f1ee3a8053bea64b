//! What runs while a unit or a relation rests in a state, or is leaving it: the workflows
//! say when, and start and stop it; the agent asks before it does anything of the kind.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What can run for a unit or a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Activity {
    /// Relation hooks may run.
    HookExecutor,
    /// Relations are up.
    Lifecycle,
    /// Changes of a relation's remote units are watched.
    Watches,
    /// Hooks of a relation's changes are scheduled.
    Scheduler,
}

/// What runs in this agent.
///
/// Clones are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Running(Arc<Mutex<BTreeSet<(Activity, String)>>>);

impl Running {
    /// Says that an activity of a unit or relation runs.
    pub(crate) fn start(&self, activity: Activity, of: &str) {
        self.all().insert((activity, of.to_owned()));
    }

    /// Says that it runs no longer.
    pub(crate) fn stop(&self, activity: Activity, of: &str) {
        self.all().remove(&(activity, of.to_owned()));
    }

    /// Whether it runs.
    pub(crate) fn runs(&self, activity: Activity, of: &str) -> bool {
        self.all().contains(&(activity, of.to_owned()))
    }

    fn all(&self) -> MutexGuard<'_, BTreeSet<(Activity, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
