//! A fleet recovers all that a store has, and tells what became of each.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/fleet.rs"]
mod fleet;
#[path = "support/service.rs"]
mod support;

use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use inflight::Fleet;
use inflight::fleet::FleetError;
use inflight::store::{Commit, InstanceId, MemoryStore, Store};
use inflight::testing::{FaultyStore, HandClock};

use Act::{Fail, Hang, Panic};
use fleet::{Scripts, World, fleet as open_fleet, id};
use service::Transition::{Install, Look};
use support::{Act, now, poll, service};

#[test]
fn recovery_goes_by_the_order_of_registration() {
    inflight::workflow! {
        workflow lamp {
            initial state dark
            state bright
            transition light: dark -> bright
            transition put_out: bright -> dark
        }
    }
    struct Nothing;
    impl lamp::Actions for Nothing {
        type Error = std::convert::Infallible;
    }

    let store = MemoryStore::new();
    for workflow in ["lamp", "service"] {
        let instance = InstanceId::new(workflow, "a");
        let state = match workflow {
            "lamp" => "dark",
            _ => "ready",
        };
        put(&store, instance, state);
    }
    let opened = Arc::new(Mutex::new(Vec::new()));
    let opens = |what| {
        let opened = Arc::clone(&opened);
        move || opened.lock().unwrap().push(what)
    };
    let (service, lamp) = (opens("service"), opens("lamp"));
    let fleet = Fleet::new(store);
    let services = fleet.register::<service::Definition, _>(move |_| {
        service();
        support::Script::default()
    });
    services.unwrap();
    let lamps = fleet.register::<lamp::Definition, _>(move |_| {
        lamp();
        Nothing
    });
    lamps.unwrap();
    now(fleet.recover(1, |_| {})).unwrap();
    assert_eq!(*opened.lock().unwrap(), ["service", "lamp"]);
}

#[test]
fn recovery_tells_what_became_of_each() {
    let mut world = World::serving(&["fine", "busy", "parked", "panics", "fails"]);
    for name in ["busy", "panics", "fails"] {
        world.script(name).acts(&[Hang]);
        world.fire_and_leave(name, service::Transition::Tick);
    }
    world.script("parked").acts(&[Hang]);
    world.fire_and_leave("parked", Look);
    unreadable(&world.store);
    world = world.reborn();
    world.script("busy").acts(&[]);
    world.script("panics").acts(&[Panic]);
    world.script("fails").acts(&[Fail("x")]);
    world.script("parked").acts(&[]);
    let mut seen = Vec::new();
    let recover = world
        .fleet
        .recover(2, |progress| seen.push(progress.to_string()));
    let recovery = now(recover).unwrap();
    assert_eq!(
        recovery.to_string(),
        "4 recovered, 2 carried on, 1 parked, 2 failed"
    );
    assert_eq!(recovery.parked, [id("parked")]);
    let told = [
        "service/busy: completed; tick: serving -> serving",
        "service/fails: failed; tick: serving, failed: x",
        "service/odd: the record of `service/odd`, in `nowhere`, does not fit the workflow; open \
         it with the version of the workflow that wrote it: there is no state `nowhere`",
        "service/panics: code of the program panicked: an action panics",
        "service/parked: parked",
    ];
    assert_eq!(world.told(), told);
    let failed: Vec<_> = recovery.failed.iter().map(ToString::to_string).collect();
    assert_eq!(failed, told[2..4]);
    assert_eq!(seen.last().unwrap(), "4 of 6 recovered, 2 failed");
    assert_eq!(seen.len(), 6);
}

/// Puts a record into the store that the workflow cannot have written.
fn unreadable(store: &MemoryStore) {
    put(store, id("odd"), "nowhere");
}

/// Puts a first record into the store.
fn put(store: &MemoryStore, instance: InstanceId, state: &str) {
    let record = serde_json::json!({
        "version": 1, "committed": "2026-01-01T00:00:00Z", "fingerprint": 0,
        "state": state, "variables": {}, "inflight": null,
    });
    let claim = now(store.claim(&instance)).unwrap();
    let commit = Commit {
        instance,
        epoch: claim.epoch,
        expected: 0,
        record: serde_json::from_value(record).unwrap(),
        source: "",
    };
    now(store.commit(commit)).unwrap();
}

#[test]
fn a_store_that_fails_ends_the_recovery() {
    let world = World::serving(&["a", "b", "c", "d"]);
    for name in ["a", "b", "c", "d"] {
        world.script(name).acts(&[Hang]);
        world.fire_and_leave(name, service::Transition::Tick);
        world.script(name).acts(&[]);
    }
    let World {
        store,
        scripts,
        clock,
        fleet,
        services,
        ..
    } = world;
    drop((fleet, services));
    let faulty = FaultyStore::new(store.clone());
    faulty.fail_before(3);
    let (fleet, _) = open_fleet(faulty, &clock, &scripts);
    let mut done = 0;
    let error = now(fleet.recover(1, |progress| done = progress.done)).unwrap_err();
    assert!(matches!(error, FleetError::Instance(_)), "{error}");
    assert_eq!(done, 2, "a was carried on with, and b was not");
    drop(fleet);

    let (fleet, _) = open_fleet(store.take_over(), &clock, &scripts);
    let recovery = now(fleet.recover(4, |_| {})).unwrap();
    assert_eq!(recovery.to_string(), "4 recovered, 3 carried on");
}

/// As many as a fleet may well have.
#[test]
fn ten_thousand_instances_are_opened_and_recovered() {
    const MANY: usize = 10_000;
    let (store, clock, scripts) = (MemoryStore::new(), HandClock::new(), Scripts::default());
    let (fleet, services) = open_fleet(store.clone(), &clock, &scripts);
    let runs = Arc::new(AtomicUsize::new(0));
    now(async {
        for number in 0..MANY {
            let mut service = services.lock(&number.to_string()).await.unwrap();
            service.fire(Install).await.unwrap();
            if number % 10 == 0 {
                service.actions().acts(&[Hang]);
                let fire = service.fire(support::serve());
                assert!(poll(pin!(fire)).is_none());
                service.actions().acts(&[]);
            }
        }
    });
    assert_eq!(fleet.list().len(), MANY);
    drop((fleet, services));

    let (fleet, _services) = open_fleet(store, &clock, &scripts);
    let recovery = fleet.recover(64, |_| {
        runs.fetch_add(1, Ordering::Relaxed);
    });
    let recovery = now(recovery).unwrap();
    assert_eq!(recovery.to_string(), "10000 recovered, 1000 carried on");
    assert_eq!(runs.load(Ordering::Relaxed), MANY);
    let serving = fleet.list().into_iter().filter(|it| it.state == "serving");
    assert_eq!(serving.count(), MANY / 10);
    let mut run = Box::pin(fleet.run());
    assert!(poll(run.as_mut()).is_none());
    assert_eq!(clock.sleeping().len(), 1);
}
