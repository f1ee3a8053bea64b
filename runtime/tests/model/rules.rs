//! What the runtime promises, written down a second time and in another way: an
//! interpreter of the workflow `unruly`, with the history it must leave.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value as Json, json};

use crate::life::{End, Fault, Inflight, Operation, Record};
use crate::unruly::{Act, flip};

/// A transition: its sources, what it runs, and where its failure leads.
struct Rule {
    sources: &'static [&'static str],
    fired: bool,
    runs: bool,
    on_error: Option<&'static str>,
}

fn rule(transition: &str) -> Rule {
    let rule = |sources, fired, runs, on_error| Rule {
        sources,
        fired,
        runs,
        on_error,
    };
    match transition {
        "begin" => rule(&["idle"], true, true, Some("begin_failed")),
        "begin_failed" => rule(&[], false, true, Some("begin_lost")),
        "begin_lost" => rule(&[], false, true, None),
        "roll" => rule(&["one"], true, true, Some("fall")),
        "back" => rule(&["two"], true, true, Some("back_failed")),
        "back_failed" => rule(&[], false, true, None),
        "fall" => rule(&["one", "two"], true, true, Some("fall_failed")),
        "fall_failed" => rule(&[], false, false, None),
        "push" => rule(&["one", "two"], true, true, Some("slip")),
        "slip" => rule(&["one", "two"], true, false, None),
        "turn" => rule(&["one"], true, false, None),
        "mend" => rule(&["broken", "lost"], true, true, None),
        _ => rule(&["idle", "one", "two", "broken", "lost"], true, false, None),
    }
}

/// The instance, as it must be.
pub struct Model {
    seed: u64,
    pub history: Vec<Record>,
    record: Record,
    commits: usize,
    poisoned: bool,
    executions: usize,
    faults: BTreeMap<usize, Fault>,
    acts: VecDeque<Act>,
    ran: u64,
    pub calls: Vec<String>,
}

impl Model {
    pub fn new(seed: u64, faults: BTreeMap<usize, Fault>) -> Self {
        Self {
            seed,
            history: Vec::new(),
            record: initial(),
            commits: 0,
            poisoned: false,
            executions: 0,
            faults,
            acts: VecDeque::new(),
            ran: 0,
            calls: Vec::new(),
        }
    }

    pub fn carry_out(&mut self, operation: &Operation, acts: &[Act]) -> End {
        self.acts = acts.iter().copied().collect();
        self.calls.clear();
        if let Operation::Reopen = operation {
            self.poisoned = false;
            self.record = self.history.last().cloned().unwrap_or_else(initial);
            return End::Told("reopened".into(), Vec::new());
        }
        let mut steps = Vec::new();
        let verdict = if self.poisoned {
            Err(End::Refused("poisoned"))
        } else {
            self.begin(operation, &mut steps)
        };
        match verdict {
            Ok(verdict) => End::Told(verdict.into(), steps),
            Err(end) => end,
        }
    }

