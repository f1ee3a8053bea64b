//! What operators ask reaches an instance that waits, and one whose action runs.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use std::pin::pin;
use std::time::Duration;

use inflight::request::{Answer, Command, Request};
use inflight::store::{MemoryStore, Operation};
use inflight::{Fields, Resolution};

#[path = "support/starting.rs"]
mod starting;
#[path = "support/pump.rs"]
mod support;
use starting::Starting;
use support::{
    ABANDON, Does, Kept, Place, Pump, RETRY, SKIP, done, fire, id, now, poll, pump, set_state,
};

/// How the action ends that was cancelled.
const CANCELLED: &str = "start: off, cancelled, as an operator decided";

#[test]
fn a_wait_for_the_next_attempt_is_ended_by_all_that_is_asked() {
    let check = |command: Command, told: &[&str], answer: Answer, states: &str| {
        let mut starting = Starting::new(&[Does::Fail]);
        assert!(starting.workflow.record().is_waiting());
        let became = starting.asked(command, false);
        let told: Vec<_> = told.iter().map(ToString::to_string).collect();
        assert_eq!(became, (told, answer));
        let states = format!("(off, start) (off, start) {states}");
        assert_eq!(starting.place.states(), states);
    };
    let failed = "start: off, failed: it is stuck";
    let done_after = "start: off -> on";
    check(
        RETRY,
        &["completed", failed, done_after],
        done("its next attempt has begun", &[], true, "on"),
        "(off, start) (on)",
    );
    check(
        ABANDON,
        &["abandoned", failed],
        done("abandoned", &[], true, "off"),
        "(off)",
    );
    check(
        SKIP,
        &["skipped", failed, done_after],
        done("skipped", &[], true, "on"),
        "(on)",
    );
    check(
        set_state("on", Fields::new().with("speed", &1_i64)),
        &["set", failed],
        done("set", &[], true, "on"),
        "(on)",
    );
}

#[test]
fn an_action_that_hangs_is_cancelled_if_that_is_asked() {
    let check = |command: Command, told: &[&str], answer: &str, state: &str, states: &str| {
        let mut starting = Starting::new(&[Does::Hang]);
        let became = starting.asked(command, true);
        let told: Vec<_> = told.iter().map(ToString::to_string).collect();
        assert_eq!(became, (told, done(answer, &[CANCELLED], true, state)));
        assert_eq!(starting.place.states(), format!("(off, start) {states}"));
    };
    let done_after = "start: off -> on";
    check(
        RETRY,
        &["completed", CANCELLED, done_after],
        "it has begun anew",
        "on",
        "(off, start) (on)",
    );
    check(
        ABANDON,
        &["abandoned", CANCELLED],
        "abandoned",
        "off",
        "(off)",
    );
    check(
        SKIP,
        &["skipped", CANCELLED, done_after],
        "skipped",
        "on",
        "(on)",
    );
    let on = Fields::new().with("speed", &1_i64);
    check(
        set_state("on", on),
        &["set", CANCELLED],
        "set",
        "on",
        "(on)",
    );
}

#[test]
fn the_history_says_who_ended_it_and_why() {
    let mut starting = Starting::new(&[Does::Hang]);
    starting.asked(ABANDON, true);
    let (operation, cause) = starting.last_intervention().unwrap();
    assert_eq!(operation, Operation::Abandon);
    assert!(cause.starts_with("it leaks (request "), "{cause}");
}

#[test]
fn an_action_that_runs_is_not_cancelled_without_a_word_and_that_is_told_at_once() {
    let on = Fields::new().with("speed", &1_i64);
    for command in [RETRY, SKIP, ABANDON, set_state("on", on)] {
        let mut starting = Starting::new(&[Does::Hang]);
        let request = starting.ask(command, false);
        let (operated, answer) = starting.go_on(&request);
        assert!(operated.is_none());
        let Some(Answer::Refused { reason }) = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(
            reason,
            "`start` is in flight, and its action `turn` has been running since \
             2023-11-14T22:13:20Z: add `--cancel` to stop it"
        );
        assert_eq!(starting.place.states(), "(off, start)");
    }
}

