//! The process dies at every point of a life, and again while it recovers: in every commit,
//! written or not, in every action, probe and wait, and wherever an activity is started or
//! stopped.
//!
//! Whatever runs is in flight according to what is durable, and neither waiting, parked nor
//! done; what activities run is what the workflow says; and it ends, at rest or parked.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/faulty.rs"]
#[allow(dead_code, unreachable_pub, reason = "a helper of several tests")]
mod faulty;
#[path = "support/service.rs"]
mod support;

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};

use inflight::store::{MemoryStore, ReadStore};
use inflight::{Definition, Error, Options, Outcome, Verdict};

use Act::{Fail, Hang, NotDone, Unknown, Well};
use faulty::FaultyStore;
use service::Transition::{DropAll, Install, Look, MoveOn, Test};
use support::{Act, HandClock, Script, now, poll, seconds, serve, service};

/// Where the process dies.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Death {
    /// In this call of an action, a probe, or of what starts or stops an activity, or in
    /// this wait, all counted together.
    At(usize),
    /// In this commit.
    Commit {
        number: usize,
        written: bool,
    },
    Never,
}

/// What is seen of one process.
#[derive(Default)]
struct Process {
    /// The calls and waits so far.
    points: usize,
    dies_at: Option<usize>,
    /// The activities.
    running: BTreeSet<String>,
}

struct Life {
    store: FaultyStore,
    clock: HandClock,
    script: Script,
    process: Arc<Mutex<Process>>,
    workflow: Option<service::Workflow<Script>>,
}

/// An operation, and what its actions do.
type Step = (Option<service::Transition>, Vec<Act>);

impl Life {
    fn begin() -> Self {
        let memory = MemoryStore::new();
        let process = Arc::new(Mutex::new(Process::default()));
        let (seen, records) = (Arc::clone(&process), memory.clone());
        let witness = move |call: &str, cx: Option<&service::Context>| {
            let mut process = seen.lock().unwrap();
            match (call.split_at(1), cx) {
                (_, Some(cx)) => {
                    let record = now(records.load(cx.instance())).unwrap().unwrap();
                    let record = service::Record::try_from(record).unwrap();
                    let inflight = record.inflight.as_ref().unwrap();
                    assert_eq!(inflight.execution, cx.execution(), "{call}");
                    assert_eq!(inflight.name(), cx.transition(), "{call}");
                    assert_eq!(inflight.attempt, cx.attempt(), "{call}");
                    assert!(!record.is_waiting() && !record.is_parked(), "{call}");
                    assert_eq!(process.running, called_for(&record), "{call}");
                }
                (("+", name), None) => {
                    process.running.insert(name.to_owned());
                }
                ((_, name), None) => {
                    process.running.remove(name);
                }
            }
            process.points += 1;
            process.dies_at == Some(process.points)
        };
        let mut script = Script::default();
        script.witness = Some(Arc::new(witness));
        let mut life = Self {
            store: FaultyStore::new(memory),
            clock: HandClock::new(),
            script,
            process,
            workflow: None,
        };
        life.open();
        life
    }

    /// Opens it as a new process would.
    fn open(&mut self) {
        self.workflow = None;
        *self.process.lock().unwrap() = Process::default();
        let options = Options::new().clock(self.clock.clone()).random(|| 0);
        let (store, script) = (self.store.clone(), self.script.clone());
        let open = service::Workflow::open_with(store, "web-0", script, options);
        self.workflow = Some(now(open).unwrap());
    }

    /// Does this, and what follows by itself, unless the process dies.
    fn operate(&self, step: &Step) -> Option<Result<Outcome<service::Definition>, Error>> {
        let (transition, acts) = step;
        self.script.acts(acts);
        let workflow = self.workflow.as_ref().unwrap();
        self.outlast(async {
            let mut locked = workflow.lock().await;
            match transition {
                Some(transition) => locked.fire(transition.clone()).await,
                None => locked.synchronize().await,
            }
        })
    }

    /// What a future comes to, unless the process dies first.
    fn outlast<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        loop {
            if let Some(value) = poll(future.as_mut()) {
                return Some(value);
            }
            let wakes = self.clock.sleeping().into_iter().min()?;
            let mut process = self.process.lock().unwrap();
            if process.dies_at == Some(process.points) {
                return None;
            }
            process.points += 1;
            if process.dies_at == Some(process.points) {
                return None;
            }
            drop(process);
            self.clock.advance(wakes);
        }
    }

    /// Lives through these steps; whether it survived.
    fn live(&mut self, steps: &[Step], death: Death) -> bool {
        let begun = self.store.commits().len();
        let mut held = None;
        match death {
            Death::At(point) => self.process.lock().unwrap().dies_at = Some(point),
            Death::Commit { number, .. } => held = Some(self.store.hold(begun + number)),
            Death::Never => {}
        }
        let survived = steps.iter().all(|step| self.operate(step).is_some());
        if let (false, Some(held), Death::Commit { written, .. }) = (survived, held, death) {
            let waiting = now(held.arrived());
            match written {
                true => now(waiting.let_go()),
                false => waiting.fail(),
            }
        }
        survived
    }

    /// Recovers, and dies once more on the way. Then it ends, at rest or parked, and all is
    /// as it should be.
    fn recover(&mut self, death: Death, told: &str) {
        self.open();
        self.live(&[(None, Vec::new())], death);
        for _ in 0..3 {
            self.open();
            let outcome = self.operate(&(None, Vec::new()));
            let outcome = outcome.unwrap_or_else(|| panic!("{told}: it hangs"));
            let verdict = outcome
                .unwrap_or_else(|error| panic!("{told}: {error}"))
                .verdict;
            let record = self.workflow.as_ref().unwrap().record();
            let process = self.process.lock().unwrap();
            assert_eq!(process.running, called_for(&record), "{told}");
            if matches!(verdict, Verdict::Idle | Verdict::Parked) {
                assert!(record.inflight.is_none() || record.is_parked(), "{told}");
                return;
            }
        }
        panic!("{told}: it never comes to rest");
    }
}

