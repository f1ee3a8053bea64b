//! The stores that are tested.

use std::future::ready;
use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;
use inflight::store::{
    JournalReader, JournalStore, ReadStore, SqliteReader, SqliteStore, Store, StoreError,
    StoreFuture,
};

/// How many records of an instance are kept: few, so that old ones are dropped all the time.
pub(crate) const RETENTION: usize = 12;

/// A store that is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// `SqliteStore`.
    Sqlite,
    /// `JournalStore`.
    Journal,
}

/// Gives back the space of what is not kept any more.
pub(crate) type Compact = Arc<dyn Fn() -> StoreFuture<()> + Send + Sync>;

/// A store that is open.
pub(crate) struct Opened {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) compact: Compact,
    close: Box<dyn FnOnce() -> Result<(), StoreError> + Send>,
}

impl Opened {
    /// Finishes what was asked for and closes it.
    pub(crate) fn close(self) -> Result<(), StoreError> {
        drop((self.store, self.compact));
        (self.close)()
    }
}

impl Subject {
    /// Its name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Journal => "journal",
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
                    // It has no use for it.
                    compact: Arc::new(|| Box::pin(ready(Ok(())))),
                    close: Box::new(|| store.close()),
                })
            }
            Self::Journal => {
                let options = JournalStore::options().retention(RETENTION as u64);
                let store = match take_over {
                    true => options.take_over(path),
                    false => options.open(path),
                }?;
                let compacted = store.clone();
                Ok(Opened {
                    store: Arc::new(store.clone()),
                    compact: Arc::new(move || compacted.compact()),
                    close: Box::new(|| store.close()),
                })
            }
        }
    }

    /// Opens it for reading.
    pub(crate) fn read(self, path: &Path) -> Result<Arc<dyn ReadStore>, StoreError> {
        match self {
            Self::Sqlite => Ok(Arc::new(SqliteReader::open(path)?)),
            Self::Journal => Ok(Arc::new(JournalReader::open(path)?)),
        }
    }
}
