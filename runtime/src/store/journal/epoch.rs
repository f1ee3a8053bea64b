//! The file `epoch`: that this is a store, which one, and who may write to it.
//!
//! ```text
//! magic 8 bytes | format u32 | checksum u32 | store 16 bytes | epoch u64
//! ```
//!
//! It is the last file that the creation of a store makes. It is written again in place,
//! within one sector, so that an owner that has it open sees that another has raised the
//! epoch.

use super::batch::StoreId;
use super::bytes::{Reading, checksum};
use super::disk::DiskFile;
use super::files::Files;
use super::header::FORMAT;
use crate::store::StoreError;

pub(super) const NAME: &str = "epoch";

const MAGIC: [u8; 8] = *b"inflight";

const LENGTH: usize = 40;

/// How often it is read again if somebody may be writing it just now.
const TRIES: usize = 100;

/// The open file.
#[derive(Debug)]
pub(super) struct Epoch {
    file: Box<dyn DiskFile>,
    pub(super) store: StoreId,
}

impl Epoch {
    /// Opens it; for writing, if it is to be raised.
    pub(super) fn open(files: &Files, writable: bool) -> Result<(Self, u64), StoreError> {
        let file = match writable {
            true => files.open_writable(NAME)?,
            false => files.open(NAME)?,
        };
        let (store, epoch) = read(files, &*file)?;
        Ok((Self { file, store }, epoch))
    }

    /// Makes a store of a folder that has all other files, with this epoch.
    pub(super) fn create(files: &Files, store: StoreId, epoch: u64) -> Result<Self, StoreError> {
        let new = format!("{NAME}.new");
        let file = files.create(&new)?;
        files.write(&*file, &new, &encode(store, epoch), 0)?;
        files.sync(&*file, &new)?;
        files.rename(&new, NAME)?;
        files.sync_folder()?;
        Ok(Self { file, store })
    }

    /// The epoch as it is now.
    pub(super) fn current(&self, files: &Files) -> Result<u64, StoreError> {
        read(files, &*self.file).map(|(_, epoch)| epoch)
    }

    /// Raises it, durably.
    pub(super) fn raise(&self, files: &Files, to: u64) -> Result<(), StoreError> {
        files.write(&*self.file, NAME, &encode(self.store, to), 0)?;
        files.sync(&*self.file, NAME)
    }
}

fn encode(store: StoreId, epoch: u64) -> Vec<u8> {
    let epoch = epoch.to_le_bytes();
    let mut bytes = MAGIC.to_vec();
    bytes.extend(FORMAT.to_le_bytes());
    bytes.extend(checksum(&[&store, &epoch]).to_le_bytes());
    bytes.extend(store);
    bytes.extend(epoch);
    bytes
}

fn read(files: &Files, file: &dyn DiskFile) -> Result<(StoreId, u64), StoreError> {
    let mut bytes = [0; LENGTH];
    for _ in 0..TRIES {
        let count = files.read(file, NAME, &mut bytes, 0)?;
        let read = bytes.get(..count).unwrap_or_default();
        match decode(read) {
            Some((magic, _, _)) if magic != MAGIC => {
                return Err(StoreError::NotAStore {
                    path: files.path.clone(),
                    detail: format!("its file `{NAME}` is another program's"),
                });
            }
            Some((_, format, _)) if format > FORMAT => return Err(files.newer(format)),
            Some((_, _, Some(found))) => return Ok(found),
            _ => {}
        }
    }
    Err(files.damaged(NAME, 0, "it does not match its checksum"))
}

/// Magic, format, and what they vouch for if it checks.
type Decoded = ([u8; 8], u32, Option<(StoreId, u64)>);

fn decode(bytes: &[u8]) -> Option<Decoded> {
    let mut reading = Reading(bytes);
    let (magic, format, sum) = (reading.array()?, reading.u32()?, reading.u32()?);
    let (store, epoch): (StoreId, [u8; 8]) = (reading.array()?, reading.array()?);
    let checks = sum == checksum(&[&store, &epoch]);
    let found = checks.then_some((store, u64::from_le_bytes(epoch)));
    Some((magic, format, found))
}
