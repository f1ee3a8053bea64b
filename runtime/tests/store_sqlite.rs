//! What the SQLite store promises beyond the contract: who may have it open, and what
//! others can read.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::slice;

use inflight::store::{ReadStore, SqliteReader, SqliteStore, Store, StoreError, StoredRecord};
use rusqlite::Connection;

mod support;
use support::place::{Place, fill};
use support::process::{Process, role};
use support::records::{SOURCE, commit, id, record, versions};

/// Opens a store in another process and commits a record there for each line it is sent.
async fn own(path: &Path) {
    let store = SqliteStore::options()
        .owner("the child")
        .open(path)
        .unwrap();
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

#[tokio::test]
async fn a_store_has_one_owner_and_death_frees_it() {
    if let Some(path) = role() {
        return own(&path).await;
    }
    let place = Place::new();
    let path = place.path();
    assert_eq!(SqliteStore::owner(&path).unwrap(), None);
    let mut child = Process::start("a_store_has_one_owner_and_death_frees_it", &path);
    assert_eq!(child.hear(), "ready");
    child.say("commit");
    assert_eq!(child.hear(), "committed");

    let error = SqliteStore::open(&path).unwrap_err();
    let StoreError::Owned { owner, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (owner.pid, owner.program.as_str()),
        (child.id(), "the child")
    );
    assert!(error.to_string().contains("owned by `the child` (pid "));
    assert_eq!(SqliteStore::owner(&path).unwrap().as_ref(), Some(owner));
    let reader = SqliteReader::open(&path).unwrap();
    let unit = id("unit", "mysql-0");
    assert_eq!(reader.load(&unit).await.unwrap(), Some(record(1)));
    child.say("commit");
    assert_eq!(child.hear(), "committed");
    assert_eq!(reader.load(&unit).await.unwrap(), Some(record(2)));

    child.kill();
    assert_eq!(SqliteStore::owner(&path).unwrap(), None);
    assert_eq!(versions(&reader, &unit).await, [1, 2], "after its death");
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.load(&unit).await.unwrap(), Some(record(2)));
    let owner = SqliteStore::owner(&path).unwrap().unwrap();
    assert_eq!(owner.pid, std::process::id());
    assert!(owner.program.starts_with("store_sqlite"), "{owner}");
}

#[tokio::test]
async fn take_over_fences_a_living_owner() {
    if let Some(path) = role() {
        return own(&path).await;
    }
    let place = Place::new();
    let path = place.path();
    let mut child = Process::start("take_over_fences_a_living_owner", &path);
    assert_eq!(child.hear(), "ready");
    child.say("commit");
    assert_eq!(child.hear(), "committed");

    let store = SqliteStore::take_over(&path).unwrap();
    let owner = SqliteStore::owner(&path).unwrap().unwrap();
    assert_eq!(owner.pid, std::process::id());
    child.say("commit");
    let refused = child.hear();
    assert!(refused.starts_with("the store was taken over"), "{refused}");
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    assert_eq!(claim.record, Some(record(1)));
    store.commit(commit(&unit, &claim, 2)).await.unwrap();

    child.kill();
    let owner = SqliteStore::owner(&path).unwrap().unwrap();
    assert_eq!(
        owner.pid,
        std::process::id(),
        "the dead one's lock was another"
    );
    SqliteStore::open(&path).unwrap_err();
    store.commit(commit(&unit, &claim, 3)).await.unwrap();
    assert_eq!(versions(&store, &unit).await, [1, 2, 3]);
}