    fn begin(
        &mut self,
        operation: &Operation,
        steps: &mut Vec<String>,
    ) -> Result<&'static str, End> {
        match operation {
            Operation::Fire {
                transition,
                inputs,
                cause,
            } => self.fire(transition, inputs.clone(), cause.clone(), steps),
            Operation::Go(by) => {
                self.at_rest()?;
                let transition = match self.record.state.as_str() {
                    "idle" => "begin",
                    "broken" | "lost" => "mend",
                    _ => return Err(End::Refused("alias")),
                };
                self.fire(transition, json!({ "by": by }), None, steps)
            }
            Operation::Synchronize => self.synchronize(steps),
            Operation::Retry => {
                let mut record = self.record.clone();
                let Some(inflight) = &mut record.inflight else {
                    return Err(End::Refused("settled"));
                };
                inflight.interruptions = 0;
                inflight.parked = false;
                self.commit(record)?;
                self.run(steps)
            }
            Operation::Abandon | Operation::Reopen => {
                if self.record.inflight.is_none() {
                    return Err(End::Refused("settled"));
                }
                self.rest()?;
                Ok("abandoned")
            }
        }
    }

    fn fire(
        &mut self,
        transition: &str,
        inputs: Json,
        cause: Option<String>,
        steps: &mut Vec<String>,
    ) -> Result<&'static str, End> {
        self.at_rest()?;
        let rule = rule(transition);
        if !rule.fired || !rule.sources.contains(&self.record.state.as_str()) {
            return Err(End::Refused("invalid"));
        }
        let count = &self.record.variables["count"];
        let holds = match transition {
            "roll" => self.open(count),
            "back" => !self.open(count),
            "halt" => flip(self.seed, self.ran),
            _ => true,
        };
        if !holds {
            return Err(End::Refused("guard"));
        }
        let mark = self.mark(transition, inputs, cause, None);
        self.commit(Record {
            inflight: Some(mark),
            ..self.record.clone()
        })?;
        self.run(steps)
    }

    fn at_rest(&self) -> Result<(), End> {
        match &self.record.inflight {
            None => Ok(()),
            Some(it) if it.parked => Err(End::Refused("parked")),
            Some(_) => Err(End::Refused("interrupted")),
        }
    }

    fn synchronize(&mut self, steps: &mut Vec<String>) -> Result<&'static str, End> {
        let mut record = self.record.clone();
        let Some(inflight) = &mut record.inflight else {
            let Some(transition) = self.automatic(&record) else {
                return Ok("nothing to do");
            };
            record.inflight = Some(self.mark(transition, json!({}), None, None));
            self.commit(record)?;
            return self.run(steps);
        };
        if inflight.parked {
            return Ok("parked");
        }
        if inflight.interruptions < 10 {
            inflight.interruptions += 1;
            self.commit(record)?;
        } else if rule(&inflight.transition).on_error.is_some() {
            let failure = "interrupted 11 times".to_owned();
            steps.push(format!(
                "{}: {}, failed: {failure}",
                inflight.transition, record.state
            ));
            self.fail(&failure)?;
        } else {
            inflight.interruptions += 1;
            inflight.parked = true;
            self.commit(record)?;
            return Ok("parked");
        }
        self.run(steps)
    }

    /// Runs what is in flight, and all that follows.
    fn run(&mut self, steps: &mut Vec<String>) -> Result<&'static str, End> {
        let mut verdict = None;
        while let Some(inflight) = self.record.inflight.clone() {
            let (name, source) = (&inflight.transition, self.record.state.clone());
            match self.act(&inflight) {
                Act::Hang => return Err(End::Dropped),
                Act::Panic => return Err(End::Panicked),
                Act::Interrupt => {
                    steps.push(format!("{name}: {source}, interrupted: shutting down"));
                    return Ok(verdict.unwrap_or("interrupted"));
                }
                Act::Fail(failure) => {
                    steps.push(format!("{name}: {source}, failed: {failure}"));
                    if rule(name).on_error.is_none() {
                        verdict.get_or_insert("failed");
                    }
                    self.fail(failure)?;
                }
                Act::Well => {
                    let mut record = self.entered(&inflight);
                    steps.push(format!("{name}: {source} -> {}", record.state));
                    verdict.get_or_insert(match inflight.failure {
                        Some(_) => "failed, handled",
                        None => "completed",
                    });
                    if let Some(next) = self.automatic(&record) {
                        record.inflight = Some(self.mark(next, json!({}), None, None));
                    }
                    self.commit(record)?;
                }
            }
        }
        Ok(verdict.unwrap_or("nothing to do"))
    }

    /// What the action of a transition does; one without an action does well.
    fn act(&mut self, inflight: &Inflight) -> Act {
        if !rule(&inflight.transition).runs {
            return Act::Well;
        }
        let failure = inflight.failure.clone().unwrap_or_default();
        let text = |input: &str| inflight.inputs[input].as_str().unwrap_or("").to_owned();
        let call = match inflight.transition.as_str() {
            "roll" => format!("count({})", self.record.variables["count"]),
            "back" => "work(back)".into(),
            "back_failed" => "work(stay)".into(),
            "push" => "work(push)".into(),
            "begin_failed" => format!("work({failure})"),
            "fall" => format!("work({})", text("why")),
            _ => format!("work({})", text("by")),
        };
        let (source, interruptions) = (&self.record.state, inflight.interruptions);
        self.calls
            .push(format!("{call} in {source}, {interruptions}"));
        self.ran += 1;
        self.acts.pop_front().unwrap_or(Act::Well)
    }

    /// The transition in flight has failed: its error transition is in flight, or
    /// nothing is.
    fn fail(&mut self, failure: &str) -> Result<(), End> {
        let Some(failed) = self.record.inflight.clone() else {
            return Ok(());
        };
        let Some(error) = rule(&failed.transition).on_error else {
            return self.rest();
        };
        let inputs = match error {
            "begin_failed" | "begin_lost" => json!({ "by": failed.inputs["by"] }),
            "fall" => json!({ "why": failure }),
            "slip" => json!({ "count": 0 }),
            _ => json!({}),
        };
        let mark = self.mark(error, inputs, failed.cause, Some(failure.to_owned()));
        self.commit(Record {
            inflight: Some(mark),
            ..self.record.clone()
        })
    }

    /// Nothing is in flight any more, and the state stays.
    fn rest(&mut self) -> Result<(), End> {
        self.commit(Record {
            inflight: None,
            ..self.record.clone()
        })
    }

    /// The state that a transition leads to.
    fn entered(&self, inflight: &Inflight) -> Record {
        let inputs = &inflight.inputs;
        let count = &self.record.variables["count"];
        let enter = |state: &str, variables| Record {
            state: state.to_owned(),
            variables,
            inflight: None,
        };
        match inflight.transition.as_str() {
            "begin" => enter("one", json!({ "count": 1 })),
            "begin_failed" => enter(
                "broken",
                json!({ "why": inflight.failure, "by": inputs["by"] }),
            ),
            "begin_lost" => enter("lost", json!({ "why": inflight.failure })),
            "roll" => {
                let count = count.as_i64().unwrap_or(0) + 1;
                enter("two", json!({ "count": count, "note": "rolled" }))
            }
            "back" => enter("one", json!({ "count": count })),
            "fall" => enter("lost", json!({ "why": inputs["why"] })),
            "slip" => enter("one", json!({ "count": inputs["count"] })),
            "turn" => enter("one", json!({ "count": 7 })),
            "mend" => enter("one", json!({ "count": 3 })),
            "back_failed" | "push" => enter(&self.record.state, self.record.variables.clone()),
            _ => enter("done", json!({})),
        }
    }

    /// What fires by itself in a state.
    fn automatic(&self, record: &Record) -> Option<&'static str> {
        let open = self.open(&record.variables["count"]);
        match record.state.as_str() {
            "one" if open => Some("roll"),
            "two" if !open => Some("back"),
            _ => None,
        }
    }

    fn open(&self, count: &Json) -> bool {
        flip(self.seed, self.ran) ^ (count.as_i64().unwrap_or(0) % 2 == 0)
    }

    fn mark(
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
            interruptions: 0,
            parked: false,
            failure,
        }
    }

    fn commit(&mut self, record: Record) -> Result<(), End> {
        self.commits += 1;
        let fault = self.faults.get(&self.commits);
        if !matches!(fault, Some(Fault::Before | Fault::Lost)) {
            self.history.push(record.clone());
        }
        self.poisoned = matches!(fault, Some(Fault::Before | Fault::After | Fault::Lost));
        match fault {
            None => {
                self.record = record;
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
}

fn initial() -> Record {
    Record {
        state: "idle".into(),
        variables: json!({}),
        inflight: None,
    }
}
