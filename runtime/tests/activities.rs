//! Activities run where the workflow says, whatever happens on the way.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/service.rs"]
mod support;

use std::collections::BTreeSet;

use Act::{Fail, Hang};
use service::Transition::{Fall, Install, Look, Mend, MoveOn, Rise, Stop, Wake};
use service::{StateName as S, TransitionName as T};
use support::{Act, Service, now, poll, serve, service};

#[test]
fn nothing_is_started_before_the_first_commit_or_synchronize() {
    let mut unit = Service::open();
    drop(now(unit.workflow.lock()));
    assert!(unit.calls().is_empty());
    unit.synchronize();
    assert_eq!(unit.calls(), ["+diary"]);
    unit.synchronize();
    assert!(unit.calls().is_empty());
}

#[test]
fn they_are_started_when_asked_before_anything_runs_again() {
    let unit = Service::serving();
    unit.script.acts(&[Hang]);
    let mut unit = unit.fire_and_die(Look);
    unit.calls();
    now(async { unit.workflow.lock().await.start_activities().await });
    assert_eq!(unit.calls(), ["+server", "+diary"]);
    assert_eq!(unit.news(), "(serving, look)");
}

#[test]
fn they_follow_every_commit_before_anything_runs() {
    let mut unit = Service::open();
    unit.fire(Install);
    assert_eq!(unit.calls(), ["+diary", "install"]);
    unit.fire(serve());
    assert_eq!(unit.calls(), ["bind a", "+server"]);
    unit.fire(Look);
    assert_eq!(unit.calls(), ["look"]);
    unit.script.acts(&[Fail("a")]);
    unit.fire(MoveOn);
    assert_eq!(unit.calls(), ["-server", "move", "stay", "+alarm"]);
    unit.fire(Stop);
    assert_eq!(unit.calls(), ["-diary", "-alarm"]);
}

#[test]
fn stops_come_before_starts() {
    let mut unit = Service::serving();
    unit.fire(Fall);
    assert_eq!(unit.calls(), ["-server", "+alarm"]);
    unit.fire(Rise);
    assert_eq!(unit.calls(), ["-alarm", "+server"]);
}

#[test]
fn a_paused_one_goes_on_when_the_transition_has_failed() {
    let mut unit = Service::serving();
    unit.script.acts(&[Fail("a"), Fail("b")]);
    unit.fire(MoveOn);
    assert_eq!(unit.calls(), ["-server", "move", "stay", "+server"]);
}

#[test]
fn after_a_restart_they_are_in_line_before_anything_runs_again() {
    let unit = Service::serving();
    unit.script.acts(&[Fail("a"), Hang]);
    let mut unit = unit.fire_and_die(MoveOn);
    unit.calls();
    unit.synchronize();
    assert_eq!(unit.calls(), ["+diary", "stay, interrupted 1", "+alarm"]);

    let unit = Service::serving();
    unit.script.acts(&[Hang]);
    let mut unit = unit.fire_and_die(Look);
    unit.calls();
    assert_eq!(unit.synchronize(), ["parked"]);
    assert_eq!(unit.calls(), ["+server", "+diary"]);
}

#[test]
fn one_that_was_cut_short_is_switched_again() {
    let mut unit = Service::serving();
    unit.script.switches(&[Hang]);
    let workflow = unit.workflow.clone();
    let mut fire = Box::pin(async move { workflow.lock().await.fire(MoveOn).await });
    assert!(poll(fire.as_mut()).is_none());
    drop(fire);
    assert_eq!(unit.calls(), ["-server"]);
    assert_eq!(unit.news(), "(serving, move_on)");
    // It is in line again before anybody else has the lock.
    drop(now(unit.workflow.lock()));
    assert_eq!(unit.calls(), ["-server"]);
    unit.synchronize();
    assert_eq!(unit.calls(), ["move, interrupted 1", "+alarm"]);
}

#[test]
fn they_are_stopped_when_asked_and_follow_again_after() {
    let mut unit = Service::serving();
    now(async { unit.workflow.lock().await.stop_activities().await });
    assert_eq!(unit.calls(), ["-server", "-diary"]);
    drop(now(unit.workflow.lock()));
    assert!(unit.calls().is_empty());
    unit.synchronize();
    assert_eq!(unit.calls(), ["+server", "+diary"]);
}

/// Whenever an action runs, and when an operation is over, those run which the table of
/// the workflow says.
#[test]
fn the_table_holds_at_every_action() {
    let table = |state: S, inflight: Option<T>| {
        let moving = matches!(inflight, Some(T::MoveOn | T::MoveFailed));
        let runs = [
            ("server", state == S::Serving && !moving),
            ("diary", state != S::Gone),
            ("alarm", matches!(state, S::Broken | S::Away)),
        ];
        let running = runs.into_iter().filter(|(_, runs)| *runs);
        running.map(|(name, _)| name.to_owned()).collect()
    };
    let during = |action: &str| match action {
        "install" => table(S::New, Some(T::Install)),
        "bind a" => table(S::Ready, Some(T::Serve)),
        "look" => table(S::Serving, Some(T::Look)),
        "move" => table(S::Serving, Some(T::MoveOn)),
        "stay" => table(S::Serving, Some(T::MoveFailed)),
        other => panic!("{other}"),
    };
    let plan = [
        (Install, vec![]),
        (serve(), vec![]),
        (MoveOn, vec![Fail("a"), Fail("b")]),
        (Look, vec![]),
        (MoveOn, vec![]),
        (Wake, vec![]),
        (serve(), vec![]),
        (MoveOn, vec![Fail("a")]),
        (Mend, vec![]),
        (Stop, vec![]),
    ];
    let mut unit = Service::open();
    let mut running = BTreeSet::new();
    for (transition, acts) in plan {
        unit.script.acts(&acts);
        unit.fire(transition);
        for call in unit.calls() {
            match call.split_at(1) {
                ("+", name) => assert!(running.insert(name.to_owned()), "{call}"),
                ("-", name) => assert!(running.remove(name), "{call}"),
                _ => assert_eq!(running, during(&call), "{call}"),
            }
        }
        let state = unit.workflow.state().name();
        assert_eq!(running, table(state, None), "{state}");
    }
    assert_eq!(unit.workflow.state(), service::State::Gone);
}
