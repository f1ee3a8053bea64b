//! The rules, without anything else: no I/O, no clock, no async, no data.
//!
//! An [`Engine`] stands at a [`Position`] and is handed events; each answers with the
//! one [`Effect`] that must happen next. The driver carries effects out and hands
//! back how they went, so one operation is a strict alternation:
//!
//! ```text
//! fire | synchronize | expire | resolve | skip | set ─▶ effect
//! effect Commit ─▶ committed
//! effect Wait   ─▶ waited
//! effect Run    ─▶ succeeded | failed | interrupted
//! effect Probe  ─▶ succeeded | undone | doubtful | interrupted
//! effect Finish ─▶ the operation is over
//! ```
//!
//! A crash is what happens when no event follows: another engine starts from the
//! position that was committed last. Time is a number that the driver hands in: how
//! many nanoseconds ago the state was entered.

mod position;

use crate::outcome::Verdict;
use crate::tables::{OnInterrupt, StateIndex, Tables, TransitionIndex, TransitionRow};

pub(crate) use position::{Mark, Position, Stage};

/// How many interruptions of a transition are probed: a probe may kill its process too.
const PROBES: u32 = 10;

/// What must happen next.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Effect {
    /// Make this position durable, as a change of this kind.
    Commit(Change, Position),
    /// Wait until the time that the record names.
    Wait,
    /// Run the action of the transition in flight.
    Run,
    /// Ask whether the action of the transition in flight was done.
    Probe,
    /// Nothing: the operation is over.
    Finish(Verdict),
}

/// What a commit changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    /// The first record: timers count from now on.
    Start,
    /// A transition is now in flight: fired, or by itself.
    Begin,
    /// The transition in flight failed, and will be tried again, now or after a wait.
    Retry,
    /// The wait of the transition in flight is over, and it will be tried again.
    Wake,
    /// The transition in flight was interrupted once more, and will run again, if it was
    /// not done.
    Interrupt,
    /// The transition in flight was interrupted, and waits for an operator.
    Park,
    /// An operator had the transition in flight run again, its interruptions forgotten.
    Resume,
    /// The transition in flight failed, and its error transition is now in flight.
    Divert,
    /// The target was entered; an automatic transition may be in flight.
    Enter,
    /// The transition in flight is given up; the state stays.
    Abandon,
    /// An operator set the state; what was in flight is given up.
    Set,
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
    /// Run it again, at once, and forget how often it was interrupted.
    Retry,
    /// Take it for done, without running it: its target is entered. Refused where the
    /// action would have supplied variables of the target.
    Skip,
    /// Give it up: nothing is in flight any more and the state stays as it is.
    Abandon,
}

/// The name of the first guard of a transition that refuses, if one does.
pub(crate) type Guards<'a> = &'a mut dyn FnMut(TransitionIndex) -> Option<&'static str>;

/// One operation on one instance.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    tables: &'static Tables,
    position: Position,
    /// What became of the transition that the operation began with.
    verdict: Option<Verdict>,
    /// Whether it is open whether the action in flight was done.
    in_doubt: bool,
}

