//! Random lives of one instance, with failing actions, panics, dropped futures, failing
//! commits, restarts, and a clock that is set back: history, calls and outcomes are exactly
//! what the rules give.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "helpers of tests"
)]

#[path = "model/chance.rs"]
mod chance;
#[path = "model/life.rs"]
mod life;
#[path = "support/poll.rs"]
mod poll;
#[path = "model/rules.rs"]
mod rules;
#[path = "model/running.rs"]
mod running;
#[path = "model/table.rs"]
mod table;
#[path = "model/time.rs"]
mod time;
#[path = "model/unruly.rs"]
mod unruly;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::time::{Duration, SystemTime};

use inflight::store::{MemoryStore, ReadStore, StoredRecord};
use inflight::testing::{FaultyStore, HandClock, Held};
use inflight::{Clock, Error, Options, Outcome, Resolution};
use serde_json::json;

use chance::Random;
use life::{End, Failed, Fault, Inflight, Operation, Record};
use poll::{now, poll};
use rules::Model;
use unruly::unruly::{Alias, Definition, Transition, Workflow};
use unruly::{Act, Script};

const LIVES: u64 = 400;
const OPERATIONS: usize = 60;
const INSTANCE: &str = "unruly-0";

#[test]
fn every_life_follows_the_rules() {
    let mut seen = BTreeSet::new();
    for seed in 1..=LIVES {
        live(seed, &mut seen);
    }
    let expect = [
        "(eleventh)",
        "(parked)",
        "(spent)",
        "(third attempt)",
        "(timed out)",
        "(waiting)",
        "abandoned",
        "alias",
        "commit",
        "completed",
        "dropped",
        "failed",
        "failed, handled",
        "guard",
        "interrupted",
        "invalid",
        "needed",
        "nothing to do",
        "over",
        "panicked",
        "parked",
        "passed",
        "poisoned",
        "reopened",
        "set back",
        "settled",
        "skipped",
    ];
    assert_eq!(Vec::from_iter(seen), expect);
}

/// Lives once, and notes how its operations end.
fn live(seed: u64, seen: &mut BTreeSet<String>) {
    let mut random = Random(seed);
    // Its actions are interrupted again and again, until no re-run is left.
    let frail = seed.is_multiple_of(4);
    let faults = random.faults(OPERATIONS * 8);
    let mut model = Model::new(seed, faults.clone());
    let mut real = Real::new(seed, &faults);
    for number in 0..OPERATIONS {
        let (operation, acts) = (random.operation(frail), random.acts(frail));
        let patience = usize::try_from(random.below(5)).unwrap();
        let told = format!("life {seed}, operation {number}: {operation:?} {acts:?} {patience}");
        let end = real.carry_out(&operation, &acts, patience);
        assert_eq!(end, model.carry_out(&operation, &acts, patience), "{told}");
        assert_eq!(real.script.calls(), model.calls, "{told}");
        assert_eq!(real.history(), renumbered(&model.history), "{told}");
        seen.insert(match end {
            End::Told(verdict, _) => verdict,
            End::Refused(why) => why.into(),
            End::Panicked => "panicked".into(),
            End::Dropped => "dropped".into(),
        });
        seen.extend(real.history().last().into_iter().flat_map(traits));
    }
}

/// What is worth meeting in a record.
fn traits(record: &Record) -> Vec<String> {
    let inflight = record.inflight.as_ref();
    let is = |of: fn(&Inflight) -> bool| inflight.is_some_and(of);
    let traits = [
        ("(spent)", !record.spent.is_empty()),
        ("(waiting)", is(|it| it.until.is_some())),
        ("(parked)", is(|it| it.parked)),
        ("(third attempt)", is(|it| it.attempt == 3)),
        ("(eleventh)", is(|it| it.interruptions == 11)),
        (
            "(timed out)",
            is(|it| {
                let failure = it.last_failure.as_ref().or(it.failure.as_ref());
                failure.is_some_and(|text| text.starts_with("timed out"))
            }),
        ),
    ];
    let met = traits.into_iter().filter(|(_, met)| *met);
    met.map(|(name, _)| name.to_owned()).collect()
}

