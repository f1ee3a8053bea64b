//! What operators ask of a fleet.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers fail where something is amiss"
)]

use std::future::Future;
use std::pin::{Pin, pin};
use std::time::Duration;

use inflight::request::{Answer, Request};
use inflight::store::InstanceId;
use inflight::{Fields, Fleet, Members};

#[path = "support/pump.rs"]
mod support;
use support::{ABANDON, Does, Place, Pump, RETRY, SKIP, done, fire, id, poll, pump, start};

/// A fleet with the pump in it.
fn fleet(place: &Place) -> (Fleet, Members<pump::Definition, Pump>) {
    let fleet = Fleet::with(place.store.clone(), place.options());
    let pump = place.pump.clone();
    let members = fleet.register::<pump::Definition, _>(move |_| pump.clone());
    (fleet, members.unwrap())
}

/// A pump whose process died while it was started.
fn interrupted(does: &[Does]) -> Place {
    let place = Place::new();
    place.script(&[&[Does::Hang], does].concat());
    let workflow = place.open();
    let mut starting = pin!(async {
        let mut lock = workflow.lock().await;
        lock.fire(pump::Transition::Start { speed: 7 }).await
    });
    assert!(poll(starting.as_mut()).is_none());
    place
}

#[test]
fn a_fleet_opens_what_a_request_is_about() {
    let place = Place::new();
    place.asked(start());
    let (fleet, members) = fleet(&place);
    let foreign = InstanceId::new("valve", id().instance);
    place.queue.add(&Request::new(foreign, RETRY)).unwrap();
    let request = place.ask(fire("stop", Fields::new()));
    let mut run: Pin<Box<dyn Future<Output = _>>> = Box::pin(fleet.run());
    assert!(poll(run.as_mut()).is_none());
    let answer = place.queue.answered(&request.id).unwrap().unwrap();
    assert_eq!(answer, done("completed", &["stop: on -> off"], true, "off"));
    assert_eq!(members.list().len(), 1);
    // Perhaps somebody else has that workflow.
    assert_eq!(place.queue.pending().unwrap().len(), 1);
}

