//! A process that dies, or is refused by the system, at any call that writes.
//!
//! strace picks the call: the n-th of a kind, for every n until a run ends clean.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers fail where something is amiss"
)]

use std::path::Path;

use inflight::store::{ReadStore, SqliteReader, SqliteStore, Store, StoreError};

mod support;
use support::process::{Process, role, say};
use support::records::{commit, id, record};

/// The calls by which the store changes what is on the disk.
const WRITING: [&str; 7] = [
    "openat",
    "write",
    "pwrite64",
    "ftruncate",
    "rename",
    "unlink",
    "fsync",
];

/// How many records the other process commits, if it can.
const RECORDS: u64 = 4;

/// Opens the store in the other process, commits, and says how far it came.
async fn live(path: &Path) {
    let store = match SqliteStore::options().retention(2).open(path) {
        Ok(store) => store,
        Err(error) => return say(&format!("not opened: {error:?}")),
    };
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    for version in 1..=RECORDS {
        match store.commit(commit(&unit, &claim, version)).await {
            Ok(()) => say("committed"),
            Err(error) => {
                say(&format!("failed: {error:?}"));
                let later = store.commit(commit(&unit, &claim, version)).await;
                assert!(matches!(later, Err(StoreError::Failed(_))), "{later:?}");
                let later = store.claim(&id("unit", "mysql-1")).await;
                assert!(matches!(later, Err(StoreError::Failed(_))), "{later:?}");
                break;
            }
        }
    }
    match store.close() {
        Ok(()) => say("closed"),
        Err(error) => say(&format!("not closed: {error:?}")),
    }
}

/// What a run under an injected fault came to.
struct Run {
    said: Vec<String>,
    ended: bool,
}

impl Run {
    /// Whether the fault did not come up any more.
    fn clean(&self) -> bool {
        self.ended && self.said.last().is_some_and(|said| said == "closed")
    }
}

/// Runs the other process with a fault at the n-th call of a kind, and checks that what
/// it said was committed is there, and that the store can be used.
async fn run(test: &str, call: &str, fault: &str, n: usize) -> Run {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("state.db");
    let arguments = [
        "-o".to_owned(),
        "/dev/null".to_owned(),
        format!("--trace={call}"),
        format!("--inject={call}:{fault}:when={n}"),
    ];
    let (said, ended) = Process::traced(&arguments, test, &path).finish();
    let run = Run { said, ended };
    let committed = run.said.iter().filter(|said| *said == "committed").count() as u64;

    let context = format!("{call} {n}: {:?}", run.said);
    let unit = id("unit", "mysql-0");
    match SqliteReader::open(&path) {
        Ok(reader) => assert!(last(&reader, &context).await >= committed, "{context}"),
        Err(StoreError::Missing { .. }) => assert_eq!(committed, 0, "{context}"),
        Err(error) => panic!("{context}: {error:?}"),
    }
    let store = SqliteStore::options().retention(2).open(&path).unwrap();
    let found = last(&store, &context).await;
    assert!(
        found == committed || found == committed + 1,
        "{context}: found {found}"
    );
    let claim = store.claim(&unit).await.unwrap();
    store
        .commit(commit(&unit, &claim, found + 1))
        .await
        .unwrap();
    store.close().unwrap();
    run
}

/// The version of the current record; the history ends with it and has no gap.
async fn last(store: &impl ReadStore, context: &str) -> u64 {
    let history = store.history(&id("unit", "mysql-0")).await.unwrap();
    let last = history.last().map_or(0, |record| record.version);
    let kept = (last.saturating_sub(1).max(1)..=last).map(record);
    assert_eq!(history, kept.collect::<Vec<_>>(), "{context}");
    last
}

#[tokio::test]
async fn killed_at_any_call_nothing_committed_is_lost() {
    if let Some(path) = role() {
        return live(&path).await;
    }
    let test = "killed_at_any_call_nothing_committed_is_lost";
    for call in WRITING {
        let mut n = 1;
        while !run(test, call, "signal=KILL", n).await.clean() {
            n += 1;
        }
        assert!(n > 1, "`{call}` is never called");
    }
}

#[tokio::test]
async fn a_failed_write_is_final_and_loses_nothing() {
    if let Some(path) = role() {
        return live(&path).await;
    }
    let test = "a_failed_write_is_final_and_loses_nothing";
    for (call, fault, expect) in [
        ("pwrite64", "error=ENOSPC", "Full"),
        ("pwrite64", "error=EIO", "Io"),
        ("fsync", "error=EIO", "Io"),
    ] {
        let mut failed = 0;
        for n in 1.. {
            let run = run(test, call, fault, n).await;
            if run.clean() {
                break;
            }
            assert!(run.ended, "{call} {n}: {:?}", run.said);
            for said in run.said.iter().filter(|said| said.starts_with("failed")) {
                assert!(said.starts_with(&format!("failed: {expect}")), "{said}");
                failed += 1;
            }
        }
        assert!(failed > 0, "no commit met `{fault}`");
    }
}
