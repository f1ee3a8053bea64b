//! Random lives of one instance, with failing actions, panics, dropped futures, failing
//! commits and restarts: history, calls and outcomes are exactly what the rules give.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    unreachable_pub,
    reason = "helpers of tests"
)]

#[path = "support/faulty.rs"]
#[allow(dead_code, reason = "a helper of several tests")]
mod faulty;
#[path = "model/life.rs"]
mod life;
#[path = "model/rules.rs"]
mod rules;
#[path = "model/unruly.rs"]
mod unruly;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use inflight::store::{MemoryStore, ReadStore, StoredRecord};
use inflight::{Error, Outcome, Resolution};
use serde_json::{Value as Json, json};

use faulty::{FaultyStore, Held};
use life::{End, Fault, Inflight, Operation, Record};
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
        "nothing to do",
        "panicked",
        "parked",
        "poisoned",
        "reopened",
        "settled",
    ];
    assert_eq!(Vec::from_iter(seen), expect);
}

/// Lives once, and notes how its operations end.
fn live(seed: u64, seen: &mut BTreeSet<String>) {
    let mut random = Random(seed);
    // Its actions are interrupted again and again, until no re-run is left.
    let frail = seed.is_multiple_of(4);
    let faults = faults(&mut random);
    let mut model = Model::new(seed, faults.clone());
    let mut real = Real::new(seed, &faults);
    for number in 0..OPERATIONS {
        let (operation, acts) = (operation(&mut random, frail), acts(&mut random, frail));
        let told = format!("life {seed}, operation {number}: {operation:?} {acts:?}");
        let end = real.carry_out(&operation, &acts);
        assert_eq!(end, model.carry_out(&operation, &acts), "{told}");
        assert_eq!(real.script.calls(), model.calls, "{told}");
        assert_eq!(real.history(), renumbered(&model.history), "{told}");
        seen.insert(match end {
            End::Told(verdict, _) => verdict,
            End::Refused(why) => why.into(),
            End::Panicked => "panicked".into(),
            End::Dropped => "dropped".into(),
        });
    }
}

/// An instance of the real thing.
struct Real {
    store: FaultyStore,
    script: Script,
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
        let mut real = Self {
            store,
            script: Script::new(seed),
            workflow: None,
            held,
        };
        real.reopen();
        real
    }

    fn reopen(&mut self) {
        self.workflow = None;
        let open = Workflow::open(self.store.clone(), INSTANCE, self.script.clone());
        self.workflow = Some(now(open).unwrap().unwrap());
    }

    fn carry_out(&mut self, operation: &Operation, acts: &[Act]) -> End {
        self.script.follow(acts);
        if let Operation::Reopen = operation {
            self.reopen();
            return End::Told("reopened".into(), Vec::new());
        }
        let workflow = self.workflow.as_ref().unwrap();
        let ended = catch_unwind(AssertUnwindSafe(|| now(operate(workflow, operation))));
        self.let_go();
        match ended {
            Err(_) => End::Panicked,
            Ok(None) => End::Dropped,
            Ok(Some(Ok(outcome))) => End::Told(
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
                Error::Commit { .. } => "commit",
                Error::Poisoned { .. } => "poisoned",
                other => panic!("{other}"),
            }),
        }
    }

    /// Ends the commit that nobody waits for any more, if there is one.
    fn let_go(&mut self) {
        if let Some((held, fault)) = self.held.remove(&self.store.commits().len()) {
            let waiting = now(held.arrived()).unwrap();
            match fault {
                Fault::Unseen => now(waiting.let_go()).unwrap(),
                _ => waiting.fail(),
            }
        }
    }

    fn history(&self) -> Vec<Record> {
        let workflow = self.workflow.as_ref().unwrap();
        let history = now(self.store.history(workflow.instance()))
            .unwrap()
            .unwrap();
        for (before, record) in (0..).zip(&history) {
            assert_eq!(record.version, before + 1);
        }
        let mut executions = Vec::new();
        history
            .into_iter()
            .map(|record| read(record, &mut executions))
            .collect()
    }
}

async fn operate(
    workflow: &Workflow<Script>,
    operation: &Operation,
) -> Result<Outcome<Definition>, Error> {
    let mut locked = workflow.lock().await;
    match operation {
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
        Operation::Abandon | Operation::Reopen => locked.resolve(Resolution::Abandon).await,
    }
}

/// What a future has come to when nothing from outside happens; one that waits is
/// dropped.
fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// A record as the model writes it; executions are numbered as they appear.
fn read(record: StoredRecord, executions: &mut Vec<String>) -> Record {
    let json = |fields: &_| serde_json::to_value(fields).unwrap();
    Record {
        state: record.state,
        variables: json(&record.variables),
        inflight: record.inflight.map(|inflight| {
            assert_eq!(inflight.attempt, 1);
            Inflight {
                inputs: json(&inflight.inputs),
                transition: inflight.transition,
                execution: numbered(executions, inflight.execution),
                cause: inflight.cause,
                interruptions: inflight.interruptions,
                parked: inflight.parked,
                failure: inflight.failure,
            }
        }),
    }
}

fn renumbered(history: &[Record]) -> Vec<Record> {
    let mut executions = Vec::new();
    let mut history = history.to_vec();
    for inflight in history.iter_mut().filter_map(|it| it.inflight.as_mut()) {
        inflight.execution = numbered(&mut executions, inflight.execution);
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

/// A generator whose numbers are the same on every machine (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// About every twentieth commit goes wrong.
fn faults(random: &mut Random) -> BTreeMap<usize, Fault> {
    let mut faults = BTreeMap::new();
    for number in 1..OPERATIONS * 8 {
        let fault = match random.below(80) {
            0 => Fault::Before,
            1 => Fault::After,
            2 => Fault::Unseen,
            3 => Fault::Lost,
            _ => continue,
        };
        faults.insert(number, fault);
    }
    faults
}

fn operation(random: &mut Random, frail: bool) -> Operation {
    if frail && random.below(4) > 0 {
        return Operation::Synchronize;
    }
    let text = ["", "a", "\u{0}\u{1f600}\"\\"];
    let by = text[usize::try_from(random.below(3)).unwrap()];
    let (transition, inputs): (_, Json) = match random.below(18) {
        0 | 1 => ("begin", json!({ "by": by })),
        2 => ("roll", json!({})),
        3 => ("back", json!({})),
        4 => ("fall", json!({ "why": by })),
        5 => ("push", json!({})),
        6 => ("slip", json!({ "count": i64::MIN + 1 })),
        7 => ("turn", json!({})),
        8 => ("mend", json!({ "by": by })),
        9 if random.below(8) == 0 => ("halt", json!({})),
        9..=11 => return Operation::Go(by),
        12..=14 => return Operation::Synchronize,
        15 => return Operation::Retry,
        16 if random.below(2) == 0 => return Operation::Abandon,
        _ => return Operation::Reopen,
    };
    Operation::Fire {
        transition,
        inputs,
        cause: (random.below(2) == 0).then(|| format!("request {by}")),
    }
}

fn acts(random: &mut Random, frail: bool) -> Vec<Act> {
    let act = |_| match random.below(if frail { 30 } else { 12 }) {
        0 | 1 => Act::Fail(""),
        2 => Act::Fail("no space left"),
        3 | 12..20 => Act::Interrupt,
        4 | 20..25 => Act::Panic,
        5 | 25..30 => Act::Hang,
        _ => Act::Well,
    };
    (0..6).map(act).collect()
}
