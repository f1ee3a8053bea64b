//! Failed actions that are tried again, waits between them, and actions that take too
//! long.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

#[path = "support/service.rs"]
mod support;

use std::future::Future;
use std::pin::Pin;

use inflight::{Error, Outcome, Resolution};

use support::{Act, Script, Service, Told, poll, seconds, serve, service, told};

/// An operation that is polled by hand.
type Operation = Pin<Box<dyn Future<Output = Result<Outcome<service::Definition>, Error>>>>;

fn firing(unit: &Service, transition: service::Transition) -> Operation {
    let workflow: service::Workflow<Script> = unit.workflow.clone();
    Box::pin(async move { workflow.lock().await.fire(transition).await })
}

fn synchronizing(unit: &Service) -> Operation {
    let workflow = unit.workflow.clone();
    Box::pin(async move { workflow.lock().await.synchronize().await })
}

fn waits(unit: &Service, operation: &mut Operation, expect: &[u64]) {
    assert!(poll(operation.as_mut()).is_none());
    let expect: Vec<_> = expect.iter().copied().map(seconds).collect();
    assert_eq!(unit.clock.sleeping(), expect);
}

fn ends(operation: &mut Operation) -> Told {
    told(poll(operation.as_mut()).expect("it waits for nothing more"))
}

#[test]
fn install_with_retry_1_fails_once() {
    let mut unit = Service::open();
    unit.script.acts(&[Act::Fail("no disk")]);
    assert_eq!(
        unit.fire(service::Transition::Install),
        [
            "completed",
            "install: new, failed: no disk",
            "install: new -> ready"
        ]
    );
    assert_eq!(
        unit.news(),
        "(new, install) (new, install, attempt 2) (ready)"
    );
    assert_eq!(unit.runs(), ["install", "install, attempt 2"]);
}

#[test]
fn the_last_failure_takes_the_error_transition() {
    let mut unit = Service::open();
    unit.script
        .acts(&[Act::Fail("no disk"), Act::Fail("no memory")]);
    let told = unit.fire(service::Transition::Install);
    assert_eq!(told[0], "failed, handled");
    assert_eq!(
        unit.news(),
        "(new, install) (new, install, attempt 2) (new, install_failed) (broken)"
    );
    let why = "no memory".to_owned();
    assert_eq!(unit.workflow.state(), service::State::Broken { why });
}

#[test]
fn waits_double_with_the_lock_held_and_are_in_the_record() {
    let mut unit = Service::ready();
    unit.script
        .acts(&[Act::Fail("a"), Act::Fail("b"), Act::Fail("c")]);
    let mut fire = firing(&unit, serve());
    // Nothing is left to chance but the last nanosecond.
    assert!(poll(fire.as_mut()).is_none());
    let record = unit.workflow.record();
    assert!(record.is_waiting());
    let inflight = record.inflight.as_ref().unwrap();
    assert_eq!(inflight.last_failure.as_deref(), Some("a"));
    let until = inflight.until.unwrap();
    let left = until
        .duration_since(inflight::Clock::now(&unit.clock))
        .unwrap();
    assert_eq!(unit.clock.sleeping(), [left]);
    assert!(left < seconds(4) && left > seconds(4) - std::time::Duration::from_micros(1));
    let mut lock = Box::pin(unit.workflow.lock());
    assert!(poll(lock.as_mut()).is_none(), "the lock should be held");
    drop(lock);
    assert_eq!(
        unit.news(),
        "(ready, serve) (ready, serve, attempt 2, waiting)"
    );

    unit.clock.advance(seconds(4));
    assert!(poll(fire.as_mut()).is_none());
    assert_eq!(
        unit.news(),
        "(ready, serve, attempt 2) (ready, serve, attempt 3, waiting)"
    );
    let left = unit.clock.sleeping();
    assert!(left[0] < seconds(6) && left[0] > seconds(5), "{left:?}");
    unit.clock.advance(seconds(6));
    assert_eq!(
        ends(&mut fire),
        [
            "failed, handled",
            "serve: ready, failed: a",
            "serve: ready, failed: b",
            "serve: ready, failed: c",
            "serve_failed: ready -> broken"
        ]
    );
    assert_eq!(
        unit.runs(),
        ["bind a", "bind a, attempt 2", "bind a, attempt 3", "c"]
    );
}

#[test]
fn an_operator_cuts_a_wait_short() {
    let mut unit = Service::ready();
    assert!(!unit.workflow.retry_now());
    unit.script.acts(&[Act::Fail("a")]);
    let mut fire = firing(&unit, serve());
    assert!(poll(fire.as_mut()).is_none());
    assert!(unit.workflow.retry_now());
    assert_eq!(ends(&mut fire)[0], "completed");
    assert!(!unit.workflow.retry_now());
    assert_eq!(
        unit.news(),
        "(ready, serve) (ready, serve, attempt 2, waiting) (ready, serve, attempt 2) (serving)"
    );
}

