//! The journal: a store of our own, one folder, owned by one process at a time.
//!
//! What is in the folder, what holds of it at any time, and what is assumed of the disk
//! is specified in `journal/FORMAT.md`. From the bottom up:
//!
//! - `disk` is all that is asked of a disk, `files` names the files;
//! - `record` is one in bytes, `codec` makes entries of them, `entry` is one in bytes, `batch` what one
//!   write and one sync make durable, `header` what a file begins with, `epoch` who may write;
//! - `state` is what is held in memory, `replay` reads it from the files;
//! - `create` opens a store for writing, `segment` is the file that is written,
//!   `writer` is its owner;
//! - `housekeeping` takes snapshots, `archive` removes what is not needed any more;
//! - `part` reads one file from end to end: for `history`, `archive` and `verify`;
//! - `reader` reads beside the owner.

mod archive;
mod batch;
mod bytes;
mod codec;
mod create;
mod disk;
mod entry;
mod epoch;
mod files;
mod header;
mod history;
mod housekeeping;
mod part;
mod reader;
mod record;
mod replay;
mod segment;
#[cfg(test)]
mod simulation;
mod state;
#[cfg(test)]
mod tests;
mod verify;
mod writer;

use std::future::ready;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use reader::JournalReader;

use self::codec::{decode, decode_all, encode};
use self::disk::Folder;
use self::files::Files;
use self::writer::Writer;
use super::committer::Committer;
use super::lock::{self, Turn};
use super::options::{Owned, Settings, StoreOptions};
use super::path;
use super::{
    Claim, Commit, Damage, InstanceId, Owner, ReadStore, Store, StoreError, StoreFuture,
    StoredRecord,
};

/// Keeps records in a journal: a folder of files to which is only added.
///
/// One process owns the folder, by a lock that its death frees. Commits that arrive
/// together are one write and one sync. The current record of each instance is held in
/// memory, as its owner wrote it: about 100 bytes more than the record itself.
///
/// Clones are handles to the same open store. When the last one is dropped, what was
/// asked for is finished and the files are closed; [`close`](Self::close) does the same
/// and says whether it went well.
///
/// ```
/// use inflight::store::JournalStore;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("state");
/// let store = JournalStore::open(&path)?;
/// assert!(JournalStore::open(&path).is_err());
/// store.close()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct JournalStore {
    committer: Arc<Committer<Writer>>,
    files: Files,
}

impl JournalStore {
    /// Opens a journal; creates it, and its folder, if there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Owned`] if another process has it open;
    /// [`StoreError::NotAStore`], [`StoreError::Version`] and [`StoreError::Corrupt`]
    /// if the folder is not one that can be used, and then it is left as it is;
    /// [`StoreError::NoFolder`] if the folder that it is to stand in does not exist;
    /// [`StoreError::Full`] and [`StoreError::Io`] as their names say.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::options().open(path)
    }

    /// Opens a journal, also while another process owns it: the next commit of that one
    /// fails as [`StoreError::Fenced`].
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open), except `Owned`.
    pub fn take_over(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::options().take_over(path)
    }

    /// Opens a journal otherwise than by default.
    pub fn options() -> StoreOptions<Self> {
        StoreOptions::new()
    }

    /// Who has a journal open, if anybody has. Takes nothing and writes nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] if the lock cannot be read.
    pub fn owner(path: impl AsRef<Path>) -> Result<Option<Owner>, StoreError> {
        match locate(path.as_ref())? {
            Some(path) => lock::owner(&stem(&path)),
            None => Ok(None),
        }
    }

    /// Checks every checksum of every file, that no file is missing which another tells of, and
    /// that the history of every instance has its current record. Changes nothing, and may be
    /// called beside an owner. Empty if all is well.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`], [`StoreError::NotAStore`] and [`StoreError::Version`] if
    /// there is nothing to check, and [`StoreError::Io`] if it cannot be read.
    pub fn verify(path: impl AsRef<Path>) -> Result<Vec<Damage>, StoreError> {
        verify::verify(path.as_ref())
    }

    /// Takes a snapshot now, and gives back the space of all records that are not kept any
    /// more. It goes on beside commits, and happens by and by without being asked for.
    ///
    /// # Errors
    ///
    /// [`StoreError::Fenced`] after somebody took the journal over, and
    /// [`StoreError::Full`], [`StoreError::Io`] and [`StoreError::Corrupt`] as their
    /// names say. No record is lost by it.
    pub fn compact(&self) -> StoreFuture<()> {
        let begun = self.committer.prepare(Writer::compact);
        Box::pin(async move {
            match begun.await? {
                Some(done) => done.await.unwrap_or(Err(StoreError::Closed)),
                None => Ok(()),
            }
        })
    }

    /// Finishes what was asked for and closes the journal, for all its handles.
    ///
    /// # Errors
    ///
    /// What made the store fail before, or the failure to close the files; what was
    /// reported as committed is durable all the same. [`StoreError::Closed`] if another
    /// handle has closed it before.
    pub fn close(self) -> Result<(), StoreError> {
        self.committer.close()
    }
}

