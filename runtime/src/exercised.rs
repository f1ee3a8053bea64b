//! What of a workflow is exercised, told to tests.

use crate::definition::{Definition, Name};
use crate::engine::Change;
use crate::tables::TransitionIndex;

/// What can be exercised of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exercised {
    /// Its target was entered.
    Taken,
    /// It failed for good: its error path was taken, or it was given up.
    Failed,
    /// It failed, and was tried again.
    Retried,
    /// An attempt took longer than it may.
    TimedOut,
    /// A guard kept it from firing.
    Refused,
    /// It was interrupted, and carried on as it says.
    Interrupted,
    /// It was interrupted, and found to have been done.
    FoundDone,
    /// It was interrupted, and found not to have been done.
    FoundUndone,
    /// It was interrupted, and nobody knows whether it was done.
    FoundUnknown,
}

impl Exercised {
    /// As it is noted, and told to programs.
    pub fn word(self) -> &'static str {
        match self {
            Exercised::Taken => "taken",
            Exercised::Failed => "failed",
            Exercised::Retried => "retried",
            Exercised::TimedOut => "timed_out",
            Exercised::Refused => "refused",
            Exercised::Interrupted => "interrupted",
            Exercised::FoundDone => "found_done",
            Exercised::FoundUndone => "found_undone",
            Exercised::FoundUnknown => "found_unknown",
        }
    }

    /// What a commit exercises of the transition that was in flight before it.
    pub(crate) fn by(change: Change) -> Option<Self> {
        match change {
            Change::Enter => Some(Exercised::Taken),
            Change::Retry => Some(Exercised::Retried),
            Change::Divert | Change::Abandon => Some(Exercised::Failed),
            Change::Interrupt | Change::Park => Some(Exercised::Interrupted),
            Change::Start | Change::Begin | Change::Wake | Change::Resume | Change::Set => None,
        }
    }

    /// Notes that this was exercised of a transition, in a state.
    pub(crate) fn note<D: Definition>(self, state: D::StateName, transition: TransitionIndex) {
        #[cfg(feature = "testing")]
        crate::testing::coverage::note(
            D::TABLES,
            state.as_str(),
            D::TABLES.transition(transition).name,
            self,
        );
        #[cfg(not(feature = "testing"))]
        let _ = (state.index(), transition);
    }
}
