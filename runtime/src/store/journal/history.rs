//! The records of one instance, from the segments; the newest segment first.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::thread;

use tokio::sync::oneshot;

use super::batch::{Order, Scanner, StoreId};
use super::decode;
use super::disk::DiskFile;
use super::entry::Entry;
use super::epoch::Epoch;
use super::files::{Files, START, is_missing, name};
use super::header::{Header, Id, Kind};
use super::replay::check_store;
use super::state::Json;
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
    for part in parts(files) {
        let part = part?;
        let name = name(Kind::Segment, part.header.id);
        let found = part.records(files, epoch.store, key, first..oldest)?;
        for (found_version, json) in found.into_iter().rev() {
            if found_version + 1 != oldest {
                return Err(files.damaged(&name, 0, "a record does not follow"));
            }
            oldest = found_version;
            records.push_front(decode(files, &json)?);
        }
        if oldest <= first {
            break;
        }
    }
    Ok(records.into())
}

/// A segment, and where it ends.
pub(super) struct Part {
    pub(super) file: Box<dyn DiskFile>,
    pub(super) header: Header,
    /// `None` for the one that is being written.
    pub(super) end: Option<u64>,
}

/// All segments that hold records, the newest first.
pub(super) fn parts(files: &Files) -> impl Iterator<Item = Result<Part, StoreError>> {
    let (ids, mut failed) = match files.list() {
        Ok(listing) => (listing.segments, None),
        Err(error) => (Vec::new(), Some(Err(error))),
    };
    // Where segments end, as those after them say. Of two that say so, the later was made
    // by the later owner.
    let mut ends: HashMap<Id, u64> = HashMap::new();
    let mut ids = ids.into_iter().rev().enumerate();
    std::iter::from_fn(move || {
        if let Some(error) = failed.take() {
            return Some(error);
        }
        loop {
            let (index, id) = ids.next()?;
            let (file, header) = match files.open_checked(Kind::Segment, id) {
                Ok(opened) => opened,
                Err(error) => return Some(Err(error)),
            };
            if let Some(previous) = header.previous {
                ends.entry(previous.id).or_insert(previous.end);
            }
            let end = header.end.or_else(|| ends.get(&id).copied());
            // One that nobody follows was made by an owner after it was taken over, and is
            // empty.
            if index == 0 || end.is_some() {
                return Some(Ok(Part { file, header, end }));
            }
        }
    })
}

impl Part {
    pub(super) fn scanner(&self) -> Scanner<'_> {
        let order = match self.header.end {
            Some(_) => Order::Increasing,
            None => Order::Consecutive,
        };
        let limit = self.end.unwrap_or(self.header.size);
        let from = (START, self.header.sequence);
        Scanner::new(&*self.file, self.header.store, order, from, limit)
    }

    /// The records of an instance that are in it, by version.
    fn records(
        &self,
        files: &Files,
        store: StoreId,
        key: &[u8],
        versions: Range<u64>,
    ) -> Result<Vec<(u64, Json)>, StoreError> {
        let name = name(Kind::Segment, self.header.id);
        check_store(files, &self.header, store)?;
        let mut scanner = self.scanner();
        let mut found = Vec::new();
        loop {
            let at = scanner.offset;
            let batch = scanner
                .next()
                .map_err(|error| files.fault("read", &name, error))?;
            let Some(batch) = batch else {
                break;
            };
            for entry in batch.entries() {
                match entry {
                    Some(Entry::Record(record))
                        if record.key == key && versions.contains(&record.version) =>
                    {
                        found.push((record.version, record.json.into()));
                    }
                    Some(_) => {}
                    None => return Err(files.damaged(&name, at, "a record does not follow")),
                }
            }
        }
        match self.end {
            Some(end) if end != scanner.offset => {
                let detail = "a batch does not match its checksum";
                Err(files.damaged(&name, scanner.offset, detail))
            }
            _ => Ok(found),
        }
    }
}
