//! What every store promises.
//!
//! A store takes part with a [`Harness`]; each promise is a function of it, listed once
//! in `contract!`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the promises are tests, though the attribute stands in the macro"
)]

use std::sync::Arc;

use inflight::store::{ReadStore, Store, StoreError};

#[path = "store_contract/harness.rs"]
mod harness;
mod support;
use harness::Harness;
use support::records::{commit, id, record, versions};

macro_rules! contract {
    ($($promise:ident,)*) => {
        contract!(memory: Memory, $($promise,)*);
        contract!(sqlite: Sqlite, $($promise,)*);
        contract!(journal: Journal, $($promise,)*);
    };
    ($store:ident: $harness:ident, $($promise:ident,)*) => {
        mod $store {
            use super::harness::{self, Harness as _};
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $promise() {
                    super::$promise::<harness::$harness>().await;
                }
            )*

            #[tokio::test]
            async fn retention_keeps_the_newest() {
                for (retention, kept) in [(0, vec![5]), (1, vec![5]), (3, vec![3, 4, 5])] {
                    super::keeps_the_newest(harness::$harness::new(retention), &kept).await;
                }
            }
        }
    };
}

contract!(
    an_empty_store_has_nothing,
    what_was_committed_is_loaded,
    records_survive_reopening,
    history_is_oldest_first,
    histories_come_as_they_were_asked_for,
    the_first_version_is_one,
    a_commit_replaces_what_it_expects,
    a_fenced_owner_changes_nothing,
    an_instance_is_claimed_once,
    a_dropped_claim_future_claims_nothing,
    instances_are_listed_in_order,
    the_version_that_was_declared_last_is_the_newest,
    a_dropped_commit_is_carried_out,
    instances_commit_side_by_side,
    a_shared_store_is_a_store,
    the_text_of_a_workflow_is_kept,
);

async fn an_empty_store_has_nothing<H: Harness>() {
    let harness = H::new(10);
    let store = harness.open();
    let unit = id("unit", "mysql-0");

    assert_eq!(store.list().await.unwrap(), []);
    assert_eq!(store.load(&unit).await.unwrap(), None);
    assert_eq!(store.history(&unit).await.unwrap(), []);
    assert_eq!(store.claim(&unit).await.unwrap().record, None);
    assert_eq!(store.list().await.unwrap(), [], "a claim is not a record");
}

async fn what_was_committed_is_loaded<H: Harness>() {
    let harness = H::new(10);
    let store = harness.open();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();

    for version in 1..=3 {
        store.commit(commit(&unit, &claim, version)).await.unwrap();
        assert_eq!(store.load(&unit).await.unwrap(), Some(record(version)));
    }
    assert_eq!(store.load(&id("unit", "mysql-1")).await.unwrap(), None);
    assert_eq!(store.load(&id("relation", "mysql-0")).await.unwrap(), None);
}

async fn records_survive_reopening<H: Harness>() {
    let harness = H::new(10);
    let unit = id("unit", "mysql-0");
    let store = harness.open();
    let first = store.claim(&unit).await.unwrap();
    for version in 1..=3 {
        store.commit(commit(&unit, &first, version)).await.unwrap();
    }
    drop(store);

    let store = harness.open();
    let second = store.claim(&unit).await.unwrap();
    assert!(second.epoch > first.epoch, "each opening has its own epoch");
    assert_eq!(second.record, Some(record(3)));
    assert_eq!(versions(&store, &unit).await, [1, 2, 3]);
    store.commit(commit(&unit, &second, 4)).await.unwrap();
}

async fn the_text_of_a_workflow_is_kept<H: Harness>() {
    let harness = H::new(1);
    let unit = id("unit", "mysql-0");
    let store = harness.open();
    let claim = store.claim(&unit).await.unwrap();
    let mut refused = commit(&unit, &claim, 2);
    refused.record.fingerprint = 7;
    store.commit(refused).await.unwrap_err();
    for (version, fingerprint, source) in [(1, 1, "one"), (2, 2, "two"), (3, 2, "never mind")] {
        let mut commit = commit(&unit, &claim, version);
        commit.record.fingerprint = fingerprint;
        commit.source = source;
        store.commit(commit).await.unwrap();
    }
    drop((store, claim));

    let store = harness.open();
    for (workflow, fingerprint, source) in [
        ("unit", 1, Some("one")),
        ("unit", 2, Some("two")),
        ("unit", 7, None),
        ("relation", 1, None),
    ] {
        let found = store.source(workflow, fingerprint).await.unwrap();
        assert_eq!(found.as_deref(), source, "{workflow} {fingerprint}");
    }
}

async fn history_is_oldest_first<H: Harness>() {
    let harness = H::new(100);
    let store = harness.open();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    for version in 1..=12 {
        store.commit(commit(&unit, &claim, version)).await.unwrap();
    }

    let expected: Vec<_> = (1..=12).map(record).collect();
    assert_eq!(store.history(&unit).await.unwrap(), expected);
}