impl Owned for JournalStore {
    fn start(
        path: &Path,
        settings: Settings,
        owner: Owner,
        owned: impl FnOnce(PathBuf, Owner) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let path = locate(path)?.ok_or_else(|| settings.no_folder(path))?;
        if settings.must_exist && !path.exists() {
            return Err(StoreError::Gone { path });
        }
        let retention = settings.retention;
        let files = Files::new(path.clone(), Arc::new(Folder::create(&path)?));
        create::inspect(&files, settings.must_exist)?;
        let turn = Turn::wait(&stem(&path), &path.join(epoch::NAME))?;
        let former = turn.owner()?;
        let is_taken = former.is_some();
        if let Some(former) = former {
            owned(path.clone(), former)?;
        }
        let opened = patiently(|| is_taken, || create::open(&files, retention))?;
        // First the epoch, then the lock: should the second fail, a former owner is
        // fenced but still named, and nobody commits beside it.
        let ownership = turn.own(&owner)?;
        let writer = Writer::new(files.clone(), opened, retention, Some(ownership));
        Ok(Self {
            committer: Arc::new(Committer::start(writer)?),
            files,
        })
    }
}

/// How often something is tried that a living owner can disturb.
const TRIES: usize = 20;

const PAUSE: Duration = Duration::from_millis(5);

/// Tries again if a living owner may have been writing or removing just what was read: a
/// batch that is being written looks like one that is damaged.
fn patiently<T>(
    disturbed: impl Fn() -> bool,
    mut read: impl FnMut() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut tries = 0;
    loop {
        match read() {
            Err(StoreError::Corrupt { .. }) if tries < TRIES && disturbed() => {
                std::thread::sleep(PAUSE);
            }
            Err(error) if files::is_missing(&error) && tries < TRIES => {}
            result => return result,
        }
        tries += 1;
    }
}

/// Starts a thread. In tests it runs to its end at once, so that what is simulated comes out
/// the same every time.
fn background<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<JoinHandle<T>, StoreError> {
    let thread = thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|error| StoreError::io("start a thread", error))?;
    while cfg!(test) && !thread.is_finished() {
        thread::yield_now();
    }
    Ok(thread)
}

/// Where a store is, or is to be; `None` if the folder that it stands in does not exist.
fn locate(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    match path::absolute(path)? {
        Some(path) if path.exists() && !path.is_dir() => Err(StoreError::NotAStore {
            path,
            detail: "it is no folder".to_owned(),
        }),
        found => Ok(found),
    }
}

/// What the paths of the files in a store begin with.
fn stem(store: &Path) -> PathBuf {
    lock::beside(store, "/")
}

impl ReadStore for JournalStore {
    fn load(&self, instance: &InstanceId) -> StoreFuture<Option<StoredRecord>> {
        let instance = instance.clone();
        let found = self.committer.read(move |writer| writer.load(&instance));
        let files = self.files.clone();
        Box::pin(async move {
            let record = found.await?;
            record.map(|record| decode(&files, &record)).transpose()
        })
    }

    fn list(&self) -> StoreFuture<Vec<InstanceId>> {
        self.committer.read(Writer::list)
    }

    fn current(&self) -> StoreFuture<Vec<(InstanceId, StoredRecord)>> {
        let found = self.committer.read(Writer::current);
        let files = self.files.clone();
        Box::pin(async move { decode_all(&files, found.await?) })
    }

    fn history(&self, instance: &InstanceId) -> StoreFuture<Vec<StoredRecord>> {
        let key = entry::key(instance);
        // Whoever waits for this does not keep the store open.
        let (committer, asked) = (Arc::downgrade(&self.committer), key.clone());
        let ask = move || {
            let key = asked.clone();
            match committer.upgrade() {
                Some(committer) => committer.read(move |writer| writer.newest(&key)),
                None => Box::pin(ready(Err(StoreError::Closed))),
            }
        };
        Box::pin(history::kept(self.files.clone(), key, ask))
    }

    fn source(&self, workflow: &str, fingerprint: u64) -> StoreFuture<Option<String>> {
        let workflow = workflow.to_owned();
        self.committer
            .read(move |writer| writer.source(&workflow, fingerprint))
    }

    fn newest(&self, workflow: &str) -> StoreFuture<Option<(u64, String)>> {
        let workflow = workflow.to_owned();
        self.committer
            .read(move |writer| writer.declared(&workflow))
    }
}

impl Store for JournalStore {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        let instance = instance.clone();
        let claimed = self
            .committer
            .prepare(move |writer| writer.claim(&instance));
        let files = self.files.clone();
        Box::pin(async move {
            let (epoch, record, release) = claimed.await?;
            let record = record.map(|record| decode(&files, &record)).transpose()?;
            Ok(Claim {
                epoch,
                record,
                release,
            })
        })
    }

    fn declare(&self, workflow: &str, fingerprint: u64, source: &'static str) -> StoreFuture<()> {
        let workflow = workflow.to_owned();
        self.committer
            .prepare(move |writer| writer.declare(&workflow, fingerprint, source))
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        match encode(&commit) {
            Ok(item) => self.committer.commit(item),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }

    fn held(&self) -> StoreFuture<u64> {
        self.committer.read(|writer| writer.held())
    }

    fn requests(&self) -> Option<PathBuf> {
        Some(lock::beside(&self.files.path, ".requests"))
    }
}
