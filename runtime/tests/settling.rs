//! Dropped futures and failing stores: nothing is lost, and nothing is believed that is
//! not known to be durable.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/unit.rs"]
mod support;

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use inflight::store::MemoryStore;
use inflight::testing::{FaultyStore, Waiting};
use inflight::{Error, Verdict};

use support::{Act, Script, persisted, unit};

struct Unit {
    store: FaultyStore,
    workflow: unit::Workflow<Script>,
}

impl Unit {
    async fn open(store: &FaultyStore) -> Self {
        let workflow = unit::Workflow::open(store.clone(), "mysql-0", Script::new(&[]))
            .await
            .unwrap();
        Self {
            store: store.clone(),
            workflow,
        }
    }

    /// Drops a future that waits for its first commit; the commit waits on.
    async fn drop_first_commit(&self) -> Waiting {
        let held = self.store.hold(1);
        let mut locked = self.workflow.lock().await;
        drop_once(locked.synchronize(), || !self.store.commits().is_empty()).await;
        held.arrived().await
    }

    async fn persisted(&self) -> Vec<String> {
        persisted(&self.store, self.workflow.instance()).await
    }
}

/// Polls a future that is not ready until `condition` holds, then drops it.
async fn drop_once<T>(future: impl Future<Output = T>, mut condition: impl FnMut() -> bool) {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        assert!(future.as_mut().poll(context).is_pending());
        if condition() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

#[tokio::test]
async fn a_commit_goes_on_when_its_future_is_dropped() {
    let store = FaultyStore::new(MemoryStore::new());
    let unit = Unit::open(&store).await;
    let waiting = unit.drop_first_commit().await;

    let mut next = pin!(unit.workflow.lock());
    std::future::poll_fn(|context| {
        assert!(
            next.as_mut().poll(context).is_pending(),
            "the instance is settling"
        );
        Poll::Ready(())
    })
    .await;
    assert_eq!(unit.workflow.record().version, 0);

    waiting.let_go().await;
    let mut locked = next.await;
    assert_eq!(
        locked.inflight().unwrap().name(),
        unit::TransitionName::Install
    );
    let error = locked.fire(unit::Transition::Install).await.unwrap_err();
    assert!(matches!(error, Error::Interrupted { .. }), "{error}");
    let outcome = locked.synchronize().await.unwrap();
    assert_eq!(outcome.verdict, Verdict::Completed);
    drop(locked);
    assert_eq!(
        unit.persisted().await,
        [
            "(new, install)",
            "(new, install, interrupted 1)",
            "(installed, start)",
            "(started)"
        ]
    );
}

#[tokio::test]
async fn whoever_waits_for_a_settling_instance_may_be_dropped_too() {
    let store = FaultyStore::new(MemoryStore::new());
    let unit = Unit::open(&store).await;
    let waiting = unit.drop_first_commit().await;
    drop_once(unit.workflow.lock(), || true).await;
    let timeout = unit.workflow.lock_timeout(Duration::ZERO).await;
    assert!(timeout.map(drop).unwrap_err().holder.is_none());
    waiting.let_go().await;
    let locked = unit.workflow.lock().await;
    assert!(locked.inflight().is_some());
}

#[tokio::test]
async fn a_dropped_commit_that_fails_poisons_whoever_comes_next() {
    let store = FaultyStore::new(MemoryStore::new());
    let unit = Unit::open(&store).await;
    unit.drop_first_commit().await.fail();
    let mut locked = unit.workflow.lock().await;
    let error = locked.synchronize().await.unwrap_err();
    assert!(matches!(error, Error::Poisoned { .. }), "{error}");
}

/// Each commit of a run fails in turn, written or not: nothing more is run or written
/// until the instance is opened again, and then it carries on from what is durable.
#[tokio::test]
async fn a_failed_commit_poisons_the_instance_until_it_is_opened_again() {
    for written in [false, true] {
        for n in 1..=3 {
            let store = FaultyStore::new(MemoryStore::new());
            if written {
                store.fail_after(n);
            } else {
                store.fail_before(n);
            }
            let unit = Unit::open(&store).await;
            let mut locked = unit.workflow.lock().await;
            let error = locked.synchronize().await.unwrap_err();
            assert!(matches!(error, Error::Commit { .. }), "{error}");
            assert_eq!(locked.actions().calls.lock().unwrap().len(), n - 1);

            let key = "port".to_owned();
            let again = [
                locked.synchronize().await.unwrap_err(),
                locked
                    .fire(unit::Transition::Configure { key })
                    .await
                    .unwrap_err(),
                locked.go_to(unit::StateName::Started).await.unwrap_err(),
                locked.fire_alias(unit::Alias::Retry).await.unwrap_err(),
                locked
                    .resolve(inflight::Resolution::Retry)
                    .await
                    .unwrap_err(),
                locked.at().map(drop).unwrap_err(),
            ];
            for error in again {
                assert!(matches!(error, Error::Poisoned { .. }), "{error}");
            }
            drop(locked);
            assert_eq!(unit.workflow.record().version, n as u64 - 1);
            assert_eq!(
                unit.persisted().await.len(),
                if written { n } else { n - 1 }
            );

            drop(unit);
            let unit = Unit::open(&store).await;
            unit.workflow.lock().await.synchronize().await.unwrap();
            assert_eq!(unit.workflow.state(), unit::State::Started);
        }
    }
}

#[tokio::test]
async fn an_owner_that_was_taken_over_cannot_commit() {
    let memory = MemoryStore::new();
    let old = Unit::open(&FaultyStore::new(memory.clone())).await;
    let new = Unit::open(&FaultyStore::new(memory.take_over())).await;
    new.workflow.lock().await.synchronize().await.unwrap();
    let error = old.workflow.lock().await.synchronize().await.unwrap_err();
    assert!(matches!(error, Error::Commit { .. }), "{error}");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("taken over"), "{source}");
    assert_eq!(new.workflow.state(), unit::State::Started);
}

