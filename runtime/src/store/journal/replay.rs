//! What the files say: the newest snapshot, and the segments after it.

use super::batch::{Order, Scanner, StoreId, Verdict};
use super::disk::DiskFile;
use super::files::{Files, Listing, START, name};
use super::header::{Header, Id, Kind};
use super::part::Part;
use super::state::{First, State};
use crate::store::StoreError;

/// How far the journal was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) segment: Id,
    /// Where the next batch will begin.
    pub(super) offset: u64,
    /// Its sequence number.
    pub(super) sequence: u64,
    /// Where the last batch of this segment begins, if it has any.
    pub(super) last: Option<u64>,
    /// How many records of an instance the owner of this segment keeps.
    pub(super) retention: u64,
}

/// What was read.
#[derive(Debug)]
pub(super) struct Replay {
    pub(super) state: State,
    pub(super) position: Position,
    /// The snapshot that it began with.
    pub(super) snapshot: Option<Id>,
    /// The segments after that, the oldest first.
    pub(super) chain: Vec<Id>,
    /// How many bytes of batches were read after the snapshot.
    pub(super) read: u64,
}

/// A segment that is to be read.
struct Link {
    file: Box<dyn DiskFile>,
    header: Header,
    /// Where it ends, if another segment follows.
    end: Option<u64>,
}

impl Replay {
    /// Reads everything.
    pub(super) fn all(files: &Files, store: StoreId) -> Result<Self, StoreError> {
        let listing = files.list()?;
        let links = links(files, &listing, listing.snapshots.last().copied(), store)?;
        Self::from_snapshot(files, &listing, store, links)
    }

    /// Reads what stands before the end of a segment that has a successor.
    pub(super) fn sealed(files: &Files, store: StoreId, last: Id) -> Result<Self, StoreError> {
        let listing = files.list()?;
        let mut links = links(files, &listing, listing.snapshots.last().copied(), store)?;
        links.retain(|link| link.header.id <= last);
        Self::from_snapshot(files, &listing, store, links)
    }

    fn from_snapshot(
        files: &Files,
        listing: &Listing,
        store: StoreId,
        links: Vec<Link>,
    ) -> Result<Self, StoreError> {
        let mut state = State::default();
        let snapshot = listing.snapshots.last().copied();
        let sequence = match snapshot {
            Some(id) => read_snapshot(files, store, id, &mut state)?,
            None => 1,
        };
        let segment = Id {
            epoch: 0,
            number: 0,
        };
        let mut replay = Self {
            state,
            position: Position {
                segment: snapshot.unwrap_or(segment),
                offset: START,
                sequence,
                last: None,
                retention: 1,
            },
            snapshot,
            chain: Vec::new(),
            read: 0,
        };
        for link in &links {
            replay.follow(files, store, link)?;
        }
        Ok(replay)
    }

    /// Reads what has been added since; false if the files are no longer those that were
    /// read, so that all must be read again.
    pub(super) fn refresh(&mut self, files: &Files, store: StoreId) -> Result<bool, StoreError> {
        let listing = files.list()?;
        let here = self.position.segment;
        let before = Id {
            number: here.number.saturating_sub(1),
            ..here
        };
        let links = links(files, &listing, Some(before), store)?;
        let Some((first, later)) = links
            .split_first()
            .filter(|(first, _)| first.header.id == here)
        else {
            return Ok(false);
        };
        if first.end.is_some_and(|end| end < self.position.offset) {
            return Ok(false);
        }
        self.scan(files, store, first)?;
        for link in later {
            self.follow(files, store, link)?;
        }
        Ok(true)
    }

    /// Enters the next segment and reads it.
    fn follow(&mut self, files: &Files, store: StoreId, link: &Link) -> Result<(), StoreError> {
        let Header {
            id,
            sequence,
            retention,
            ..
        } = link.header;
        if sequence != self.position.sequence {
            let detail = format!(
                "it begins with batch {sequence}, and {} is the next",
                self.position.sequence
            );
            return Err(files.damaged(&name(Kind::Segment, id), 0, &detail));
        }
        self.position = Position {
            segment: id,
            offset: START,
            sequence,
            last: None,
            retention,
        };
        self.chain.push(id);
        self.scan(files, store, link)
    }

