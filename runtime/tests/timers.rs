//! Transitions that fire when their state has been current for some time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/service.rs"]
mod support;

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

use inflight::store::MemoryStore;
use inflight::testing::HandClock;
use inflight::{Clock, Error, Options};

use Act::{Fail, Hang};
use service::Transition::{Look, Stop, Tick, Wake};
use support::{Act, Service, now, poll, seconds, service};

type Drive = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// What fires what falls due.
fn drive(unit: &Service) -> Drive {
    Box::pin(unit.workflow.drive())
}

/// Lets it go on, and says for how long it sleeps then.
fn sleeps(unit: &Service, drive: &mut Drive) -> Vec<u64> {
    assert!(poll(drive.as_mut()).is_none());
    let sleeping = unit.clock.sleeping();
    sleeping.iter().map(|left| left.as_secs()).collect()
}

#[test]
fn what_falls_due_is_fired_the_earliest_first() {
    let mut unit = Service::serving();
    let mut drive = drive(&unit);
    assert_eq!(sleeps(&unit, &mut drive), [60]);
    unit.clock.advance(seconds(59));
    assert_eq!(sleeps(&unit, &mut drive), [1]);
    assert_eq!(unit.news(), "");
    unit.clock.advance(seconds(1));
    assert_eq!(
        sleeps(&unit, &mut drive),
        [60],
        "the state was entered anew"
    );
    assert_eq!(unit.news(), "(serving, tick, !tick) (serving)");
    assert_eq!(unit.runs(), ["tick"]);
}

#[test]
fn what_failed_does_not_fire_again_until_the_state_is_entered_anew() {
    let mut unit = Service::serving();
    let mut driving = drive(&unit);
    sleeps(&unit, &mut driving);
    unit.script.acts(&[Fail("a")]);
    unit.clock.advance(seconds(60));
    assert_eq!(sleeps(&unit, &mut driving), [3_540]);
    assert_eq!(unit.news(), "(serving, tick, !tick) (serving, !tick)");

    drop(driving);
    let mut unit = unit.reborn();
    assert_eq!(unit.synchronize(), ["nothing to do"]);
    let mut driving = drive(&unit);
    assert_eq!(sleeps(&unit, &mut driving), [3_540]);
    unit.fire(Look);
    assert_eq!(
        sleeps(&unit, &mut driving),
        [60],
        "the state was entered anew"
    );
    assert_eq!(unit.news(), "(serving, look, !tick) (serving)");
}

#[test]
fn one_that_was_fired_by_hand_and_failed_does_not_fire_again() {
    let mut unit = Service::serving();
    unit.script.acts(&[Fail("a")]);
    assert_eq!(unit.fire(Tick)[0], "failed");
    assert_eq!(sleeps(&unit, &mut drive(&unit)), [3_600]);
}

#[test]
fn a_deadline_survives_a_crash_and_fires_late_rather_than_never() {
    let unit = Service::serving();
    unit.clock.advance(seconds(30));
    let unit = unit.reborn();
    assert_eq!(sleeps(&unit, &mut drive(&unit)), [30]);
    unit.clock.advance(seconds(86_400));
    let mut unit = unit.reborn();
    unit.script.acts(&[Fail("a")]);
    assert_eq!(
        unit.synchronize(),
        [
            "failed",
            "tick: serving, failed: a",
            "tire: serving -> away"
        ],
        "both are due"
    );
    assert_eq!(
        unit.news(),
        "(serving, tick, !tick) (serving, !tick) (serving, tire, !tick, !tire) (away)"
    );
}

#[test]
fn synchronize_fires_what_is_due() {
    let mut unit = Service::serving();
    unit.clock.advance(seconds(60));
    assert_eq!(
        unit.synchronize(),
        ["completed", "tick: serving -> serving"]
    );
    assert_eq!(unit.synchronize(), ["nothing to do"]);
}

#[test]
fn a_guard_is_asked_again_when_the_record_changes_and_by_synchronize() {
    let unit = Service::ready();
    let mut driving = drive(&unit);
    assert_eq!(sleeps(&unit, &mut driving), [600]);
    now(unit.workflow.lock()).actions_mut().patient = true;
    unit.clock.advance(seconds(600));
    assert_eq!(
        sleeps(&unit, &mut driving),
        [0; 0],
        "it does not ask on and on"
    );
    let mut unit = unit;
    assert_eq!(unit.synchronize(), ["nothing to do"]);
    now(unit.workflow.lock()).actions_mut().patient = false;
    assert_eq!(sleeps(&unit, &mut driving), [0; 0]);
    assert_eq!(unit.synchronize(), ["completed", "expire: ready -> broken"]);
    assert_eq!(unit.news(), "(ready, expire, !expire) (broken)");
}

