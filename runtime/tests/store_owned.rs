//! Who may have a store open, and what others can read, for each store that has a disk.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the promises are tests, though the attribute stands in the macro"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::slice;

use inflight::store::{JournalStore, ReadStore, SqliteStore, StoreError};

mod support;
use support::durable::{Durable, fill, until_free};
use support::place::Place;
use support::process::{Process, role};
use support::records::{SOURCE, commit, id, record, versions};

macro_rules! promises {
    ($($promise:ident,)*) => {
        promises!(sqlite: SqliteStore, $($promise,)*);
        promises!(journal: JournalStore, $($promise,)*);
    };
    ($store:ident: $type:ty, $($promise:ident,)*) => {
        mod $store {
            use super::*;
            $(
                #[tokio::test]
                async fn $promise() {
                    match role() {
                        Some(path) => own::<$type>(&path).await,
                        None => {
                            let test = concat!(stringify!($store), "::", stringify!($promise));
                            super::$promise::<$type>(test).await;
                        }
                    }
                }
            )*
        }
    };
}

promises!(
    a_store_has_one_owner_and_death_frees_it,
    take_over_fences_a_living_owner,
    a_commit_is_one_sync,
    a_second_handle_of_this_process_is_refused,
    closing_is_for_all_handles,
    a_missing_folder_is_named,
    a_reader_creates_no_store,
    damage_is_found_and_changes_nothing,
    a_compacted_store_has_all_that_is_kept,
);

/// Why a store is not opened.
fn refused<S: Durable>(path: &Path) -> StoreError {
    S::open(path, "the parent", 10).map(drop).unwrap_err()
}

/// Opens a store in another process and commits a record there for each line it is sent.
async fn own<S: Durable>(path: &Path) {
    let store = S::open(path, "the child", 10).unwrap();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    support::process::say("ready");
    let mut version = claim.record.as_ref().map_or(0, |record| record.version);
    while support::process::hear() {
        version += 1;
        match store.commit(commit(&unit, &claim, version)).await {
            Ok(()) => support::process::say("committed"),
            Err(error) => support::process::say(&error.to_string()),
        }
    }
}

async fn a_store_has_one_owner_and_death_frees_it<S: Durable>(test: &str) {
    let place = Place::new();
    let path = place.path();
    assert_eq!(S::owner(&path).unwrap(), None);
    let mut child = Process::start(test, &path);
    assert_eq!(child.hear(), "ready");
    child.say("commit");
    assert_eq!(child.hear(), "committed");

    let error = refused::<S>(&path);
    let StoreError::Owned { owner, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (owner.pid, owner.program.as_str()),
        (child.id(), "the child")
    );
    assert!(error.to_string().contains("owned by `the child` (pid "));
    assert_eq!(S::owner(&path).unwrap().as_ref(), Some(owner));
    let reader = S::reader(&path).unwrap();
    let unit = id("unit", "mysql-0");
    assert_eq!(reader.load(&unit).await.unwrap(), Some(record(1)));
    child.say("commit");
    assert_eq!(child.hear(), "committed");
    assert_eq!(reader.load(&unit).await.unwrap(), Some(record(2)));

    child.kill();
    assert_eq!(S::owner(&path).unwrap(), None);
    assert_eq!(versions(&reader, &unit).await, [1, 2], "after its death");
    let store = S::open(&path, "the parent", 10).unwrap();
    assert_eq!(store.load(&unit).await.unwrap(), Some(record(2)));
    let owner = S::owner(&path).unwrap().unwrap();
    assert_eq!(owner.pid, std::process::id());
    assert_eq!(owner.program, "the parent");
}

async fn take_over_fences_a_living_owner<S: Durable>(test: &str) {
    let place = Place::new();
    let path = place.path();
    let mut child = Process::start(test, &path);
    assert_eq!(child.hear(), "ready");
    child.say("commit");
    assert_eq!(child.hear(), "committed");

    let store = S::take_over(&path).unwrap();
    let owner = S::owner(&path).unwrap().unwrap();
    assert_eq!(owner.pid, std::process::id());
    child.say("commit");
    let said = child.hear();
    assert!(said.starts_with("the store was taken over"), "{said}");
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    assert_eq!(claim.record, Some(record(1)));
    store.commit(commit(&unit, &claim, 2)).await.unwrap();

    child.kill();
    let owner = S::owner(&path).unwrap().unwrap();
    assert_eq!(
        owner.pid,
        std::process::id(),
        "the dead one's lock was another"
    );
    refused::<S>(&path);
    store.commit(commit(&unit, &claim, 3)).await.unwrap();
    assert_eq!(versions(&store, &unit).await, [1, 2, 3]);
}