    /// Reads on in the segment of the position.
    fn scan(&mut self, files: &Files, store: StoreId, link: &Link) -> Result<(), StoreError> {
        let Header { id, size, .. } = link.header;
        let name = name(Kind::Segment, id);
        let Position {
            offset, sequence, ..
        } = self.position;
        let limit = link.end.unwrap_or(size);
        let from = (offset, sequence);
        let mut scanner = Scanner::new(&*link.file, store, Order::Consecutive, from, limit);
        let fault = |error| files.fault("read", &name, error);
        loop {
            let at = scanner.offset;
            let Some(batch) = scanner.next().map_err(fault)? else {
                break;
            };
            for entry in batch.entries() {
                let applied = entry.is_some_and(|entry| self.state.apply(entry, First::One));
                if !applied {
                    return Err(files.damaged(&name, at, "a record does not follow"));
                }
            }
            self.position.last = Some(at);
        }
        self.read += scanner.offset - offset;
        self.position.offset = scanner.offset;
        self.position.sequence = scanner.sequence;
        match link.end {
            Some(end) if scanner.offset == end => Ok(()),
            Some(_) => {
                Err(files.damaged(&name, scanner.offset, "a batch does not match its checksum"))
            }
            None => match scanner.verdict().map_err(fault)? {
                Verdict::End => Ok(()),
                Verdict::Damage(detail) => Err(files.damaged(&name, scanner.offset, detail)),
            },
        }
    }
}

/// The segments after one, the oldest first: the newest, and those that it follows.
fn links(
    files: &Files,
    listing: &Listing,
    after: Option<Id>,
    store: StoreId,
) -> Result<Vec<Link>, StoreError> {
    let Some(mut id) = listing.segments.last().copied() else {
        return Err(files.damaged("journal", 0, "there is no segment"));
    };
    let mut end = None;
    let mut links = Vec::new();
    loop {
        let (file, header) = files.open_checked(Kind::Segment, id)?;
        check_store(files, &header, store)?;
        let previous = header.previous;
        links.push(Link { file, header, end });
        match previous {
            Some(previous) if Some(previous.id) > after => {
                // Each precedes, so that this comes to an end.
                if previous.id >= id {
                    let name = name(Kind::Segment, id);
                    return Err(files.damaged(&name, 0, "it follows itself"));
                }
                id = previous.id;
                end = Some(previous.end);
            }
            _ => break,
        }
    }
    links.reverse();
    Ok(links)
}

/// A file of another store is damage, however sound it is.
pub(super) fn check_store(
    files: &Files,
    header: &Header,
    store: StoreId,
) -> Result<(), StoreError> {
    match header.store == store {
        true => Ok(()),
        false => {
            let name = name(header.kind, header.id);
            Err(files.damaged(&name, 0, "it belongs to another store"))
        }
    }
}

/// Reads a snapshot; returns the sequence number of the first batch after it.
fn read_snapshot(
    files: &Files,
    store: StoreId,
    id: Id,
    state: &mut State,
) -> Result<u64, StoreError> {
    let (file, header) = files.open_checked(Kind::Snapshot, id)?;
    check_store(files, &header, store)?;
    let end = Some(header.end.unwrap_or(START));
    let part = Part { file, header, end };
    part.each(files, |at, batch| {
        state.reserve(batch.len());
        for entry in batch.entries() {
            if !entry.is_some_and(|entry| state.apply(entry, First::Any)) {
                let name = name(Kind::Snapshot, id);
                return Err(files.damaged(&name, at, "a record stands there twice"));
            }
        }
        Ok(())
    })?;
    Ok(header.sequence)
}
