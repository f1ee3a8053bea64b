//! The embedded store: one SQLite file, owned by one process at a time.
//!
//! Beside `state.db` stand SQLite's own `state.db-wal` and `state.db-shm`, the
//! `state.db.lock` that its owner keeps locked and that holds the owner's name, the empty
//! `state.db.opening` that is locked while a store is being opened, and the folder
//! `state.db.requests` in which operators ask something of the owner. None of them may be
//! deleted while the store is open.
//!
//! - `database` creates, checks and opens the file;
//! - `tables` says what stands in it;
//! - `records` reads and writes its rows;
//! - `writer` owns the connection;
//! - `reader` reads beside the owner.

mod database;
mod reader;
mod records;
mod tables;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use reader::SqliteReader;

use self::writer::Writer;
use super::committer::Committer;
use super::lock::{self, Turn};
use super::options::{Owned, Settings, StoreOptions};
use super::{
    Claim, Commit, Damage, InstanceId, Owner, ReadStore, Store, StoreError, StoreFuture,
    StoredRecord,
};

/// Keeps records in an SQLite file.
///
/// One process owns the file, by a lock that its death frees. Commits that arrive
/// together share one transaction, and thereby one sync.
///
/// Clones are handles to the same open store. When the last one is dropped, what was
/// asked for is finished and the file is closed; [`close`](Self::close) does the same
/// and says whether it went well.
///
/// ```
/// use inflight::store::SqliteStore;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("state.db");
/// let store = SqliteStore::open(&path)?;
/// assert!(SqliteStore::open(&path).is_err());
/// store.close()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SqliteStore {
    committer: Arc<Committer<Writer>>,
    requests: PathBuf,
}

impl SqliteStore {
    /// Opens a store, and creates it if there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::Owned`] if another process has it open;
    /// [`StoreError::NotAStore`], [`StoreError::Version`] and [`StoreError::Corrupt`]
    /// if the file is not one that can be used, and then it is left as it is;
    /// [`StoreError::NoFolder`], [`StoreError::Full`] and [`StoreError::Io`] as their
    /// names say. An empty file is no store yet, unless what lies beside it tells that it was:
    /// then it is damaged. The current records are checked, at about 1.5 ms a megabyte; of the
    /// history nothing is read.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::options().open(path)
    }

    /// Opens a store, also while another process owns it: the next commit of that one
    /// fails as [`StoreError::Fenced`].
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open), except `Owned`.
    pub fn take_over(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::options().take_over(path)
    }

    /// Opens a store otherwise than by default.
    pub fn options() -> StoreOptions<Self> {
        StoreOptions::new()
    }

    /// Who has a store open, if anybody has. Takes nothing and writes nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] if the lock cannot be read.
    pub fn owner(path: impl AsRef<Path>) -> Result<Option<Owner>, StoreError> {
        match database::locate(path.as_ref())? {
            Some(path) => lock::owner(&stem(&path)),
            None => Ok(None),
        }
    }

    /// Checks the whole file: its structure, and that what its tables say is the same.
    /// Changes nothing, and may be called beside an owner. Empty if all is well. SQLite
    /// has no checksums: a letter changed within a text goes unnoticed.
    ///
    /// # Errors
    ///
    /// As for [`SqliteReader::open`].
    pub fn verify(path: impl AsRef<Path>) -> Result<Vec<Damage>, StoreError> {
        let path = path.as_ref();
        let located = database::locate(path)?;
        let path = located.ok_or_else(|| StoreError::Missing {
            path: path.to_owned(),
        })?;
        database::verify(&path)
    }

    /// Gives the space back of records that are not kept any more. It takes a while, and
    /// everything else waits.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`], for a copy is made, and [`StoreError::Io`]. No record is lost
    /// by it.
    pub fn compact(&self) -> StoreFuture<()> {
        self.committer.prepare(|writer| writer.compact())
    }

    /// Finishes what was asked for and closes the store, for all its handles.
    ///
    /// # Errors
    ///
    /// What made the store fail before, or the failure to close the file; what was
    /// reported as committed is durable all the same. [`StoreError::Closed`] if another
    /// handle has closed it before.
    pub fn close(self) -> Result<(), StoreError> {
        self.committer.close()
    }
}

impl Owned for SqliteStore {
    fn start(
        path: &Path,
        settings: Settings,
        owner: Owner,
        owned: impl FnOnce(PathBuf, Owner) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let located = database::locate(path)?;
        let path = located.ok_or_else(|| settings.no_folder(path))?;
        database::inspect(&path, settings.must_exist)?;
        let turn = Turn::wait(&stem(&path), &path)?;
        if let Some(former) = turn.owner()? {
            owned(path.clone(), former)?;
        }
        let mut connection = database::open(&path, settings.must_exist)?;
        // First the epoch, then the lock: should the second fail, a former owner is
        // fenced but still named, and nobody commits beside it.
        let epoch = database::raise_epoch(&mut connection, &path)?;
        let ownership = turn.own(&owner)?;
        let requests = lock::beside(&path, ".requests");
        let writer = Writer::new(path, connection, epoch, settings.retention, ownership);
        Ok(Self {
            committer: Arc::new(Committer::start(writer)?),
            requests,
        })
    }
}

/// What the paths of the files beside a store begin with.
fn stem(store: &Path) -> PathBuf {
    lock::beside(store, ".")
}

impl ReadStore for SqliteStore {
    fn load(&self, instance: &InstanceId) -> StoreFuture<Option<StoredRecord>> {
        let instance = instance.clone();
        self.committer
            .read(move |writer| writer.read(|connection| records::current(connection, &instance)))
    }

    fn list(&self) -> StoreFuture<Vec<InstanceId>> {
        self.committer.read(|writer| writer.read(records::list))
    }

    fn current(&self) -> StoreFuture<Vec<(InstanceId, StoredRecord)>> {
        self.committer
            .read(|writer| writer.read(records::all_current))
    }

    fn history(&self, instance: &InstanceId) -> StoreFuture<Vec<StoredRecord>> {
        let instance = instance.clone();
        self.committer
            .read(move |writer| writer.read(|connection| records::history(connection, &instance)))
    }

    fn source(&self, workflow: &str, fingerprint: u64) -> StoreFuture<Option<String>> {
        let workflow = workflow.to_owned();
        self.committer.read(move |writer| {
            writer.read(|connection| records::source(connection, &workflow, fingerprint))
        })
    }

    fn newest(&self, workflow: &str) -> StoreFuture<Option<(u64, String)>> {
        let workflow = workflow.to_owned();
        self.committer
            .read(move |writer| writer.read(|connection| records::newest(connection, &workflow)))
    }
}

impl Store for SqliteStore {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        let instance = instance.clone();
        self.committer
            .prepare(move |writer| writer.claim(&instance))
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        self.committer.commit(commit)
    }

    fn declare(&self, workflow: &str, fingerprint: u64, source: &'static str) -> StoreFuture<()> {
        let workflow = workflow.to_owned();
        self.committer
            .prepare(move |writer| writer.declare(&workflow, fingerprint, source))
    }

    fn held(&self) -> StoreFuture<u64> {
        self.committer.read(|writer| writer.held())
    }

    fn requests(&self) -> Option<PathBuf> {
        Some(self.requests.clone())
    }
}
