//! The stores that are held to the contract.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "the helpers of a test fail where something is amiss"
)]

use inflight::store::{JournalStore, MemoryStore, SqliteStore, Store};
use tempfile::TempDir;

/// One place where records are kept, and the ways to get at it.
pub trait Harness: Send + Sync {
    type Store: Store + Clone;

    /// An empty place that keeps so many records an instance.
    fn new(retention: u64) -> Self;

    /// Opens it for the first time, or after the last handle was dropped.
    fn open(&self) -> Self::Store;

    /// Takes it over while it is open.
    fn take_over(&self) -> Self::Store;
}

pub struct Memory(MemoryStore);

impl Harness for Memory {
    type Store = MemoryStore;

    fn new(retention: u64) -> Self {
        Self(MemoryStore::with_retention(retention))
    }

    fn open(&self) -> MemoryStore {
        self.0.take_over()
    }

    fn take_over(&self) -> MemoryStore {
        self.0.take_over()
    }
}

pub struct Sqlite(TempDir, u64);

impl Harness for Sqlite {
    type Store = SqliteStore;

    fn new(retention: u64) -> Self {
        Self(tempfile::tempdir().unwrap(), retention)
    }

    fn open(&self) -> SqliteStore {
        SqliteStore::options()
            .retention(self.1)
            .open(self.0.path().join("state.db"))
            .unwrap()
    }

    fn take_over(&self) -> SqliteStore {
        SqliteStore::options()
            .retention(self.1)
            .take_over(self.0.path().join("state.db"))
            .unwrap()
    }
}

pub struct Journal(TempDir, u64);

impl Harness for Journal {
    type Store = JournalStore;

    fn new(retention: u64) -> Self {
        Self(tempfile::tempdir().unwrap(), retention)
    }

    fn open(&self) -> JournalStore {
        JournalStore::options()
            .retention(self.1)
            .open(self.0.path().join("state"))
            .unwrap()
    }

    fn take_over(&self) -> JournalStore {
        JournalStore::options()
            .retention(self.1)
            .take_over(self.0.path().join("state"))
            .unwrap()
    }
}
