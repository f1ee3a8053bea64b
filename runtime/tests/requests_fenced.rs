//! What operators ask of a process that was taken over and does not know it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers fail where something is amiss"
)]

use std::pin::pin;
use std::time::Duration;

use inflight::Fields;
use inflight::request::{Answer, Request};

#[path = "support/pump.rs"]
mod support;
use support::{ABANDON, Does, Kept, Place, Pump, done, fire, now, poll, pump, start};

/// The process that takes over, and its instance.
fn successor(place: &Place, does: Pump) -> pump::Workflow<Pump> {
    let store = Kept {
        records: place.store.records.take_over(),
        folder: place.store.folder.clone(),
    };
    now(pump::Workflow::open_with(store, "1", does, place.options())).unwrap()
}

/// It would refuse, and has not committed anything since.
#[test]
fn an_idle_process_leaves_requests_to_its_successor() {
    let place = Place::new();
    let former = place.open();
    // Its guard says no.
    place.script(&[Does::Fail; 5]);
    let mut idle = pin!(former.drive());
    assert!(poll(idle.as_mut()).is_none());

    let successor = successor(&place, Pump::default());
    let request = place.ask(start());
    place.clock.advance(Duration::from_secs(1));
    assert!(poll(idle.as_mut()).is_none());
    assert_eq!(place.queue.answered(&request.id).unwrap(), None);
    assert!(!place.queue.pending().unwrap().remove(0).begun);
    assert_eq!(now(former.carry_out(&request)).unwrap(), None);

    let mut drive = pin!(successor.drive());
    assert!(poll(drive.as_mut()).is_none());
    let started = done("completed", &["start: off -> on"], true, "on");
    assert_eq!(place.answer(&request), started);
}

/// What cannot be understood may be for a newer program.
#[test]
fn a_request_that_is_not_understood_is_left_to_the_successor() {
    let place = Place::new();
    let former = place.open();
    let mut idle = pin!(former.drive());
    assert!(poll(idle.as_mut()).is_none());
    let _successor = successor(&place, Pump::default());
    std::fs::write(place.store.folder.join("7.request"), "{}").unwrap();
    place.clock.advance(Duration::from_secs(1));
    assert!(poll(idle.as_mut()).is_none());
    assert_eq!(place.queue.answered("7").unwrap(), None);
}

/// The answer to a request that a process has found and waits for the lock with, or has begun,
/// when somebody takes the store over and carries it out.
fn overtaken(request: impl Fn(&Place) -> Request) -> (Place, Request) {
    let place = Place::new();
    let former = place.open();
    let request = request(&place);
    let lock = now(former.lock());
    let mut waiting = pin!(former.drive());
    assert!(poll(waiting.as_mut()).is_none());

    let successor = successor(&place, Pump::default());
    let mut drive = pin!(successor.drive());
    assert!(poll(drive.as_mut()).is_none());
    let answer = place.answer(&request);
    drop(lock);
    assert!(poll(waiting.as_mut()).is_none());
    assert_eq!(place.answer(&request), answer, "it was answered again");
    (place, request)
}

#[test]
fn who_is_overtaken_while_it_waits_says_nothing() {
    let (place, request) = overtaken(|place| place.ask(start()));
    let started = done("completed", &["start: off -> on"], true, "on");
    assert_eq!(place.answer(&request), started);
    let (place, request) = overtaken(|place| place.ask(ABANDON));
    let Answer::Refused { reason } = place.answer(&request) else {
        panic!("nothing is in flight");
    };
    assert!(reason.contains("nothing in flight"), "{reason}");
    overtaken(|place| place.ask(fire("fly", Fields::new())));
}
