//! What the runtime promises, written down a second time and in another way: an
//! interpreter of the workflow `unruly`, with the history it must leave.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value as Json, json};

use crate::life::{End, Fault, Operation, Record};
use crate::table::{Interrupted, rule};
use crate::unruly::{Act, flip};

/// The instance, as it must be.
pub struct Model {
    pub seed: u64,
    pub history: Vec<Record>,
    pub record: Record,
    pub commits: usize,
    pub poisoned: bool,
    pub executions: usize,
    pub faults: BTreeMap<usize, Fault>,
    pub acts: VecDeque<Act>,
    pub ran: u64,
    pub calls: Vec<String>,
    /// The time of day.
    pub now: i64,
    /// How often somebody waits for something to end by the passing of time.
    pub patience: usize,
    /// What runs, once it follows the record.
    pub lit: Option<Vec<&'static str>>,
    /// What the action said that is in doubt, if it panicked.
    pub said: Option<String>,
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
            now: 0,
            patience: 0,
            lit: None,
            said: None,
        }
    }

    pub fn carry_out(&mut self, operation: &Operation, acts: &[Act], patience: usize) -> End {
        self.acts = acts.iter().copied().collect();
        self.patience = patience;
        self.calls.clear();
        let outside = match operation {
            Operation::Reopen => {
                self.poisoned = false;
                self.lit = None;
                self.record = self.history.last().cloned().unwrap_or_else(initial);
                "reopened"
            }
            Operation::Pass(seconds) => {
                self.now += i64::try_from(*seconds).unwrap();
                "passed"
            }
            Operation::SetBack(seconds) => {
                self.now -= i64::try_from(*seconds).unwrap();
                "set back"
            }
            _ => return self.inside(operation),
        };
        End::Told(outside.into(), Vec::new())
    }

    /// What somebody does who has the lock.
    fn inside(&mut self, operation: &Operation) -> End {
        if self.lit.is_some() && !self.poisoned {
            self.align();
        }
        let mut steps = Vec::new();
        let verdict = match operation {
            Operation::Drive => self.drive(),
            _ if self.poisoned => Err(End::Refused("poisoned")),
            _ => self.begin(operation, &mut steps),
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
                inflight.until = None;
                inflight.panicked = None;
                self.commit(record)?;
                self.run(false, steps)
            }
            Operation::Skip => self.skip(steps),
            _ => {
                if self.record.inflight.is_none() {
                    return Err(End::Refused("settled"));
                }
                self.rest(Vec::new())?;
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
        if !self.holds(transition, &self.record) {
            return Err(End::Refused("guard"));
        }
        let mark = self.mark(transition, inputs, cause, None);
        self.set_off(mark, steps)
    }

    fn at_rest(&self) -> Result<(), End> {
        match &self.record.inflight {
            None => Ok(()),
            Some(it) if it.parked => Err(End::Refused("parked")),
            Some(_) => Err(End::Refused("interrupted")),
        }
    }

    fn skip(&mut self, steps: &mut Vec<String>) -> Result<&'static str, End> {
        let Some(inflight) = self.record.inflight.clone() else {
            return Err(End::Refused("settled"));
        };
        if inflight.transition == "roll" {
            return Err(End::Refused("needed"));
        }
        self.enter(&inflight, steps)?;
        self.run(false, steps)?;
        Ok("skipped")
    }

    fn synchronize(&mut self, steps: &mut Vec<String>) -> Result<&'static str, End> {
        self.align();
        let mut verdict = self.carry_on(steps)?;
        while let Some(next) = self.expire(0, steps)? {
            if verdict == "nothing to do" {
                verdict = next;
            }
        }
        Ok(verdict)
    }

    fn carry_on(&mut self, steps: &mut Vec<String>) -> Result<&'static str, End> {
        let mut record = self.record.clone();
        let Some(inflight) = &mut record.inflight else {
            return match self.automatic(&record) {
                None => Ok("nothing to do"),
                Some(transition) => self.set_off_alone(transition, steps),
            };
        };
        if inflight.parked {
            return Ok("parked");
        }
        if inflight.until.is_some() {
            return self.run(false, steps);
        }
        let rule = rule(&inflight.transition);
        let (limit, probe) = match rule.interrupted {
            Interrupted::Rerun(limit) => (limit, false),
            Interrupted::Probe => (10, true),
            Interrupted::Fail | Interrupted::Ask => (0, false),
        };
        let fails = rule.interrupted == Interrupted::Fail
            || rule.interrupted != Interrupted::Ask && rule.on_error.is_some();
        if inflight.interruptions < limit {
            inflight.interruptions += 1;
            self.said = inflight.panicked.take();
            self.commit(record)?;
            return self.run(probe, steps);
        }
        if !fails {
            inflight.interruptions += 1;
            inflight.parked = true;
            self.commit(record)?;
            return Ok("parked");
        }
        let mut failure = match inflight.interruptions {
            0 => "interrupted".to_owned(),
            times => format!("interrupted {} times", times + 1),
        };
        if let Some(said) = &inflight.panicked {
            failure += &format!("; it panicked: {said}");
        }
        let (name, state) = (&inflight.transition, &record.state);
        steps.push(format!("{name}: {state}, failed: {failure}"));
        let unhandled = rule.on_error.is_none();
        self.fail(&failure, 1)?;
        let verdict = self.run(false, steps)?;
        Ok(if unhandled { "failed" } else { verdict })
    }

    /// What fires by itself at once in a state.
    pub fn automatic(&self, record: &Record) -> Option<&'static str> {
        let automatic = match record.state.as_str() {
            "one" => "roll",
            "two" => "back",
            _ => return None,
        };
        self.holds(automatic, record).then_some(automatic)
    }

    /// Whether the guards of a transition hold.
    pub fn holds(&self, transition: &str, record: &Record) -> bool {
        let calm = flip(self.seed, self.ran);
        let even = record.variables["count"].as_i64().unwrap_or(0) % 2 == 0;
        match transition {
            "roll" => calm ^ even,
            "back" => !(calm ^ even),
            "halt" | "sag" => calm,
            _ => true,
        }
    }
}

pub fn initial() -> Record {
    Record {
        state: "idle".into(),
        variables: json!({}),
        inflight: None,
        entered: None,
        spent: Vec::new(),
        failures: Vec::new(),
    }
}
