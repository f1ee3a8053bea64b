//! A fleet ends in good order.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/fleet.rs"]
mod fleet;
#[path = "support/service.rs"]
mod support;

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use inflight::fleet::Shutdown;
use inflight::store::MemoryStore;
use inflight::testing::{FaultyStore, HandClock};
use inflight::{Error, OpenError, Verdict};
use tokio::sync::Notify;

use Act::{Await, Fail, Hang};
use fleet::{Scripts, World, fleet as open_fleet, id};
use service::Transition::{Install, Look, Tick};
use support::{Act, now, poll, seconds, serve, service};

/// What a shutdown says, without where locks were asked for.
fn told(shutdown: &Shutdown) -> Vec<String> {
    let text = shutdown.to_string();
    let lines = text.lines().map(|line| line.split(": held by ").next());
    lines.flatten().map(str::to_owned).collect()
}

fn shut_down(world: &World) -> Shutdown {
    now(world.fleet.shutdown(Duration::from_secs(5)))
}

#[test]
fn what_rests_is_closed_and_nothing_more_begins() {
    let world = World::serving(&["a", "b"]);
    let mut run = world.run();
    world.sleeps(&mut run);
    let held = now(world.services.open("a")).unwrap();
    assert_eq!(told(&shut_down(&world)), ["2 closed"]);
    assert!(poll(run.as_mut()).unwrap().is_ok());
    for name in ["a", "b"] {
        assert_eq!(world.script(name).calls(), ["-server", "-diary"]);
        let refused = now(world.services.lock(name)).unwrap_err();
        assert!(matches!(refused, OpenError::Closed { .. }), "{refused}");
    }
    let refused = now(async { held.lock().await.fire(Look).await }).unwrap_err();
    assert!(matches!(refused, Error::Closed { .. }), "{refused}");
    now(async { held.lock().await.start_activities().await });
    assert_eq!(world.script("a").calls(), [""; 0]);
    let mut driving = pin!(held.drive());
    assert!(poll(driving.as_mut()).unwrap().is_ok());
    assert_eq!(told(&shut_down(&world)), ["0 closed"]);
    assert_eq!(
        world.recover().to_string(),
        "0 recovered, 0 carried on, 2 left"
    );

    // Its claims are free, though somebody holds an instance still.
    let mut world = world.reborn();
    assert_eq!(world.recover().to_string(), "2 recovered, 0 carried on");
    assert_eq!(world.news("a") + &world.news("b"), "");
}

