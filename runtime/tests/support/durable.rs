//! What the stores that have a disk have in common.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use inflight::store::{
    Damage, JournalReader, JournalStore, Owner, ReadStore, SqliteReader, SqliteStore, Store,
    StoreError, StoreFuture,
};

use super::records::{commit, id};

/// Writes the records 1 to `last` of `unit/mysql-0`.
pub async fn fill<S: Durable>(path: &Path, last: u64) {
    let store = S::open(path, "filler", 10_000).unwrap();
    let unit = id("unit", "mysql-0");
    let claim = store.claim(&unit).await.unwrap();
    for version in 1..=last {
        store.commit(commit(&unit, &claim, version)).await.unwrap();
    }
    store.close().unwrap();
    until_free::<S>(path);
}

/// Waits until nobody owns the store. A child that another test is just starting has the lock
/// of a store that was closed meanwhile, until it becomes the command.
pub fn until_free<S: Durable>(path: &Path) {
    while S::owner(path).unwrap().is_some() {
        thread::yield_now();
    }
}

/// A store at a path, owned by one process.
pub trait Durable: Store + Clone + Sized {
    /// What reads beside the owner.
    type Reader: ReadStore;

    /// Opens it under a name, keeping so many records of an instance.
    fn open(path: &Path, owner: &str, retention: u64) -> Result<Self, StoreError>;

    /// Opens it although another process may own it.
    fn take_over(path: &Path) -> Result<Self, StoreError>;

    /// Who owns it.
    fn owner(path: &Path) -> Result<Option<Owner>, StoreError>;

    /// Opens it for reading.
    fn reader(path: &Path) -> Result<Self::Reader, StoreError>;

    /// The file with most of the records, at a path of a store.
    fn largest(path: &Path) -> PathBuf {
        let path = fs::canonicalize(path).unwrap();
        match fs::read_dir(&path) {
            Ok(files) => files
                .map(|file| file.unwrap().path())
                .max_by_key(|file| fs::read(file).unwrap().iter().filter(|&&b| b != 0).count())
                .unwrap(),
            Err(_) => path,
        }
    }

    /// What is damaged.
    fn verify(path: &Path) -> Result<Vec<Damage>, StoreError>;

    /// Gives back the space of what is not kept any more.
    fn compact(&self) -> StoreFuture<()>;

    /// Closes it for all its handles.
    fn close(self) -> Result<(), StoreError>;
}

macro_rules! durable {
    ($store:ident, $reader:ident) => {
        impl Durable for $store {
            type Reader = $reader;

            fn open(path: &Path, owner: &str, retention: u64) -> Result<Self, StoreError> {
                Self::options().owner(owner).retention(retention).open(path)
            }

            fn take_over(path: &Path) -> Result<Self, StoreError> {
                Self::take_over(path)
            }

            fn owner(path: &Path) -> Result<Option<Owner>, StoreError> {
                Self::owner(path)
            }

            fn reader(path: &Path) -> Result<$reader, StoreError> {
                $reader::open(path)
            }

            fn verify(path: &Path) -> Result<Vec<Damage>, StoreError> {
                Self::verify(path)
            }

            fn compact(&self) -> StoreFuture<()> {
                self.compact()
            }

            fn close(self) -> Result<(), StoreError> {
                Self::close(self)
            }
        }
    };
}

durable!(SqliteStore, SqliteReader);
durable!(JournalStore, JournalReader);
