//! The rules, without anything else: no I/O, no clock, no async, no data.
//!
//! An [`Engine`] stands at a [`Position`] and is handed events; each answers with the
//! one [`Effect`] that must happen next. The driver carries effects out and hands
//! back how they went, so one operation is a strict alternation:
//!
//! ```text
//! fire | synchronize | resolve ─▶ effect
//! effect Commit ─▶ committed
//! effect Run    ─▶ succeeded | failed | interrupted
//! effect Finish ─▶ the operation is over
//! ```
//!
//! A crash is what happens when no event follows: another engine starts from the
//! position that was committed last.

use crate::outcome::Verdict;
use crate::tables::{StateIndex, Tables, TransitionIndex, TransitionRow};

/// What a record says, as positions in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Position {
    /// The current state.
    pub(crate) state: StateIndex,
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
}

/// What must happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Make this position durable, as a change of this kind.
    Commit(Change, Position),
    /// Run the action of the transition in flight.
    Run,
    /// Nothing: the operation is over.
    Finish(Verdict),
}

/// What a commit changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A transition is now in flight: fired, or automatic.
    Begin,
    /// The transition in flight was interrupted once more, and will run again.
    Interrupt,
    /// An operator had the transition in flight run again, its interruptions forgotten.
    Resume,
    /// The transition in flight failed, and its error transition is now in flight.
    Divert,
    /// The target was entered; an automatic transition may be in flight.
    Enter,
    /// The transition in flight is given up; the state stays.
    Abandon,
}

/// Why a transition cannot be fired, or resolved. Nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A transition is in flight.
    Interrupted,
    /// It does not leave the current state, or callers cannot fire it.
    Invalid,
    /// The guard of this name says no.
    Guard(&'static str),
    /// No transition is in flight.
    Settled,
}

/// What an operator decides of a transition in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Run it again, and forget how often it was interrupted.
    Retry,
    /// Give it up: nothing is in flight any more and the state stays as it is.
    Abandon,
}

/// The name of the first guard of a transition that refuses, if one does.
pub(crate) type Guards<'a> = &'a mut dyn FnMut(TransitionIndex) -> Option<&'static str>;

/// One operation on one instance.
#[derive(Debug)]
pub(crate) struct Engine {
    tables: &'static Tables,
    position: Position,
    /// What became of the transition that the operation began with.
    verdict: Option<Verdict>,
}

impl Engine {
    /// An engine at a durable position.
    pub(crate) fn new(tables: &'static Tables, position: Position) -> Self {
        Self {
            tables,
            position,
            verdict: None,
        }
    }

    /// Fires a transition.
    pub(crate) fn fire(
        &mut self,
        transition: TransitionIndex,
        guards: Guards<'_>,
    ) -> Result<Effect, Refusal> {
        if self.position.inflight.is_some() {
            return Err(Refusal::Interrupted);
        }
        if !self
            .tables
            .outgoing(self.position.state)
            .contains(&transition)
        {
            return Err(Refusal::Invalid);
        }
        match guards(transition) {
            Some(guard) => Err(Refusal::Guard(guard)),
            None => Ok(self.begin(transition)),
        }
    }

    /// Carries on with what is in flight, or fires what is automatic.
    pub(crate) fn synchronize(&mut self, guards: Guards<'_>) -> Effect {
        let Some(mark) = self.position.inflight else {
            return match self.automatic(self.position.state, guards) {
                Some(transition) => self.begin(transition),
                None => Effect::Finish(Verdict::Idle),
            };
        };
        if self.position.is_parked(self.tables) {
            return Effect::Finish(Verdict::Parked);
        }
        let row = self.row(mark.transition);
        if mark.interruptions < row.reruns {
            let interruptions = mark.interruptions + 1;
            self.mark(
                Change::Interrupt,
                Mark {
                    interruptions,
                    ..mark
                },
            )
        } else {
            self.failed()
        }
    }

    /// Does what an operator decided of the transition in flight.
    pub(crate) fn resolve(&mut self, resolution: Resolution) -> Result<Effect, Refusal> {
        let mark = self.position.inflight.ok_or(Refusal::Settled)?;
        Ok(match resolution {
            Resolution::Retry => self.mark(
                Change::Resume,
                Mark {
                    interruptions: 0,
                    ..mark
                },
            ),
            Resolution::Abandon => self.abandon(Verdict::Abandoned),
        })
    }

    /// The commit is durable.
    pub(crate) fn committed(&self) -> Effect {
        match self.position.inflight {
            Some(_) => Effect::Run,
            None => Effect::Finish(self.verdict.unwrap_or(Verdict::Idle)),
        }
    }

    /// The action succeeded. The guards are asked about the state that is entered.
    pub(crate) fn succeeded(&mut self, guards: Guards<'_>) -> Effect {
        let Some(mark) = self.position.inflight else {
            return Effect::Finish(Verdict::Idle);
        };
        self.verdict.get_or_insert(if mark.diverted {
            Verdict::Failed { handled: true }
        } else {
            Verdict::Completed
        });
        let target = self.row(mark.transition).target;
        let state = target.unwrap_or(self.position.state);
        self.position = Position {
            state,
            inflight: self.automatic(state, guards).map(Mark::new),
        };
        Effect::Commit(Change::Enter, self.position)
    }

    /// The action failed.
    pub(crate) fn failed(&mut self) -> Effect {
        let running = self.position.inflight;
        match running.and_then(|mark| self.row(mark.transition).on_error) {
            Some(error) => self.mark(
                Change::Divert,
                Mark {
                    diverted: true,
                    ..Mark::new(error)
                },
            ),
            None => self.abandon(Verdict::Failed { handled: false }),
        }
    }

    /// The action was interrupted: the mark stays, and `synchronize` is the way on.
    pub(crate) fn interrupted(&self) -> Effect {
        Effect::Finish(self.verdict.unwrap_or(Verdict::Interrupted))
    }

    fn begin(&mut self, transition: TransitionIndex) -> Effect {
        self.mark(Change::Begin, Mark::new(transition))
    }

    fn mark(&mut self, change: Change, mark: Mark) -> Effect {
        self.position.inflight = Some(mark);
        Effect::Commit(change, self.position)
    }

    fn abandon(&mut self, verdict: Verdict) -> Effect {
        self.verdict.get_or_insert(verdict);
        self.position.inflight = None;
        Effect::Commit(Change::Abandon, self.position)
    }

    fn automatic(&self, state: StateIndex, guards: Guards<'_>) -> Option<TransitionIndex> {
        self.tables
            .outgoing(state)
            .iter()
            .copied()
            .find(|transition| self.row(*transition).automatic && guards(*transition).is_none())
    }

    fn row(&self, transition: TransitionIndex) -> &'static TransitionRow {
        self.tables.transition(transition)
    }
}

impl Position {
    /// Whether what is in flight was interrupted too often to be run again, and has no
    /// error transition: only an operator gets it going.
    pub(crate) fn is_parked(&self, tables: &Tables) -> bool {
        self.inflight.is_some_and(|mark| {
            let row = tables.transition(mark.transition);
            mark.interruptions >= row.reruns && row.on_error.is_none()
        })
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
        }
    }
}

#[cfg(test)]
mod tests;