/// Whatever a workflow is doing, its future may be dropped after any poll: what is left
/// is what a crash would leave, and `synchronize` carries on.
#[tokio::test]
async fn a_future_may_be_dropped_after_any_poll() {
    for polls in 1.. {
        let store = FaultyStore::new(MemoryStore::new());
        let script = Script::new(&[Act::Yield, Act::Yield]);
        let workflow = unit::Workflow::open(store.clone(), "mysql-0", script)
            .await
            .unwrap();
        let unit = Unit { store, workflow };
        let finished = {
            let mut locked = unit.workflow.lock().await;
            let mut future = pin!(locked.synchronize());
            let mut left = polls;
            std::future::poll_fn(|context| match future.as_mut().poll(context) {
                Poll::Ready(outcome) => Poll::Ready(outcome.is_ok()),
                Poll::Pending => {
                    left -= 1;
                    if left == 0 {
                        Poll::Ready(false)
                    } else {
                        Poll::Pending
                    }
                }
            })
            .await
        };
        let mut locked = unit.workflow.lock().await;
        locked.synchronize().await.unwrap();
        assert!(locked.state().is_started());
        drop(locked);
        let persisted = unit.persisted().await;
        assert_eq!(persisted.first().unwrap(), "(new, install)");
        assert_eq!(persisted.last().unwrap(), "(started)");
        if finished {
            assert_eq!(persisted.len(), 3);
            assert!(polls > 2, "the future was never dropped on the way");
            break;
        }
    }
}

/// What is durable is known, whatever observers do.
#[tokio::test]
async fn an_observer_that_panics_is_told_and_disturbs_nothing() {
    let unit = Unit::open(&FaultyStore::new(MemoryStore::new())).await;
    unit.workflow.observe(|_| panic!("it panics"));
    let outcome = unit.workflow.lock().await.synchronize().await.unwrap();
    assert_eq!(outcome.verdict, Verdict::Completed);
    assert_eq!(unit.persisted().await.len(), 3);
}