inflight::workflow! {
    workflow tap {
        initial state dry
        state wet
        state checked
        action open
        transition open: dry -> wet { do open }
        transition check: wet -> checked { automatic }
        transition close: checked -> dry
    }
}

struct Stuck;

impl tap::Actions for Stuck {
    type Error = String;

    async fn open(&mut self, _: &tap::Context) -> Result<(), String> {
        std::future::pending().await
    }
}

#[test]
fn what_is_automatic_in_a_state_that_is_set_follows() {
    let tap = now(tap::Workflow::open(MemoryStore::new(), "1", Stuck)).unwrap();
    let mut opening = Box::pin(async {
        let mut lock = tap.lock().await;
        lock.fire(tap::Transition::Open).await
    });
    assert!(poll(opening.as_mut()).is_none());
    let set = Request {
        cancel: true,
        ..Request::new(tap.instance().clone(), set_state("wet", Fields::new()))
    };
    let mut setting = pin!(tap.carry_out(&set));
    assert!(poll(setting.as_mut()).is_none());
    assert!(poll(opening.as_mut()).is_some());
    let answer = poll(setting.as_mut()).unwrap().unwrap();
    let steps = [
        "open: dry, cancelled, as an operator decided",
        "check: wet -> checked",
    ];
    assert_eq!(answer, Some(done("set", &steps, true, "checked")));
}

#[test]
fn what_is_fired_waits_for_what_is_under_way() {
    let mut starting = Starting::new(&[Does::Fail]);
    let request = starting.ask(fire("stop", Fields::new()), false);
    let (operated, answer) = starting.go_on(&request);
    assert!(operated.is_none() && answer.is_none());
    starting.place.clock.advance(Duration::from_secs(10));
    let (operated, answer) = starting.go_on(&request);
    assert!(operated.unwrap().unwrap().is_completed());
    let stopped = done("completed", &["stop: on -> off"], true, "off");
    assert_eq!(answer.unwrap(), stopped);
}

#[test]
fn what_is_asked_of_one_attempt_is_asked_of_the_next_that_has_begun_since() {
    let mut starting = Starting::new(&[Does::Fail, Does::Hang]);
    let request = starting.ask(ABANDON, true);
    // Its wait is over before it hears of the request.
    let _ = poll(starting.driving.as_mut());
    starting.place.clock.advance(Duration::from_secs(10));
    let (operated, answer) = starting.go_on(&request);
    assert_eq!(operated.unwrap().unwrap().verdict.to_string(), "abandoned");
    assert_eq!(answer, Some(done("abandoned", &[CANCELLED], true, "off")));
}

#[test]
fn of_two_who_ask_at_once_the_first_counts_and_both_are_answered() {
    let mut starting = Starting::new(&[Does::Hang]);
    let first = starting.ask(ABANDON, true);
    let second = starting.ask(SKIP, true);
    let (_, answer) = starting.go_on(&first);
    assert_eq!(answer, Some(done("abandoned", &[CANCELLED], true, "off")));
    let (_, answer) = starting.go_on(&second);
    let reason = "`pump/1` has nothing in flight to resolve".to_owned();
    assert_eq!(answer, Some(Answer::Refused { reason }));
    assert_eq!(starting.place.states(), "(off, start) (off)");
}

#[test]
fn a_decision_that_nobody_took_is_carried_out_with_the_lock() {
    let mut starting = Starting::new(&[Does::Hang]);
    let request = starting.ask(ABANDON, true);
    let _ = poll(starting.driving.as_mut());
    starting.firing = None;
    let (_, answer) = starting.go_on(&request);
    assert_eq!(answer, Some(done("abandoned", &[], true, "off")));
    assert_eq!(starting.place.states(), "(off, start) (off)");
}

