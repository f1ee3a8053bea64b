//! Records as rows.

use std::error::Error;
use std::sync::Arc;
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
        .prepare_cached("SELECT * FROM current_record WHERE workflow = ?1 AND instance = ?2")?
        .query_row([&instance.workflow, &instance.instance], record)
        .optional()
}

/// The store's epoch and the current record of an instance, as of one moment: the record is
/// none that a later owner has written.
pub(super) fn claimed(
    connection: &Connection,
    instance: &InstanceId,
) -> rusqlite::Result<(u64, Option<StoredRecord>)> {
    connection
        .prepare_cached(
            "SELECT current_record.*, epoch FROM owner
             LEFT JOIN current_record ON workflow = ?1 AND instance = ?2",
        )?
        .query_one([&instance.workflow, &instance.instance], |row| {
            let found = nullable(row, 0)?.is_some();
            let record = found.then(|| record(row)).transpose()?;
            Ok((unsigned(row, 12)?, record))
        })
}

/// The current record of every instance, sorted, as of one moment.
pub(super) fn all_current(
    connection: &Connection,
) -> rusqlite::Result<Vec<(InstanceId, StoredRecord)>> {
    let mut names = Names::default();
    connection
        .prepare_cached("SELECT * FROM current_record ORDER BY workflow, instance")?
        .query_map([], |row| Ok((names.instance(row)?, record(row)?)))?
        .collect()
}

/// The version of the current record of an instance, 0 if there is none.
///
/// It stands in two tables. Where they disagree one of them has lost what was committed, and
/// nothing may be built on either.
pub(super) fn version(connection: &Connection, instance: &InstanceId) -> rusqlite::Result<u64> {
    let versions = connection
        .prepare_cached(
            "SELECT coalesce((
                 SELECT version FROM current_record WHERE workflow = ?1 AND instance = ?2
             ), 0), coalesce((
                 SELECT max(version) FROM record WHERE workflow = ?1 AND instance = ?2
             ), 0)",
        )?
        .query_one([&instance.workflow, &instance.instance], |row| {
            Ok((unsigned(row, 0)?, unsigned(row, 1)?))
        })?;
    match versions {
        (current, last) if current == last => Ok(current),
        (current, last) => Err(unwritable(format!(
            "the current record of `{instance}` is {current}, and the last of its history {last}"
        ))),
    }
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

/// The text of a workflow that was declared last, with its fingerprint; or else the only one.
pub(super) fn newest(
    connection: &Connection,
    workflow: &str,
) -> rusqlite::Result<Option<(u64, String)>> {
    // A reader may come upon a store that its owner has not brought up to date.
    let chosen = match connection.table_exists(None, "declared")? {
        true => {
            "SELECT fingerprint, text FROM source WHERE workflow = ?1 AND fingerprint = coalesce(
                 (SELECT fingerprint FROM declared WHERE workflow = ?1),
                 (SELECT min(fingerprint) FROM source WHERE workflow = ?1 HAVING count(*) = 1)
             )"
        }
        false => return Ok(None),
    };
    let mut statement = connection.prepare_cached(chosen)?;
    let row = |row: &Row<'_>| Ok((fingerprint(row, 0)?, row.get(1)?));
    statement.query_row([workflow], row).optional()
}

/// Notes which text of a workflow the owner's program has, if the store has any.
pub(super) fn declare(
    connection: &Connection,
    workflow: &str,
    fingerprint: u64,
    text: &str,
) -> rusqlite::Result<()> {
    let fingerprint = hexadecimal(fingerprint);
    connection
        .prepare_cached("INSERT OR IGNORE INTO source VALUES (?1, ?2, ?3)")?
        .execute([workflow, &fingerprint, text])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO declared VALUES (?1, ?2)")?
        .execute([workflow, &fingerprint])?;
    Ok(())
}

/// Whether the store has a text of a workflow.
pub(super) fn has_source(connection: &Connection, workflow: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM source WHERE workflow = ?1")?
        .exists([workflow])
}

/// The instances, sorted.
pub(super) fn list(connection: &Connection) -> rusqlite::Result<Vec<InstanceId>> {
    let mut names = Names::default();
    connection
        .prepare_cached("SELECT workflow, instance FROM current_record ORDER BY 1, 2")?
        .query_map([], |row| names.instance(row))?
        .collect()
}