/// An instance of the real thing.
struct Real {
    store: FaultyStore,
    script: Script,
    clock: HandClock,
    began: SystemTime,
    workflow: Option<Workflow<Script>>,
    held: BTreeMap<usize, (Held, Fault)>,
}

impl Real {
    fn new(seed: u64, faults: &BTreeMap<usize, Fault>) -> Self {
        let store = FaultyStore::new(MemoryStore::new());
        let mut held = BTreeMap::new();
        for (number, fault) in faults {
            match fault {
                Fault::Before => store.fail_before(*number),
                Fault::After => store.fail_after(*number),
                Fault::Unseen | Fault::Lost => {
                    held.insert(*number, (store.hold(*number), *fault));
                }
            }
        }
        let clock = HandClock::new();
        let mut real = Self {
            store,
            script: Script::new(seed),
            began: clock.now(),
            clock,
            workflow: None,
            held,
        };
        real.reopen();
        real
    }

    fn reopen(&mut self) {
        self.workflow = None;
        // As little as possible is left to chance.
        let options = Options::new().clock(self.clock.clone()).random(|| 0);
        let (store, script) = (self.store.clone(), self.script.clone());
        let open = Workflow::open_with(store, INSTANCE, script, options);
        self.workflow = Some(now(open).unwrap());
    }

    fn carry_out(&mut self, operation: &Operation, acts: &[Act], patience: usize) -> End {
        self.script.follow(acts);
        let outside = match operation {
            Operation::Reopen => {
                self.reopen();
                "reopened"
            }
            Operation::Pass(seconds) => {
                self.clock.advance(Duration::from_secs(*seconds));
                "passed"
            }
            Operation::SetBack(seconds) => {
                self.clock.set_back(Duration::from_secs(*seconds));
                "set back"
            }
            _ => return self.inside(operation, patience),
        };
        End::Told(outside.into(), Vec::new())
    }

    fn inside(&mut self, operation: &Operation, patience: usize) -> End {
        let workflow = self.workflow.as_ref().unwrap();
        let ended = catch_unwind(AssertUnwindSafe(|| {
            self.outlast(operate(workflow, operation), patience)
        }));
        self.let_go();
        match ended {
            Err(_) => End::Panicked,
            Ok(None) => End::Dropped,
            Ok(Some(Ok(None))) => End::Told("over".into(), Vec::new()),
            Ok(Some(Ok(Some(outcome)))) => End::Told(
                outcome.verdict.to_string(),
                outcome.steps.iter().map(ToString::to_string).collect(),
            ),
            Ok(Some(Err(error))) => End::Refused(match error {
                Error::Interrupted { .. } => "interrupted",
                Error::Parked { .. } => "parked",
                Error::InvalidTransition { .. } => "invalid",
                Error::InvalidAlias { .. } => "alias",
                Error::GuardRefused { .. } => "guard",
                Error::NothingInflight { .. } => "settled",
                Error::ResultNeeded { .. } => "needed",
                Error::Commit { .. } => "commit",
                Error::Poisoned { .. } => "poisoned",
                other => panic!("{other}"),
            }),
        }
    }

    /// What a future comes to, if it need not wait more often than this for time to pass.
    /// One that waits for more is dropped.
    fn outlast<T>(&self, future: impl Future<Output = T>, mut patience: usize) -> Option<T> {
        let mut future = pin!(future);
        loop {
            if let Some(value) = poll(future.as_mut()) {
                return Some(value);
            }
            let wakes = self.clock.sleeping().into_iter().min()?;
            patience = patience.checked_sub(1)?;
            self.clock.advance(wakes);
        }
    }

