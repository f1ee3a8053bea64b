//! Callers that block do what those do who await, record by record.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/service.rs"]
mod support;

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use inflight::blocking::{self, InRuntime, LockError, ThreadClock};
use inflight::store::{MemoryStore, ReadStore, StoredRecord};
use inflight::testing::{HandClock, notation};
use inflight::{Clock, Error, OpenError, Options, Resolution};

use Act::{Fail, Interrupt};
use service::Transition::{Install, Look, Stop, Tick};
use support::{Act, Script, now, seconds, serve, service, told};

/// A clock on which whatever somebody sleeps for has passed at once.
#[derive(Clone)]
struct Swift(HandClock);

impl Clock for Swift {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn instant(&self) -> Instant {
        self.0.instant()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.advance(duration);
        self.0.sleep(Duration::ZERO)
    }
}

/// What is left of a life: its records, what was called, and what callers were told.
#[derive(Debug, PartialEq)]
struct Life {
    records: Vec<String>,
    calls: Vec<String>,
    told: Vec<String>,
}

fn options() -> Options {
    let options = Options::new().clock(Swift(HandClock::new()));
    options.random(|| u64::MAX)
}

fn life(store: &MemoryStore, script: &Script, told: Vec<String>) -> Life {
    let instance = now(store.list()).unwrap().pop().unwrap();
    let records = now(store.history(&instance)).unwrap();
    let record = |record: &StoredRecord| {
        let cause = record.inflight.as_ref().and_then(|it| it.cause.clone());
        let text = notation(std::slice::from_ref(record));
        format!("{text} {:?} {cause:?}", record.committed)
    };
    Life {
        // All are committed at times that are told by the same clock.
        records: records.iter().map(record).collect(),
        calls: script.calls(),
        told,
    }
}

/// A life, with what makes a future of the API wait, and what makes a transition wait.
macro_rules! life {
    ($workflow:ty, ($($waits:tt)*), ($($fires:tt)*)) => {{
        let (store, script) = (MemoryStore::new(), Script::default());
        let open = || <$workflow>::open_with(store.clone(), "a", script.clone(), options());
        let workflow = open()$($waits)*.unwrap();
        let mut all = Vec::new();
        let mut unit = workflow.lock()$($waits)*;
        all.extend(told(unit.synchronize()$($waits)*));
        script.acts(&[Fail("a"), Fail("b")]);
        all.extend(told(unit.fire(Install).cause("one")$($fires)*));
        all.extend(told(unit.go_to(service::StateName::Ready)$($fires)*));
        script.acts(&[Fail("c")]);
        all.extend(told(unit.fire(serve())$($fires)*));
        all.extend(told(unit.fire(Install)$($fires)*));
        script.acts(&[Interrupt]);
        all.extend(told(unit.fire(Look)$($fires)*));
        drop(unit);
        drop(workflow);

        let workflow = open()$($waits)*.unwrap();
        let mut unit = workflow.lock_timeout(seconds(1))$($waits)*.unwrap();
        all.extend(told(unit.synchronize()$($waits)*));
        all.extend(told(unit.resolve(Resolution::Retry)$($fires)*));
        match unit.at().unwrap() {
            service::At::Serving(serving) => all.extend(told(serving.fall()$($fires)*)),
            other => panic!("{other:?}"),
        }
        all.extend(told(unit.fire(service::Transition::Mend)$($fires)*));
        unit.stop_activities()$($waits)*;
        drop(unit);
        workflow.close()$($waits)*;
        let workflow = open()$($waits)*.unwrap();
        let mut unit = workflow.lock()$($waits)*;
        all.extend(told(unit.fire(serve())$($fires)*));
        all.extend(told(unit.fire(Tick)$($fires)*));
        all.extend(told(unit.fire(Stop)$($fires)*));
        drop(unit);
        workflow.drive()$($waits)*.unwrap();
        life(&store, &script, all)
    }};
}

/// Takes what every method of the blocking API may say of its thread out of the way.
trait OnThisThread {
    type Value;

