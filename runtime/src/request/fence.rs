//! Which owner may begin requests and answer them.
//!
//! The file `fence` stands beside the requests, and in it the highest epoch of an owner that
//! has begun one. It is locked while one is begun or answered. So an owner that was taken over
//! has answered before its successor begins, who sees that; or it finds the successor's epoch,
//! and is silent.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::thread;
use std::time::Duration;

/// How long an epoch is in the file: it is written over another at once.
const LENGTH: usize = 20;

/// How often it is tried to lock the file. Others hold it for as long as a sync takes; but one
/// may have been stopped with it.
const TRIES: usize = 200;

const PAUSE: Duration = Duration::from_millis(5);

/// The right to begin a request, or to answer one, until dropped.
#[derive(Debug)]
pub(super) struct Fence(File);

impl Fence {
    /// Waits for the lock; `None` if an owner with a higher epoch has begun a request.
    pub(super) fn pass(path: &Path, epoch: u64) -> io::Result<Option<Self>> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let this = Self(options.open(path)?);
        this.lock()?;
        Ok((this.epoch()? <= epoch).then_some(this))
    }

    /// From now on no owner with a lower epoch passes.
    pub(super) fn raise(&self, epoch: u64) -> io::Result<()> {
        match self.epoch()? < epoch {
            true => self
                .0
                .write_all_at(format!("{epoch:0LENGTH$}").as_bytes(), 0),
            false => Ok(()),
        }
    }

    fn lock(&self) -> io::Result<()> {
        for _ in 0..TRIES {
            match self.0.try_lock() {
                Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Interrupted => {}
                locked => return Ok(locked?),
            }
        }
        Err(ErrorKind::WouldBlock.into())
    }

    /// What stands there; nothing does before the first request.
    fn epoch(&self) -> io::Result<u64> {
        let mut text = [0; LENGTH];
        let count = self.0.read_at(&mut text, 0)?;
        let text = text.get(..count).unwrap_or_default();
        let epoch = str::from_utf8(text).ok().and_then(|text| text.parse().ok());
        Ok(epoch.unwrap_or(0))
    }
}
