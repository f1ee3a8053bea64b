//! What LANGUAGE.md promises, written down a second time: by names instead of tables, and
//! from the text of a workflow instead of what the engine works on.

use inflight_dsl::model::{OnInterrupt, StateId, Target, Transition, Workflow};

use super::super::Refusal;
use super::moment::{Doing, Happens, Inflight, Moment, Next, Record, Wish};
use crate::outcome::Verdict;

/// A workflow, and what it says of the records of its instances.
#[derive(Clone, Copy)]
pub(super) struct Rules(pub(super) &'static Workflow);

/// Whether the guards of a transition hold.
pub(super) type Holds<'a> = &'a dyn Fn(&str) -> bool;

impl Rules {
    /// Where instances begin.
    pub(super) fn initial(self) -> Record {
        Record {
            state: &self.0.states[self.0.initial().0].name.text,
            spent: Vec::new(),
            inflight: None,
        }
    }

    /// What an operation does first; `None` if nothing is due.
    pub(super) fn begin(
        self,
        record: &Record,
        wish: Wish,
        holds: Holds<'_>,
    ) -> Result<Option<Moment>, Refusal> {
        let inflight = record.inflight.ok_or(Refusal::Settled);
        Ok(Some(match wish {
            Wish::Fire(name) => {
                if record.inflight.is_some() {
                    return Err(Refusal::Interrupted);
                }
                let transition = self.transition(name);
                if !self.leaves(transition, record.state) {
                    return Err(Refusal::Invalid);
                }
                if !holds(name) {
                    return Err(Refusal::Guard("guard"));
                }
                self.set_off(record, transition)
            }
            Wish::Synchronize(elapsed) => match record.inflight {
                Some(inflight) => self.carry_on(record, inflight),
                None => match self.automatic(record.state, holds) {
                    Some(transition) => self.set_off(record, transition),
                    None => match self.due(record, elapsed, holds) {
                        Some(moment) => moment,
                        None => over(record, Verdict::Idle),
                    },
                },
            },
            Wish::Expire(elapsed) => return Ok(self.due(record, elapsed, holds)),
            Wish::Retry => write(Record {
                inflight: Some(Inflight {
                    interruptions: 0,
                    doing: Doing::Runs,
                    ..inflight?
                }),
                ..record.clone()
            }),
            Wish::Abandon => {
                inflight?;
                told(Verdict::Abandoned, at_rest(record))
            }
            // What is automatic there is for `synchronize`.
            Wish::Set(state) => told(
                Verdict::Set,
                write(Record {
                    state,
                    spent: Vec::new(),
                    inflight: None,
                }),
            ),
            Wish::Skip => told(Verdict::Skipped, self.enter(record, inflight?, holds)),
        }))
    }

    /// What follows from what happens.
    pub(super) fn then(self, now: &Moment, happens: Happens, holds: Holds<'_>) -> Moment {
        let record = &now.record;
        let next = match (now.next, happens, record.inflight) {
            (Next::Write, Happens::Durable, inflight) => {
                let next = match inflight.map(|inflight| inflight.doing) {
                    None => Next::Over(now.told.unwrap_or(Verdict::Idle)),
                    Some(Doing::Parked) => Next::Over(now.told.unwrap_or(Verdict::Parked)),
                    Some(Doing::Waits) => Next::Wait,
                    Some(Doing::Runs) if now.asks => Next::Ask,
                    Some(Doing::Runs) => Next::Run,
                };
                return Moment {
                    next,
                    ..now.clone()
                };
            }
            // A wait is two records, its beginning and its end.
            (Next::Wait, Happens::Waited, Some(inflight)) => write(Record {
                inflight: Some(Inflight {
                    doing: Doing::Runs,
                    ..inflight
                }),
                ..record.clone()
            }),
            (Next::Run | Next::Ask, Happens::Well, Some(inflight)) => {
                let verdict = match inflight.by_failure {
                    true => Verdict::Failed { handled: true },
                    false => Verdict::Completed,
                };
                told(verdict, self.enter(record, inflight, holds))
            }
            (Next::Run, Happens::Badly, Some(inflight)) => {
                let retry = self.transition(inflight.transition).retry;
                match retry {
                    Some(retry) if inflight.attempt <= retry.times => write(Record {
                        inflight: Some(Inflight {
                            attempt: inflight.attempt + 1,
                            doing: match retry.backoff {
                                Some(_) => Doing::Waits,
                                None => Doing::Runs,
                            },
                            ..inflight
                        }),
                        ..record.clone()
                    }),
                    _ => self.fail(record, inflight),
                }
            }
            (Next::Run | Next::Ask, Happens::Interrupted, _) => over(record, Verdict::Interrupted),
            (Next::Ask, Happens::NotDone, _) => Moment {
                next: Next::Run,
                ..over(record, Verdict::Idle)
            },
            (Next::Ask, Happens::Unknown, Some(inflight)) => park(record, inflight),
            (next, happens, _) => panic!("{happens:?} while {next:?}"),
        };
        // What became of the first one is what is told.
        let told = now.told.or(next.told);
        Moment {
            told,
            next: match next.next {
                Next::Over(verdict) => Next::Over(told.unwrap_or(verdict)),
                next => next,
            },
            ..next
        }
    }

    /// An action may have been running when the process died.
    fn carry_on(self, record: &Record, inflight: Inflight) -> Moment {
        match inflight.doing {
            Doing::Waits => {
                return Moment {
                    next: Next::Wait,
                    ..over(record, Verdict::Idle)
                };
            }
            Doing::Parked => return over(record, Verdict::Parked),
            Doing::Runs => {}
        }
        let again = Inflight {
            interruptions: inflight.interruptions + 1,
            ..inflight
        };
        let transition = self.transition(inflight.transition);
        let (times, asks) = match transition.on_interrupt {
            OnInterrupt::Rerun(times) => (times, false),
            OnInterrupt::Probe => (10, true),
            OnInterrupt::Fail => return self.fail(record, inflight),
            OnInterrupt::Ask => return park(record, again),
        };
        if again.interruptions <= times {
            let moment = write(Record {
                inflight: Some(again),
                ..record.clone()
            });
            return Moment { asks, ..moment };
        }
        match transition.on_error {
            Some(_) => self.fail(record, inflight),
            None => park(record, again),
        }
    }

    /// It fails for good.
    fn fail(self, record: &Record, inflight: Inflight) -> Moment {
        match &self.transition(inflight.transition).on_error {
            None => told(Verdict::Failed { handled: false }, at_rest(record)),
            Some(path) => {
                let error = &self.0.transitions[path.transition.0];
                write(Record {
                    inflight: Some(Inflight {
                        by_failure: true,
                        ..fresh(error)
                    }),
                    ..record.clone()
                })
            }
        }
    }

    /// Its target is entered, and what is automatic there is in flight with the same write.
    fn enter(self, record: &Record, inflight: Inflight, holds: Holds<'_>) -> Moment {
        let state = match &self.transition(inflight.transition).target {
            Target::State(state, _) => self.state(*state),
            Target::Same => record.state,
        };
        write(Record {
            state,
            spent: Vec::new(),
            inflight: self.automatic(state, holds).map(fresh),
        })
    }

    fn set_off(self, record: &Record, transition: &'static Transition) -> Moment {
        let mut record = record.clone();
        if transition.after.is_some() && !record.spent.contains(&&*transition.name.text) {
            record.spent.push(&transition.name.text);
        }
        record.inflight = Some(fresh(transition));
        write(record)
    }

    /// The earliest that is due, of those that have not fired since the state was entered.
    fn due(self, record: &Record, elapsed: Option<u64>, holds: Holds<'_>) -> Option<Moment> {
        if record.inflight.is_some() {
            return None;
        }
        let mut timers: Vec<_> = self
            .timers(record.state)
            .filter(|(timer, _)| !record.spent.contains(&&*timer.name.text))
            .collect();
        timers.sort_by_key(|(_, after)| *after);
        let Some(elapsed) = elapsed else {
            // It is written down that they have begun.
            return (!timers.is_empty()).then(|| write(record.clone()));
        };
        let mut due = timers.into_iter().filter(|(_, after)| *after <= elapsed);
        let (timer, _) = due.find(|(timer, _)| holds(&timer.name.text))?;
        Some(self.set_off(record, timer))
    }

    fn automatic(self, state: &str, holds: Holds<'_>) -> Option<&'static Transition> {
        let mut leaving = self.leaving(state).filter(|it| it.automatic);
        leaving.find(|it| holds(&it.name.text))
    }

    /// What leaves a state after some time.
    pub(super) fn timers(self, state: &str) -> impl Iterator<Item = (&'static Transition, u64)> {
        self.leaving(state).filter_map(|it| Some((it, it.after?)))
    }

    /// What leaves a state and is not entered by failure alone.
    pub(super) fn leaving(self, state: &str) -> impl Iterator<Item = &'static Transition> {
        let transitions = self.0.transitions.iter();
        transitions.filter(move |it| self.leaves(it, state))
    }

    fn leaves(self, transition: &Transition, state: &str) -> bool {
        let mut sources = transition.sources.iter();
        transition.error_of.is_none() && sources.any(|source| self.state(*source) == state)
    }

    pub(super) fn transition(self, name: &str) -> &'static Transition {
        let mut transitions = self.0.transitions.iter();
        transitions.find(|it| it.name.text == name).unwrap()
    }

    fn state(self, state: StateId) -> &'static str {
        &self.0.states[state.0].name.text
    }
}

fn fresh(transition: &'static Transition) -> Inflight {
    Inflight {
        transition: &transition.name.text,
        attempt: 1,
        interruptions: 0,
        by_failure: false,
        doing: Doing::Runs,
    }
}

fn at_rest(record: &Record) -> Moment {
    write(Record {
        inflight: None,
        ..record.clone()
    })
}

fn park(record: &Record, inflight: Inflight) -> Moment {
    write(Record {
        inflight: Some(Inflight {
            doing: Doing::Parked,
            ..inflight
        }),
        ..record.clone()
    })
}

fn write(record: Record) -> Moment {
    Moment {
        record,
        next: Next::Write,
        told: None,
        asks: false,
    }
}

fn over(record: &Record, verdict: Verdict) -> Moment {
    Moment {
        next: Next::Over(verdict),
        ..write(record.clone())
    }
}

fn told(verdict: Verdict, moment: Moment) -> Moment {
    Moment {
        told: Some(verdict),
        ..moment
    }
}
