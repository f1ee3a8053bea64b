//! What of the user's code is awaited, and where a test can end the process meanwhile.

use std::fmt;
use std::future::Future;
#[cfg(feature = "testing")]
use std::sync::Arc;

use crate::tables::TransitionRow;
#[cfg(feature = "testing")]
use crate::testing::crash::Fate;

/// What of the user's code is awaited.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work {
    /// The action of a transition.
    Action(&'static TransitionRow),
    /// The question whether it was done.
    Probe(&'static TransitionRow),
    /// An activity that starts.
    Start(&'static str),
    /// An activity that stops.
    Stop(&'static str),
}

/// What a test does to a process: nothing, where the feature `testing` is off.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tested {
    #[cfg(feature = "testing")]
    pub(crate) fate: Option<Arc<Fate>>,
}

impl Tested {
    /// Awaits the user's code.
    #[cfg(feature = "testing")]
    pub(crate) async fn work<T>(&self, work: Work, future: impl Future<Output = T>) -> T {
        match &self.fate {
            Some(fate) => fate.during(work, future).await,
            None => future.await,
        }
    }

    /// Awaits the user's code.
    #[cfg(not(feature = "testing"))]
    pub(crate) fn work<T, F: Future<Output = T>>(&self, _: Work, future: F) -> F {
        future
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Work::Action(row) => {
                let action = row.action.unwrap_or_default();
                write!(f, "the action `{action}` of `{}`", row.name)
            }
            Work::Probe(row) => {
                let action = row.action.unwrap_or_default();
                write!(f, "the probe of `{action}` of `{}`", row.name)
            }
            Work::Start(activity) => write!(f, "the start of `{activity}`"),
            Work::Stop(activity) => write!(f, "the stop of `{activity}`"),
        }
    }
}
