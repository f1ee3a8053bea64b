//! What an operator decides is not undone by what was asked before.

#![allow(
    clippy::unwrap_used,
    reason = "the helpers fail where something is amiss"
)]

use std::pin::pin;

use inflight::Fields;
use inflight::request::{Answer, Command, Request};

#[path = "support/pump.rs"]
mod support;
use support::{
    ABANDON, Does, Place, RETRY, SKIP, done, fire, id, now, poll, pump, set_state, start,
};

/// A pump that is on, at version 2, with `stop` parked at version 4 if that is wanted.
fn place(stops: bool) -> Place {
    let place = Place::new();
    let workflow = place.open();
    place.ask(start());
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    if stops {
        place.script(&[Does::Hang]);
        let mut stopping = pin!(async { workflow.lock().await.fire(pump::Transition::Stop).await });
        assert!(poll(stopping.as_mut()).is_none());
    }
    place
}

fn scrap() -> Command {
    fire("scrap", Fields::new())
}

fn off() -> Command {
    set_state("off", Fields::new())
}

fn gone() -> Command {
    set_state("gone", Fields::new())
}

fn request(command: Command) -> Request {
    Request {
        by: Some("oncall".to_owned()),
        ..Request::new(id(), command)
    }
}

/// What comes of the one when the other was carried out first.
fn answer(place: &Place, first: &Request, then: &Request) -> Answer {
    let workflow = place.open();
    now(async {
        let mut lock = workflow.lock().await;
        lock.synchronize().await.unwrap();
        let decided = lock.carry_out(first).await.unwrap();
        assert!(matches!(decided, Some(Answer::Done { .. })), "{decided:?}");
        lock.carry_out(then).await.unwrap().unwrap()
    })
}

fn seen(place: &Place, request: Request) -> Request {
    Request {
        seen: place.history().last().map(|record| record.version),
        ..request
    }
}

#[test]
fn what_was_asked_before_an_operator_decided_otherwise_is_not_done() {
    let check = |stops: bool, older: Command, newer: Command, expect: &str| {
        let place = place(stops);
        let older = seen(&place, request(older));
        let newer = request(newer);
        let reason = format!(
            "since it was asked, an operator {expect}: {}",
            newer.cause()
        );
        assert_eq!(
            answer(&place, &newer, &older),
            Answer::Refused { reason },
            "{older:?}"
        );
        assert!(!place.states().contains("gone"), "{}", place.states());
    };
    check(false, scrap(), off(), "set the state");
    check(true, scrap(), off(), "set the state");
    check(false, gone(), off(), "set the state");
    check(true, gone(), ABANDON, "gave up what was in flight");
    check(true, gone(), SKIP, "took what was in flight for done");
}

#[test]
fn what_does_not_contradict_what_was_decided_is_done() {
    let check = |stops: bool, older: Command, newer: Command| {
        let place = place(stops);
        let older = seen(&place, request(older));
        let answered = answer(&place, &request(newer), &older);
        assert!(matches!(answered, Answer::Done { .. }), "{answered:?}");
        assert!(place.states().ends_with("(gone)"), "{}", place.states());
    };
    check(true, scrap(), ABANDON);
    check(true, scrap(), SKIP);
    check(true, scrap(), RETRY);
    check(true, gone(), RETRY);
    check(false, gone(), scrap());
}

/// Nor is what does not say what was seen.
#[test]
fn what_was_asked_later_is_done_though_the_older_one_came_first() {
    let place = place(false);
    let older = request(off());
    let newer = seen(&place, request(scrap()));
    let scrapped = done("completed", &["scrap: off -> gone"], true, "gone");
    assert_eq!(answer(&place, &older, &newer), scrapped);

    let place = self::place(false);
    let blind = request(scrap());
    assert_eq!(answer(&place, &request(off()), &blind), scrapped);
}

/// Of the same file of requests the process carries out the older one first.
#[test]
fn requests_are_carried_out_in_the_order_in_which_they_were_asked() {
    let place = Place::new();
    let speeds = [1_i64, 2, 3, 4, 5, 6, 7];
    let on = |speed: i64| set_state("on", Fields::new().with("speed", &speed));
    let requests = speeds.map(|speed| Request {
        seen: Some(0),
        ..request(on(speed))
    });
    for request in requests.iter().rev() {
        place.queue.add(request).unwrap();
    }
    let workflow = place.open();
    let mut drive = pin!(workflow.drive());
    assert!(poll(drive.as_mut()).is_none());
    for request in &requests {
        assert_eq!(place.answer(request), done("set", &[], true, "on"));
    }
    let variables = place.history().into_iter().map(|it| it.variables);
    let expect = speeds.map(|speed| Fields::new().with("speed", &speed));
    assert_eq!(variables.collect::<Vec<_>>(), expect);
}
