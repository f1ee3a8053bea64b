//! Stores in folders of their own.

use std::fs;
use std::path::{Path, PathBuf};

use inflight::store::SqliteStore;
use tempfile::TempDir;

/// A folder of its own for a store.
pub struct Place(TempDir);

impl Place {
    /// An empty one.
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    /// Where the store is to stand.
    pub fn path(&self) -> PathBuf {
        self.0.path().join("state.db")
    }

    /// The files in it, with their contents.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<_> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read(entry.path()).unwrap_or_default())
            })
            .collect();
        files.sort();
        files
    }
}

/// Writes the records 1 to `last` of `unit/mysql-0`.
pub async fn fill(path: &Path, last: u64) {
    super::durable::fill::<SqliteStore>(path, last).await;
}
