//! What a file of the journal begins with.
//!
//! ```text
//! magic 8 bytes | format u32 | kind u32 | store 16 bytes
//! epoch u64 | number u64                         which file this is
//! epoch u64 | number u64 | end u64               which segment precedes it, and its end
//! sequence u64                                   of its first batch
//! size u64                                       of the file
//! end u64                                        of its batches, 0 if a successor says
//! retention u64                                  how many records of an instance are kept
//! checksum u32
//! ```

use super::batch::StoreId;
use super::bytes::{Reading, checksum};

/// Where the batches of a file begin. The header has a block of its own, so that no
/// write touches it again.
pub(super) const BLOCK: u64 = 4096;

/// The version of the format; FORMAT.md describes this one.
pub(super) const FORMAT: u32 = 2;

const MAGIC: [u8; 8] = *b"inflight";

/// How long a header is, its checksum included.
const LENGTH: usize = 108;

/// Which file it is: each number is used once, and grows, as epochs do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id {
    /// The epoch of the owner that made it.
    pub(super) epoch: u64,
    pub(super) number: u64,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Batches as they were committed.
    Segment,
    /// The current records as of the end of the segment with the same id.
    Snapshot,
}

/// Where the segment before this one ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Previous {
    pub(super) id: Id,
    pub(super) end: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) kind: Kind,
    pub(super) store: StoreId,
    pub(super) id: Id,
    pub(super) previous: Option<Previous>,
    /// The sequence number of its first batch; for a snapshot, of the first batch after
    /// it.
    pub(super) sequence: u64,
    pub(super) size: u64,
    /// Where its batches end, if it was written in one go.
    pub(super) end: Option<u64>,
    /// How many records of an instance its owner keeps.
    pub(super) retention: u64,
}

/// Why bytes are not a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It was written by a newer version of this library.
    Format(u32),
    Damaged,
}

impl Header {
    pub(super) fn encode(&self) -> Vec<u8> {
        let nowhere = Previous {
            id: Id {
                epoch: 0,
                number: 0,
            },
            end: 0,
        };
        let previous = self.previous.unwrap_or(nowhere);
        let kind: u32 = match self.kind {
            Kind::Segment => 1,
            Kind::Snapshot => 2,
        };
        let mut bytes = MAGIC.to_vec();
        bytes.extend(FORMAT.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(self.store);
        for number in [
            self.id.epoch,
            self.id.number,
            previous.id.epoch,
            previous.id.number,
            previous.end,
            self.sequence,
            self.size,
            self.end.unwrap_or(0),
            self.retention,
        ] {
            bytes.extend(number.to_le_bytes());
        }
        let sum = checksum(&[&bytes]);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let parts = parts(bytes).ok_or(Unreadable::Damaged)?;
        if parts.magic != MAGIC {
            return Err(Unreadable::Damaged);
        }
        if parts.format > FORMAT {
            return Err(Unreadable::Format(parts.format));
        }
        let sum = checksum(&[bytes.get(..LENGTH - 4).unwrap_or_default()]);
        let kind = match parts.kind {
            1 => Kind::Segment,
            2 => Kind::Snapshot,
            _ => return Err(Unreadable::Damaged),
        };
        if parts.sum != sum {
            return Err(Unreadable::Damaged);
        }
        let [epoch, number, before @ .., sequence, size, end, retention] = parts.numbers;
        let [before_epoch, before_number, before_end] = before;
        Ok(Self {
            kind,
            store: parts.store,
            id: Id { epoch, number },
            previous: (before_number > 0).then_some(Previous {
                id: Id {
                    epoch: before_epoch,
                    number: before_number,
                },
                end: before_end,
            }),
            sequence,
            size,
            end: (end > 0).then_some(end),
            retention,
        })
    }
}

struct Parts {
    magic: [u8; 8],
    format: u32,
    kind: u32,
    store: StoreId,
    numbers: [u64; 9],
    sum: u32,
}

fn parts(bytes: &[u8]) -> Option<Parts> {
    let mut reading = Reading(bytes);
    let (magic, format, kind) = (reading.array()?, reading.u32()?, reading.u32()?);
    let store = reading.array()?;
    let mut numbers = [0; 9];
    for number in &mut numbers {
        *number = reading.u64()?;
    }
    Some(Parts {
        magic,
        format,
        kind,
        store,
        numbers,
        sum: reading.u32()?,
    })
}