    /// Ends the commit that nobody waits for any more, if there is one.
    fn let_go(&mut self) {
        if let Some((held, fault)) = self.held.remove(&self.store.commits().len()) {
            let waiting = now(held.arrived());
            match fault {
                Fault::Unseen => now(waiting.let_go()),
                _ => waiting.fail(),
            }
        }
    }

    fn history(&self) -> Vec<Record> {
        let workflow = self.workflow.as_ref().unwrap();
        let history = now(self.store.history(workflow.instance())).unwrap();
        for (before, record) in (0..).zip(&history) {
            assert_eq!(record.version, before + 1);
        }
        let mut executions = Vec::new();
        history
            .into_iter()
            .map(|record| self.read(record, &mut executions))
            .collect()
    }
}

impl Real {
    /// A record as the model writes it; executions are numbered as they appear.
    fn read(&self, record: StoredRecord, executions: &mut Vec<String>) -> Record {
        let json = |fields: &_| serde_json::to_value(fields).unwrap();
        let seconds = |time: SystemTime| match time.duration_since(self.began) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap(),
            Err(before) => -i64::try_from(before.duration().as_secs()).unwrap(),
        };
        Record {
            state: record.state.into_owned(),
            variables: json(&record.variables),
            inflight: record.inflight.map(|inflight| Inflight {
                inputs: json(&inflight.inputs),
                transition: inflight.transition.into_owned(),
                execution: numbered(executions, inflight.execution.to_string()),
                cause: inflight.cause,
                attempt: inflight.attempt,
                interruptions: inflight.interruptions,
                failure: inflight.failure,
                until: inflight.until.map(seconds),
                parked: inflight.parked,
                last_failure: inflight.last_failure,
                panicked: inflight.panicked,
            }),
            entered: record.entered.map(seconds),
            spent: record.spent.into_iter().map(Into::into).collect(),
            failures: (record.failures.into_iter())
                .map(|failed| Failed {
                    transition: failed.transition.into_owned(),
                    execution: numbered(executions, failed.execution.to_string()),
                    cause: failed.cause,
                    attempt: failed.attempt,
                    interruptions: failed.interruptions,
                    at: seconds(failed.at),
                    failure: failed.failure,
                    handled: failed.handled,
                })
                .collect(),
        }
    }
}

async fn operate(
    workflow: &Workflow<Script>,
    operation: &Operation,
) -> Result<Option<Outcome<Definition>>, Error> {
    let mut locked = workflow.lock().await;
    let outcome = match operation {
        Operation::Fire {
            transition,
            inputs,
            cause,
        } => {
            let whole = json!({ "transition": transition, "inputs": inputs });
            let fire = locked.fire(serde_json::from_value::<Transition>(whole).unwrap());
            match cause {
                Some(cause) => fire.cause(cause.clone()).await,
                None => fire.await,
            }
        }
        Operation::Go(by) => {
            let by = (*by).to_owned();
            locked.fire_alias(Alias::Go { by }).await
        }
        Operation::Synchronize => locked.synchronize().await,
        Operation::Retry => locked.resolve(Resolution::Retry).await,
        Operation::Skip => locked.resolve(Resolution::Skip).await,
        Operation::Drive => {
            drop(locked);
            return workflow.drive().await.map(|()| None);
        }
        _ => locked.resolve(Resolution::Abandon).await,
    };
    outcome.map(Some)
}

fn renumbered(history: &[Record]) -> Vec<Record> {
    let mut executions = Vec::new();
    let mut history = history.to_vec();
    for record in &mut history {
        let inflight = record.inflight.iter_mut().map(|it| &mut it.execution);
        let failures = record.failures.iter_mut().map(|it| &mut it.execution);
        for execution in inflight.chain(failures) {
            *execution = numbered(&mut executions, *execution);
        }
    }
    history
}

fn numbered<T: PartialEq>(known: &mut Vec<T>, one: T) -> usize {
    let number = known.iter().position(|other| *other == one);
    number.unwrap_or_else(|| {
        known.push(one);
        known.len() - 1
    })
}