async fn histories_come_as_they_were_asked_for<H: Harness>() {
    let harness = H::new(100);
    let store = harness.open();
    let [none, two, five] = ["mysql-0", "mysql-1", "mysql-2"].map(|name| id("unit", name));
    for (unit, records) in [(&two, 2), (&five, 5)] {
        let claim = store.claim(unit).await.unwrap();
        for version in 1..=records {
            store.commit(commit(unit, &claim, version)).await.unwrap();
        }
    }

    let found = store.histories(&[five, none, two]).await.unwrap();
    let expected = [5, 0, 2].map(|records| (1..=records).map(record).collect::<Vec<_>>());
    assert_eq!(found, expected);
}

async fn keeps_the_newest<H: Harness>(harness: H, kept: &[u64]) {
    let store = harness.open();
    let (unit, other) = (id("unit", "mysql-0"), id("unit", "mysql-1"));
    let claim = store.claim(&unit).await.unwrap();
    store.commit(commit(&other, &claim, 1)).await.unwrap();
    for version in 1..=5 {
        store.commit(commit(&unit, &claim, version)).await.unwrap();
    }

    assert_eq!(versions(&store, &unit).await, kept);
    assert_eq!(store.load(&unit).await.unwrap(), Some(record(5)));
    assert_eq!(versions(&store, &other).await, [1]);
}

async fn the_first_version_is_one<H: Harness>() {
    let harness = H::new(10);
    let store = harness.open();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();

    let mut gap = commit(&unit, &claim, 1);
    gap.record.version = 2;
    let error = store.commit(gap).await.unwrap_err();
    assert!(
        matches!(
            error,
            StoreError::Gap {
                expected: 0,
                version: 2,
                ..
            }
        ),
        "{error:?}"
    );
    assert_eq!(store.load(&unit).await.unwrap(), None);
    store.commit(commit(&unit, &claim, 1)).await.unwrap();
}

async fn a_commit_replaces_what_it_expects<H: Harness>() {
    let harness = H::new(10);
    let store = harness.open();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    for version in 1..=2 {
        store.commit(commit(&unit, &claim, version)).await.unwrap();
    }

    for version in [1, 2, 4, 9] {
        let error = store
            .commit(commit(&unit, &claim, version))
            .await
            .unwrap_err();
        let StoreError::Conflict {
            instance,
            expected,
            found,
        } = error
        else {
            panic!("{error:?}");
        };
        assert_eq!((instance, expected, found), (unit.clone(), version - 1, 2));
    }
    assert_eq!(versions(&store, &unit).await, [1, 2]);
    store.commit(commit(&unit, &claim, 3)).await.unwrap();
}

async fn a_fenced_owner_changes_nothing<H: Harness>() {
    let harness = H::new(10);
    let unit = id("unit", "mysql-0");
    let old = harness.open();
    let held = old.claim(&unit).await.unwrap();
    old.commit(commit(&unit, &held, 1)).await.unwrap();
    assert_eq!(old.held().await.unwrap(), held.epoch);

    let new = harness.take_over();
    let claim = new.claim(&unit).await.unwrap();
    assert_eq!(claim.record, Some(record(1)));
    assert_eq!(new.held().await.unwrap(), claim.epoch);

    let fenced = |error| match error {
        StoreError::Fenced { held, current } => (held, current),
        other => panic!("{other:?}"),
    };
    let epochs = (held.epoch, claim.epoch);
    let refused = old.commit(commit(&unit, &held, 2)).await.unwrap_err();
    assert_eq!(fenced(refused), epochs);
    let refused = old.claim(&id("unit", "mysql-1")).await.unwrap_err();
    assert_eq!(fenced(refused), epochs);
    assert_eq!(fenced(old.held().await.unwrap_err()), epochs);
    // The epoch counts, not the handle.
    let refused = new.commit(commit(&unit, &held, 2)).await.unwrap_err();
    assert_eq!(fenced(refused), epochs);

    assert_eq!(versions(&new, &unit).await, [1]);
    new.commit(commit(&unit, &claim, 2)).await.unwrap();
    assert_eq!(old.load(&unit).await.unwrap(), Some(record(2)));
}

async fn an_instance_is_claimed_once<H: Harness>() {
    let harness = H::new(10);
    let store = harness.open();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    store.commit(commit(&unit, &claim, 1)).await.unwrap();

    let error = store.clone().claim(&unit).await.unwrap_err();
    assert!(
        matches!(&error, StoreError::Claimed { instance } if *instance == unit),
        "{error:?}"
    );
    drop(store.claim(&id("unit", "mysql-1")).await.unwrap());
    drop(claim);
    let claim = store.claim(&unit).await.unwrap();
    assert_eq!(claim.record, Some(record(1)));
}