#[test]
fn after_a_crash_the_rest_of_the_wait_is_waited() {
    let unit = Service::ready();
    unit.script.acts(&[Act::Fail("a"), Act::Hang]);
    let mut fire = firing(&unit, serve());
    assert!(poll(fire.as_mut()).is_none());
    drop(fire);
    unit.clock.advance(seconds(3));
    let mut unit = unit.reborn();
    assert!(!unit.workflow.retry_now(), "nobody waits");
    unit.news();

    let mut synchronize = synchronizing(&unit);
    assert!(poll(synchronize.as_mut()).is_none());
    let left = unit.clock.sleeping();
    assert!(left[0] < seconds(1), "{left:?}");
    assert_eq!(unit.news(), "", "it was neither interrupted nor tried");
    unit.clock.advance(seconds(1));
    assert!(poll(synchronize.as_mut()).is_none());
    assert_eq!(unit.news(), "(ready, serve, attempt 2)");

    drop(synchronize);
    let mut unit = unit.reborn();
    unit.script.acts(&[Act::NotDone]);
    assert_eq!(unit.synchronize()[0], "completed");
    assert_eq!(
        unit.news(),
        "(ready, serve, attempt 2, interrupted 1) (serving)"
    );
}

#[test]
fn a_wait_that_is_over_when_the_process_comes_back_is_not_waited() {
    let unit = Service::ready();
    unit.script.acts(&[Act::Fail("a")]);
    let mut fire = firing(&unit, serve());
    assert!(poll(fire.as_mut()).is_none());
    drop(fire);
    unit.clock.advance(seconds(3_600));
    let mut unit = unit.reborn();
    assert_eq!(unit.synchronize()[0], "completed");
}

#[test]
fn an_operator_retries_or_abandons_what_waited_when_the_process_died() {
    for (resolution, expect) in [
        (Resolution::Retry, "(ready, serve, attempt 2) (serving)"),
        (Resolution::Abandon, "(ready)"),
    ] {
        let unit = Service::ready();
        unit.script.acts(&[Act::Fail("a")]);
        let mut fire = firing(&unit, serve());
        assert!(poll(fire.as_mut()).is_none());
        drop(fire);
        let mut unit = unit.reborn();
        unit.news();
        unit.resolve(resolution);
        assert_eq!(unit.news(), expect);
    }
}

#[test]
fn a_clock_that_is_set_back_makes_no_wait_longer_than_it_may_be() {
    let unit = Service::ready();
    unit.script.acts(&[Act::Fail("a")]);
    let mut fire = firing(&unit, serve());
    assert!(poll(fire.as_mut()).is_none());
    unit.clock.set_back(seconds(86_400));
    unit.clock.advance(seconds(4));
    assert_eq!(ends(&mut fire)[0], "completed");

    let unit = Service::ready();
    unit.script.acts(&[Act::Fail("a")]);
    let mut fire = firing(&unit, serve());
    assert!(poll(fire.as_mut()).is_none());
    drop(fire);
    unit.clock.set_back(seconds(86_400));
    let unit = unit.reborn();
    waits(&unit, &mut synchronizing(&unit), &[6]);
}

#[test]
fn an_action_that_takes_too_long_is_dropped_and_has_failed() {
    let mut unit = Service::ready();
    unit.script.acts(&[Act::Hang, Act::Well]);
    let mut fire = firing(&unit, serve());
    waits(&unit, &mut fire, &[10]);
    unit.clock.advance(seconds(10));
    assert!(poll(fire.as_mut()).is_none());
    assert_eq!(
        unit.news(),
        "(ready, serve) (ready, serve, attempt 2, waiting)"
    );
    unit.clock.advance(seconds(4));
    assert_eq!(
        ends(&mut fire),
        [
            "completed",
            "serve: ready, failed: timed out after 10s",
            "serve: ready -> serving"
        ]
    );
    assert_eq!(unit.clock.sleeping(), []);
}

#[test]
fn error_transitions_are_retried_and_timed_out_too() {
    let mut unit = Service::ready();
    let serve_fails = [Act::Fail("a"), Act::Fail("b"), Act::Fail("c")];
    unit.script
        .acts(&[&serve_fails[..], &[Act::Hang, Act::Hang]].concat());
    let mut fire = firing(&unit, serve());
    for (seconds, of) in [
        (4, "serve"),
        (6, "serve"),
        (5, "serve_failed"),
        (2, "serve_failed"),
    ] {
        assert!(poll(fire.as_mut()).is_none());
        let inflight = unit.workflow.record().inflight.clone().unwrap();
        assert_eq!(inflight.name().as_str(), of);
        unit.clock.advance(support::seconds(seconds));
    }
    waits(&unit, &mut fire, &[5]);
    unit.clock.advance(seconds(5));
    let told = ends(&mut fire);
    assert_eq!(
        told[told.len() - 3..],
        [
            "serve_failed: ready, failed: timed out after 5s",
            "serve_failed: ready, failed: timed out after 5s",
            "serve_lost: ready -> ready"
        ]
    );
    assert!(unit.news().ends_with(
        "(ready, serve_failed) (ready, serve_failed, attempt 2, waiting) \
         (ready, serve_failed, attempt 2) (ready, serve_lost) (ready)"
    ));
}