#[test]
fn what_is_under_way_is_waited_for() {
    let mut world = World::serving(&["a", "b"]);
    let word = Arc::new(Notify::new());
    world.script("a").acts(&[Await(Arc::clone(&word))]);
    let mut run = world.run();
    world.sleeps(&mut run);
    world.clock.advance(seconds(60));
    world.sleeps(&mut run);
    let mut shutdown = Box::pin(world.fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    assert!(poll(run.as_mut()).is_none());
    word.notify_one();
    assert!(poll(run.as_mut()).unwrap().is_ok());
    let shutdown = poll(shutdown.as_mut()).unwrap();
    assert_eq!(told(&shutdown), ["2 closed"]);
    assert_eq!(world.news("a"), "(serving, tick, !tick) (serving)");
}

#[test]
fn what_takes_too_long_is_left_in_flight() {
    let world = World::serving(&["a", "b"]);
    world.script("a").acts(&[Hang]);
    world.script("b").acts(&[Hang]);
    let mut run = world.run();
    world.sleeps(&mut run);
    let b = now(world.services.open("b")).unwrap();
    let mut locked = now(b.lock());
    let mut by_hand = Box::pin(locked.fire(Tick));
    assert!(poll(by_hand.as_mut()).is_none());
    world.clock.advance(seconds(60));
    world.sleeps(&mut run);
    let fleet = world.fleet.clone();
    let mut shutdown = Box::pin(fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    world.clock.advance(seconds(5));
    let shutdown = poll(shutdown.as_mut()).unwrap();
    assert_eq!(
        told(&shutdown),
        [
            "0 closed, 2 not closed",
            "service/a: serving, tick in flight, not closed",
            "service/b: serving, tick in flight, not closed",
        ]
    );
    assert!(shutdown.left[0].holder.is_some());
    assert!(poll(run.as_mut()).unwrap().is_ok(), "it waits no longer");
    drop(by_hand);
    drop(locked);
    drop(b);
    let mut world = world.reborn();
    world.script("a").acts(&[]);
    world.script("b").acts(&[]);
    assert_eq!(world.recover().to_string(), "2 recovered, 2 carried on");
    assert_eq!(
        world.news("a"),
        "(serving, tick, !tick) (serving, tick, interrupted 1, !tick) (serving)"
    );
}

/// An instance `a` that begins to serve, has failed, and waits for its next attempt.
fn failing(world: &World) -> Pin<Box<impl Future<Output = Verdict> + use<>>> {
    world.fire("a", Install);
    world.script("a").acts(&[Fail("x")]);
    let services = world.services.clone();
    let mut fire = Box::pin(async move {
        let mut service = services.lock("a").await.unwrap();
        service.fire(serve()).await.unwrap().verdict
    });
    assert!(poll(fire.as_mut()).is_none());
    fire
}

#[test]
fn a_wait_for_the_next_attempt_ends_at_once_and_goes_on_after_a_restart() {
    let mut world = World::new();
    let mut fire = failing(&world);
    let fleet = world.fleet.clone();
    let mut shutdown = Box::pin(fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    assert_eq!(poll(fire.as_mut()), Some(Verdict::Interrupted));
    let shutdown = poll(shutdown.as_mut()).unwrap();
    let until = "2023-11-14T22:13:23.999Z";
    assert_eq!(
        told(&shutdown),
        [
            "1 closed (1 with something in flight)".to_owned(),
            format!("service/a: ready, serve in flight, waits until {until}"),
        ]
    );
    world.news("a");
    let mut world = world.reborn();
    assert_eq!(world.recover().waiting, [id("a")]);
    let mut run = world.run();
    world.sleeps(&mut run);
    world.clock.advance(seconds(4));
    world.sleeps(&mut run);
    assert_eq!(world.news("a"), "(ready, serve, attempt 2) (serving)");
}

#[test]
fn a_wait_for_the_next_attempt_ends_though_somebody_waits_to_close_its_instance() {
    let world = World::new();
    let mut fire = failing(&world);
    let mut close = Box::pin(world.services.close("a"));
    assert!(poll(close.as_mut()).is_none());
    let mut shutdown = Box::pin(world.fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    assert_eq!(poll(fire.as_mut()), Some(Verdict::Interrupted));
    assert_eq!(poll(close.as_mut()), Some(true));
    assert_eq!(told(&poll(shutdown.as_mut()).unwrap()), ["1 closed"]);
}

#[test]
fn who_waits_for_a_lock_is_refused() {
    let world = World::serving(&["a"]);
    let workflow = now(world.services.open("a")).unwrap();
    let held = now(workflow.lock());
    let mut waiting = Box::pin(world.services.lock("a"));
    assert!(poll(waiting.as_mut()).is_none());
    let queued = workflow.clone();
    let mut queued = Box::pin(async move { queued.lock().await.fire(Look).await });
    assert!(poll(queued.as_mut()).is_none());
    let mut shutdown = Box::pin(world.fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    let refused = poll(waiting.as_mut()).unwrap().unwrap_err();
    assert!(matches!(refused, OpenError::Closed { .. }), "{refused}");
    drop(held);
    let refused = poll(queued.as_mut()).unwrap().unwrap_err();
    assert!(matches!(refused, Error::Closed { .. }), "{refused}");
    drop(queued);
    let shutdown = poll(shutdown.as_mut()).unwrap();
    assert_eq!(told(&shutdown), ["1 closed"]);
}

#[test]
fn what_is_parked_is_told() {
    let world = World::serving(&["a"]);
    world.script("a").acts(&[Hang]);
    world.fire_and_leave("a", Look);
    world.recover();
    assert_eq!(
        told(&shut_down(&world)),
        [
            "1 closed (1 with something in flight)",
            "service/a: serving, look in flight, waits for an operator"
        ]
    );
}

#[test]
fn a_shutdown_that_is_dropped_is_carried_on_by_the_next() {
    let world = World::serving(&["a", "b"]);
    world.script("a").switches(&[Hang]);
    let mut dropped = Box::pin(world.fleet.shutdown(seconds(5)));
    assert!(poll(dropped.as_mut()).is_none());
    drop(dropped);
    let refused = now(world.services.open("c")).unwrap_err();
    assert!(matches!(refused, OpenError::Closed { .. }), "{refused}");
    assert_eq!(told(&shut_down(&world)), ["2 closed"]);
    assert_eq!(world.script("a").calls(), ["-server", "-server", "-diary"]);
}

#[test]
fn an_activity_that_does_not_stop_is_not_waited_for_longer_than_the_rest() {
    let world = World::serving(&["a", "b"]);
    world.script("a").switches(&[Hang]);
    let mut shutdown = Box::pin(world.fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    world.clock.advance(seconds(5));
    let shutdown = poll(shutdown.as_mut()).unwrap();
    assert_eq!(
        told(&shutdown),
        ["1 closed, 1 not closed", "service/a: serving, not closed"]
    );
}

#[test]
fn who_waits_for_an_instance_to_be_closed_is_refused() {
    let world = World::serving(&["a"]);
    let held = now(world.services.lock("a")).unwrap();
    let mut close = Box::pin(world.services.close("a"));
    assert!(poll(close.as_mut()).is_none());
    let mut open = Box::pin(world.services.open("a"));
    assert!(poll(open.as_mut()).is_none());
    let mut shutdown = Box::pin(world.fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    let refused = poll(open.as_mut()).unwrap().unwrap_err();
    assert!(matches!(refused, OpenError::Closed { .. }), "{refused}");
    drop(held);
    assert_eq!(poll(close.as_mut()), Some(true));
    assert_eq!(told(&poll(shutdown.as_mut()).unwrap()), ["1 closed"]);
}

#[test]
fn what_was_carried_on_with_meanwhile_is_told() {
    let world = World::serving(&["a"]);
    world.script("a").acts(&[Hang]);
    world.fire_and_leave("a", Tick);
    let word = Arc::new(Notify::new());
    world.script("a").acts(&[Await(Arc::clone(&word))]);
    let services = world.services.clone();
    let mut synchronize =
        Box::pin(async move { services.lock("a").await.unwrap().synchronize().await });
    assert!(poll(synchronize.as_mut()).is_none());
    let mut shutdown = Box::pin(world.fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    word.notify_one();
    let outcome = poll(synchronize.as_mut()).unwrap().unwrap();
    assert_eq!(outcome.verdict, Verdict::Completed);
}

#[test]
fn nothing_begins_after_a_commit_that_nobody_waited_for() {
    let (store, clock) = (FaultyStore::new(MemoryStore::new()), HandClock::new());
    let (fleet, services) = open_fleet(store.clone(), &clock, &Scripts::default());
    let mut service = now(services.lock("a")).unwrap();
    let held = store.hold(1);
    assert!(poll(pin!(service.synchronize())).is_none());
    let mut shutdown = Box::pin(fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    now(async { held.arrived().await.let_go().await });
    let refused = now(service.fire(Install)).unwrap_err();
    assert!(matches!(refused, Error::Closed { .. }), "{refused}");
    assert_eq!(store.commits().len(), 1);
}

#[test]
fn a_recovery_counts_all_that_it_leaves() {
    let world = World::serving(&["a", "b", "c"]);
    let held = ["a", "b"].map(|name| now(world.services.lock(name)).unwrap());
    let mut recover = Box::pin(world.fleet.recover(2, |_| {}));
    assert!(poll(recover.as_mut()).is_none());
    let mut shutdown = Box::pin(world.fleet.shutdown(seconds(5)));
    assert!(poll(shutdown.as_mut()).is_none());
    drop(held);
    let recovery = poll(recover.as_mut()).unwrap().unwrap();
    assert_eq!(recovery.to_string(), "0 recovered, 0 carried on, 3 left");
}