/// The instances whose current record is not the last of their history.
pub(super) fn torn(connection: &Connection) -> rusqlite::Result<Vec<InstanceId>> {
    let mut names = Names::default();
    connection
        .prepare(
            "SELECT workflow, instance FROM current_record AS this
             WHERE (version, committed, fingerprint, state, variables, inflight, entered, spent,
                    intervention, failures) IS NOT (
                 SELECT version, committed, fingerprint, state, variables, inflight, entered, spent,
                        intervention, failures
                 FROM record WHERE workflow = this.workflow AND instance = this.instance
                 ORDER BY version DESC LIMIT 1
             )
             UNION
             SELECT workflow, instance FROM record AS other WHERE NOT EXISTS (
                 SELECT 1 FROM current_record
                 WHERE workflow = other.workflow AND instance = other.instance
             )",
        )?
        .query_map([], |row| names.instance(row))?
        .collect()
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

/// Makes a record the current one and the last of the history, and drops the one that is
/// thereby too old.
pub(super) fn insert(
    connection: &Connection,
    commit: &Commit,
    retention: u64,
) -> rusqlite::Result<()> {
    let Commit {
        instance, record, ..
    } = commit;
    let version = signed(record.version)?;
    let committed = encode_time(record.committed);
    let fingerprint = hexadecimal(record.fingerprint);
    let variables = to_json(&record.variables)?;
    let inflight = record.inflight.as_ref().map(to_json).transpose()?;
    let entered = record.entered.map(encode_time);
    let spent = any_to_json(&record.spent)?;
    let intervention = record.intervention.as_ref().map(to_json).transpose()?;
    let failures = any_to_json(&record.failures)?;
    let row = params![
        instance.workflow,
        instance.instance,
        version,
        committed,
        fingerprint,
        record.state,
        variables,
        inflight,
        entered,
        spent,
        intervention,
        failures,
    ];
    for insert in [
        "REPLACE INTO current_record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    ] {
        connection.prepare_cached(insert)?.execute(row)?;
    }
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

/// Names of instances, as they are read. Those that follow each other share the workflow's.
#[derive(Default)]
struct Names {
    workflow: Option<Arc<str>>,
}

impl Names {
    /// The name that the first two columns of a row are.
    fn instance(&mut self, row: &Row<'_>) -> rusqlite::Result<InstanceId> {
        let name = text(row, 0)?;
        let shared = self.workflow.take().filter(|it| **it == *name);
        let workflow = shared.unwrap_or_else(|| name.into());
        self.workflow = Some(Arc::clone(&workflow));
        Ok(InstanceId {
            workflow,
            instance: text(row, 1)?.into(),
        })
    }
}

/// A whole row, of which the first two columns name the instance.
fn record(row: &Row<'_>) -> rusqlite::Result<StoredRecord> {
    Ok(StoredRecord {
        version: unsigned(row, 2)?,
        committed: time(3, text(row, 3)?)?,
        fingerprint: fingerprint(row, 4)?,
        state: text(row, 5)?.to_owned().into(),
        variables: from_json(6, text(row, 6)?)?,
        inflight: from_json_or_null(row, 7)?,
        entered: nullable(row, 8)?.map(|text| time(8, text)).transpose()?,
        spent: from_json_or_null(row, 9)?.unwrap_or_default(),
        intervention: from_json_or_null(row, 10)?,
        failures: from_json_or_null(row, 11)?.unwrap_or_default(),
    })
}

fn text<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<&'r str> {
    match nullable(row, column)? {
        Some(text) => Ok(text),
        None => Err(unreadable(column, "there is nothing")),
    }
}

/// What may be null, and is missing where a reader comes upon a store that its owner has not
/// brought up to date.
fn nullable<'r>(row: &'r Row<'_>, column: usize) -> rusqlite::Result<Option<&'r str>> {
    if column >= row.as_ref().column_count() {
        return Ok(None);
    }
    let value = row.get_ref(column)?;
    value
        .as_str_or_null()
        .map_err(|error| unreadable(column, error))
}

fn from_json_or_null<T: DeserializeOwned>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<T>> {
    let text = nullable(row, column)?;
    text.map(|text| from_json(column, text)).transpose()
}

fn fingerprint(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let read = u64::from_str_radix(text(row, column)?, 16);
    read.map_err(|error| unreadable(column, error))
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

/// `None` if there is nothing.
fn any_to_json<T: Serialize>(values: &[T]) -> rusqlite::Result<Option<String>> {
    (!values.is_empty()).then(|| to_json(&values)).transpose()
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