#[test]
fn timers_of_the_initial_state_begin_with_the_first_synchronize() {
    let mut unit = Service::open();
    assert_eq!(unit.synchronize(), ["nothing to do"]);
    assert_eq!(unit.news(), "(new)");
    assert_eq!(unit.synchronize(), ["nothing to do"]);
    assert_eq!(unit.news(), "");
    unit.clock.advance(seconds(86_000));
    let mut unit = unit.reborn();
    let mut driving = drive(&unit);
    assert_eq!(sleeps(&unit, &mut driving), [400]);
    unit.clock.advance(seconds(400));
    assert!(
        poll(driving.as_mut()).unwrap().is_ok(),
        "it is in a final state"
    );
    assert_eq!(unit.news(), "(new, doze, !doze) (gone)");
}

#[test]
fn driving_begins_the_timers_of_the_initial_state_too() {
    let mut unit = Service::open();
    assert_eq!(sleeps(&unit, &mut drive(&unit)), [86_400]);
    assert_eq!(unit.news(), "(new)");
}

#[test]
fn driving_ends_in_a_final_state_and_follows_every_change_until_then() {
    let mut unit = Service::serving();
    let mut driving = drive(&unit);
    assert_eq!(sleeps(&unit, &mut driving), [60]);
    unit.fire(service::Transition::MoveOn);
    assert_eq!(sleeps(&unit, &mut driving), [0; 0]);
    unit.fire(Wake);
    assert_eq!(sleeps(&unit, &mut driving), [600]);
    unit.fire(Stop);
    assert!(poll(driving.as_mut()).unwrap().is_ok());
}

#[test]
fn driving_waits_for_the_lock_and_looks_again() {
    let mut unit = Service::serving();
    let mut driving = drive(&unit);
    sleeps(&unit, &mut driving);
    let mut locked = now(unit.workflow.lock());
    unit.clock.advance(seconds(60));
    assert_eq!(sleeps(&unit, &mut driving), [0; 0]);
    now(locked.fire(Look)).unwrap();
    drop(locked);
    assert_eq!(sleeps(&unit, &mut driving), [60]);
    assert_eq!(unit.news(), "(serving, look) (serving)");
}

#[test]
fn driving_may_be_dropped_at_any_time() {
    let mut unit = Service::serving();
    let mut driving = drive(&unit);
    sleeps(&unit, &mut driving);
    unit.script.acts(&[Hang]);
    unit.clock.advance(seconds(60));
    assert_eq!(sleeps(&unit, &mut driving), [0; 0]);
    drop(driving);
    assert_eq!(unit.news(), "(serving, tick, !tick)");
    let mut driving = drive(&unit);
    assert_eq!(
        sleeps(&unit, &mut driving),
        [0; 0],
        "synchronize is the way on"
    );
    assert_eq!(unit.synchronize()[0], "completed");
    assert_eq!(sleeps(&unit, &mut driving), [60]);
}

#[test]
fn a_clock_that_is_set_back_makes_nothing_later_than_it_would_be_from_now() {
    let mut unit = Service::serving();
    let mut driving = drive(&unit);
    sleeps(&unit, &mut driving);
    unit.clock.set_back(seconds(86_400));
    unit.clock.advance(seconds(60));
    sleeps(&unit, &mut driving);
    assert_eq!(unit.news(), "(serving, tick, !tick) (serving)");

    unit.clock.set_back(seconds(86_400));
    drop(driving);
    let unit = unit.reborn();
    assert_eq!(sleeps(&unit, &mut drive(&unit)), [60]);
}

inflight::workflow! {
    workflow top {
        initial state spinning
        final state fallen
        transition turn: spinning -> same { after 1ms }
        transition fall: spinning -> fallen
    }
}

struct Nothing;

impl top::Actions for Nothing {
    type Error = std::convert::Infallible;
}

/// A clock on which time passes whenever somebody looks at it.
struct Hasty(HandClock);

impl Clock for Hasty {
    fn now(&self) -> SystemTime {
        self.0.advance(seconds(1));
        self.0.now()
    }

    fn instant(&self) -> Instant {
        self.0.instant()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.sleep(duration)
    }
}

#[test]
fn synchronize_ends_though_something_is_always_due() {
    let options = Options::new().clock(Hasty(HandClock::new()));
    let open = top::Workflow::open_with(MemoryStore::new(), "only", Nothing, options);
    let top = now(open).unwrap();
    let mut locked = now(top.lock());
    for turns in [0, 1, 1] {
        let outcome = now(locked.synchronize()).unwrap();
        assert_eq!(outcome.steps.len(), turns);
    }
}
