//! Files with batches, and where each of them ends.

use std::collections::HashMap;

use super::batch::{Batch, Order, Scanner};
use super::disk::DiskFile;
use super::files::{Files, START, name};
use super::header::{Header, Id, Kind};
use crate::store::StoreError;

/// A file with batches, and where they end.
pub(super) struct Part {
    pub(super) file: Box<dyn DiskFile>,
    pub(super) header: Header,
    /// `None` for the one that is being written.
    pub(super) end: Option<u64>,
}

/// All segments, the newest first, each as far as it can be opened. One of which nobody says
/// where it ends, though its owner went on, is damage.
pub(super) fn parts(
    files: &Files,
) -> Result<impl Iterator<Item = (Id, Result<Part, StoreError>)>, StoreError> {
    let ids = segments(files)?;
    // Where segments end, as those after them say. Of two that say so, the later was made
    // by the later owner.
    let mut ends: HashMap<Id, u64> = HashMap::new();
    // The epoch of the segment after this one.
    let mut after = None;
    let mut open = move |id: Id| {
        let after = after.replace(id.epoch);
        let (file, header) = files.open_checked(Kind::Segment, id)?;
        if let Some(previous) = header.previous {
            ends.entry(previous.id).or_insert(previous.end);
        }
        let end = match (header.end.or_else(|| ends.get(&id).copied()), after) {
            (None, None) => None,
            (None, Some(epoch)) if epoch == id.epoch => {
                let lost = "the segment is missing or damaged that says where this one ends";
                return Err(files.damaged(&name(Kind::Segment, id), START, lost));
            }
            // Its owner made it after it was taken over, or just before that, and nothing in it
            // counts. That owner may have been stopped meanwhile: others that were made later
            // may be gone since.
            (None, Some(_)) => Some(START),
            (end, _) => end,
        };
        Ok(Part { file, header, end })
    };
    Ok(ids.into_iter().rev().map(move |id| (id, open(id))))
}

/// The segments that are there, in order. A listing is not of one moment: it may miss one that
/// is added meanwhile, and have the next. The one after it does not.
fn segments(files: &Files) -> Result<Vec<Id>, StoreError> {
    let mut found = files.list()?.segments;
    loop {
        let again = files.list()?.segments;
        if again == found {
            return Ok(found);
        }
        found = again;
    }
}

impl Part {
    /// Opens a segment that ends there, or where it says itself.
    pub(super) fn open(files: &Files, id: Id, end: u64) -> Result<Self, StoreError> {
        let (file, header) = files.open_checked(Kind::Segment, id)?;
        let end = Some(header.end.unwrap_or(end));
        Ok(Self { file, header, end })
    }

    /// Hands out each batch, with the offset at which it begins. All must check up to the
    /// end, if that is known.
    pub(super) fn each(
        &self,
        files: &Files,
        mut take: impl FnMut(u64, Batch<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Header {
            kind,
            id,
            store,
            sequence,
            size,
            ..
        } = self.header;
        let name = name(kind, id);
        let (order, first) = match (kind, self.header.end) {
            (Kind::Snapshot, _) => (Order::Consecutive, 1),
            (Kind::Segment, Some(_)) => (Order::Increasing, sequence),
            (Kind::Segment, None) => (Order::Consecutive, sequence),
        };
        let limit = self.end.unwrap_or(size);
        let mut scanner = Scanner::new(&*self.file, store, order, (START, first), limit);
        loop {
            let at = scanner.offset;
            let batch = scanner.next();
            match batch.map_err(|error| files.fault("read", &name, error))? {
                Some(batch) => take(at, batch)?,
                None => break,
            }
        }
        match self.end {
            Some(end) if end != scanner.offset => {
                let detail = "a batch does not match its checksum";
                Err(files.damaged(&name, scanner.offset, detail))
            }
            _ => Ok(()),
        }
    }
}