async fn a_dropped_claim_future_claims_nothing<H: Harness>() {
    let harness = H::new(10);
    let store = harness.open();
    let unit = id("unit", "mysql-0");
    drop(store.claim(&unit));
    // Done after the claim, whose result nobody took.
    store.load(&unit).await.unwrap();

    store.claim(&unit).await.unwrap();
}

async fn instances_are_listed_in_order<H: Harness>() {
    let harness = H::new(10);
    let store = harness.open();
    let mut ids = vec![
        id("unit", "b"),
        id("unit", "a/2"),
        id("unit", "a"),
        id("unit", "é \"'\u{0}"),
        id("unit", ""),
        id("relation", "z"),
        id("unit_two", "a"),
    ];
    for id in &ids {
        let claim = store.claim(id).await.unwrap();
        for version in 1..=2 {
            store.commit(commit(id, &claim, version)).await.unwrap();
        }
    }

    ids.sort();
    assert_eq!(store.list().await.unwrap(), ids);
    let current: Vec<_> = ids.into_iter().map(|id| (id, record(2))).collect();
    assert_eq!(store.current().await.unwrap(), current);
}

async fn the_version_that_was_declared_last_is_the_newest<H: Harness>() {
    let harness = H::new(10);
    let store = harness.open();
    let newest = async |store: &H::Store| {
        let newest = store.newest("unit").await.unwrap();
        newest.map(|(fingerprint, text)| format!("{fingerprint} {text}"))
    };
    store.declare("unit", 5, "five").await.unwrap();
    assert_eq!(newest(&store).await, None, "it has nothing of it yet");

    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    let first = commit(&unit, &claim, 1);
    let written = format!("{} {}", first.record.fingerprint, first.source);
    let again = (first.record.fingerprint, first.source);
    store.commit(first).await.unwrap();
    assert_eq!(newest(&store).await, Some(written.clone()));
    assert_eq!(store.newest("other").await.unwrap(), None);

    for (declared, text) in [(5, "five"), again, (6, "six"), (5, "five"), (5, "five")] {
        store.declare("unit", declared, text).await.unwrap();
        let expect = Some(format!("{declared} {text}"));
        assert_eq!(newest(&store).await, expect);
    }
    drop((claim, store));
    let store = harness.open();
    assert_eq!(newest(&store).await.as_deref(), Some("5 five"));
    let six = store.source("unit", 6).await.unwrap();
    assert_eq!(six.as_deref(), Some("six"));
    let of_record = store.source("unit", again.0).await.unwrap();
    assert_eq!(of_record.as_deref(), Some(again.1));

    let former = store;
    let store = harness.take_over();
    let fenced = former.declare("unit", 6, "six").await;
    assert!(
        matches!(fenced, Err(StoreError::Fenced { .. })),
        "{fenced:?}"
    );
    assert_eq!(newest(&store).await.as_deref(), Some("5 five"));
}

async fn a_dropped_commit_is_carried_out<H: Harness>() {
    let harness = H::new(10);
    let unit = id("unit", "mysql-0");
    let store = harness.open();
    let claim = store.claim(&unit).await.unwrap();
    drop(store.commit(commit(&unit, &claim, 1)));
    drop(claim);
    let claim = store.claim(&unit).await.unwrap();
    assert_eq!(claim.record, Some(record(1)), "as the next claim sees it");

    drop(store.commit(commit(&unit, &claim, 2)));
    drop(store);
    let store = harness.open();
    assert_eq!(store.load(&unit).await.unwrap(), Some(record(2)));
}

async fn instances_commit_side_by_side<H: Harness>() {
    let harness = H::new(100);
    let store = harness.open();
    let ids: Vec<_> = (10..26).map(|n| id("unit", &format!("u-{n}"))).collect();
    let tasks: Vec<_> = ids
        .iter()
        .map(|unit| {
            let (store, unit) = (store.clone(), unit.clone());
            tokio::spawn(async move {
                let claim = store.claim(&unit).await.unwrap();
                for version in 1..=20 {
                    store.commit(commit(&unit, &claim, version)).await.unwrap();
                    let stale = commit(&unit, &claim, version);
                    store.commit(stale).await.unwrap_err();
                    assert_eq!(store.load(&unit).await.unwrap(), Some(record(version)));
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    drop(store);

    let store = harness.open();
    assert_eq!(store.list().await.unwrap(), ids);
    for unit in &ids {
        assert_eq!(versions(&store, unit).await, (1..=20).collect::<Vec<u64>>());
    }
}

async fn a_shared_store_is_a_store<H: Harness>() {
    let harness = H::new(10);
    let store: Arc<dyn Store> = Arc::new(harness.open());
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    store.commit(commit(&unit, &claim, 1)).await.unwrap();
    assert_eq!(versions(&store, &unit).await, [1]);
    assert_eq!(store.load(&unit).await.unwrap(), Some(record(1)));
    assert_eq!(store.list().await.unwrap(), [unit]);
}
