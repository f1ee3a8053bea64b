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
    settings: Settings,
    owner: Option<String>,
    store: PhantomData<fn() -> S>,
}

/// What a store itself has to know of its options.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How many records of an instance are kept.
    pub retention: u64,
    /// Whether it is refused to create the store.
    pub must_exist: bool,
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
        settings: Settings,
        owner: Owner,
        owned: impl FnOnce(PathBuf, Owner) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError>;
}

impl Settings {
    /// The folder that the store is to stand in does not exist.
    pub(super) fn no_folder(self, store: &Path) -> StoreError {
        let path = store.to_owned();
        match self.must_exist {
            true => StoreError::Gone { path },
            false => StoreError::NoFolder { path },
        }
    }
}

impl<S> StoreOptions<S> {
    pub(super) fn new() -> Self {
        Self {
            settings: Settings {
                retention: DEFAULT_RETENTION,
                must_exist: false,
            },
            owner: None,
            store: PhantomData,
        }
    }

    /// How many records of an instance are kept, the current one among them; it is
    /// always kept. 10,000 unless told otherwise.
    pub fn retention(mut self, records: u64) -> Self {
        self.settings.retention = records.max(1);
        self
    }

    /// Refuses with [`StoreError::Gone`] where there is no store, instead of creating one. A
    /// volume that is not mounted, or a path with a mistake in it, looks like a machine on which
    /// nothing was ever done: a program that then provisions what it finds missing does so a
    /// second time. So let one thing create the store, at installation say, and all else open it
    /// with this.
    ///
    /// ```
    /// use inflight::store::{JournalStore, StoreError};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let folder = tempfile::tempdir()?;
    /// # let path = folder.path().join("state");
    /// let gone = JournalStore::options().must_exist().open(&path);
    /// assert!(matches!(gone, Err(StoreError::Gone { .. })));
    /// JournalStore::open(&path)?.close()?;
    /// JournalStore::options().must_exist().open(&path)?.close()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn must_exist(mut self) -> Self {
        self.settings.must_exist = true;
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
        S::start(path, self.settings, owner, owned)
    }
}