    fn here(self) -> Self::Value;
}

impl<T> OnThisThread for Result<T, InRuntime> {
    type Value = T;

    fn here(self) -> T {
        self.unwrap()
    }
}

macro_rules! itself {
    ($($error:ty),*) => {$(
        impl<T> OnThisThread for Result<T, $error> {
            type Value = Self;

            fn here(self) -> Self {
                self
            }
        }
    )*};
}

itself!(Error, OpenError, LockError);

#[test]
fn one_life_leaves_the_same_records_whoever_lives_it() {
    let blocking = life!(
        blocking::Workflow::<service::Definition, Script>,
        (.here()),
        (.wait())
    );
    let awaited = now(async { life!(service::Workflow::<Script>, (.await), (.await)) });
    assert_eq!(blocking, awaited);
    let parts = ["attempt 2", "waiting", "parked", "(gone)"];
    for part in parts {
        let records = &blocking.records;
        assert!(records.iter().any(|record| record.contains(part)), "{part}");
    }
}

inflight::workflow! {
    workflow kettle {
        initial state cold
        state hot
        /// It does not heat.
        error state broken { why: string }
        final state away
        action boil
        action wait
        transition heat: cold -> hot {
            do boil
            retry 3 backoff 1ms
            on error fail -> broken(why: failure)
        }
        transition hang: cold -> hot {
            do wait
            timeout 1ms
            on error hang_failed -> broken(why: failure)
        }
        transition cool: hot -> away { after 1ms }
        transition mend: broken -> cold
    }
}

/// Fails so many times.
struct Kettle(u32);

impl kettle::Actions for Kettle {
    type Error = &'static str;

    async fn boil(&mut self, _: &kettle::Context) -> Result<(), &'static str> {
        self.0 -= 1;
        match self.0 {
            0 => Ok(()),
            _ => Err("no current"),
        }
    }

    async fn wait(&mut self, _: &kettle::Context) -> Result<(), &'static str> {
        std::future::pending().await
    }
}

type Kettles = blocking::Workflow<kettle::Definition, Kettle>;

#[test]
fn waits_timeouts_and_timers_need_no_runtime() {
    let kettle = Kettles::open(MemoryStore::new(), "1", Kettle(3)).unwrap();
    let mut locked = kettle.lock().unwrap();
    let outcome = locked.fire(kettle::Transition::Hang).wait().unwrap();
    assert_eq!(
        outcome.failures().collect::<Vec<_>>(),
        ["timed out after 1ms"]
    );
    locked.fire(kettle::Transition::Mend).wait().unwrap();
    let outcome = locked.fire(kettle::Transition::Heat).wait().unwrap();
    assert!(outcome.is_completed());
    assert_eq!(outcome.steps.len(), 3);
    drop(locked);
    let drives = kettle.clone();
    let thread = thread::spawn(move || drives.drive());
    thread.join().unwrap().unwrap();
    assert!(kettle.state().is_away());
}

#[test]
fn the_lock_is_shared_with_threads_and_tasks() {
    let kettle = Kettles::open(MemoryStore::new(), "1", Kettle(1)).unwrap();
    let held = kettle.lock().unwrap();
    let refused = kettle.lock_timeout(Duration::from_millis(1)).unwrap_err();
    assert!(matches!(refused, LockError::Timeout(_)), "{refused}");
    let order = Arc::new(Mutex::new(Vec::new()));
    let begun = Arc::new(Barrier::new(2));
    let other = {
        let (kettle, order, begun) = (kettle.clone(), Arc::clone(&order), Arc::clone(&begun));
        thread::spawn(move || {
            begun.wait();
            let _held = kettle.lock().unwrap();
            order.lock().unwrap().push("other");
        })
    };
    begun.wait();
    order.lock().unwrap().push("this");
    drop(held);
    other.join().unwrap();
    assert_eq!(*order.lock().unwrap(), ["this", "other"]);
    drop(kettle.lock().unwrap());
}

