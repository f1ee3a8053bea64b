//! A fleet fires what falls due of all its instances.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/fleet.rs"]
mod fleet;
#[path = "support/service.rs"]
mod support;

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

use inflight::fleet::FleetError;
use inflight::store::MemoryStore;
use inflight::testing::{FaultyStore, HandClock};
use inflight::{Clock, Error, Options};

use Act::{Await, Fail, Hang, Panic};
use fleet::{Scripts, World, fleet as open_fleet};
use service::Transition::{Look, MoveOn, Stop};
use support::{Act, now, poll, seconds, serve, service};

inflight::workflow! {
    workflow lamp {
        initial state dark
        state bright
        transition light: dark -> bright
        transition go_out: bright -> dark { after 90s }
    }
}

struct Nothing;

impl lamp::Actions for Nothing {
    type Error = std::convert::Infallible;
}

#[test]
fn what_falls_due_is_fired_by_one_schedule_the_earliest_first() {
    let mut world = World::serving(&["a", "b"]);
    let lamps = world.fleet.register::<lamp::Definition, _>(|_| Nothing);
    let lamps = lamps.unwrap();
    now(async {
        let mut lamp = lamps.lock("a").await.unwrap();
        lamp.fire(lamp::Transition::Light).await.unwrap();
    });
    let mut run = world.run();
    assert_eq!(world.sleeps(&mut run), [60], "one sleep for all");
    world.clock.advance(seconds(30));
    world.fire("b", Look);
    assert_eq!(world.sleeps(&mut run), [30]);
    world.clock.advance(seconds(30));
    assert_eq!(world.sleeps(&mut run), [30]);
    world.clock.advance(seconds(30));
    assert_eq!(world.sleeps(&mut run), [30]);
    assert!(now(lamps.open("a")).unwrap().state().is_dark());
    assert_eq!(world.news("a"), "(serving, tick, !tick) (serving)");
    assert_eq!(
        world.news("b"),
        "(serving, look) (serving) (serving, tick, !tick) (serving)"
    );
    assert_eq!(
        world.told(),
        [
            "service/a: completed; tick: serving -> serving",
            "service/b: completed; tick: serving -> serving",
            "lamp/a: completed; go_out: bright -> dark",
        ]
    );
}

#[test]
fn one_that_takes_long_does_not_keep_others_waiting() {
    let mut world = World::serving(&["a", "b"]);
    let word = std::sync::Arc::default();
    world
        .script("a")
        .acts(&[Await(std::sync::Arc::clone(&word))]);
    let mut run = world.run();
    world.sleeps(&mut run);
    world.clock.advance(seconds(60));
    world.sleeps(&mut run);
    assert_eq!(world.news("a"), "(serving, tick, !tick)");
    assert_eq!(world.news("b"), "(serving, tick, !tick) (serving)");
    word.notify_one();
    assert_eq!(world.sleeps(&mut run), [60]);
    assert_eq!(world.news("a"), "(serving)");
}

#[test]
fn a_lock_that_is_held_is_waited_for_and_the_record_looked_at_again() {
    let mut world = World::serving(&["a", "b"]);
    let mut run = world.run();
    world.sleeps(&mut run);
    let mut locked = now(world.services.lock("a")).unwrap();
    world.clock.advance(seconds(60));
    world.sleeps(&mut run);
    now(locked.fire(MoveOn)).unwrap();
    drop(locked);
    world.sleeps(&mut run);
    assert_eq!(world.news("a"), "(serving, move_on) (away)");
    assert_eq!(world.news("b"), "(serving, tick, !tick) (serving)");
}

#[test]
fn the_next_attempt_is_made_for_a_process_that_died() {
    let world = World::new();
    world.fire("a", service::Transition::Install);
    world.script("a").acts(&[Fail("x"), Fail("y")]);
    world.fire_and_leave("a", serve());
    let mut world = world.reborn();
    let recovery = world.recover();
    assert_eq!(recovery.to_string(), "1 recovered, 0 carried on, 1 waiting");
    world.news("a");
    let mut run = world.run();
    assert_eq!(world.sleeps(&mut run), [3], "almost 4");
    world.clock.advance(seconds(4));
    assert_eq!(
        world.sleeps(&mut run),
        [5],
        "somebody waits for it, and nothing else is due"
    );
    world.clock.advance(seconds(6));
    assert_eq!(world.sleeps(&mut run), [60]);
    assert_eq!(
        world.news("a"),
        "(ready, serve, attempt 2) (ready, serve, attempt 3, waiting) (ready, serve, attempt 3) \
         (serving)"
    );
    assert_eq!(
        world.told(),
        ["service/a: completed; serve: ready, failed: y; serve: ready -> serving"]
    );
}

