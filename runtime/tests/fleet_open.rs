//! A fleet opens each instance once, and recovers all that a store has.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/fleet.rs"]
mod fleet;
#[path = "support/service.rs"]
mod support;

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use inflight::fleet::FleetError;
use inflight::store::{Claim, Commit, InstanceId, MemoryStore, Store, StoreError, StoreFuture};
use inflight::testing::{FaultyStore, HandClock};
use inflight::{Fleet, OpenError};

use Act::{Fail, Hang, Panic};
use fleet::{Scripts, World, fleet as open_fleet, id};
use service::Transition::{Install, Look};
use support::{Act, now, poll, service};

/// A store that lets others go on before it gives a claim.
#[derive(Clone)]
struct Slow(MemoryStore);

inflight::__reads_behind!(Slow, 0);

impl Store for Slow {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        let claim = self.0.claim(instance);
        Box::pin(async move {
            tokio::task::yield_now().await;
            claim.await
        })
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        self.0.commit(commit)
    }
}

/// Polls both in turn until both are ready.
fn both<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> (A, B) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut left, mut right) = (None, None);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..100 {
        if left.is_none()
            && let Poll::Ready(value) = a.as_mut().poll(&mut context)
        {
            left = Some(value);
        }
        if right.is_none()
            && let Poll::Ready(value) = b.as_mut().poll(&mut context)
        {
            right = Some(value);
        }
    }
    (left.unwrap(), right.unwrap())
}

fn slow(
    store: &MemoryStore,
) -> (
    Fleet,
    inflight::Members<service::Definition, support::Script>,
) {
    open_fleet(Slow(store.clone()), &HandClock::new(), &Scripts::default())
}

#[test]
fn an_instance_that_two_open_at_once_is_opened_once() {
    let (fleet, services) = slow(&MemoryStore::new());
    let (one, other) = both(services.open("a"), services.open("a"));
    now(one.unwrap().lock()).actions_mut().patient = true;
    assert!(now(other.unwrap().lock()).actions().patient);
    assert_eq!(fleet.list().len(), 1);
}

#[test]
fn who_opens_takes_over_from_one_who_gave_up() {
    let (fleet, services) = slow(&MemoryStore::new());
    let mut first: Pin<Box<_>> = Box::pin(services.open("a"));
    assert!(poll(first.as_mut()).is_none());
    let second = services.open("a");
    let (first, second) = both(async move { drop(first) }, second);
    let () = first;
    assert!(second.is_ok());
    assert_eq!(fleet.list().len(), 1);
}

#[test]
fn others_may_open_while_all_are_recovered() {
    let store = MemoryStore::new();
    let (fleet, services) = slow(&store);
    for name in ["a", "b", "c"] {
        both(
            async {
                let mut service = services.lock(name).await.unwrap();
                service.fire(Install).await.unwrap();
            },
            async {},
        );
    }
    drop((fleet, services));
    let (fleet, services) = slow(&store);
    let (recovery, opened) = both(fleet.recover(1, |_| {}), async {
        for name in ["c", "b", "d", "a"] {
            services.open(name).await.unwrap();
        }
    });
    let () = opened;
    assert_eq!(recovery.unwrap().to_string(), "3 recovered, 0 carried on");
    let names: Vec<_> = services
        .list()
        .iter()
        .map(|it| it.instance().instance.to_string())
        .collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
}

#[test]
fn one_that_is_closed_can_be_opened_again() {
    let world = World::serving(&["a"]);
    let before = now(world.services.open("a")).unwrap();
    assert!(now(world.services.close("a")));
    assert!(!now(world.services.close("a")));
    assert!(world.services.list().is_empty());
    let refused = now(async { before.lock().await.fire(Look).await }).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "`service/a` is closed, or its fleet shuts down: nothing more begins with it until it is \
         opened again"
    );
    assert_eq!(world.script("a").calls(), ["-server", "-diary"]);
    world.fire("a", Look);
}

#[test]
fn workflows_keep_to_themselves_though_instances_share_a_name() {
    inflight::workflow! {
        workflow lamp {
            initial state dark
            state bright
            transition light: dark -> bright { automatic }
            transition put_out: bright -> dark
        }
    }
    struct Nothing;
    impl lamp::Actions for Nothing {
        type Error = std::convert::Infallible;
    }

    let world = World::serving(&["a"]);
    let lamps = world
        .fleet
        .register::<lamp::Definition, _>(|_| Nothing)
        .unwrap();
    now(async { lamps.lock("a").await.unwrap().synchronize().await }).unwrap();
    let list: Vec<_> = world.fleet.list().iter().map(ToString::to_string).collect();
    assert_eq!(list, ["service/a: serving", "lamp/a: bright"]);

    let world = world.reborn();
    let recovery = world.recover();
    assert_eq!(
        recovery.to_string(),
        "1 recovered, 0 carried on, 1 of unknown workflows"
    );
    assert_eq!(recovery.unknown[0].to_string(), "lamp/a");
}

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
fn who_opens_while_the_fleet_shuts_down_is_refused() {
    let store = MemoryStore::new();
    let (fleet, services) = slow(&store);
    let mut open = Box::pin(services.open("a"));
    assert!(poll(open.as_mut()).is_none());
    let shutdown = now(fleet.shutdown(support::seconds(1)));
    assert_eq!(shutdown.to_string(), "0 closed");
    let refused = poll(open.as_mut()).unwrap().unwrap_err();
    assert!(matches!(refused, OpenError::Closed { .. }), "{refused}");
    drop(open);
    assert!(now(store.claim(&id("a"))).is_ok());
}

#[test]
fn observers_are_shown_the_records_of_all_that_are_opened() {
    let world = World::serving(&["a", "b"]).reborn();
    let shown = Arc::new(Mutex::new(Vec::new()));
    let shows = Arc::clone(&shown);
    world.services.observe(move |name, record| {
        shows
            .lock()
            .unwrap()
            .push(format!("{name}: {}", record.version));
    });
    world.recover();
    world.fire("b", Look);
    world.fire("c", Install);
    assert_eq!(*shown.lock().unwrap(), ["b: 5", "b: 6", "c: 1", "c: 2"]);
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
        "service/panics: an action panicked: an action panics",
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
    let store = MemoryStore::new();
    let world = World::serving(&["a", "b", "c", "d"]);
    drop(store);
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

#[test]
fn a_store_that_was_taken_over_gives_nothing() {
    let world = World::serving(&["a", "b"]).reborn();
    let _owner = world.store.take_over();
    let error = now(world.fleet.recover(1, |_| {})).unwrap_err();
    assert!(matches!(error, FleetError::Store(_)), "{error}");
    let refused = now(world.services.open("a")).unwrap_err();
    assert!(
        matches!(&refused, OpenError::Store(error) if matches!(**error, StoreError::Fenced { .. })),
        "{refused}"
    );
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
