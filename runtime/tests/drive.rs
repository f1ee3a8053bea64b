//! What drives an instance ends with it, and hands out what it does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/service.rs"]
mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use inflight::store::MemoryStore;
use inflight::testing::{FaultyStore, HandClock};
use inflight::{Clock, Error, Options, Resolution};

use Act::{Fail, Hang};
use service::Transition::{Install, MoveOn, Stop};
use support::{Act, Script, Service, now, poll, seconds, serve, service, told};

inflight::workflow! {
    workflow egg {
        initial state raw
        final state soft
        final state hard
        guard hurried
        transition early: raw -> soft { after 10s when hurried }
        transition late: raw -> hard { after 30s }
    }
}

struct Cook;

impl egg::Actions for Cook {
    type Error = std::convert::Infallible;

    fn hurried(&self, _: &egg::State) -> bool {
        false
    }
}

#[test]
fn a_clock_that_is_set_back_does_not_begin_a_wait_anew() {
    let clock = HandClock::new();
    let options = Options::new().clock(clock.clone());
    let open = egg::Workflow::open_with(MemoryStore::new(), "1", Cook, options);
    let egg = now(open).unwrap();
    let mut drive = Box::pin(egg.drive());
    assert!(poll(drive.as_mut()).is_none());
    clock.advance(seconds(5));
    clock.set_back(seconds(3_600));
    clock.advance(seconds(5));
    assert!(poll(drive.as_mut()).is_none());
    assert_eq!(clock.sleeping(), [seconds(20)], "it was not hurried");
    clock.advance(seconds(20));
    assert!(poll(drive.as_mut()).unwrap().is_ok());
    assert!(egg.state().is_hard());
}

#[test]
fn outcomes_are_handed_out() {
    let unit = Service::serving();
    unit.script.acts(&[Fail("x")]);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let drive = unit.workflow.drive_with(move |outcome| {
        hears.lock().unwrap().extend(told(Ok(outcome)));
        panic!("whoever only watches stops nothing by it");
    });
    let mut drive = Box::pin(drive);
    for _ in 0..2 {
        assert!(poll(drive.as_mut()).is_none());
        unit.clock.advance(seconds(3_600));
    }
    assert!(poll(drive.as_mut()).is_none());
    assert_eq!(
        *heard.lock().unwrap(),
        [
            "failed",
            "tick: serving, failed: x",
            "completed",
            "tire: serving -> away"
        ]
    );
}

#[test]
fn driving_ends_when_the_instance_is_closed() {
    let unit = Service::serving();
    let mut drive = Box::pin(unit.workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    now(unit.workflow.close());
    assert!(poll(drive.as_mut()).unwrap().is_ok());
}

fn open(store: &FaultyStore, script: &Script) -> service::Workflow<Script> {
    let options = Options::new().clock(HandClock::new());
    let open = service::Workflow::open_with(store.clone(), "a", script.clone(), options);
    now(open).unwrap()
}

/// Somebody else's commit fails, while nothing is due and while something is.
#[test]
fn driving_ends_when_the_instance_is_poisoned() {
    for serves in [false, true] {
        let store = FaultyStore::new(MemoryStore::new());
        let workflow = open(&store, &Script::default());
        let fire = async |transition| workflow.lock().await.fire(transition).await;
        now(fire(Install)).unwrap();
        now(fire(serve())).unwrap();
        if !serves {
            now(fire(MoveOn)).unwrap();
        }
        let mut drive = Box::pin(workflow.drive());
        assert!(poll(drive.as_mut()).is_none());
        store.fail_before(store.commits().len() + 1);
        now(fire(Stop)).unwrap_err();
        let error = poll(drive.as_mut()).unwrap().unwrap_err();
        assert!(matches!(error, Error::Poisoned { .. }), "{error}");
    }
}

/// An activity was cut short, and then a commit failed for which nobody waited.
#[test]
fn activities_of_a_poisoned_instance_are_left_alone() {
    let store = FaultyStore::new(MemoryStore::new());
    let script = Script::default();
    let workflow = open(&store, &script);
    let mut locked = now(workflow.lock());
    now(locked.fire(Install)).unwrap();
    now(locked.fire(serve())).unwrap();
    script.switches(&[Hang]);
    assert!(poll(Box::pin(locked.fire(MoveOn)).as_mut()).is_none());
    let held = store.hold(store.commits().len() + 1);
    let mut abandon = Box::pin(locked.resolve(Resolution::Abandon));
    assert!(poll(abandon.as_mut()).is_none());
    drop(abandon);
    now(held.arrived()).fail();
    drop(locked);
    script.calls();
    let mut locked = now(workflow.lock());
    assert_eq!(script.calls(), [""; 0]);
    now(locked.start_activities());
    assert_eq!(script.calls(), [""; 0]);
}

#[test]
fn a_hand_clock_lets_nobody_sleep_too_long_for_it() {
    let clock = HandClock::new();
    clock.advance(seconds(1));
    let mut sleep = clock.sleep(Duration::MAX);
    assert!(poll(sleep.as_mut()).is_none());
    assert!(clock.sleeping()[0] >= Duration::MAX - seconds(1));
}