#[test]
fn an_action_that_panics_is_interrupted_and_the_fleet_goes_on() {
    let mut world = World::serving(&["a", "b"]);
    world.script("a").acts(&[Panic]);
    let mut run = world.run();
    world.sleeps(&mut run);
    world.clock.advance(seconds(60));
    assert_eq!(world.sleeps(&mut run), [60]);
    assert_eq!(
        world.news("a"),
        "(serving, tick, !tick) (serving, tick, panicked, !tick)"
    );
    assert_eq!(world.news("b"), "(serving, tick, !tick) (serving)");
    assert_eq!(
        world.told(),
        [
            "service/a: code of the program panicked: an action panics",
            "service/b: completed; tick: serving -> serving",
        ]
    );
    let recovery = world.recover();
    assert_eq!(recovery.to_string(), "2 recovered, 1 carried on");
    assert_eq!(
        world.news("a"),
        "(serving, tick, interrupted 1, !tick) (serving)"
    );
}

#[test]
fn whoever_only_watches_stops_nothing_by_panicking() {
    let mut world = World::new();
    world.fleet.observe(|event| panic!("told of {event}"));
    let panics = |name: &str, _: &service::Record| panic!("shown a record of {name}");
    world.services.observe(panics);
    for name in ["a", "b"] {
        world.fire(name, service::Transition::Install);
        world.fire(name, serve());
        world.news(name);
    }
    let mut run = world.run();
    for _ in 0..2 {
        assert_eq!(world.sleeps(&mut run), [60]);
        world.clock.advance(seconds(60));
    }
    world.sleeps(&mut run);
    for name in ["a", "b"] {
        let tick = "(serving, tick, !tick) (serving)";
        assert_eq!(world.news(name), format!("{tick} {tick}"));
    }
    drop(run);
    world = world.reborn();
    let mut called = 0;
    let recover = world.fleet.recover(1, |progress| {
        called += 1;
        panic!("{progress}");
    });
    let recovery = now(recover).unwrap();
    assert_eq!(recovery.to_string(), "2 recovered, 0 carried on");
    assert_eq!(called, 2);
}

#[test]
fn a_clock_that_is_set_back_delays_nothing() {
    let mut world = World::serving(&["a"]);
    let mut run = world.run();
    world.sleeps(&mut run);
    world.clock.set_back(seconds(86_400));
    world.clock.advance(seconds(60));
    world.sleeps(&mut run);
    assert_eq!(world.news("a"), "(serving, tick, !tick) (serving)");
}

/// A clock on which sleeps end before it says that their time has passed.
struct Lagging(HandClock, Instant);

impl Clock for Lagging {
    fn now(&self) -> SystemTime {
        self.0.now()
    }

    fn instant(&self) -> Instant {
        self.1
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.0.sleep(duration)
    }
}

#[test]
fn a_sleep_that_has_ended_counts_whatever_the_clock_says() {
    let hands = HandClock::new();
    let options = Options::new().clock(Lagging(hands.clone(), Instant::now()));
    let fleet = inflight::Fleet::with(MemoryStore::new(), options);
    let lamps = fleet.register::<lamp::Definition, _>(|_| Nothing).unwrap();
    now(async {
        let mut lamp = lamps.lock("a").await.unwrap();
        lamp.fire(lamp::Transition::Light).await.unwrap();
    });
    let mut run = Box::pin(fleet.run());
    assert!(poll(run.as_mut()).is_none());
    hands.advance(seconds(90));
    assert!(poll(run.as_mut()).is_none());
    assert!(now(lamps.open("a")).unwrap().state().is_dark());
}

#[test]
fn a_clock_that_is_set_back_does_not_delay_the_next_attempt() {
    let world = World::new();
    world.fire("a", service::Transition::Install);
    world.script("a").acts(&[Fail("x")]);
    world.fire_and_leave("a", support::serve());
    let mut world = world.reborn();
    world.news("a");
    world.recover();
    let mut run = world.run();
    let wait = world.sleeps(&mut run)[0];
    world.clock.set_back(seconds(86_400));
    world.clock.advance(seconds(wait + 1));
    world.sleeps(&mut run);
    assert_eq!(world.news("a"), "(ready, serve, attempt 2) (serving)");
}

