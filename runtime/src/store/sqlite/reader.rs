//! Reading beside the owner.

use std::path::{Path, PathBuf};
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{database, records};
use crate::store::{InstanceId, ReadStore, StoreError, StoreFuture, StoredRecord};

/// Reads a store, at any time: beside its owner, after the owner's death, or without one.
///
/// It changes no record and takes no lock, and it never waits for the owner. SQLite may
/// create `PATH-shm` and an empty `PATH-wal`, which hold no records; in a folder that
/// may not be written, a store is readable if it was closed in good order or if
/// its `PATH-shm` is there.
#[derive(Clone, Debug)]
pub struct SqliteReader {
    path: PathBuf,
}

impl SqliteReader {
    /// Opens a store for reading.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] if there is none, or one whose creation was cut short, and
    /// otherwise as for [`SqliteStore::open`](super::SqliteStore::open), except `Owned`.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        let missing = || StoreError::Missing {
            path: path.to_owned(),
        };
        let path = database::locate(path)?.ok_or_else(missing)?;
        database::open_read_only(&path)?;
        Ok(Self { path })
    }

    // A connection and a thread for each reading: a reader that does nothing holds
    // nothing, and what it reads is the file that is at the path now.
    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> StoreFuture<T> {
        let (reply, result) = oneshot::channel();
        let path = self.path.clone();
        let started = thread::Builder::new()
            .name("inflight-reader".to_owned())
            .spawn(move || {
                let found = database::open_read_only(&path).and_then(|connection| {
                    read(&connection).map_err(|error| database::fault(&path, "read", error))
                });
                // Nobody waits for it any more if this fails.
                drop(reply.send(found));
            });
        Box::pin(async move {
            started.map_err(|error| StoreError::io("start a thread", error))?;
            result.await.unwrap_or(Err(StoreError::Closed))
        })
    }
}

impl ReadStore for SqliteReader {
    fn load(&self, instance: &InstanceId) -> StoreFuture<Option<StoredRecord>> {
        let instance = instance.clone();
        self.read(move |connection| records::current(connection, &instance))
    }

    fn list(&self) -> StoreFuture<Vec<InstanceId>> {
        self.read(records::list)
    }

    fn current(&self) -> StoreFuture<Vec<(InstanceId, StoredRecord)>> {
        self.read(records::all_current)
    }

    fn history(&self, instance: &InstanceId) -> StoreFuture<Vec<StoredRecord>> {
        let instance = instance.clone();
        self.read(move |connection| records::history(connection, &instance))
    }

    fn histories(&self, instances: &[InstanceId]) -> StoreFuture<Vec<Vec<StoredRecord>>> {
        let instances = instances.to_vec();
        self.read(move |connection| {
            let instances = instances.iter();
            let histories = instances.map(|instance| records::history(connection, instance));
            histories.collect()
        })
    }

    fn source(&self, workflow: &str, fingerprint: u64) -> StoreFuture<Option<String>> {
        let workflow = workflow.to_owned();
        self.read(move |connection| records::source(connection, &workflow, fingerprint))
    }

    fn newest(&self, workflow: &str) -> StoreFuture<Option<(u64, String)>> {
        let workflow = workflow.to_owned();
        self.read(move |connection| records::newest(connection, &workflow))
    }
}
