//! A request is carried out once, though the process dies that began to, or another has taken
//! its store over.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers fail where something is amiss"
)]

use std::pin::pin;
use std::time::Duration;

use inflight::request::{Answer, Command};
use inflight::{Fields, Resolution};

#[path = "support/pump.rs"]
mod support;
use support::{
    ABANDON, Does, Kept, Place, Pump, SKIP, done, fire, now, poll, pump, set_state, start,
};

#[test]
fn what_was_done_before_a_crash_is_not_done_again() {
    let place = Place::new();
    let request = place.ask(start());
    {
        let workflow = place.open();
        let mut lock = now(workflow.lock());
        now(lock.carry_out(&request)).unwrap().unwrap();
        // It dies before it answers.
    }
    let workflow = place.open();
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    let before = "begun before the process died, and completed since";
    assert_eq!(place.answer(&request), done(before, &[], true, "on"));
    assert_eq!(place.states(), "(off, start) (on)");
}

/// What comes of a request is not told before its process dies; then this is done.
#[track_caller]
fn dies(does: &[Does], since: &[Resolution], expect: &str, achieved: bool) {
    let place = Place::new();
    let request = place.ask(start());
    place.script(does);
    {
        let workflow = place.open();
        let mut lock = now(workflow.lock());
        let mut begun = pin!(lock.carry_out(&request));
        for _ in does {
            assert!(poll(begun.as_mut()).is_none());
            place.clock.advance(Duration::from_secs(10));
        }
    }
    let workflow = place.open();
    for resolution in since {
        now(now(workflow.lock()).resolve(*resolution)).unwrap();
    }
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    let answer = place.answer(&request);
    let Answer::Done {
        verdict,
        achieved: found,
        ..
    } = answer
    else {
        panic!("{answer:?}");
    };
    assert_eq!((verdict.as_str(), found), (expect, achieved));
}

#[test]
fn what_came_of_a_request_after_a_crash_is_what_the_history_proves() {
    use Resolution::{Abandon, Retry, Skip};
    let begun = |since: &str| format!("begun before the process died, and {since}");
    dies(
        &[Does::Hang],
        &[],
        "still in flight, for the process died",
        false,
    );
    dies(&[Does::Hang], &[Retry], &begun("completed since"), true);
    dies(
        &[Does::Hang],
        &[Abandon],
        &begun("abandoned since by an operator"),
        false,
    );
    dies(
        &[Does::Hang],
        &[Skip],
        &begun("skipped since by an operator"),
        true,
    );
    dies(
        &[Does::Fail, Does::Hang, Does::Fail],
        &[Retry],
        &begun("failed: it is stuck"),
        false,
    );
}

/// What is one record was done, whatever died then.
#[test]
fn what_is_one_record_was_done_before_the_crash() {
    let check = |command: Command, expect: &str| {
        let place = Place::new();
        place.script(&[Does::Hang]);
        {
            let workflow = place.open();
            let mut lock = now(workflow.lock());
            let mut start = pin!(lock.fire(pump::Transition::Start { speed: 1 }));
            assert!(poll(start.as_mut()).is_none());
        }
        let request = place.ask(command);
        let workflow = place.open();
        now(now(workflow.lock()).carry_out(&request))
            .unwrap()
            .unwrap();
        let mut drive = pin!(workflow.drive());
        let _ = poll(drive.as_mut());
        let Answer::Done { verdict, .. } = place.answer(&request) else {
            panic!("it was refused");
        };
        assert_eq!(verdict, expect);
    };
    check(ABANDON, "abandoned before the process died");
    check(SKIP, "skipped before the process died");
    let off = set_state("off", Fields::new());
    check(off, "set before the process died");
}

/// An owner that was stopped, and is woken after another has taken over, knows nothing of
/// what happened meanwhile: it must not refuse what the other would do.
#[test]
fn a_former_owner_answers_nothing() {
    let place = Place::new();
    let workflow = place.open();
    let other = Kept {
        records: place.store.records.take_over(),
        ..place.store.clone()
    };
    let new = pump::Workflow::open_with(other, "1", Pump::default(), place.options());
    let new = now(new).unwrap();
    let mut lock = now(new.lock());
    now(lock.fire(pump::Transition::Start { speed: 1 })).unwrap();
    drop(lock);

    let request = place.ask(fire("stop", Fields::new()));
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    assert_eq!(place.queue.pending().unwrap().len(), 1);
    let mut drive = pin!(new.drive());
    assert!(poll(drive.as_mut()).is_none());
    let expect = done("completed", &["stop: on -> off"], true, "off");
    assert_eq!(place.answer(&request), expect);
}
