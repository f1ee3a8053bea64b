//! What runs, and what is committed on the way.

use serde_json::{Value as Json, json};

use crate::life::{End, Failed, Fault, Inflight, Record};
use crate::rules::{Model, initial};
use crate::table::{activities, call, entered, error_inputs, rule};
use crate::unruly::Act;

impl Model {
    /// Has a transition in flight that fires by itself, and runs it.
    pub fn set_off_alone(
        &mut self,
        transition: &str,
        steps: &mut Vec<String>,
    ) -> Result<&'static str, End> {
        let mark = self.mark(transition, json!({}), None, None);
        self.set_off(mark, steps)
    }

    /// Has a transition in flight and runs it.
    pub fn set_off(
        &mut self,
        mark: Inflight,
        steps: &mut Vec<String>,
    ) -> Result<&'static str, End> {
        let mut record = self.record.clone();
        let timed = rule(&mark.transition).after.is_some();
        if timed && !record.spent.contains(&mark.transition) {
            record.spent.push(mark.transition.clone());
        }
        record.inflight = Some(mark);
        record.failures.clear();
        self.commit(record)?;
        self.run(false, steps)
    }

    /// Runs what is in flight, or asks about it first, and all that follows.
    pub fn run(&mut self, mut probe: bool, steps: &mut Vec<String>) -> Result<&'static str, End> {
        let mut verdict = None;
        while let Some(inflight) = self.record.inflight.clone() {
            if let Some(until) = inflight.until {
                self.wait(&inflight.transition, until)?;
                continue;
            }
            let (name, source) = (&inflight.transition, self.record.state.clone());
            let act = self.act(&inflight, probe)?;
            let unknown = match (probe, &act) {
                (true, Acted::NotDone) => {
                    probe = false;
                    continue;
                }
                (true, Acted::Failed(reason)) => Some(reason.clone()),
                (true, Acted::Unknown) => Some("whether it was done".to_owned()),
                _ => None,
            };
            if let Some(reason) = unknown {
                steps.push(format!("{name}: {source}, unknown: {reason}"));
                let mut record = self.record.clone();
                record.inflight = Some(Inflight {
                    parked: true,
                    panicked: self.said.take(),
                    ..inflight
                });
                self.commit(record)?;
                return Ok("parked");
            }
            probe = false;
            match act {
                Acted::Interrupted => {
                    steps.push(format!("{name}: {source}, interrupted: shutting down"));
                    return Ok(verdict.unwrap_or("interrupted"));
                }
                Acted::Failed(failure) => {
                    steps.push(format!("{name}: {source}, failed: {failure}"));
                    if inflight.attempt <= rule(name).retries {
                        self.retry(inflight, failure)?;
                        continue;
                    }
                    if rule(name).on_error.is_none() {
                        verdict.get_or_insert("failed");
                    }
                    self.fail(&failure, 0)?;
                }
                Acted::Well | Acted::NotDone | Acted::Unknown => {
                    verdict.get_or_insert(match inflight.failure {
                        Some(_) => "failed, handled",
                        None => "completed",
                    });
                    self.enter(&inflight, steps)?;
                }
            }
        }
        Ok(verdict.unwrap_or("nothing to do"))
    }

    /// What the action of a transition does, or what is found out about it; one without an
    /// action does well.
    fn act(&mut self, inflight: &Inflight, probe: bool) -> Result<Acted, End> {
        let rule = rule(&inflight.transition);
        if !rule.runs {
            return Ok(Acted::Well);
        }
        let call = call(&self.record, inflight, probe);
        let (source, attempt) = (&self.record.state, inflight.attempt);
        let interruptions = inflight.interruptions;
        self.calls
            .push(format!("{call} in {source}, {attempt}, {interruptions}"));
        self.ran += 1;
        Ok(match self.acts.pop_front().unwrap_or(Act::Well) {
            Act::Well => Acted::Well,
            Act::NotDone => Acted::NotDone,
            Act::Unknown => Acted::Unknown,
            Act::Fail(failure) => Acted::Failed(failure.to_owned()),
            Act::Interrupt => Acted::Interrupted,
            Act::Panic => return Err(self.panic(inflight.clone())),
            Act::Hang => match rule.timeout {
                None => return Err(End::Dropped),
                Some(timeout) => {
                    self.sleep(i64::try_from(timeout).unwrap())?;
                    Acted::Failed(format!("timed out after {timeout}s"))
                }
            },
        })
    }

    /// What an action panics with is written down, before anybody hears of it.
    fn panic(&mut self, inflight: Inflight) -> End {
        let noted = self.commit(Record {
            inflight: Some(Inflight {
                panicked: Some("an action panics".to_owned()),
                ..inflight
            }),
            ..self.record.clone()
        });
        match noted {
            Err(End::Dropped) => End::Dropped,
            _ => End::Panicked,
        }
    }

    /// The transition in flight has failed for good: its error transition is in flight, or
    /// nothing is. It was interrupted so many times more.
    pub fn fail(&mut self, failure: &str, interruptions: u32) -> Result<(), End> {
        let Some(failed) = self.record.inflight.clone() else {
            return Ok(());
        };
        let mut failures = self.record.failures.clone();
        failures.push(Failed {
            transition: failed.transition.clone(),
            execution: failed.execution,
            cause: failed.cause.clone(),
            attempt: failed.attempt,
            interruptions: failed.interruptions + interruptions,
            at: self.now,
            failure: failure.to_owned(),
            handled: false,
        });
        let Some(error) = rule(&failed.transition).on_error else {
            return self.rest(failures);
        };
        let inputs = error_inputs(error, &failed, failure);
        let mark = self.mark(error, inputs, failed.cause, Some(failure.to_owned()));
        self.commit(Record {
            inflight: Some(mark),
            failures,
            ..self.record.clone()
        })
    }

    /// Nothing is in flight any more, and the state stays.
    pub fn rest(&mut self, failures: Vec<Failed>) -> Result<(), End> {
        self.commit(Record {
            inflight: None,
            failures,
            ..self.record.clone()
        })
    }

    /// The target of a transition is entered, with what is automatic there in flight.
    pub fn enter(&mut self, inflight: &Inflight, steps: &mut Vec<String>) -> Result<(), End> {
        let (state, variables) = entered(&self.record, inflight);
        let mut record = Record {
            state,
            variables,
            ..initial()
        };
        let (name, source) = (&inflight.transition, &self.record.state);
        steps.push(format!("{name}: {source} -> {}", record.state));
        if let Some(next) = self.automatic(&record) {
            record.inflight = Some(self.mark(next, json!({}), None, None));
        } else if inflight.failure.is_some() {
            record.failures = self.record.failures.clone();
            for failed in &mut record.failures {
                failed.handled = true;
            }
        }
        self.commit(record)
    }

    pub fn mark(
        &mut self,
        transition: &str,
        inputs: Json,
        cause: Option<String>,
        failure: Option<String>,
    ) -> Inflight {
        self.executions += 1;
        Inflight {
            transition: transition.to_owned(),
            inputs,
            execution: self.executions,
            cause,
            attempt: 1,
            interruptions: 0,
            failure,
            until: None,
            parked: false,
            last_failure: None,
            panicked: None,
        }
    }

    pub fn commit(&mut self, mut record: Record) -> Result<(), End> {
        record.entered = record.entered.or(Some(self.now));
        self.commits += 1;
        let fault = self.faults.get(&self.commits).copied();
        if !matches!(fault, Some(Fault::Before | Fault::Lost)) {
            self.history.push(record.clone());
        }
        self.poisoned = matches!(fault, Some(Fault::Before | Fault::After | Fault::Lost));
        match fault {
            None => {
                self.record = record;
                self.align();
                Ok(())
            }
            Some(Fault::Unseen) => {
                self.record = record;
                Err(End::Dropped)
            }
            Some(Fault::Lost) => Err(End::Dropped),
            Some(Fault::Before | Fault::After) => Err(End::Refused("commit")),
        }
    }

    /// Starts and stops what should run, and should not.
    pub fn align(&mut self) {
        let lit = self.lit.get_or_insert_default();
        let inflight = self.record.inflight.as_ref();
        let inflight = inflight.map(|inflight| inflight.transition.as_str());
        let wanted = activities(&self.record.state, inflight);
        for (name, _) in wanted.iter().filter(|(_, on)| !on) {
            if lit.contains(name) {
                lit.retain(|other| other != name);
                self.calls.push(format!("-{name}"));
            }
        }
        for (name, _) in wanted.iter().filter(|(_, on)| *on) {
            if !lit.contains(name) {
                lit.push(name);
                self.calls.push(format!("+{name}"));
            }
        }
    }
}

/// How an action ended, or what is found out about it.
enum Acted {
    Well,
    NotDone,
    Unknown,
    Failed(String),
    Interrupted,
}
