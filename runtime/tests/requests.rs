//! What operators ask of a process is done once, and answered.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers fail where something is amiss"
)]

use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use inflight::Fields;
use inflight::request::{Answer, Command, Request, RequestQueue};
use inflight::store::{Intervention, JournalStore, Operation, SqliteStore, Store};

#[path = "support/pump.rs"]
mod support;
use support::{
    ABANDON, Does, Place, RETRY, SKIP, done, fire, id, now, poll, pump, set_state, start,
};

#[test]
fn what_is_asked_is_done_with_the_request_as_its_cause() {
    let place = Place::new();
    let answer = place.asked(start());
    assert_eq!(answer, done("completed", &["start: off -> on"], true, "on"));
    assert_eq!(place.states(), "(off, start) (on)");
    let inflight = place.history().remove(0).inflight.unwrap();
    let cause = inflight.cause.unwrap();
    assert!(cause.starts_with("it leaks (request "), "{cause}");

    place.script(&[Does::Fail, Does::Fail]);
    let answer = place.asked(set_state("off", Fields::new()));
    assert_eq!(answer, done("set", &[], true, "off"));
    let intervention = place.history().pop().unwrap().intervention.unwrap();
    assert_eq!(intervention.operation, Operation::SetState);
    assert!(
        intervention
            .cause
            .unwrap()
            .starts_with("it leaks (request ")
    );
}

#[test]
fn what_is_in_flight_is_dealt_with_as_asked() {
    let check = |command: Command, expect: Answer, states: &str| {
        let place = Place::new();
        place.asked(start());
        place.script(&[Does::Hang]);
        {
            let workflow = place.open();
            let mut lock = now(workflow.lock());
            let mut stop = pin!(lock.fire(pump::Transition::Stop));
            assert!(poll(stop.as_mut()).is_none());
        }
        assert_eq!(place.asked(command), expect);
        let states = format!("(off, start) (on) (on, stop) (on, stop) {states}");
        assert_eq!(place.states(), states);
    };
    let over = &["stop: on -> off"];
    check(
        RETRY,
        done("completed", over, true, "off"),
        "(on, stop) (off)",
    );
    check(SKIP, done("skipped", over, true, "off"), "(off)");
    check(ABANDON, done("abandoned", &[], true, "on"), "(on)");
    let on = Fields::new().with("speed", &1_i64);
    check(set_state("on", on), done("set", &[], true, "on"), "(on)");
}

#[test]
fn what_cannot_be_done_is_refused_and_changes_nothing() {
    let check = |command: Command, expect: &str| {
        let place = Place::new();
        let Answer::Refused { reason } = place.asked(command) else {
            panic!("it was done");
        };
        assert_eq!(reason, expect);
        assert_eq!(place.states(), "");
    };
    check(
        fire("stop", Fields::new()),
        "`stop` cannot be fired in `off`; possible there: `start`, `scrap`",
    );
    check(fire("fly", Fields::new()), "there is no transition `fly`");
    check(fire("start", Fields::new()), "`start`: `speed` is missing");
    check(
        fire("start", Fields::new().with("speed", &"fast".to_owned())),
        "`start`: `speed` should be int, but is `\"fast\"`",
    );
    check(set_state("of", Fields::new()), "there is no state `of`");
    check(set_state("on", Fields::new()), "`on`: `speed` is missing");
    check(RETRY, "`pump/1` has nothing in flight to resolve");
}

#[test]
fn another_execution_than_the_one_that_was_meant_is_left_alone() {
    let place = Place::new();
    place.asked(start());
    place.script(&[Does::Hang]);
    {
        let workflow = place.open();
        let mut lock = now(workflow.lock());
        let mut stop = pin!(lock.fire(pump::Transition::Stop));
        assert!(poll(stop.as_mut()).is_none());
    }
    let execution = Some("another".into());
    let answer = place.asked(Command::Abandon { execution });
    assert!(matches!(answer, Answer::Refused { .. }), "{answer:?}");
    let execution = place.history().pop().unwrap().inflight.unwrap().execution;
    let execution = Some(execution);
    let answer = place.asked(Command::Abandon { execution });
    assert_eq!(answer, done("abandoned", &[], true, "on"));
}

#[test]
fn requests_are_looked_for_once_a_second() {
    let place = Place::new();
    let workflow = place.open();
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    let request = place.ask(start());
    place.clock.advance(Duration::from_millis(999));
    assert!(poll(drive.as_mut()).is_none());
    assert_eq!(place.queue.answered(&request.id).unwrap(), None);
    place.clock.advance(Duration::from_millis(1));
    assert!(poll(drive.as_mut()).is_none());
    assert_eq!(
        place.answer(&request),
        done("completed", &["start: off -> on"], true, "on")
    );
}