#[test]
fn dropping_gives_the_claim_back() {
    let store = MemoryStore::new();
    let open = || Kettles::open(store.clone(), "1", Kettle(1));
    let kettle = open().unwrap();
    let locked = kettle.lock().unwrap();
    drop(kettle);
    assert!(open().is_err());
    drop(locked);
    assert!(open().is_ok());
}

#[test]
fn an_action_may_block_in_turn() {
    struct Nested(Kettles);

    inflight::workflow! {
        workflow tea {
            initial state wanted
            state there
            action brew
            transition make: wanted -> there { do brew }
            transition drink: there -> wanted
        }
    }

    impl tea::Actions for Nested {
        type Error = String;

        async fn brew(&mut self, _: &tea::Context) -> Result<(), String> {
            let mut kettle = self.0.lock().map_err(|error| error.to_string())?;
            let heat = kettle.fire(kettle::Transition::Heat).wait();
            heat.map(drop).map_err(|error| error.to_string())
        }
    }

    let store = MemoryStore::new();
    let kettle = Kettles::open(store.clone(), "1", Kettle(2)).unwrap();
    let tea = blocking::Workflow::<tea::Definition, _>::open(store, "1", Nested(kettle.clone()));
    let tea = tea.unwrap();
    let outcome = tea.lock().unwrap().fire(tea::Transition::Make).wait();
    assert!(outcome.unwrap().is_completed());
    assert!(kettle.state().is_hot());
}

#[test]
fn a_fleet_runs_on_a_thread() {
    let fleet = blocking::Fleet::new(MemoryStore::new());
    let kettles = fleet
        .register::<kettle::Definition, _>(|_| Kettle(1))
        .unwrap();
    let (cooled, events) = mpsc::channel();
    fleet.observe(move |event| drop(cooled.send(event.to_string())));
    let recovery = fleet.recover(2, |_| {}).unwrap();
    assert_eq!(recovery.to_string(), "0 recovered, 0 carried on");
    let runs = fleet.clone();
    let thread = thread::spawn(move || runs.run());
    let mut kettle = kettles.lock("1").unwrap();
    kettle.fire(kettle::Transition::Heat).wait().unwrap();
    drop(kettle);
    assert_eq!(
        events.recv().unwrap(),
        "kettle/1: completed; cool: hot -> away"
    );
    assert!(kettles.open("1").unwrap().state().is_away());
    assert!(kettles.close("1").unwrap());
    kettles.open("2").unwrap();
    assert_eq!(kettles.list().len(), 1);
    let shutdown = fleet.shutdown(seconds(60)).unwrap();
    assert_eq!(shutdown.to_string(), "1 closed");
    thread.join().unwrap().unwrap();
}

#[tokio::test]
async fn a_thread_of_a_runtime_is_not_blocked() {
    let store = MemoryStore::new();
    let refused = Kettles::open(store.clone(), "1", Kettle(1)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "this would block a thread of an async runtime: await the methods of \
         `inflight::Workflow` there, or call this on a thread of its own"
    );
    let kettle = kettle::Workflow::open(store, "1", Kettle(1)).await.unwrap();
    let mut locked = kettle.lock().await;
    let refused = locked.fire(kettle::Transition::Heat).wait().unwrap_err();
    assert!(matches!(refused, Error::InRuntime(_)));
    assert_eq!(kettle.record().version, 0);

    let opened = thread::spawn(|| Kettles::open(MemoryStore::new(), "1", Kettle(1)));
    let opened = opened.join().unwrap().unwrap();
    assert_eq!(opened.lock().unwrap_err(), InRuntime);
    let refused = opened.lock_timeout(Duration::ZERO).unwrap_err();
    assert!(matches!(refused, LockError::InRuntime(_)));
    let fleet = blocking::Fleet::new(MemoryStore::new());
    assert!(fleet.run().is_err());
}

/// The clock is the same for those who await it somewhere else.
#[tokio::test]
async fn the_clock_of_threads_wakes_tasks_too() {
    ThreadClock.sleep(Duration::from_millis(1)).await;
}
