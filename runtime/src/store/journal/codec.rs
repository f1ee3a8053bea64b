//! Records as entries, and back.

use std::io;

use super::entry::{self, Kept};
use super::files::Files;
use super::record::Part;
use super::state::Encoded;
use super::writer::Item;
use crate::store::{Commit, InstanceId, StoreError, StoredRecord};

/// A record from its entry.
pub(super) fn decode(files: &Files, record: &Kept) -> Result<StoredRecord, StoreError> {
    record.decode().ok_or_else(|| StoreError::Corrupt {
        path: files.path.clone(),
        detail: format!(
            "version {} of `{}` cannot be read",
            record.version(),
            entry::instance(record.key())
        ),
    })
}

/// Records from their entries.
pub(super) fn decode_all(
    files: &Files,
    records: Vec<Encoded>,
) -> Result<Vec<(InstanceId, StoredRecord)>, StoreError> {
    let records = records.into_iter();
    records
        .map(|(instance, record)| Ok((instance, decode(files, &record)?)))
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
    let encoded = entry::record(instance, record.version, |bytes| record.write(bytes));
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