#[test]
fn a_guard_that_refuses_is_not_asked_on_and_on() {
    let world = World::new();
    world.fire("a", service::Transition::Install);
    let mut run = world.run();
    assert_eq!(world.sleeps(&mut run), [600]);
    now(world.services.lock("a")).unwrap().actions_mut().patient = true;
    world.clock.advance(seconds(600));
    assert_eq!(world.sleeps(&mut run), [0; 0]);
    now(world.services.lock("a")).unwrap().actions_mut().patient = false;
    assert_eq!(world.sleeps(&mut run), [0; 0]);
}

/// The run is dropped after every number of polls there is, and the next one carries on.
#[test]
fn a_run_may_be_dropped_at_any_await() {
    for polls in 1..6 {
        let mut world = World::serving(&["a", "b"]);
        world.script("a").acts(&[Hang]);
        let mut run = world.run();
        for _ in 0..polls {
            world.sleeps(&mut run);
            world.clock.advance(seconds(30));
        }
        drop(run);
        assert!(poll(world.run().as_mut()).is_none(), "it can be run again");
        world.script("a").acts(&[]);
        assert!(world.recover().failed.is_empty());
        let (a, b) = (world.news("a"), world.news("b"));
        assert!(a.is_empty() || a.ends_with("(serving)"), "{a}");
        assert!(b.is_empty() || b.ends_with("(serving)"), "{b}");
        assert_eq!(a.contains("interrupted 1"), polls > 1, "{polls}: {a}");
    }
}

#[test]
fn a_fleet_is_run_once_and_a_workflow_registered_once() {
    let world = World::new();
    let mut run = world.run();
    world.sleeps(&mut run);
    let second = poll(world.run().as_mut()).unwrap();
    assert!(matches!(second, Err(FleetError::Running)));
    world.fire("a", service::Transition::Install);
    assert_eq!(world.sleeps(&mut run), [600], "the first goes on");
    let again = world
        .fleet
        .register::<service::Definition, _>(|_| support::Script::default());
    assert_eq!(
        again.unwrap_err().to_string(),
        "the workflow `service` is in the fleet already: register it once, and share what that \
         returns"
    );
}

#[test]
fn a_run_ends_when_a_commit_fails_whoever_asked_for_it() {
    for by_the_fleet in [true, false] {
        let store = FaultyStore::new(MemoryStore::new());
        let clock = HandClock::new();
        let (fleet, services) = open_fleet(store.clone(), &clock, &Scripts::default());
        now(async {
            let mut service = services.lock("a").await.unwrap();
            service.fire(service::Transition::Install).await.unwrap();
            service.fire(serve()).await.unwrap();
        });
        let mut run = Box::pin(fleet.run());
        assert!(poll(run.as_mut()).is_none());
        store.fail_before(store.commits().len() + 1);
        if by_the_fleet {
            clock.advance(seconds(60));
        } else {
            let mut service = now(services.lock("a")).unwrap();
            now(service.fire(Stop)).unwrap_err();
        }
        let error = poll(run.as_mut()).unwrap().unwrap_err();
        let FleetError::Instance(error) = error else {
            panic!("{error}");
        };
        let expected = match by_the_fleet {
            true => matches!(error, Error::Commit { .. }),
            false => matches!(error, Error::Poisoned { .. }),
        };
        assert!(expected, "{error}");
        // The same instance is opened anew.
        let service = now(services.open("a")).unwrap();
        assert!(service.state().is_serving());
        assert!(now(service.lock()).at().is_ok());
    }
}

#[test]
fn what_is_told_can_be_read_by_people() {
    let world = World::serving(&["a"]);
    world.script("b").acts(&[Fail("x")]);
    world.fire("b", service::Transition::Install);
    assert_eq!(
        format!("{:?}", world.fleet),
        "Fleet { workflows: [\"service\"], .. }"
    );
    let list: Vec<_> = world.fleet.list().iter().map(ToString::to_string).collect();
    assert_eq!(list, ["service/a: serving", "service/b: ready"]);
}