impl Engine {
    /// An engine at a durable position.
    pub(crate) fn new(tables: &'static Tables, position: Position) -> Self {
        Self {
            tables,
            position,
            verdict: None,
            in_doubt: false,
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

    /// Carries on with what is in flight, or fires what is automatic, or else what is due.
    pub(crate) fn synchronize(&mut self, elapsed: Option<u64>, guards: Guards<'_>) -> Effect {
        let Some(mark) = self.position.inflight else {
            return match self.automatic(self.position.state, guards) {
                Some(transition) => self.begin(transition),
                None => self
                    .expire(elapsed, guards)
                    .unwrap_or(Effect::Finish(Verdict::Idle)),
            };
        };
        match mark.stage {
            Stage::Waiting => Effect::Wait,
            Stage::Parked => Effect::Finish(Verdict::Parked),
            Stage::Running => self.carry_on(mark),
        }
    }

    /// Fires the first timer that is due and that no guard keeps from firing, if nothing
    /// is in flight. The state was entered so many nanoseconds ago; `None` means that no
    /// record says so yet.
    pub(crate) fn expire(&mut self, elapsed: Option<u64>, guards: Guards<'_>) -> Option<Effect> {
        if self.position.inflight.is_some() {
            return None;
        }
        let timers = self.position.timers(self.tables);
        let Some(elapsed) = elapsed else {
            return (!timers.is_empty())
                .then(|| Effect::Commit(Change::Start, self.position.clone()));
        };
        let timer = timers
            .into_iter()
            .take_while(|(_, after)| *after <= elapsed)
            .find(|(timer, _)| guards(*timer).is_none())?;
        Some(self.begin(timer.0))
    }

    /// Runs the transition in flight again, or gives it up, as an operator decided.
    pub(crate) fn resolve(&mut self, retry: bool) -> Result<Effect, Refusal> {
        let mark = self.position.inflight.ok_or(Refusal::Settled)?;
        self.in_doubt = false;
        Ok(match retry {
            true => self.mark(
                Change::Resume,
                Mark {
                    interruptions: 0,
                    stage: Stage::Running,
                    ..mark
                },
            ),
            false => self.abandon(Verdict::Abandoned),
        })
    }

    /// Takes the transition in flight for done, as an operator decided.
    pub(crate) fn skip(&mut self, guards: Guards<'_>) -> Result<Effect, Refusal> {
        if self.position.inflight.is_none() {
            return Err(Refusal::Settled);
        }
        self.verdict.get_or_insert(Verdict::Skipped);
        Ok(self.succeeded(guards))
    }

    /// Sets the state, as an operator decided. What is automatic there is for
    /// [`synchronize`](Self::synchronize).
    pub(crate) fn set(&mut self, state: StateIndex) -> Effect {
        self.verdict = Some(Verdict::Set);
        self.position = Position {
            state,
            spent: Vec::new(),
            inflight: None,
        };
        Effect::Commit(Change::Set, self.position.clone())
    }

    /// The commit is durable.
    pub(crate) fn committed(&self) -> Effect {
        match self.position.inflight.map(|mark| mark.stage) {
            Some(Stage::Waiting) => Effect::Wait,
            Some(Stage::Running) if self.in_doubt => Effect::Probe,
            Some(Stage::Running) => Effect::Run,
            Some(Stage::Parked) => Effect::Finish(self.verdict.unwrap_or(Verdict::Parked)),
            None => Effect::Finish(self.verdict.unwrap_or(Verdict::Idle)),
        }
    }

    /// The wait is over.
    pub(crate) fn waited(&mut self) -> Effect {
        match self.position.inflight {
            None => Effect::Finish(Verdict::Idle),
            Some(mark) => self.mark(
                Change::Wake,
                Mark {
                    stage: Stage::Running,
                    ..mark
                },
            ),
        }
    }

    /// The action succeeded, or had been done. The guards are asked about the state that
    /// is entered.
    pub(crate) fn succeeded(&mut self, guards: Guards<'_>) -> Effect {
        let Some(mark) = self.position.inflight else {
            return Effect::Finish(Verdict::Idle);
        };
        self.in_doubt = false;
        self.verdict.get_or_insert(if mark.diverted {
            Verdict::Failed { handled: true }
        } else {
            Verdict::Completed
        });
        let target = self.row(mark.transition).target;
        let state = target.unwrap_or(self.position.state);
        self.position = Position {
            state,
            spent: Vec::new(),
            inflight: self.automatic(state, guards).map(Mark::new),
        };
        Effect::Commit(Change::Enter, self.position.clone())
    }

    /// The action failed.
    pub(crate) fn failed(&mut self) -> Effect {
        let Some(mark) = self.position.inflight else {
            return Effect::Finish(Verdict::Idle);
        };
        let row = self.row(mark.transition);
        if mark.attempt > row.retries {
            return self.divert(mark);
        }
        let stage = match row.backoff {
            Some(_) => Stage::Waiting,
            None => Stage::Running,
        };
        self.mark(
            Change::Retry,
            Mark {
                attempt: mark.attempt + 1,
                stage,
                ..mark
            },
        )
    }

    /// The action, or the question whether it was done, was interrupted: the mark stays,
    /// and `synchronize` is the way on.
    pub(crate) fn interrupted(&self) -> Effect {
        Effect::Finish(self.verdict.unwrap_or(Verdict::Interrupted))
    }

    /// The action had not been done: it is run again.
    pub(crate) fn undone(&mut self) -> Effect {
        self.in_doubt = false;
        Effect::Run
    }

    /// Nobody knows whether the action was done.
    pub(crate) fn doubtful(&mut self) -> Effect {
        match self.position.inflight {
            None => Effect::Finish(Verdict::Idle),
            Some(mark) => self.park(mark),
        }
    }

    /// Does what the transition in flight says of its interruption.
    fn carry_on(&mut self, mark: Mark) -> Effect {
        let row = self.row(mark.transition);
        let interrupted = Mark {
            interruptions: mark.interruptions.saturating_add(1),
            ..mark
        };
        let limit = match row.on_interrupt {
            OnInterrupt::Fail => return self.divert(mark),
            OnInterrupt::Ask => return self.park(interrupted),
            OnInterrupt::Rerun(limit) => limit,
            OnInterrupt::Probe => PROBES,
        };
        if mark.interruptions < limit {
            self.in_doubt = row.on_interrupt == OnInterrupt::Probe;
            self.mark(Change::Interrupt, interrupted)
        } else if row.on_error.is_some() {
            self.divert(mark)
        } else {
            self.park(interrupted)
        }
    }

    fn begin(&mut self, transition: TransitionIndex) -> Effect {
        if self.row(transition).after.is_some() && !self.position.spent.contains(&transition) {
            self.position.spent.push(transition);
        }
        self.mark(Change::Begin, Mark::new(transition))
    }

    /// Takes the error transition, if there is one.
    fn divert(&mut self, mark: Mark) -> Effect {
        match self.row(mark.transition).on_error {
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

    fn park(&mut self, mark: Mark) -> Effect {
        let stage = Stage::Parked;
        self.mark(Change::Park, Mark { stage, ..mark })
    }

    fn mark(&mut self, change: Change, mark: Mark) -> Effect {
        self.position.inflight = Some(mark);
        Effect::Commit(change, self.position.clone())
    }

    fn abandon(&mut self, verdict: Verdict) -> Effect {
        self.verdict.get_or_insert(verdict);
        self.position.inflight = None;
        Effect::Commit(Change::Abandon, self.position.clone())
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

#[cfg(test)]
mod tests;
