//! What the SQLite store promises beyond the others: tables that a person can read, and
//! older formats.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

use std::fs;

use inflight::store::{ReadStore, SqliteReader, SqliteStore, Store, StoreError, StoredRecord};
use rusqlite::Connection;

mod support;
use support::place::{Place, fill};
use support::records::{SOURCE, commit, id, record};

#[tokio::test]
async fn a_person_can_read_the_tables() {
    let place = Place::new();
    fill(&place.path(), 2).await;

    let connection = Connection::open(place.path()).unwrap();
    let current: Vec<String> = connection
        .query_row("SELECT * FROM current_record", [], |row| {
            (0..12)
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
const LACKS: [&str; 4] = [
    "ALTER TABLE record DROP COLUMN entered; ALTER TABLE record DROP COLUMN spent;",
    "ALTER TABLE record DROP COLUMN intervention; DROP TABLE source;",
    "ALTER TABLE record DROP COLUMN failures;",
    "DROP TABLE current_record;",
];

/// What current records were before they had a table.
const VIEW: &str = "
    CREATE VIEW current_record AS SELECT * FROM record AS this WHERE version = (
        SELECT max(version) FROM record
        WHERE workflow = this.workflow AND instance = this.instance
    )";

#[tokio::test]
async fn an_older_store_is_read_and_brought_up_to_date() {
    let last = record(3);
    for format in [1, 2, 3, 4] {
        let older = StoredRecord {
            entered: last.entered.filter(|_| format > 1),
            intervention: last.intervention.clone().filter(|_| format > 2),
            failures: match format {
                4 => last.failures.clone(),
                _ => Vec::new(),
            },
            ..last.clone()
        };
        is_brought_up_to_date(format, older).await;
    }
}

async fn is_brought_up_to_date(format: usize, older: StoredRecord) {
    let place = Place::new();
    fill(&place.path(), 3).await;
    let connection = Connection::open(place.path()).unwrap();
    connection
        .execute_batch(&format!(
            "{}; {VIEW}; DROP TABLE declared; PRAGMA user_version = {format}",
            LACKS[format - 1..].concat()
        ))
        .unwrap();
    drop(connection);

    let unit = id("unit", "mysql-0");
    let reader = SqliteReader::open(place.path()).unwrap();
    assert_eq!(reader.load(&unit).await.unwrap(), Some(older.clone()));
    assert_eq!(reader.list().await.unwrap(), std::slice::from_ref(&unit));
    let source = reader.source("unit", older.fingerprint).await.unwrap();
    assert_eq!(source.is_some(), format > 2);
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
    assert_eq!(columns.column_count(), 12);
    SqliteStore::open(place.path()).unwrap();
    assert_eq!(SqliteStore::verify(place.path()).unwrap(), []);
}

/// Where the tables disagree, something that was committed is lost: nothing is built on it.
#[tokio::test]
async fn a_history_and_a_current_record_that_disagree_are_damage() {
    for (change, seen, expect) in [
        (
            "DELETE FROM current_record",
            None,
            "the current record of `unit/mysql-0` is 0, and the last of its history 3",
        ),
        (
            "DELETE FROM record WHERE version = 3",
            Some(3),
            "the current record of `unit/mysql-0` is 3, and the last of its history 2",
        ),
        (
            "REPLACE INTO current_record SELECT * FROM record WHERE version = 2",
            Some(2),
            "the current record of `unit/mysql-0` is 2, and the last of its history 3",
        ),
    ] {
        let place = Place::new();
        fill(&place.path(), 3).await;
        let connection = Connection::open(place.path()).unwrap();
        connection.execute_batch(change).unwrap();
        drop(connection);
        let found = SqliteStore::verify(place.path()).unwrap();
        assert_eq!(
            found.iter().map(|it| &*it.detail).collect::<Vec<_>>(),
            ["the current record of `unit/mysql-0` is not the last of its history"]
        );

        let store = SqliteStore::open(place.path()).unwrap();
        let unit = id("unit", "mysql-0");
        let claim = store.claim(&unit).await.unwrap();
        let version = claim.record.as_ref().map(|record| record.version);
        assert_eq!(version, seen);
        let next = commit(&unit, &claim, version.unwrap_or(0) + 1);
        let error = store.commit(next.clone()).await.unwrap_err();
        let StoreError::Corrupt { detail, .. } = &error else {
            panic!("{error:?}");
        };
        assert_eq!(detail, expect);
        let again = store.commit(next).await.unwrap_err();
        assert!(matches!(again, StoreError::Failed(_)), "{again:?}");
    }
}

#[tokio::test]
async fn closing_leaves_one_file_of_records() {
    let place = Place::new();
    fill(&place.path(), 3).await;
    let names: Vec<_> = place.files().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["state.db", "state.db.lock", "state.db.opening"]);
}

#[test]
fn an_empty_file_is_no_store_yet() {
    let place = Place::new();
    fs::write(place.path(), "").unwrap();
    let error = SqliteReader::open(place.path()).unwrap_err();
    assert!(matches!(error, StoreError::Missing { .. }), "{error:?}");
    assert_eq!(fs::read(place.path()).unwrap(), b"");
}

#[test]
fn an_owner_that_does_not_say_is_its_program() {
    let place = Place::new();
    let store = SqliteStore::open(place.path()).unwrap();
    let owner = SqliteStore::owner(place.path()).unwrap().unwrap();
    assert!(owner.program.starts_with("store_sqlite"), "{owner}");
    store.close().unwrap();
}