#[test]
fn who_waits_for_the_lock_reaches_an_action_that_begins_meanwhile() {
    let place = Place::new();
    place.script(&[Does::Hang]);
    let workflow = place.open();
    let mut lock = now(workflow.lock());
    let abandon = Request {
        cancel: true,
        ..Request::new(id(), ABANDON)
    };
    let mut asking = pin!(workflow.carry_out(&abandon));
    assert!(poll(asking.as_mut()).is_none());
    let mut firing = Box::pin(lock.fire(pump::Transition::Start { speed: 7 }));
    assert!(poll(firing.as_mut()).is_none());
    assert!(poll(asking.as_mut()).is_none());
    assert_eq!(
        poll(firing.as_mut()).unwrap().unwrap().verdict.to_string(),
        "abandoned"
    );
    let answer = poll(asking.as_mut()).unwrap().unwrap();
    assert_eq!(answer, Some(done("abandoned", &[CANCELLED], true, "off")));
}

/// A crash at any commit: what was asked is done by the next process, or had been done.
#[test]
fn what_was_asked_is_done_once_though_the_process_dies() {
    for dies in 1..=3 {
        let mut starting = Starting::new(&[Does::Hang]);
        let request = starting.ask(ABANDON, true);
        for step in 0..dies {
            match step % 2 {
                0 => drop(poll(starting.driving.as_mut())),
                _ => drop(starting.fire_on()),
            }
        }
        drop((starting.firing, starting.driving, starting.workflow));
        let place = starting.place;
        let workflow = place.open();
        let mut driving = pin!(workflow.drive());
        assert!(poll(driving.as_mut()).is_none());
        let answer = place.queue.answered(&request.id).unwrap();
        assert!(matches!(answer, Some(Answer::Done { clean: true, .. })));
        let history = place.history();
        let led_to = history.iter().filter(|record| request.led_to(record));
        assert_eq!(led_to.count(), 1, "died after {dies}");
        assert_eq!(place.states(), "(off, start) (off)");
    }
}

#[test]
fn what_the_history_tells_was_done_is_not_done_again_while_an_action_runs() {
    let mut starting = Starting::new(&[Does::Fail, Does::Hang, Does::Hang]);
    let retry = Request::new(id(), RETRY);
    let workflow = starting.workflow.clone();
    let mut asking = Box::pin(workflow.carry_out(&retry));
    assert!(poll(asking.as_mut()).is_none());
    assert!(starting.fire_on().is_none());
    assert!(poll(asking.as_mut()).unwrap().unwrap().is_some());
    // It dies before it answers.
    drop(asking);
    drop((
        starting.firing,
        starting.driving,
        starting.workflow,
        workflow,
    ));

    let place = starting.place;
    let workflow = place.open();
    let mut synchronizing = pin!(async { workflow.lock().await.synchronize().await });
    assert!(poll(synchronizing.as_mut()).is_none());
    let states = place.states();
    let answer = now(workflow.carry_out(&retry)).unwrap();
    let Some(Answer::Done { verdict, .. }) = answer else {
        panic!("{answer:?}");
    };
    assert!(verdict.starts_with("still in flight, for"), "{verdict}");
    assert_eq!(place.states(), states);
}

/// It is told of an owner that was taken over, whose action still hangs, that it is not the
/// one to answer.
#[test]
fn a_former_owner_that_is_busy_answers_nothing() {
    let mut starting = Starting::new(&[Does::Hang]);
    let other = Kept {
        records: starting.place.store.records.take_over(),
        ..starting.place.store.clone()
    };
    let options = starting.place.options();
    let new = pump::Workflow::open_with(other, "1", Pump::default(), options);
    let new = now(new).unwrap();
    now(async {
        let mut lock = new.lock().await;
        lock.resolve(Resolution::Skip).await
    })
    .unwrap();
    let request = starting.ask(ABANDON, false);
    let (operated, answer) = starting.go_on(&request);
    assert!(operated.is_none() && answer.is_none());
}
