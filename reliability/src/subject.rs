//! The stores that are tested.

use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;
use inflight::store::{ReadStore, SqliteReader, SqliteStore, Store, StoreError};

/// How many records of an instance are kept: few, so that old ones are dropped all the time.
pub(crate) const RETENTION: usize = 12;

/// A store that is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// `SqliteStore`.
    Sqlite,
}

/// A store that is open.
pub(crate) struct Opened {
    pub(crate) store: Arc<dyn Store>,
    close: Box<dyn FnOnce() -> Result<(), StoreError> + Send>,
}

impl Opened {
    /// Finishes what was asked for and closes it.
    pub(crate) fn close(self) -> Result<(), StoreError> {
        drop(self.store);
        (self.close)()
    }
}

impl Subject {
    /// Its name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
        }
    }

    /// Opens it, in place of its owner if there is one and `take_over` says so.
    pub(crate) fn open(self, path: &Path, take_over: bool) -> Result<Opened, StoreError> {
        match self {
            Self::Sqlite => {
                let options = SqliteStore::options().retention(RETENTION as u64);
                let store = match take_over {
                    true => options.take_over(path),
                    false => options.open(path),
                }?;
                Ok(Opened {
                    store: Arc::new(store.clone()),
                    close: Box::new(|| store.close()),
                })
            }
        }
    }

    /// Opens it for reading.
    pub(crate) fn read(self, path: &Path) -> Result<Arc<dyn ReadStore>, StoreError> {
        match self {
            Self::Sqlite => Ok(Arc::new(SqliteReader::open(path)?)),
        }
    }
}