#[tokio::test]
async fn a_commit_is_one_sync() {
    if let Some(path) = role() {
        return own(&path).await;
    }
    let syncs = |commits: usize| {
        let place = Place::new();
        let trace = place.folder().join("trace");
        let arguments = ["--trace=fsync,fdatasync", "-o", trace.to_str().unwrap()];
        let mut child = Process::traced(&arguments, "a_commit_is_one_sync", &place.path());
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

#[test]
fn a_second_handle_of_this_process_is_refused() {
    let place = Place::new();
    let store = SqliteStore::open(place.path()).unwrap();
    let link = place.folder().join("link.db");
    symlink(place.path(), &link).unwrap();
    for path in [place.path(), link, place.folder().join("./state.db")] {
        let error = SqliteStore::open(&path).unwrap_err();
        assert!(matches!(error, StoreError::Owned { .. }), "{error:?}");
    }

    let clone = store.clone();
    drop(store);
    SqliteStore::open(place.path()).unwrap_err();
    drop(clone);
    SqliteStore::open(place.path()).unwrap();
}

#[tokio::test]
async fn closing_is_for_all_handles() {
    let place = Place::new();
    let store = SqliteStore::open(place.path()).unwrap();
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
    let names: Vec<_> = place.files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["state.db", "state.db.lock", "state.db.opening"]);
    let store = SqliteStore::open(place.path()).unwrap();
    assert_eq!(versions(&store, &unit).await, [1]);
}

#[tokio::test]
async fn a_person_can_read_the_tables() {
    let place = Place::new();
    fill(&place.path(), 2).await;

    let connection = Connection::open(place.path()).unwrap();
    let current: Vec<String> = connection
        .query_row("SELECT * FROM current_record", [], |row| {
            (0..11)
                .map(|column| Ok(format!("{:?}", row.get_ref(column)?)))
                .collect()
        })
        .unwrap();
    let variables =
        r#"{"count":2,"none":null,"ratio":0.30000000000000004,"text":"é \"quoted\" \u0000"}"#;
    let inflight = r#"{"transition":"configure","inputs":{"hooks":true},"execution":"0190-2","cause":"request-7","attempt":2,"interruptions":1,"failure":null,"until":"2023-11-14T22:14:22.000000001Z"}"#;
    let expected = [
        "unit",
        "mysql-0",
        "2",
        "2023-11-14T22:13:22.123456789Z",
        "fffffffffffffffd",
        "state_2",
        variables,
        inflight,
        "2023-11-14T22:13:19.999999999Z",
        "",
        "",
    ];
    let expected: Vec<String> = expected
        .iter()
        .map(|text| match text.parse::<i64>() {
            Ok(number) => format!("Integer({number})"),
            Err(_) if text.is_empty() => "Null".to_owned(),
            Err(_) => format!("{:?}", rusqlite::types::ValueRef::from(*text)),
        })
        .collect();
    assert_eq!(current, expected);
}

/// What a store of an older format lacks, as what would have to be taken from one of ours.
const LACKS: [&str; 2] = [
    "ALTER TABLE record DROP COLUMN entered; ALTER TABLE record DROP COLUMN spent;",
    "ALTER TABLE record DROP COLUMN intervention; DROP TABLE source;",
];

#[tokio::test]
async fn an_older_store_is_read_and_brought_up_to_date() {
    let last = record(3);
    for format in [1, 2] {
        let older = StoredRecord {
            entered: last.entered.filter(|_| format > 1),
            intervention: None,
            ..last.clone()
        };
        is_brought_up_to_date(format, older).await;
    }
}

async fn is_brought_up_to_date(format: usize, older: StoredRecord) {
    let place = Place::new();
    fill(&place.path(), 3).await;
    let connection = Connection::open(place.path()).unwrap();
    let view: String = connection
        .query_row(
            "SELECT sql FROM sqlite_schema WHERE type = 'view'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    connection
        .execute_batch(&format!(
            "DROP VIEW current_record;
             {};
             {view};
             PRAGMA user_version = {format}",
            LACKS[format - 1..].concat()
        ))
        .unwrap();
    drop(connection);

    let unit = id("unit", "mysql-0");
    let reader = SqliteReader::open(place.path()).unwrap();
    assert_eq!(reader.load(&unit).await.unwrap(), Some(older.clone()));
    assert_eq!(
        reader.source("unit", older.fingerprint).await.unwrap(),
        None
    );
    let store = SqliteStore::open(place.path()).unwrap();
    let claim = store.claim(&unit).await.unwrap();
    assert_eq!(claim.record, Some(older.clone()));
    for version in 4..=6 {
        store.commit(commit(&unit, &claim, version)).await.unwrap();
        assert_eq!(reader.load(&unit).await.unwrap(), Some(record(version)));
    }
    assert_eq!(store.history(&unit).await.unwrap()[2], older);
    let written = record(6).fingerprint;
    let source = reader.source("unit", written).await.unwrap();
    assert_eq!(source.as_deref(), Some(SOURCE));
    drop(claim);
    store.close().unwrap();
    let columns = Connection::open(place.path()).unwrap();
    let columns = columns.prepare("SELECT * FROM current_record").unwrap();
    assert_eq!(columns.column_count(), 11);
    SqliteStore::open(place.path()).unwrap();
}

#[test]
fn a_missing_folder_is_named() {
    let place = Place::new();
    let path = place.folder().join("missing/state.db");
    let error = SqliteStore::open(&path).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "the folder of `{}` does not exist; create it first",
            path.display()
        )
    );
    assert_eq!(SqliteStore::owner(&path).unwrap(), None);
    let error = SqliteReader::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error:?}");
}

#[tokio::test]
async fn a_reader_creates_no_store() {
    let place = Place::new();
    let missing = |error| matches!(error, StoreError::Missing { .. });
    assert!(missing(SqliteReader::open(place.path()).unwrap_err()));
    assert_eq!(place.files(), []);
    fs::write(place.path(), "").unwrap();
    assert!(missing(SqliteReader::open(place.path()).unwrap_err()));
    assert_eq!(fs::read(place.path()).unwrap(), b"");

    fs::remove_file(place.path()).unwrap();
    fill(&place.path(), 3).await;
    let reader = SqliteReader::open(place.path()).unwrap();
    let unit = id("unit", "mysql-0");
    let before = fs::read(place.path()).unwrap();
    assert_eq!(reader.list().await.unwrap(), slice::from_ref(&unit));
    assert_eq!(reader.load(&unit).await.unwrap(), Some(record(3)));
    assert_eq!(versions(&reader, &unit).await, [1, 2, 3]);
    assert!(before == fs::read(place.path()).unwrap());
}
