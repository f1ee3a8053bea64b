//! What becomes of actions that were interrupted, and what an operator can do.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/service.rs"]
mod support;

use std::panic::{AssertUnwindSafe, catch_unwind};

use inflight::Resolution::{Abandon, Retry, Skip};
use inflight::store::{Intervention, Operation};

use Act::{Fail, Hang, Interrupt, NotDone, Panic, Unknown, Well};
use service::Transition::{DropAll, Install, Look, Test};
use support::{Act, Service, now, poll, seconds, serve, service};

/// A unit whose process died in the action of a transition.
fn died_in(transition: service::Transition) -> Service {
    let unit = match transition {
        service::Transition::Serve { .. } => Service::ready(),
        _ => Service::serving(),
    };
    unit.script.acts(&[Hang]);
    let mut unit = unit.fire_and_die(transition);
    unit.news();
    unit.calls();
    unit
}

#[test]
fn what_is_to_fail_takes_its_error_transition_at_once() {
    let mut unit = died_in(DropAll);
    assert_eq!(
        unit.synchronize(),
        [
            "failed, handled",
            "drop_all: serving, failed: interrupted",
            "drop_failed: serving -> broken"
        ]
    );
    assert_eq!(unit.news(), "(serving, drop_failed) (broken)");
    assert!(unit.runs().is_empty());
    let record = unit.workflow.record();
    assert_eq!(record.failures.last().unwrap().interruptions, 1);
}

#[test]
fn what_asks_is_parked_until_an_operator_decides() {
    let parked = || {
        let mut unit = died_in(Look);
        assert_eq!(unit.synchronize(), ["parked"]);
        assert_eq!(unit.news(), "(serving, look, interrupted 1, parked)");
        let mut unit = unit.reborn();
        assert_eq!(unit.synchronize(), ["parked"]);
        assert_eq!(unit.news(), "");
        assert!(unit.workflow.record().is_parked());
        assert_eq!(
            unit.fire(Test),
            [
                "`service/web-0` has `look` in flight, which was interrupted and waits for an \
              operator: resolve it by retrying, skipping or abandoning it"
            ]
        );
        assert!(unit.runs().is_empty());
        unit
    };
    let check = |resolution, told: &[&str], news: &str, runs: &[&str]| {
        let mut unit = parked();
        assert_eq!(unit.resolve(resolution), told);
        assert_eq!(unit.news(), news);
        assert_eq!(unit.runs(), runs);
    };
    let entered = "look: serving -> serving";
    check(
        Retry,
        &["completed", entered],
        "(serving, look) (serving)",
        &["look"],
    );
    check(Skip, &["skipped", entered], "(serving)", &[]);
    check(Abandon, &["abandoned"], "(serving)", &[]);
}

#[test]
fn the_history_tells_what_an_operator_did_and_why() {
    for (resolution, operation) in [
        (Retry, Operation::Retry),
        (Skip, Operation::Skip),
        (Abandon, Operation::Abandon),
    ] {
        let mut unit = died_in(Look);
        let before = unit.history().len();
        now(async {
            let mut locked = unit.workflow.lock().await;
            locked.resolve(resolution).cause("ticket 7").await
        })
        .unwrap();
        assert_eq!(unit.synchronize(), ["nothing to do"]);
        unit.fire(Look);
        let told: Vec<_> = unit
            .history()
            .into_iter()
            .map(|it| it.intervention)
            .collect();
        let (before, after) = told.split_at(before);
        let cause = Some("ticket 7".to_owned());
        assert!(before.iter().all(Option::is_none));
        assert_eq!(after[0], Some(Intervention { operation, cause }));
        assert!(after[1..].len() > 1 && after[1..].iter().all(Option::is_none));
    }
}

#[test]
fn what_supplies_variables_of_its_target_cannot_be_skipped() {
    let mut unit = died_in(serve());
    assert_eq!(
        unit.resolve(Skip),
        [
            "`serve`, which `service/web-0` has in flight, cannot be skipped, for its action \
          supplies variables of the target: retry or abandon it"
        ]
    );
    assert_eq!(unit.news(), "");
    assert!(unit.runs().is_empty());
    assert_eq!(unit.resolve(Abandon), ["abandoned"]);
    assert_eq!(
        unit.resolve(Skip),
        ["`service/web-0` has nothing in flight to resolve"]
    );
}

