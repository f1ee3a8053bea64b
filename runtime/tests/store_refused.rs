//! What is at the path of an SQLite store and is not one, or not a sound one, is refused
//! and left as it is.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use std::fs;
use std::path::Path;

use inflight::store::{ReadStore, SqliteReader, SqliteStore, Store, StoreError};
use rusqlite::Connection;
use rusqlite::config::DbConfig;

mod support;
use support::place::{Place, fill};
use support::records::{commit, id};

/// Whatever stands at the path is refused with this message, and left as it is.
fn refuses(prepare: impl FnOnce(&Path), expect: &str) {
    let place = Place::new();
    prepare(&place.path());
    // Damage is found only after opening. By then there are SQLite's shared memory and a
    // log without content, which say nothing.
    let opened = expect.contains("is damaged");
    let stored = || {
        let mut files = place.files();
        files.retain(|(name, content)| !opened || !name.ends_with("-shm") && !content.is_empty());
        files
    };
    let before = stored();
    for error in [
        SqliteStore::open(place.path()).unwrap_err(),
        SqliteStore::take_over(place.path()).unwrap_err(),
    ] {
        let folder = format!("{}/", fs::canonicalize(place.folder()).unwrap().display());
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
    sql(&place.path(), "PRAGMA user_version = 6");
    refuses(
        |path| assert!(fs::copy(place.path(), path).is_ok()),
        "`state.db` has format 6, and this program reads formats up to 5; use the program that \
         wrote it, or a newer one",
    );
    let error = SqliteReader::open(place.path()).unwrap_err();
    assert!(matches!(error, StoreError::Version { .. }), "{error:?}");
}

const PAGE: usize = 4096;

/// Many instances of a history of several pages each.
async fn many(path: &Path) {
    let store = SqliteStore::open(path).unwrap();
    for number in 0..15 {
        let unit = id("unit", &format!("mysql-{number}"));
        let claim = store.claim(&unit).await.unwrap();
        for version in 1..=20 {
            store.commit(commit(&unit, &claim, version)).await.unwrap();
        }
    }
    store.close().unwrap();
}

/// Whichever page is damaged: either the store is refused at once, or what its owner goes on
/// with is as it was. Then whoever reads or continues what is damaged is told of it, and what
/// is read is as it was.
#[tokio::test]
async fn damage_is_found_before_it_matters() {
    let place = Place::new();
    many(&place.path()).await;
    let whole = fs::read(place.path()).unwrap();
    let store = SqliteStore::open(place.path()).unwrap();
    let current = store.current().await.unwrap();
    store.close().unwrap();

    let (mut refused, mut told) = (0, 0);
    for page in 0..whole.len() / PAGE {
        // The header stands before what is structure in the first page.
        let at = page * PAGE + if page == 0 { 100 } else { 0 };
        for damage in [vec![0x5a; 64], vec![0; PAGE - at % PAGE]] {
            let mut bytes = whole.clone();
            bytes[at..at + damage.len()].copy_from_slice(&damage);
            fs::write(place.path(), bytes).unwrap();
            let verified = SqliteStore::verify(place.path()).unwrap();
            assert!(!verified.is_empty(), "page {}", page + 1);
            let store = match SqliteStore::open(place.path()) {
                Ok(store) => store,
                Err(StoreError::Corrupt { .. }) => {
                    refused += 1;
                    continue;
                }
                Err(error) => panic!("page {}: {error:?}", page + 1),
            };
            assert_eq!(store.current().await.unwrap(), current);
            let mut damaged = false;
            for (unit, last) in &current {
                match store.history(unit).await {
                    Ok(history) => assert_eq!(history.last(), Some(last)),
                    Err(StoreError::Corrupt { .. }) => damaged = true,
                    Err(error) => panic!("page {}: {error:?}", page + 1),
                }
            }
            assert!(damaged, "page {}", page + 1);
            told += 1;
        }
    }
    assert!(refused > 10 && told > 50, "{refused} and {told}");
}

#[tokio::test]
async fn a_store_that_was_cut_short_is_refused() {
    let place = Place::new();
    fill(&place.path(), 200).await;
    let whole = fs::read(place.path()).unwrap();
    refuses(
        |path| fs::write(path, &whole[..whole.len() - PAGE]).unwrap(),
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
    let log = fs::read(place.folder().join("state.db-wal")).unwrap();
    assert!(!log.is_empty());
    let mut bytes = fs::read(place.path()).unwrap();
    let last = bytes.len() - PAGE;
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
