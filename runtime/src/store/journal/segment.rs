//! The segment that is written.

use super::disk::DiskFile;
use super::files::{Files, START, name};
use super::header::{BLOCK, Header, Kind};
use crate::store::StoreError;

/// How large the first segment of an owner is; each that follows is twice as large.
pub(super) const SMALLEST: u64 = if cfg!(test) { 12 } else { 256 } * 1024;

/// How large a segment is at most, unless a single batch needs more.
pub(super) const LARGEST: u64 = if cfg!(test) { 24 } else { 64 * 1024 } * 1024;

/// A segment to which batches can be added.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) header: Header,
    pub(super) name: String,
    pub(super) file: Box<dyn DiskFile>,
    /// Where the next batch goes.
    pub(super) offset: u64,
    /// Its sequence number.
    pub(super) sequence: u64,
}

/// Space that is written and durable, and will be a segment.
#[derive(Debug)]
pub(super) struct Spare {
    name: String,
    file: Box<dyn DiskFile>,
    pub(super) size: u64,
}

impl Spare {
    /// Prepares the space for the segment of this name.
    pub(super) fn prepare(files: &Files, segment: &str, size: u64) -> Result<Self, StoreError> {
        let name = format!("{segment}.new");
        let file = files.create(&name)?;
        let filled = files
            .fill(&*file, &name, size)
            .and_then(|()| files.sync(&*file, &name));
        match filled {
            Ok(()) => Ok(Self { name, file, size }),
            Err(error) => {
                // Others may need the space; the first failure is the one to tell.
                drop(files.remove(&name));
                Err(error)
            }
        }
    }

    /// Gives the space back.
    pub(super) fn discard(self, files: &Files) -> Result<(), StoreError> {
        files.remove(&self.name)
    }

    /// Makes a segment of it, with a first batch that stands elsewhere as well.
    pub(super) fn into_segment(
        self,
        files: &Files,
        header: Header,
        first: Option<&[u8]>,
    ) -> Result<Segment, StoreError> {
        let header = Header {
            size: self.size,
            ..header
        };
        let mut segment = Segment {
            header,
            name: name(Kind::Segment, header.id),
            file: self.file,
            offset: START,
            sequence: header.sequence,
        };
        files.write(&*segment.file, &self.name, &header.encode(), 0)?;
        if let Some(first) = first {
            files.write(&*segment.file, &self.name, first, START)?;
            segment.advance(first.len());
        }
        files.sync(&*segment.file, &self.name)?;
        files.rename(&self.name, &segment.name)?;
        files.sync_folder()?;
        Ok(segment)
    }
}

impl Segment {
    /// Whether a batch of this length has room.
    pub(super) fn fits(&self, length: usize) -> bool {
        self.offset + length as u64 <= self.header.size
    }

    /// Writes a batch; it is durable when this returns.
    pub(super) fn append(&mut self, files: &Files, batch: &[u8]) -> Result<(), StoreError> {
        files.write(&*self.file, &self.name, batch, self.offset)?;
        files.sync(&*self.file, &self.name)?;
        self.advance(batch.len());
        Ok(())
    }

    fn advance(&mut self, length: usize) {
        self.offset += length as u64;
        self.sequence += 1;
    }
}

/// The size of a segment that has room for a first batch of this length.
pub(super) fn size_for(length: usize, at_least: u64) -> u64 {
    (START + length as u64)
        .next_multiple_of(BLOCK)
        .max(at_least)
}
