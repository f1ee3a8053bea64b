//! What one write and one sync make durable.
//!
//! ```text
//! length u32 | checksum of the length u32 | sequence u64 | entries u32 | checksum u32
//! entries, padded to a multiple of eight with bytes that are not zero
//! ```
//!
//! Both checksums begin with the store's id and the sequence number, so that bytes of
//! another store or another place are not taken for a batch of this one.

use std::io;

use super::bytes::{Reading, checksum, put};
use super::disk::DiskFile;
use super::entry::{self, Entry};

/// How long a batch is without its entries.
pub(super) const HEAD: usize = 24;

/// A sector is written whole or not at all.
const SECTOR: u64 = 512;

const PAD: u8 = 0xff;

/// How much of a file is read at once.
const WINDOW: usize = 256 * 1024;

pub(super) type StoreId = [u8; 16];

/// A batch in the making.
#[derive(Debug)]
pub(super) struct Builder {
    bytes: Vec<u8>,
    entries: u32,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            bytes: vec![0; HEAD],
            entries: 0,
        }
    }

    pub(super) fn clear(&mut self) {
        self.bytes.truncate(HEAD);
        self.entries = 0;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries == 0
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Adds a whole entry; returns where it begins.
    pub(super) fn push(&mut self, entry: &[u8]) -> usize {
        let at = self.bytes.len();
        self.bytes.extend_from_slice(entry);
        self.entries += 1;
        at
    }

    /// Takes back the last entry, which begins there.
    pub(super) fn pop(&mut self, at: usize) {
        self.bytes.truncate(at);
        self.entries -= 1;
    }

    /// What was added from there on.
    pub(super) fn since(&self, at: usize) -> &[u8] {
        self.bytes.get(at..).unwrap_or_default()
    }

    /// The batch as far as it is finished.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Finishes the batch; `None` if it is longer than the format can say.
    pub(super) fn finish(&mut self, store: StoreId, sequence: u64) -> Option<()> {
        let padded = self.bytes.len().next_multiple_of(8);
        self.bytes.resize(padded, PAD);
        let length = u32::try_from(padded).ok()?;
        let entries = self.entries.to_le_bytes();
        let content = self.bytes.get(HEAD..)?;
        let sum = checksum(&[&store, &sequence.to_le_bytes(), &entries, content]);
        put(&mut self.bytes, 0, &length.to_le_bytes());
        put(
            &mut self.bytes,
            4,
            &head_sum(store, sequence, length).to_le_bytes(),
        );
        put(&mut self.bytes, 8, &sequence.to_le_bytes());
        put(&mut self.bytes, 16, &entries);
        put(&mut self.bytes, 20, &sum.to_le_bytes());
        Some(())
    }
}

static ZEROS: [u8; 4096] = [0; 4096];

/// Whether nothing was written here. Comparing is faster than looking at each byte.
fn is_zero(bytes: &[u8]) -> bool {
    bytes
        .chunks(ZEROS.len())
        .all(|chunk| ZEROS.starts_with(chunk))
}

fn head_sum(store: StoreId, sequence: u64, length: u32) -> u32 {
    checksum(&[&store, &sequence.to_le_bytes(), &length.to_le_bytes()])
}

struct Head {
    length: u32,
    length_sum: u32,
    sequence: u64,
    entries: u32,
    sum: u32,
}

fn head(bytes: &[u8]) -> Option<Head> {
    let mut reading = Reading(bytes);
    Some(Head {
        length: reading.u32()?,
        length_sum: reading.u32()?,
        sequence: reading.u64()?,
        entries: reading.u32()?,
        sum: reading.u32()?,
    })
}

/// Which sequence numbers the batches of a file have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Each one more than the one before.
    Consecutive,
    /// Each greater than the one before: some were left out.
    Increasing,
}

/// A batch that checks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Batch<'a> {
    pub(super) sequence: u64,
    entries: u32,
    pub(super) content: &'a [u8],
}

impl<'a> Batch<'a> {
    /// How many entries it has.
    pub(super) fn len(self) -> usize {
        self.entries as usize
    }

    /// Its entries; `None` in place of one that makes no sense.
    pub(super) fn entries(self) -> impl Iterator<Item = Option<Entry<'a>>> {
        let mut rest = Reading(self.content);
        (0..self.entries).map(move |_| entry::next(&mut rest))
    }
}

/// Reads one batch after another, from an offset up to a limit.
#[derive(Debug)]
pub(super) struct Scanner<'f> {
    file: &'f dyn DiskFile,
    store: StoreId,
    order: Order,
    limit: u64,
    window: Vec<u8>,
    /// Where in the file the window begins, and how much of it was read.
    window_at: u64,
    held: usize,
    /// Where the next batch begins.
    pub(super) offset: u64,
    /// Its sequence number, if it is the one that follows.
    pub(super) sequence: u64,
}

/// What stands where no batch checks, at the end of what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing, or a batch of which some sectors were never written.
    End,
    /// A batch that was written and then changed.
    Damage(&'static str),
}

