//! A fleet opens each instance once, and again after it was closed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/fleet.rs"]
mod fleet;
#[path = "support/service.rs"]
mod support;

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use inflight::fleet::FleetError;
use inflight::store::{Claim, Commit, InstanceId, MemoryStore, Store, StoreError, StoreFuture};
use inflight::testing::HandClock;
use inflight::{Fleet, OpenError};

use fleet::{Scripts, World, fleet as open_fleet, id};
use service::Transition::{Install, Look};
use support::{now, poll, service};

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
