//! What the SQLite store promises beyond the contract: who may have it open, what it
//! refuses, what it leaves alone.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers fail where something is amiss"
)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::slice;

use inflight::store::{ReadStore, SqliteReader, SqliteStore, Store, StoreError};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tempfile::TempDir;

mod support;
use support::process::{Process, role};
use support::records::{commit, id, record, versions};

/// A folder of its own for a store.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("state.db")
    }

    /// The files in it, with their contents.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<_> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read(entry.path()).unwrap_or_default())
            })
            .collect();
        files.sort();
        files
    }
}

/// Writes the records 1 to `last` of `unit/mysql-0`.
async fn fill(path: &Path, last: u64) {
    let store = SqliteStore::open(path).unwrap();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    for version in 1..=last {
        store.commit(commit(&unit, &claim, version)).await.unwrap();
    }
    store.close().unwrap();
}

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
        let trace = place.0.path().join("trace");
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
    let link = place.0.path().join("link.db");
    symlink(place.path(), &link).unwrap();
    for path in [place.path(), link, place.0.path().join("./state.db")] {
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
            (0..8)
                .map(|column| Ok(format!("{:?}", row.get_ref(column)?)))
                .collect()
        })
        .unwrap();
    let variables =
        r#"{"count":2,"none":null,"ratio":0.30000000000000004,"text":"é \"quoted\" \u0000"}"#;
    let inflight = r#"{"transition":"configure","inputs":{"hooks":true},"execution":"0190-2","cause":"request-7","attempt":2,"interruptions":1,"failure":null}"#;
    let expected = [
        "unit",
        "mysql-0",
        "2",
        "2023-11-14T22:13:22.123456789Z",
        "fffffffffffffffd",
        "state_2",
        variables,
        inflight,
    ];
    let expected: Vec<String> = expected
        .iter()
        .map(|text| match text.parse::<i64>() {
            Ok(number) => format!("Integer({number})"),
            Err(_) => format!("{:?}", rusqlite::types::ValueRef::from(*text)),
        })
        .collect();
    assert_eq!(current, expected);
}

/// Whatever stands at the path is refused with this message, and left as it is.
fn refuses(prepare: impl FnOnce(&Path), expect: &str) {
    let place = Place::new();
    prepare(&place.path());
    // SQLite's shared memory and a log without content say nothing.
    let stored = || {
        let mut files = place.files();
        files.retain(|(name, content)| !name.ends_with("-shm") && !content.is_empty());
        files
    };
    let before = stored();
    for error in [
        SqliteStore::open(place.path()).unwrap_err(),
        SqliteStore::take_over(place.path()).unwrap_err(),
    ] {
        let folder = format!("{}/", fs::canonicalize(place.0.path()).unwrap().display());
        assert_eq!(error.to_string().replace(&folder, ""), expect);
        assert!(stored() == before, "the store was changed");
        assert_eq!(SqliteStore::owner(place.path()).unwrap_or(None), None);
    }
}

fn sql(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

#[test]
fn what_is_not_a_store_is_refused() {
    refuses(
        |path| fs::write(path, "a letter ".repeat(100)).unwrap(),
        "`state.db` is not a store: file is not a database; choose another path",
    );
    refuses(
        |path| fs::create_dir(path).unwrap(),
        "`state.db` is not a store: it is a folder; choose another path",
    );
    let foreign =
        "`state.db` is not a store: it is the database of another program; choose another path";
    refuses(|path| sql(path, "CREATE TABLE notes (text TEXT)"), foreign);
    refuses(
        |path| {
            sql(
                path,
                "PRAGMA journal_mode = wal; CREATE TABLE notes (text TEXT)",
            )
        },
        foreign,
    );
    refuses(|path| sql(path, "PRAGMA application_id = 7"), foreign);
    refuses(|path| sql(path, "PRAGMA user_version = 1"), foreign);
}

#[tokio::test]
async fn a_newer_store_is_refused() {
    let place = Place::new();
    fill(&place.path(), 3).await;
    sql(&place.path(), "PRAGMA user_version = 2");
    refuses(
        |path| assert!(fs::copy(place.path(), path).is_ok()),
        "`state.db` has format 2, and this program reads formats up to 1; use the program that \
         wrote it, or a newer one",
    );
    let error = SqliteReader::open(place.path()).unwrap_err();
    assert!(matches!(error, StoreError::Version { .. }), "{error:?}");
}

#[tokio::test]
async fn a_damaged_store_is_refused() {
    let place = Place::new();
    fill(&place.path(), 200).await;
    let whole = fs::read(place.path()).unwrap();
    let page = 4096;
    assert!(whole.len() > 6 * page, "several pages of records");

    for damaged in (1..whole.len() / page).map(|n| n * page) {
        let mut bytes = whole.clone();
        bytes[damaged..damaged + 64].fill(0x5a);
        fs::write(place.path(), bytes).unwrap();
        let error = SqliteStore::open(place.path()).unwrap_err();
        assert!(
            matches!(error, StoreError::Corrupt { .. }),
            "page {}: {error:?}",
            damaged / page + 1
        );
    }
    refuses(
        |path| fs::write(path, &whole[..whole.len() - page]).unwrap(),
        "`state.db` is damaged: database disk image is malformed; restore it from a copy",
    );
}

#[tokio::test]
async fn a_damaged_store_keeps_its_log() {
    let place = Place::new();
    fill(&place.path(), 200).await;
    // A log that nobody has merged, as a killed owner leaves it.
    let connection = Connection::open(place.path()).unwrap();
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
        .unwrap();
    connection
        .execute("UPDATE owner SET epoch = 9", [])
        .unwrap();
    drop(connection);
    let log = fs::read(place.0.path().join("state.db-wal")).unwrap();
    assert!(!log.is_empty());
    let mut bytes = fs::read(place.path()).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..last + 64].fill(0x5a);
    refuses(
        |path| {
            fs::write(path, &bytes).unwrap();
            fs::write(path.with_extension("db-wal"), &log).unwrap();
        },
        &damage(&bytes),
    );
}

/// What SQLite says of these bytes.
fn damage(bytes: &[u8]) -> String {
    let place = Place::new();
    fs::write(place.path(), bytes).unwrap();
    let detail = Connection::open(place.path())
        .unwrap()
        .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        .unwrap_or_else(|error| error.to_string());
    format!("`state.db` is damaged: {detail}; restore it from a copy")
}

#[test]
fn a_missing_folder_is_named() {
    let place = Place::new();
    let path = place.0.path().join("missing/state.db");
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
