//! Where an instance stands, as positions in the tables.

use crate::tables::{StateIndex, Tables, TransitionIndex};

/// What a record says, as positions in the tables.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Position {
    /// The current state.
    pub(crate) state: StateIndex,
    /// The timers of the state that have fired since it was entered.
    pub(crate) spent: Vec<TransitionIndex>,
    /// The transition in flight.
    pub(crate) inflight: Option<Mark>,
}

/// A transition in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mark {
    /// Which transition.
    pub(crate) transition: TransitionIndex,
    /// Which attempt, counted from 1.
    pub(crate) attempt: u32,
    /// How many times it was interrupted.
    pub(crate) interruptions: u32,
    /// Whether a failure led into it.
    pub(crate) diverted: bool,
    /// What it is doing.
    pub(crate) stage: Stage,
}

/// What a transition in flight is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Stage {
    /// It waits for its next attempt: its action is certainly not running.
    Waiting,
    /// Its action may be running, or have been when the process died.
    Running,
    /// It waits for an operator.
    Parked,
}

impl Position {
    /// The timers of the state that have not fired since it was entered, the earliest
    /// first, each with how long after that it is due.
    pub(crate) fn timers(&self, tables: &Tables) -> Vec<(TransitionIndex, u64)> {
        let timers = tables.timers(self.state);
        let mut timers: Vec<_> = timers
            .filter(|(timer, _)| !self.spent.contains(timer))
            .collect();
        timers.sort_by_key(|(_, after)| *after);
        timers
    }
}

impl Mark {
    /// A transition that is about to run for the first time.
    pub(crate) fn new(transition: TransitionIndex) -> Self {
        Self {
            transition,
            attempt: 1,
            interruptions: 0,
            diverted: false,
            stage: Stage::Running,
        }
    }
}