#[test]
fn a_wait_is_cut_short_without_the_lock() {
    let place = Place::new();
    let workflow = place.open();
    place.script(&[Does::Fail]);
    let mut lock = now(workflow.lock());
    let mut start = pin!(lock.fire(pump::Transition::Start { speed: 3 }));
    assert!(poll(start.as_mut()).is_none());
    assert!(workflow.record().is_waiting());

    let request = place.ask(RETRY);
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    assert!(poll(start.as_mut()).unwrap().unwrap().is_completed());
    assert!(poll(drive.as_mut()).is_none());
    let answer = place.answer(&request);
    assert_eq!(answer, done("its next attempt has begun", &[], true, "on"));
    let retried = place.history().remove(2);
    let expect = Intervention {
        operation: Operation::Retry,
        cause: Some(request.cause()),
    };
    assert_eq!(retried.intervention, Some(expect));
    assert_eq!(retried.inflight.unwrap().attempt, 2);
}

#[test]
fn what_ends_an_instance_is_answered_too() {
    let place = Place::new();
    let request = place.ask(fire("scrap", Fields::new()));
    let workflow = place.open();
    let mut drive = pin!(workflow.drive());
    let ended = (0..3).find_map(|_| poll(drive.as_mut()));
    ended.unwrap().unwrap();
    let expect = done("completed", &["scrap: off -> gone"], true, "gone");
    assert_eq!(place.answer(&request), expect);
}

#[test]
fn a_panic_is_an_answer() {
    let place = Place::new();
    place.script(&[Does::Panic]);
    let answer = place.asked(start());
    let expect = "still in flight, for an action panicked (a bolt broke)";
    assert_eq!(answer, done(expect, &[], false, "off"));
    assert_eq!(place.states(), "(off, start) (off, start)");
}

#[test]
fn what_is_no_request_is_answered() {
    let place = Place::new();
    let request = place.ask(start());
    let mut path = place.store.folder.join(&request.id).into_os_string();
    path.push(".request");
    std::fs::write(path, "{}").unwrap();
    let workflow = place.open();
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    let answer = place.answer(&request);
    let Answer::Refused { reason } = answer else {
        panic!("it was done");
    };
    assert!(reason.starts_with("the request cannot be understood: "));
}

/// Whoever asks, and by whatever path, asks where the owner looks.
#[test]
fn a_store_has_one_place_for_requests() {
    let folder = tempfile::tempdir().unwrap();
    let (file, journal) = (folder.path().join("state.db"), folder.path().join("state"));
    let stores: [(PathBuf, Box<dyn Store>); 2] = [
        (file.clone(), Box::new(SqliteStore::open(&file).unwrap())),
        (
            journal.clone(),
            Box::new(JournalStore::open(&journal).unwrap()),
        ),
    ];
    for (path, store) in stores {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        for asked in [path, link.clone(), link.join("")] {
            let Ok(asked) = asked.canonicalize().map(|_| asked) else {
                continue; // A file has no slash behind it.
            };
            let queue = RequestQueue::of(asked);
            queue.add(&Request::new(id(), RETRY)).unwrap();
            let owners = RequestQueue::at(store.requests().unwrap());
            let pending = owners.pending().unwrap().remove(0);
            queue.forget(&pending.id).unwrap();
            assert!(owners.pending().unwrap().is_empty());
        }
        std::fs::remove_file(link).unwrap();
    }
}

/// A workflow that is driven is as good as a fleet.
#[test]
fn a_caller_that_blocks_is_asked_too() {
    let place = Place::new();
    let request = place.ask(fire("scrap", Fields::new()));
    let workflow = inflight::blocking::Workflow::<pump::Definition, _>::open(
        place.store.clone(),
        "1",
        place.pump.clone(),
    );
    workflow.unwrap().drive().unwrap();
    let expect = done("completed", &["scrap: off -> gone"], true, "gone");
    assert_eq!(place.answer(&request), expect);
}

#[test]
fn a_request_is_not_taken_for_another_whose_id_is_like_it() {
    let place = Place::new();
    for (name, command, state) in [
        ("70", start(), "on"),
        ("7", fire("stop", Fields::new()), "off"),
        ("0", start(), "on"),
    ] {
        let request = Request {
            id: name.to_owned(),
            ..Request::new(id(), command)
        };
        place.queue.add(&request).unwrap();
        let workflow = place.open();
        let _ = poll(pin!(workflow.drive()).as_mut());
        let Answer::Done {
            verdict,
            state: now,
            ..
        } = place.answer(&request)
        else {
            panic!("it was refused");
        };
        assert_eq!((verdict.as_str(), now.as_str()), ("completed", state));
    }
}

#[test]
fn what_no_longer_waits_is_tried_again_though_nobody_else_does() {
    let place = Place::new();
    place.script(&[Does::Fail]);
    let workflow = place.open();
    let mut lock = now(workflow.lock());
    let mut fire = Box::pin(lock.fire(pump::Transition::Start { speed: 7 }));
    assert!(poll(fire.as_mut()).is_none());
    let request = place.ask(RETRY);
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    drop(fire);
    drop(lock);
    assert!(poll(drive.as_mut()).is_none());
    let answer = done("completed", &["start: off -> on"], true, "on");
    assert_eq!(place.answer(&request), answer);
    assert_eq!(
        place.states(),
        "(off, start) (off, start) (off, start) (on)"
    );
}
