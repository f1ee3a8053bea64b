//! The records of one instance, from the segments; the newest segment first.

use std::collections::VecDeque;
use std::ops::Range;
use std::thread;

use tokio::sync::oneshot;

use super::batch::StoreId;
use super::codec::decode;
use super::entry::{Entry, Kept};
use super::epoch::Epoch;
use super::files::{Files, is_missing, name};
use super::header::Kind;
use super::part::{Part, parts};
use super::replay::check_store;
use crate::store::{StoreError, StoredRecord};

/// How often reading begins again because a file was removed just when it was to be read.
const TRIES: usize = 20;

/// What will be known when the thread that reads it is through.
pub(super) type Pending = oneshot::Receiver<Result<Vec<StoredRecord>, StoreError>>;

/// Reads the newest `retention` records up to a version, on a thread of its own.
pub(super) fn start(
    files: &Files,
    key: Vec<u8>,
    version: u64,
    retention: u64,
) -> Result<Pending, StoreError> {
    let (reply, result) = oneshot::channel();
    let files = files.clone();
    thread::Builder::new()
        .name("inflight-history".to_owned())
        .spawn(move || {
            // Nobody waits for it any more if this fails.
            drop(reply.send(read(&files, &key, version, retention)));
        })
        .map_err(|error| StoreError::io("start a thread", error))?;
    Ok(result)
}

/// Reads the newest `retention` records up to a version, oldest first.
pub(super) fn read(
    files: &Files,
    key: &[u8],
    version: u64,
    retention: u64,
) -> Result<Vec<StoredRecord>, StoreError> {
    let mut tries = 0;
    loop {
        match collect(files, key, version, retention) {
            Err(error) if is_missing(&error) && tries < TRIES => tries += 1,
            found => return found,
        }
    }
}

fn collect(
    files: &Files,
    key: &[u8],
    version: u64,
    retention: u64,
) -> Result<Vec<StoredRecord>, StoreError> {
    if version == 0 {
        return Ok(Vec::new());
    }
    let mut records: VecDeque<StoredRecord> = VecDeque::new();
    // The version of the oldest record that was found; the next one precedes it.
    let mut oldest = version + 1;
    let first = oldest.saturating_sub(retention).max(1);
    let (epoch, _) = Epoch::open(files, false)?;
    // Whether a segment was written anew, from that of the oldest record to this one.
    let mut trimmed = false;
    'segments: for (id, part) in parts(files)? {
        let part = part?;
        let name = name(Kind::Segment, id);
        let is_anew = part.header.end.is_some();
        trimmed |= is_anew;
        // Fewer may have been kept once: then what precedes was dropped, and older ones that
        // are still there are no history any more.
        let mut may_end = trimmed && !records.is_empty();
        let found = within(files, &part, epoch.store, key, first..oldest)?;
        for record in found.into_iter().rev() {
            if record.version() + 1 != oldest {
                match may_end {
                    true => break 'segments,
                    false => return Err(files.damaged(&name, 0, "a record does not follow")),
                }
            }
            (may_end, trimmed) = (false, is_anew);
            oldest = record.version();
            records.push_front(decode(files, &record)?);
        }
        if oldest <= first {
            break;
        }
    }
    match records.is_empty() {
        true => Err(StoreError::Corrupt {
            path: files.path.clone(),
            detail: "the history lacks a current record".to_owned(),
        }),
        false => Ok(records.into()),
    }
}

/// The records of an instance that are in a segment, oldest first.
fn within(
    files: &Files,
    part: &Part,
    store: StoreId,
    key: &[u8],
    versions: Range<u64>,
) -> Result<Vec<Kept>, StoreError> {
    check_store(files, &part.header, store)?;
    let mut found = Vec::new();
    part.each(files, |_, batch| {
        for entry in batch.entries() {
            match entry {
                Some(Entry::Record(record))
                    if record.key == key && versions.contains(&record.version) =>
                {
                    found.push(record.into());
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    Ok(found)
}
