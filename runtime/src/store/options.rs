//! How a store that has a place on disk is opened.

use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{DEFAULT_RETENTION, Owner, StoreError};

/// How a store is opened; made by [`JournalStore::options`](super::JournalStore::options) and
/// [`SqliteStore::options`](super::SqliteStore::options).
#[derive(Clone, Debug)]
#[must_use = "nothing is opened until `open` or `take_over` is called"]
pub struct StoreOptions<S> {
    retention: u64,
    owner: Option<String>,
    store: PhantomData<fn() -> S>,
}

/// A store that one process owns.
pub trait Owned: Sized {
    /// Opens it for an owner, unless `owned` refuses because there is one.
    ///
    /// # Errors
    ///
    /// As for `open` of the store.
    fn start(
        path: &Path,
        retention: u64,
        owner: Owner,
        owned: impl FnOnce(PathBuf, Owner) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError>;
}

impl<S> StoreOptions<S> {
    pub(super) fn new() -> Self {
        Self {
            retention: DEFAULT_RETENTION,
            owner: None,
            store: PhantomData,
        }
    }

    /// How many records of an instance are kept, the current one among them; it is
    /// always kept. 10,000 unless told otherwise.
    pub fn retention(mut self, records: u64) -> Self {
        self.retention = records.max(1);
        self
    }

    /// What the owner is called in the errors of others; the program's file name unless
    /// told otherwise.
    pub fn owner(mut self, name: impl Into<String>) -> Self {
        self.owner = Some(name.into());
        self
    }
}

impl<S: Owned> StoreOptions<S> {
    /// Opens the store, as `open` of its type does.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn open(self, path: impl AsRef<Path>) -> Result<S, StoreError> {
        self.start(path.as_ref(), |path, owner| {
            Err(StoreError::Owned { path, owner })
        })
    }

    /// Takes the store over, as `take_over` of its type does.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn take_over(self, path: impl AsRef<Path>) -> Result<S, StoreError> {
        self.start(path.as_ref(), |_, _| Ok(()))
    }

    fn start(
        self,
        path: &Path,
        owned: impl FnOnce(PathBuf, Owner) -> Result<(), StoreError>,
    ) -> Result<S, StoreError> {
        let owner = Owner {
            pid: std::process::id(),
            program: self.owner.unwrap_or_else(Owner::program),
            since: SystemTime::now(),
        };
        S::start(path, self.retention, owner, owned)
    }
}
