//! A disk that is full while a store is compacted, and a folder that may not be written.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use std::error::Error;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use inflight::store::{InstanceId, JournalStore, ReadStore, SqliteStore, StoreError};

mod support;
use support::durable::{Durable, until_free};
use support::place::Place;
use support::process::{Process, role, say};
use support::records::{commit, id, record, versions};

macro_rules! promises {
    ($($promise:ident: $child:ident,)*) => {
        promises!(@ sqlite: SqliteStore, $($promise: $child,)*);
        promises!(@ journal: JournalStore, $($promise: $child,)*);
    };
    (@ $store:ident: $type:ty, $($promise:ident: $child:ident,)*) => {
        mod $store {
            use super::*;
            $(
                #[tokio::test]
                async fn $promise() {
                    match role() {
                        Some(path) => $child::<$type>(&path).await,
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
    a_disk_that_is_full_in_the_middle_of_compaction_costs_no_record: compact,
    what_may_not_be_written_can_be_read: read,
);

/// How many records the store has of the instance.
const LAST: u64 = 40;

/// How many are kept.
const KEPT: u64 = 3;

fn unit() -> InstanceId {
    id("unit", "mysql-0")
}

/// A store with more than is kept from now on, in records that take some space.
async fn filled<S: Durable>() -> Place {
    let place = Place::new();
    let store = S::open(&place.path(), "the parent", 1000).unwrap();
    let claim = store.claim(&unit()).await.unwrap();
    for version in 1..=LAST {
        let mut commit = commit(&unit(), &claim, version);
        if version < LAST {
            commit.record.state = "x".repeat(20_000).into();
        }
        store.commit(commit).await.unwrap();
    }
    drop(claim);
    store.close().unwrap();
    until_free::<S>(&place.path());
    place
}

/// In the other process: opens the store, compacts it, and says what came of it.
async fn compact<S: Durable>(path: &Path) {
    let store = match S::open(path, "the child", KEPT) {
        Ok(store) => store,
        Err(error) => return say(&format!("not opened: {error}")),
    };
    say(&match store.compact().await {
        Ok(()) => "compacted".to_owned(),
        Err(error) => format!("not compacted: {error}"),
    });
    say(&match store.load(&unit()).await {
        Ok(found) if found == Some(record(LAST)) => "readable".to_owned(),
        found => format!("{found:?}"),
    });
    // There is no space for it.
    drop(store.close());
}

/// Whatever the first call is that finds the disk full.
async fn a_disk_that_is_full_in_the_middle_of_compaction_costs_no_record<S: Durable>(test: &str) {
    let mut full = 0;
    for call in 1.. {
        let place = filled::<S>().await;
        let path = place.path();
        let inject = format!("inject=pwrite64,fallocate:error=ENOSPC:when={call}+");
        let trace = place.folder().join("trace");
        let arguments = ["-e", &inject, "-o", trace.to_str().unwrap()];
        let (said, ended) = Process::traced(&arguments, test, &path).finish();
        assert!(ended, "{said:?}");
        until_free::<S>(&path);

        assert_eq!(S::verify(&path).unwrap(), []);
        let reader = S::reader(&path).unwrap();
        assert_eq!(reader.load(&unit()).await.unwrap(), Some(record(LAST)));
        let kept = versions(&reader, &unit()).await;
        let newest: Vec<_> = (LAST + 1 - KEPT..=LAST).collect();
        assert!(kept.ends_with(&newest), "{kept:?}");
        let store = S::open(&path, "the parent", KEPT).unwrap();
        let claim = store.claim(&unit()).await.unwrap();
        store
            .commit(commit(&unit(), &claim, LAST + 1))
            .await
            .unwrap();
        store.compact().await.unwrap();
        let newest: Vec<_> = (LAST + 2 - KEPT..=LAST + 1).collect();
        assert_eq!(versions(&store, &unit()).await, newest);

        let folder = fs::canonicalize(place.folder()).unwrap();
        let said: Vec<_> = { said.iter() }
            .map(|line| line.replace(&format!("{}/", folder.display()), ""))
            .collect();
        let no_space = "there is no space left to write `state.db`; make room, then open the store \
                        again";
        match said[0].split_once(": ") {
            None => {
                assert_eq!(said, ["compacted", "readable"]);
                break;
            }
            Some(("not opened", why)) => assert_eq!(why, no_space),
            Some(("not compacted", why)) => {
                full += 1;
                assert_eq!((why, &*said[1]), (no_space, "readable"));
            }
            Some(_) => panic!("{said:?}"),
        }
    }
    assert!(full > 0, "no compaction has found the disk full");
}

/// In the other process: reads the store, and tries to write to it.
async fn read<S: Durable>(path: &Path) {
    let reader = S::reader(path).unwrap();
    assert_eq!(reader.load(&unit()).await.unwrap(), Some(record(LAST)));
    assert_eq!(reader.history(&unit()).await.unwrap().len() as u64, LAST);
    assert_eq!(S::verify(path).unwrap(), []);
    assert_eq!(S::owner(path).unwrap(), None);
    for refused in [S::open(path, "the child", 1), S::take_over(path)] {
        let error = refused.map(drop).unwrap_err();
        assert!(matches!(error, StoreError::Io { .. }), "{error:?}");
        say(&format!("{error}: {}", error.source().unwrap()));
    }
}

async fn what_may_not_be_written_can_be_read<S: Durable>(test: &str) {
    let place = filled::<S>().await;
    let allow = |folders, files| {
        let path = place.path();
        let inner = { fs::read_dir(&path).into_iter().flatten() }.map(|file| file.unwrap().path());
        let beside = fs::read_dir(place.folder()).unwrap();
        let beside = beside.map(|file| file.unwrap().path());
        let all = inner.chain(beside).chain([place.folder().to_owned()]);
        for path in all {
            let mode = if path.is_dir() { folders } else { files };
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    allow(0o555, 0o444);
    let before = place.files();
    let mut command = Command::new(std::env::current_exe().unwrap());
    if fs::metadata(place.folder()).unwrap().uid() == 0 {
        // Who has all rights may write in any case.
        command.uid(65_534).gid(65_534);
    }
    let (said, ended) = Process::spawn(command, test, &place.path()).finish();
    assert!(ended, "{said:?}");
    let after = place.files();
    allow(0o755, 0o644);
    let place = format!(
        "{}/state.db",
        fs::canonicalize(place.folder()).unwrap().display()
    );
    let lock = match fs::metadata(&place).unwrap().is_dir() {
        true => "state.db/opening",
        false => "state.db.opening",
    };
    let expect = format!(
        "cannot lock `{lock}`; see to the cause, then open the store again: Permission denied (os \
         error 13)"
    );
    let said: Vec<_> = { said.iter() }
        .map(|line| line.replace(&place, "state.db"))
        .collect();
    assert_eq!(said, [expect.clone(), expect]);
    assert!(before == after, "the store was changed");
}