/// The activities that a record calls for.
fn called_for(record: &service::Record) -> BTreeSet<String> {
    let inflight = record.inflight.as_ref().map(|inflight| inflight.name());
    let running = service::Definition::activities(record.state.name(), inflight);
    running.into_iter().map(str::to_owned).collect()
}

/// Dies at every point of these steps, and then at each of the first points of recovery.
fn check(steps: &[Step]) -> usize {
    let mut life = Life::begin();
    assert!(life.live(steps, Death::Never));
    let points = life.process.lock().unwrap().points;
    let commits = life.store.commits().len();
    assert!(points > 0 && commits > 0);

    let deaths = |points: usize, commits: usize| {
        let commits = (1..=commits)
            .flat_map(|number| [true, false].map(|written| Death::Commit { number, written }));
        (1..=points).map(Death::At).chain(commits)
    };
    let mut tried = 0;
    for first in deaths(points, commits) {
        for second in deaths(5, 3).chain([Death::Never]) {
            let told = format!("{steps:?}, {first:?}, {second:?}");
            let mut life = Life::begin();
            assert!(!life.live(steps, first), "{told}");
            life.recover(second, &told);
            tried += 1;
        }
    }
    tried
}

#[test]
fn wherever_the_process_dies_it_carries_on() {
    let install = || (Some(Install), vec![Fail("no disk")]);
    let up = || (Some(serve()), vec![]);
    let retried = vec![Fail("a"), Hang, Well];
    let given_up = vec![Fail("a"), Fail("b"), Fail("c"), Fail("d"), Well];
    let scenarios: [Vec<Step>; 7] = [
        vec![install(), (Some(serve()), retried)],
        vec![install(), (Some(serve()), given_up)],
        vec![install(), up(), (Some(MoveOn), vec![Fail("a"), Fail("b")])],
        vec![install(), up(), (Some(MoveOn), vec![Fail("a")])],
        vec![install(), up(), (Some(Look), vec![])],
        vec![install(), up(), (Some(Test), vec![])],
        vec![install(), up(), (Some(DropAll), vec![Fail("a")])],
    ];
    let tried: usize = scenarios.iter().map(|steps| check(steps)).sum();
    assert!(tried > 1_000, "{tried} deaths");
}

/// The same with the answers that a probe can give.
#[test]
fn wherever_the_process_dies_a_probe_is_heard() {
    for answer in [Well, NotDone, Unknown, Fail("no network")] {
        let mut life = Life::begin();
        let steps = [(Some(Install), vec![]), (Some(serve()), vec![])];
        // The call after the installation and the start of the diary.
        assert!(!life.live(&steps, Death::At(3)));
        life.open();
        let outcome = life
            .operate(&(None, vec![answer.clone()]))
            .unwrap()
            .unwrap();
        let parked = matches!(answer, Unknown | Fail(_));
        assert_eq!(outcome.verdict == Verdict::Parked, parked, "{answer:?}");
        life.recover(Death::Never, "a probe");
    }
}

/// What falls due while no process runs fires late rather than never, wherever the one
/// before died.
#[test]
fn what_falls_due_meanwhile_is_not_lost() {
    for point in 1.. {
        let mut life = Life::begin();
        let steps = [(Some(Install), vec![]), (Some(serve()), vec![])];
        let survived = life.live(&steps, Death::At(point));
        life.clock.advance(seconds(86_400));
        life.open();
        let outcome = life.operate(&(None, Vec::new())).unwrap().unwrap();
        let again = life.operate(&(None, Vec::new())).unwrap().unwrap();
        let fired = outcome.steps.iter().chain(&again.steps);
        let fired: Vec<_> = fired.map(|step| step.transition.as_str()).collect();
        let timers = ["expire", "tick", "doze"];
        if survived {
            assert_eq!(fired, ["tick"]);
            return;
        }
        life.clock.advance(seconds(86_400));
        let late = life.operate(&(None, Vec::new())).unwrap().unwrap();
        let mut fired = fired
            .into_iter()
            .chain(late.steps.iter().map(|step| step.transition.as_str()));
        assert!(
            fired.any(|transition| timers.contains(&transition)),
            "{point}"
        );
    }
}