impl<'f> Scanner<'f> {
    pub(super) fn new(
        file: &'f dyn DiskFile,
        store: StoreId,
        order: Order,
        from: (u64, u64),
        limit: u64,
    ) -> Self {
        Self {
            file,
            store,
            order,
            limit,
            window: Vec::new(),
            window_at: 0,
            held: 0,
            offset: from.0,
            sequence: from.1,
        }
    }

    /// The next batch; `None` where none checks.
    pub(super) fn next(&mut self) -> io::Result<Option<Batch<'_>>> {
        let (at, sequence, order) = (self.offset, self.sequence, self.order);
        let follows = |found: u64| match order {
            Order::Consecutive => found == sequence,
            Order::Increasing => found >= sequence,
        };
        let Some(head) = self.check(at, follows)? else {
            return Ok(None);
        };
        self.offset += u64::from(head.length);
        self.sequence = head.sequence + 1;
        let bytes = self.bytes(at, head.length as usize)?;
        Ok(Some(Batch {
            sequence: head.sequence,
            entries: head.entries,
            content: bytes.get(HEAD..).unwrap_or_default(),
        }))
    }

    /// The head of the batch at an offset, if it checks.
    fn check(&mut self, at: u64, follows: impl Fn(u64) -> bool) -> io::Result<Option<Head>> {
        let store = self.store;
        let room = self.limit.saturating_sub(at);
        let Some(head) = head(self.bytes(at, HEAD)?) else {
            return Ok(None);
        };
        let plausible = head.length as usize >= HEAD
            && u64::from(head.length) <= room
            && follows(head.sequence)
            && head.length_sum == head_sum(store, head.sequence, head.length);
        if !plausible {
            return Ok(None);
        }
        let bytes = self.bytes(at, head.length as usize)?;
        let checks = bytes.len() == head.length as usize
            && bytes.get(HEAD..).is_some_and(|content| {
                let sequence = head.sequence.to_le_bytes();
                let entries = head.entries.to_le_bytes();
                head.sum == checksum(&[&store, &sequence, &entries, content])
            });
        Ok(checks.then_some(head))
    }

    /// So many bytes at an offset, fewer at the limit or at the end of the file.
    fn bytes(&mut self, at: u64, count: usize) -> io::Result<&[u8]> {
        let room = usize::try_from(self.limit.saturating_sub(at)).unwrap_or(usize::MAX);
        let count = count.min(room);
        let held = self.window_at..=self.window_at + self.held as u64;
        if !held.contains(&at) || !held.contains(&(at + count as u64)) {
            let wanted = count.max(WINDOW).min(room);
            if self.window.len() < wanted {
                self.window = vec![0; wanted];
            }
            let place = self.window.get_mut(..wanted).unwrap_or_default();
            self.held = self.file.read_at(place, at)?;
            self.window_at = at;
        }
        let from = usize::try_from(at - self.window_at).unwrap_or(usize::MAX);
        let rest = self.window.get(from..self.held).unwrap_or_default();
        Ok(rest.get(..count).unwrap_or(rest))
    }

    /// Judges what stands at the offset, where no batch checks, in a file that may end
    /// there.
    ///
    /// Only the last batch can have been written in part, for a batch is written only
    /// when the one before it is durable. A sector is written whole or not at all, and no
    /// sector of a batch is all zero.
    pub(super) fn verdict(&mut self) -> io::Result<Verdict> {
        let (at, sequence) = (self.offset, self.sequence);
        if self.later()? {
            return Ok(Verdict::Damage(
                "a batch does not match its checksum, and batches follow it",
            ));
        }
        let sector_end = (at + 1).next_multiple_of(SECTOR);
        let first = self.bytes(at, usize::try_from(sector_end - at).unwrap_or(0))?;
        if is_zero(first) {
            return Ok(Verdict::End);
        }
        let store = self.store;
        let mut reading = Reading(self.bytes(at, 8)?);
        let (Some(length), Some(sum)) = (reading.u32(), reading.u32()) else {
            return Ok(Verdict::End);
        };
        if sum != head_sum(store, sequence, length) || length == 0 {
            return Ok(Verdict::Damage("the length of a batch was changed"));
        }
        let end = at + u64::from(length);
        let mut from = at;
        while from < end {
            let to = (from + 1).next_multiple_of(SECTOR).min(end);
            let part = self.bytes(from, usize::try_from(to - from).unwrap_or(0))?;
            if is_zero(part) {
                return Ok(Verdict::End);
            }
            from = to;
        }
        Ok(Verdict::Damage("a batch does not match its checksum"))
    }

    /// Whether any batch that checks follows the offset, wherever it begins.
    fn later(&mut self) -> io::Result<bool> {
        let sequence = self.sequence;
        let mut at = self.offset + 8;
        while at + HEAD as u64 <= self.limit {
            let chunk = self.bytes(at, ZEROS.len())?;
            if chunk.is_empty() {
                return Ok(false);
            }
            if is_zero(chunk) {
                at += (chunk.len() as u64).next_multiple_of(8);
                continue;
            }
            let found = chunk.iter().position(|&byte| byte != 0);
            at += found.unwrap_or(0) as u64 & !7;
            if self.check(at, |found| found > sequence)?.is_some() {
                return Ok(true);
            }
            at += 8;
        }
        Ok(false)
    }
}
