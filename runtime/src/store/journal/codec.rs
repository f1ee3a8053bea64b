//! Records as entries, and back.

use std::io;

use super::entry;
use super::files::Files;
use super::state::Encoded;
use super::writer::Item;
use crate::store::{Commit, InstanceId, StoreError, StoredRecord};

/// A record from its JSON.
pub(super) fn decode(files: &Files, json: &[u8]) -> Result<StoredRecord, StoreError> {
    serde_json::from_slice(json).map_err(|error| StoreError::Corrupt {
        path: files.path.clone(),
        detail: format!("a record cannot be read: {error}"),
    })
}

/// Records from their JSON.
pub(super) fn decode_all(
    files: &Files,
    records: Vec<Encoded>,
) -> Result<Vec<(InstanceId, StoredRecord)>, StoreError> {
    let records = records.into_iter();
    records
        .map(|(instance, json)| Ok((instance, decode(files, &json)?)))
        .collect()
}

/// A commit, encoded.
pub(super) fn encode(commit: &Commit) -> Result<Item, StoreError> {
    let Commit {
        instance,
        epoch,
        expected,
        record,
        source,
    } = commit;
    let what = || format!("write the record of `{instance}`");
    let encoded = entry::record(instance, record.version, |bytes| {
        serde_json::to_writer(bytes, record)
    });
    let encoded = encoded
        .map_err(|error| StoreError::io(what(), error))?
        .ok_or_else(|| StoreError::io(what(), io::Error::other("it is too long")))?;
    Ok(Item {
        epoch: *epoch,
        expected: *expected,
        record: encoded,
        fingerprint: record.fingerprint,
        source,
    })
}