/// What a request has begun is not cut off by a shutdown in good order.
#[test]
fn a_fleet_finishes_what_it_was_asked_for() {
    let place = Place::new();
    let (fleet, members) = fleet(&place);
    place.script(&[Does::Hang]);
    let request = place.ask(start());
    let mut run: Pin<Box<dyn Future<Output = _>>> = Box::pin(fleet.run());
    assert!(poll(run.as_mut()).is_none());
    assert_eq!(place.states(), "(off, start)");
    let mut shutdown = pin!(fleet.shutdown(Duration::from_secs(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    assert!(poll(run.as_mut()).is_none(), "it waits for the action");
    place.clock.advance(Duration::from_secs(5));
    assert!(poll(shutdown.as_mut()).is_some());
    poll(run.as_mut()).unwrap().unwrap();
    assert_eq!(place.queue.answered(&request.id).unwrap(), None);
    drop(members);
}

/// An action that hangs keeps a recovery from ending, until somebody says what is to become of
/// it.
#[test]
fn a_recovery_hears_what_is_asked_of_an_action_that_hangs() {
    let place = interrupted(&[Does::Hang]);
    let (fleet, members) = fleet(&place);
    let mut recover = pin!(fleet.recover(1, |_| {}));
    assert!(poll(recover.as_mut()).is_none());
    let mut abandon = Request::new(id(), ABANDON);
    abandon.cancel = true;
    place.queue.add(&abandon).unwrap();
    place.clock.advance(Duration::from_secs(1));
    assert!(poll(recover.as_mut()).is_none());
    let recovery = poll(recover.as_mut()).unwrap().unwrap();
    assert_eq!(recovery.to_string(), "1 recovered, 1 carried on");
    let cancelled = "start: off, cancelled, as an operator decided";
    assert_eq!(
        place.answer(&abandon),
        done("abandoned", &[cancelled], true, "off")
    );
    assert!(members.list()[0].state().is_off());
}

/// It would be refused while what was interrupted has not been carried on with.
#[test]
fn what_is_to_be_fired_waits_until_all_is_recovered() {
    let place = interrupted(&[]);
    let (fleet, _members) = fleet(&place);
    let stop = place.ask(fire("stop", Fields::new()));
    let recovery = poll(pin!(fleet.recover(1, |_| {})).as_mut());
    assert_eq!(
        recovery.unwrap().unwrap().to_string(),
        "1 recovered, 1 carried on"
    );
    assert_eq!(place.queue.answered(&stop.id).unwrap(), None);
    let mut run = pin!(fleet.run());
    assert!(poll(run.as_mut()).is_none());
    let stopped = done("completed", &["stop: on -> off"], true, "off");
    assert_eq!(place.answer(&stop), stopped);
}

/// It waits for its own instance alone, where the fleet is run before it is recovered.
#[test]
fn what_is_to_be_fired_waits_until_its_instance_is_recovered() {
    let place = interrupted(&[Does::Hang]);
    let (fleet, _members) = fleet(&place);
    let stop = place.ask(fire("stop", Fields::new()));
    let mut run = pin!(fleet.run());
    let mut second = || {
        assert!(poll(run.as_mut()).is_none());
        place.clock.advance(Duration::from_secs(1));
        assert!(poll(run.as_mut()).is_none());
    };
    second();
    second();
    assert_eq!(place.queue.answered(&stop.id).unwrap(), None);
    let mut recover = pin!(fleet.recover(1, |_| {}));
    assert!(poll(recover.as_mut()).is_none());
    let mut skip = Request::new(id(), SKIP);
    skip.cancel = true;
    place.queue.add(&skip).unwrap();
    second();
    assert!(poll(recover.as_mut()).is_some());
    second();
    let stopped = done("completed", &["stop: on -> off"], true, "off");
    assert_eq!(place.answer(&stop), stopped);
}

/// Whoever else looks for requests leaves alone what is being carried out.
#[test]
fn who_drives_a_member_of_a_fleet_carries_out_nothing_twice() {
    let place = Place::new();
    place.script(&[Does::Fail]);
    let (fleet, members) = fleet(&place);
    let request = place.ask(start());
    let mut run = pin!(fleet.run());
    assert!(poll(run.as_mut()).is_none());
    let member = members.list().remove(0);
    let mut drive = pin!(member.drive());
    assert!(poll(drive.as_mut()).is_none());
    place.clock.advance(Duration::from_secs(10));
    for _ in 0..3 {
        assert!(poll(run.as_mut()).is_none());
        assert!(poll(drive.as_mut()).is_none());
    }
    let steps = ["start: off, failed: it is stuck", "start: off -> on"];
    let mut expect = done("completed", &steps, true, "on");
    if let Answer::Done { clean, .. } = &mut expect {
        *clean = false;
    }
    assert_eq!(place.answer(&request), expect);
}

/// As long as it waits for the lock.
#[test]
fn what_waits_can_be_withdrawn_and_is_never_done() {
    let place = Place::new();
    let (fleet, members) = fleet(&place);
    let mut lock = pin!(members.lock("1"));
    let lock = poll(lock.as_mut()).unwrap().unwrap();
    let request = place.ask(start());
    let skip = place.ask(SKIP);
    let mut run = pin!(fleet.run());
    assert!(poll(run.as_mut()).is_none());
    assert!(place.queue.withdraw(&request.id).unwrap());
    drop(lock);
    assert!(poll(run.as_mut()).is_none());
    assert!(poll(run.as_mut()).is_none());
    assert_eq!(place.queue.answered(&request.id).unwrap(), None);
    assert!(!place.queue.withdraw(&skip.id).unwrap(), "it is answered");
    assert_eq!(place.states(), "");
}