async fn a_commit_is_one_sync<S: Durable>(test: &str) {
    let syncs = |commits: usize| {
        let place = Place::new();
        let trace = place.folder().join("trace");
        let arguments = ["--trace=fsync,fdatasync", "-o", trace.to_str().unwrap()];
        let mut child = Process::traced(&arguments, test, &place.path());
        assert_eq!(child.hear(), "ready");
        for _ in 0..commits {
            child.say("commit");
            assert_eq!(child.hear(), "committed");
        }
        assert_eq!(child.finish(), (vec![], true));
        let trace = fs::read_to_string(trace).unwrap();
        trace.lines().filter(|line| line.contains("sync(")).count()
    };
    // What is left are the syncs of opening and closing.
    assert_eq!(syncs(105) - syncs(5), 100);
}

async fn a_second_handle_of_this_process_is_refused<S: Durable>(_: &str) {
    let place = Place::new();
    let store = S::open(&place.path(), "the parent", 10).unwrap();
    let link = place.folder().join("link.db");
    symlink(place.path(), &link).unwrap();
    for path in [place.path(), link, place.folder().join("./state.db")] {
        let error = refused::<S>(&path);
        assert!(matches!(error, StoreError::Owned { .. }), "{error:?}");
    }

    let clone = store.clone();
    drop(store);
    refused::<S>(&place.path());
    drop(clone);
    until_free::<S>(&place.path());
    S::open(&place.path(), "the parent", 10).unwrap();
}

async fn closing_is_for_all_handles<S: Durable>(_: &str) {
    let place = Place::new();
    let store = S::open(&place.path(), "the parent", 10).unwrap();
    let other = store.clone();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    let queued = store.commit(commit(&unit, &claim, 1));
    store.close().unwrap();

    queued.await.unwrap();
    let closed = |error| matches!(error, StoreError::Closed);
    assert!(closed(other.load(&unit).await.unwrap_err()));
    assert!(closed(other.claim(&unit).await.unwrap_err()));
    assert!(closed(
        other.commit(commit(&unit, &claim, 2)).await.unwrap_err()
    ));
    assert!(closed(other.close().unwrap_err()));
    until_free::<S>(&place.path());
    let store = S::open(&place.path(), "the parent", 10).unwrap();
    assert_eq!(versions(&store, &unit).await, [1]);
}

async fn a_missing_folder_is_named<S: Durable>(_: &str) {
    let place = Place::new();
    let path = place.folder().join("missing/state.db");
    let error = refused::<S>(&path);
    assert_eq!(
        error.to_string(),
        format!(
            "the folder of `{}` does not exist; create it first",
            path.display()
        )
    );
    assert_eq!(S::owner(&path).unwrap(), None);
    let error = S::reader(&path).map(drop).unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error:?}");
}

async fn a_reader_creates_no_store<S: Durable>(_: &str) {
    let place = Place::new();
    let error = S::reader(&place.path()).map(drop).unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error:?}");
    assert_eq!(place.files(), []);

    fill::<S>(&place.path(), 3).await;
    let before = place.files();
    let reader = S::reader(&place.path()).unwrap();
    let unit = id("unit", "mysql-0");
    assert_eq!(reader.list().await.unwrap(), slice::from_ref(&unit));
    assert_eq!(reader.load(&unit).await.unwrap(), Some(record(3)));
    assert_eq!(versions(&reader, &unit).await, [1, 2, 3]);
    let current = reader.current().await.unwrap();
    assert_eq!(current, [(unit, record(3))]);
    let fingerprint = record(3).fingerprint;
    let source = reader.source("unit", fingerprint).await.unwrap();
    assert_eq!(source.as_deref(), Some(SOURCE));
    // SQLite's shared memory and an empty log say nothing.
    let mut after = place.files();
    after.retain(|(name, _)| !name.ends_with("-shm") && !name.ends_with("-wal"));
    assert!(before == after);
}

async fn damage_is_found_and_changes_nothing<S: Durable>(_: &str) {
    let place = Place::new();
    let error = S::verify(&place.path()).unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error:?}");
    let store = S::open(&place.path(), "the owner", 10_000).unwrap();
    assert_eq!(S::verify(&place.path()).unwrap(), [], "beside the owner");
    store.close().unwrap();
    until_free::<S>(&place.path());
    fill::<S>(&place.path(), 200).await;
    assert_eq!(S::verify(&place.path()).unwrap(), []);

    let file = S::largest(&place.path());
    let mut bytes = fs::read(&file).unwrap();
    bytes[8192 - 64..8192 + 64].fill(0x5a);
    fs::write(&file, &bytes).unwrap();
    let found = S::verify(&place.path()).unwrap();
    assert_eq!(found.first().map(|damage| &damage.file), Some(&file));
    assert!(bytes == fs::read(&file).unwrap());
}

async fn a_compacted_store_has_all_that_is_kept<S: Durable>(_: &str) {
    let place = Place::new();
    fill::<S>(&place.path(), 200).await;
    let store = S::open(&place.path(), "the owner", 150).unwrap();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    store.commit(commit(&unit, &claim, 201)).await.unwrap();
    store.compact().await.unwrap();
    let kept: Vec<u64> = (52..=201).collect();
    assert_eq!(versions(&store, &unit).await, kept);
    store.commit(commit(&unit, &claim, 202)).await.unwrap();
    assert_eq!(S::verify(&place.path()).unwrap(), []);
}
