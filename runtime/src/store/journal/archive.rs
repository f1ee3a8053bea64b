//! The segments before a snapshot: only the history of instances is read from them.
//!
//! A segment all of whose records are beyond their instances' retention is removed, and
//! one that is mostly such records is written anew without them. What is written anew
//! says itself where it ends, so that it needs no successor.

use std::sync::atomic::{AtomicBool, Ordering};

use super::batch::Builder;
use super::entry::Entry;
use super::epoch::Epoch;
use super::files::{Files, START, name};
use super::header::{Header, Id, Kind};
use super::part::{Part, parts};
use super::state::State;
use crate::store::{StoreError, check};

/// How many bytes are looked at before anybody is let go who waits for the end of it: an
/// owner that lives for a moment is to leave no more than it found.
const LEAST: u64 = 64 * 1024 * 1024;

/// What is known when segments are looked at.
pub(super) struct Archive<'a> {
    pub(super) files: &'a Files,
    pub(super) epoch: &'a Epoch,
    /// The epoch of the owner.
    pub(super) held: u64,
    /// The current records, as of a snapshot.
    pub(super) state: &'a State,
    pub(super) retention: u64,
}

/// What is to become of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Stays,
    Rewritten,
    Removed,
}

impl Archive<'_> {
    /// Looks at `count` segments up to `last`, the ones after `cursor` first, if that is worth
    /// the while; returns the one that it came to.
    pub(super) fn trim(
        &self,
        last: Id,
        cursor: Option<Id>,
        count: usize,
        stop: &AtomicBool,
    ) -> Result<Option<Id>, StoreError> {
        let mut segments = Vec::new();
        for (_, part) in parts(self.files)? {
            let Part { header, end, .. } = part?;
            if let (true, Some(end)) = (header.id <= last, end) {
                segments.push((header, end));
            }
        }
        if count != usize::MAX && !self.is_worthwhile(&segments) {
            return Ok(cursor);
        }
        segments.reverse();
        let mut came_to = None;
        // Whether the one before says itself where it ends.
        let mut alone = true;
        let (mut looked, mut read) = (0, 0);
        let begin = match segments.last() {
            Some((newest, _)) if Some(newest.id) > cursor => cursor,
            _ => None,
        };
        for (header, end) in segments {
            if Some(header.id) <= begin {
                alone = header.end.is_some();
                continue;
            }
            let stopped = read > LEAST && stop.load(Ordering::Relaxed);
            if looked == count || stopped {
                break;
            }
            looked += 1;
            read += end - START;
            came_to = Some(header.id);
            match self.fate(header, end, alone)? {
                Fate::Stays => alone = header.end.is_some(),
                Fate::Rewritten => {
                    self.rewrite(header, end)?;
                    // Its name is durable before the one that said where it ends is removed.
                    self.files.sync_folder()?;
                    alone = true;
                }
                Fate::Removed => {
                    self.fence()?;
                    self.files.remove(&name(Kind::Segment, header.id))?;
                    // As that is: the next one to go says where this one ends.
                    self.files.sync_folder()?;
                }
            }
        }
        Ok(came_to)
    }

    /// Whether the segments take more than twice what is kept of them, by the current
    /// records: while they do not, looking at each again and again gives little back.
    fn is_worthwhile(&self, segments: &[(Header, u64)]) -> bool {
        let space: u64 = segments.iter().map(|(header, _)| header.size - START).sum();
        space / 2 > self.state.kept(self.retention)
    }

    fn fate(&self, header: Header, end: u64, alone: bool) -> Result<Fate, StoreError> {
        let mut kept = 0;
        self.each_batch(header, end, |_, entries| {
            kept += entries.iter().map(|entry| entry.len() as u64).sum::<u64>();
            Ok(())
        })?;
        let is_empty = end == START;
        Ok(match kept {
            // It may be the only one that says where the one before it ends.
            0 if alone => Fate::Removed,
            0 if is_empty => Fate::Stays,
            // The space behind the end counts: owners that live for a moment leave much of it.
            kept if kept < (header.size - START) / 2 => Fate::Rewritten,
            _ => Fate::Stays,
        })
    }

    /// Writes a segment anew, with what is kept of it.
    fn rewrite(&self, header: Header, end: u64) -> Result<(), StoreError> {
        let files = self.files;
        let name = name(Kind::Segment, header.id);
        let new = format!("{name}.new");
        let file = files.create(&new)?;
        // The header has its block also where nothing follows it.
        files.fill(&*file, &new, START)?;
        let mut at = START;
        let mut batch = Builder::new();
        self.each_batch(header, end, |sequence, entries| {
            for entry in entries {
                batch.push(entry);
            }
            if !batch.is_empty() && batch.finish(self.epoch.store, sequence).is_some() {
                files.write(&*file, &new, batch.bytes(), at)?;
                at += batch.len() as u64;
            }
            batch.clear();
            Ok(())
        })?;
        let header = Header {
            size: at,
            end: Some(at),
            ..header
        };
        files.write(&*file, &new, &header.encode(), 0)?;
        files.sync(&*file, &new)?;
        self.fence()?;
        files.rename(&new, &name)
    }

    /// Hands out what is kept of each batch, with its sequence number.
    fn each_batch(
        &self,
        header: Header,
        end: u64,
        mut take: impl FnMut(u64, &[&[u8]]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let part = Part::open(self.files, header.id, end)?;
        part.each(self.files, |_, batch| {
            let kept: Vec<_> = batch
                .entries()
                .filter_map(|entry| match entry {
                    // The snapshot has all sources.
                    Some(Entry::Record(record)) if self.state.keeps(&record, self.retention) => {
                        Some(record.bytes)
                    }
                    _ => None,
                })
                .collect();
            take(batch.sequence, &kept)
        })
    }

    /// Nothing is removed by one who was taken over.
    fn fence(&self) -> Result<(), StoreError> {
        check::epoch(self.held, self.epoch.current(self.files)?)
    }
}
