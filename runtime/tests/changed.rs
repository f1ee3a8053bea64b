//! A new version of a workflow opens what the old one wrote, or refuses it and writes nothing.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::error::Error;
use std::future::pending;

use inflight::store::{InstanceId, MemoryStore, ReadStore};

/// As it was.
mod old {
    inflight::workflow! {
        pub(crate) workflow unit {
            initial state new
            state started { revision: int, note: string }
            action run
            transition start(revision: int, note: string): new -> started { do run }
            transition stop: started -> new { do run }
        }
    }
}

/// With another state in place of the old one.
mod replaced {
    inflight::workflow! {
        pub(crate) workflow unit {
            initial state new
            state running { revision: int, label: string }
            action run
            transition start(revision: int): new -> running(label: "none") { do run }
            transition stop: running -> new { do run }
        }
    }
}

/// With another state behind the old one.
mod behind {
    inflight::workflow! {
        pub(crate) workflow unit {
            initial state new
            state started { revision: int, note: string }
            state running { revision: int, label: string }
            action run
            transition start(revision: int, note: string): new -> started { do run }
            transition give_label: started -> running(revision: source.revision, label: "none") {
                automatic
            }
            transition stop: started | running -> new { do run }
        }
    }
}

struct Works;

struct Hangs;

impl old::unit::Actions for Works {
    type Error = String;
    async fn run(&mut self, _: &old::unit::Context) -> Result<(), String> {
        Ok(())
    }
}

impl old::unit::Actions for Hangs {
    type Error = String;
    async fn run(&mut self, _: &old::unit::Context) -> Result<(), String> {
        pending().await
    }
}

impl replaced::unit::Actions for Works {
    type Error = String;
    async fn run(&mut self, _: &replaced::unit::Context) -> Result<(), String> {
        Ok(())
    }
}

impl behind::unit::Actions for Works {
    type Error = String;
    async fn run(&mut self, _: &behind::unit::Context) -> Result<(), String> {
        Ok(())
    }
}

/// A store in which the old version has started a unit, and perhaps was killed while it
/// stopped it.
async fn left(stopping: bool) -> MemoryStore {
    let store = MemoryStore::new();
    let unit = old::unit::Workflow::open(store.clone(), "a", Works)
        .await
        .unwrap();
    let start = old::unit::Transition::Start {
        revision: 7,
        note: "n".to_owned(),
    };
    unit.lock().await.fire(start).await.unwrap();
    drop(unit);
    if stopping {
        let unit = old::unit::Workflow::open(store.clone(), "a", Hangs)
            .await
            .unwrap();
        let mut unit = unit.lock().await;
        let stop = unit.fire(old::unit::Transition::Stop);
        tokio::time::timeout(std::time::Duration::from_secs(1), stop)
            .await
            .unwrap_err();
    }
    store
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_stays() {
    let store = left(false).await;
    let id = InstanceId::new("unit", "a");
    let before = store.history(&id).await.unwrap();

    let opened = replaced::unit::Workflow::open(store.clone(), "a", Works).await;
    let refused = opened.unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the record of `unit/a`, in `started`, does not fit the workflow; \
         open it with the version of the workflow that wrote it"
    );
    assert_eq!(
        refused.source().unwrap().to_string(),
        "there is no state `started`"
    );
    assert_eq!(store.history(&id).await.unwrap(), before);

    let unit = old::unit::Workflow::open(store, "a", Works).await.unwrap();
    assert!(unit.lock().await.state().is_started());
}

/// The steps by which a new version goes on with what the old one left.
async fn check(stopping: bool, expect: &[&str]) {
    let store = left(stopping).await;
    let unit = behind::unit::Workflow::open(store, "a", Works)
        .await
        .unwrap();
    let outcome = unit.lock().await.synchronize().await.unwrap();
    let steps: Vec<_> = outcome.steps.iter().map(ToString::to_string).collect();
    assert_eq!(steps, expect);
}

#[tokio::test(start_paused = true)]
async fn a_state_behind_the_old_one_takes_its_place() {
    check(false, &["give_label: started -> running"]).await;
    check(true, &["stop: started -> new"]).await;
}