#[test]
fn a_probe_decides_whether_the_action_runs_again() {
    let check = |acts: &[Act], told: &[&str], news: &str, runs: &[&str]| {
        let mut unit = died_in(serve());
        unit.script.acts(acts);
        assert_eq!(unit.synchronize(), told, "{acts:?}");
        let interrupted = "(ready, serve, interrupted 1)";
        assert_eq!(
            unit.news(),
            format!("{interrupted} {news}").trim_end(),
            "{acts:?}"
        );
        let asked = "bound a?, interrupted 1";
        assert_eq!(unit.runs(), [&[asked][..], runs].concat(), "{acts:?}");
    };
    let entered = "serve: ready -> serving";
    check(&[Well], &["completed", entered], "(serving)", &[]);
    let again = ["bind a, interrupted 1"];
    check(
        &[NotDone, Well],
        &["completed", entered],
        "(serving)",
        &again,
    );
    let parked = "(ready, serve, interrupted 1, parked)";
    let unknown = "serve: ready, unknown: whether it was done";
    check(&[Unknown], &["parked", unknown], parked, &[]);
    let unknown = "serve: ready, unknown: no network";
    check(&[Fail("no network")], &["parked", unknown], parked, &[]);
    let interrupted = "serve: ready, interrupted: shutting down";
    check(&[Interrupt], &["interrupted", interrupted], "", &[]);
}

#[test]
fn what_an_action_panicked_with_is_kept_if_nobody_knows_whether_it_was_done() {
    let mut unit = Service::serving();
    unit.script.acts(&[Panic, Unknown]);
    catch_unwind(AssertUnwindSafe(|| unit.fire(Test))).unwrap_err();
    unit.news();
    unit.synchronize();
    assert_eq!(
        unit.news(),
        "(serving, test, interrupted 1) (serving, test, interrupted 1, parked, panicked)"
    );
}

#[test]
fn what_a_probe_says_is_the_result_of_the_action() {
    let mut unit = died_in(serve());
    unit.synchronize();
    let host = "a".to_owned();
    assert_eq!(
        unit.workflow.state(),
        service::State::Serving { port: 81, host }
    );
}

#[test]
fn a_probe_may_take_as_long_as_the_action() {
    let mut unit = died_in(serve());
    unit.script.acts(&[Hang]);
    let workflow = unit.workflow.clone();
    let mut synchronize = Box::pin(async move { workflow.lock().await.synchronize().await });
    assert!(poll(synchronize.as_mut()).is_none());
    unit.clock.advance(seconds(10));
    let told = support::told(poll(synchronize.as_mut()).unwrap());
    assert_eq!(
        told,
        ["parked", "serve: ready, unknown: timed out after 10s"]
    );
    assert_eq!(
        unit.news(),
        "(ready, serve, interrupted 1) (ready, serve, interrupted 1, parked)"
    );
}

#[test]
fn what_kills_its_process_in_the_probe_or_in_the_action_ends_parked() {
    for acts in [&[Hang][..], &[NotDone, Hang]] {
        let mut unit = died_in(Test);
        for _ in 0..10 {
            unit.script.acts(acts);
            unit = unit.synchronize_and_die();
        }
        unit.news();
        assert_eq!(unit.synchronize(), ["parked"]);
        assert_eq!(unit.news(), "(serving, test, interrupted 11, parked)");
    }
}

#[test]
fn an_operator_need_not_wait_for_synchronize() {
    let mut unit = died_in(Look);
    assert_eq!(unit.resolve(Skip)[0], "skipped");
    assert_eq!(unit.news(), "(serving)");
}

#[test]
fn a_skipped_transition_begins_the_state_anew() {
    let mut unit = died_in(Look);
    unit.clock.advance(seconds(50));
    unit.resolve(Skip);
    unit.clock.advance(seconds(50));
    assert_eq!(unit.synchronize(), ["nothing to do"]);
    unit.clock.advance(seconds(10));
    assert_eq!(unit.synchronize()[0], "completed");
}

#[test]
fn interruptions_and_attempts_are_counted_apart() {
    let unit = Service::open();
    unit.script.acts(&[Fail("a"), Hang]);
    let mut unit = unit.fire_and_die(Install);
    unit.script.acts(&[Fail("b")]);
    assert_eq!(unit.synchronize()[0], "failed, handled");
    assert_eq!(
        unit.news(),
        "(new, install) (new, install, attempt 2) (new, install, attempt 2, interrupted 1) \
         (new, install_failed) (broken)"
    );
}
