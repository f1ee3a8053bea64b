//! Records as rows.

use std::error::Error;
use std::time::SystemTime;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::fields::{decode_time, encode_time};
use crate::store::{Commit, InstanceId, StoredRecord};

/// The store's epoch.
pub(super) fn epoch(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT epoch FROM owner")?
        .query_one([], |row| unsigned(row, 0))
}

/// The current record of an instance.
pub(super) fn current(
    connection: &Connection,
    instance: &InstanceId,
) -> rusqlite::Result<Option<StoredRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM record
             WHERE workflow = ?1 AND instance = ?2 ORDER BY version DESC LIMIT 1",
        )?
        .query_row([&instance.workflow, &instance.instance], record)
        .optional()
}

/// The current record of every instance, sorted, as of one moment.
pub(super) fn all_current(
    connection: &Connection,
) -> rusqlite::Result<Vec<(InstanceId, StoredRecord)>> {
    // What is read within a transaction is one state of the file.
    let moment = connection.unchecked_transaction()?;
    let mut records = Vec::new();
    for instance in list(&moment)? {
        if let Some(record) = current(&moment, &instance)? {
            records.push((instance, record));
        }
    }
    Ok(records)
}

/// The version of the current record of an instance, 0 if there is none.
pub(super) fn version(connection: &Connection, instance: &InstanceId) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "SELECT coalesce(max(version), 0) FROM record
             WHERE workflow = ?1 AND instance = ?2",
        )?
        .query_one([&instance.workflow, &instance.instance], |row| {
            unsigned(row, 0)
        })
}

/// The kept records of an instance, oldest first.
pub(super) fn history(
    connection: &Connection,
    instance: &InstanceId,
) -> rusqlite::Result<Vec<StoredRecord>> {
    connection
        .prepare_cached(
            "SELECT * FROM record
             WHERE workflow = ?1 AND instance = ?2 ORDER BY version",
        )?
        .query_map([&instance.workflow, &instance.instance], record)?
        .collect()
}

/// The text that declared a workflow when records with this fingerprint were written.
pub(super) fn source(
    connection: &Connection,
    workflow: &str,
    fingerprint: u64,
) -> rusqlite::Result<Option<String>> {
    // A reader may come upon a store that its owner has not brought up to date.
    if !connection.table_exists(None, "source")? {
        return Ok(None);
    }
    connection
        .prepare_cached("SELECT text FROM source WHERE workflow = ?1 AND fingerprint = ?2")?
        .query_row([workflow, &hexadecimal(fingerprint)], |row| row.get(0))
        .optional()
}

/// The instances, sorted. Goes from each to the next in the index: as many steps as there
/// are instances, not records.
pub(super) fn list(connection: &Connection) -> rusqlite::Result<Vec<InstanceId>> {
    let mut next = connection.prepare_cached(
        "SELECT workflow, instance FROM record WHERE (workflow, instance) > (?1, ?2)
         ORDER BY workflow, instance LIMIT 1",
    )?;
    let mut first =
        connection.prepare_cached("SELECT workflow, instance FROM record ORDER BY 1, 2 LIMIT 1")?;
    let name = |row: &Row<'_>| {
        Ok(InstanceId {
            workflow: row.get(0)?,
            instance: row.get(1)?,
        })
    };
    let mut instances = Vec::new();
    let mut found = first.query_row([], name).optional()?;
    while let Some(instance) = found {
        found = next
            .query_row([&instance.workflow, &instance.instance], name)
            .optional()?;
        instances.push(instance);
    }
    Ok(instances)
}

/// Keeps the text of the workflow that wrote a record, if it is not kept yet.
pub(super) fn insert_source(connection: &Connection, commit: &Commit) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO source VALUES (?1, ?2, ?3)")?
        .execute(params![
            commit.instance.workflow,
            hexadecimal(commit.record.fingerprint),
            commit.source,
        ])?;
    Ok(())
}

/// Adds a record, and drops the one that is thereby too old.
pub(super) fn insert(
    connection: &Connection,
    commit: &Commit,
    retention: u64,
) -> rusqlite::Result<()> {
    let Commit {
        instance, record, ..
    } = commit;
    connection
        .prepare_cached(
            "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            instance.workflow,
            instance.instance,
            signed(record.version)?,
            encode_time(record.committed),
            hexadecimal(record.fingerprint),
            record.state,
            to_json(&record.variables)?,
            record.inflight.as_ref().map(to_json).transpose()?,
            record.entered.map(encode_time),
            (!record.spent.is_empty())
                .then(|| to_json(&record.spent))
                .transpose()?,
            record.intervention.as_ref().map(to_json).transpose()?,
            (!record.failures.is_empty())
                .then(|| to_json(&record.failures))
                .transpose()?,
        ])?;
    if let Some(old) = record.version.checked_sub(retention).filter(|&old| old > 0) {
        connection
            .prepare_cached(
                "DELETE FROM record WHERE workflow = ?1 AND instance = ?2 AND version <= ?3",
            )?
            .execute(params![instance.workflow, instance.instance, signed(old)?])?;
    }
    Ok(())
}

/// Drops all records but the newest so many of each instance.
pub(super) fn drop_old(connection: &Connection, retention: u64) -> rusqlite::Result<()> {
    let Ok(retention) = i64::try_from(retention) else {
        return Ok(());
    };
    connection.execute(
        "DELETE FROM record WHERE version <= (
             SELECT max(version) FROM record AS other
             WHERE other.workflow = record.workflow AND other.instance = record.instance
         ) - ?1",
        [retention],
    )?;
    Ok(())
}

/// A whole row, of which the first two columns name the instance.
fn record(row: &Row<'_>) -> rusqlite::Result<StoredRecord> {
    let committed: String = row.get(3)?;
    let fingerprint: String = row.get(4)?;
    // A reader may come upon a store that its owner has not brought up to date.
    let newer = |column: usize| match row.as_ref().column_count() > column {
        true => row.get::<_, Option<String>>(column),
        false => Ok(None),
    };
    Ok(StoredRecord {
        version: unsigned(row, 2)?,
        committed: time(3, &committed)?,
        fingerprint: u64::from_str_radix(&fingerprint, 16).map_err(|error| unreadable(4, error))?,
        state: row.get(5)?,
        variables: from_json(6, &row.get::<_, String>(6)?)?,
        inflight: row
            .get::<_, Option<String>>(7)?
            .map(|text| from_json(7, &text))
            .transpose()?,
        entered: newer(8)?.map(|text| time(8, &text)).transpose()?,
        spent: match newer(9)? {
            Some(text) => from_json(9, &text)?,
            None => Vec::new(),
        },
        intervention: newer(10)?.map(|text| from_json(10, &text)).transpose()?,
        failures: match newer(11)? {
            Some(text) => from_json(11, &text)?,
            None => Vec::new(),
        },
    })
}

fn hexadecimal(fingerprint: u64) -> String {
    format!("{fingerprint:016x}")
}

fn time(column: usize, text: &str) -> rusqlite::Result<SystemTime> {
    decode_time(text).ok_or_else(|| unreadable(column, format!("`{text}` is not a time")))
}

fn unsigned(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

fn signed(value: u64) -> rusqlite::Result<i64> {
    i64::try_from(value).map_err(unwritable)
}

fn to_json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(unwritable)
}

fn from_json<T: DeserializeOwned>(column: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| unreadable(column, error))
}

fn unreadable(column: usize, error: impl Into<Box<dyn Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
}

fn unwritable(error: impl Into<Box<dyn Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}
