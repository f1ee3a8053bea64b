//! Whatever stands at a path.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inflight::store::{Owner, ReadStore, SqliteReader, SqliteStore};

use super::refusal::Refusal;

/// A store on disk, by its kind.
#[derive(Debug)]
pub(super) enum Place {
    /// A file.
    Sqlite(PathBuf),
}

impl Place {
    /// What stands at the path.
    pub(super) fn at(path: &Path) -> Result<Self, Refusal> {
        let cannot = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => Refusal::misuse(
                format!("there is no store at `{}`", path.display()),
                "name the file that your program opens, such as `state.db`",
            ),
            ErrorKind::PermissionDenied => Refusal::misuse(
                format!("no permission to read `{}`", path.display()),
                "run this as the user whose program owns the store, with `sudo -u USER`",
            ),
            _ => Refusal::misuse(
                format!("cannot read `{}`: {error}", path.display()),
                "see to the cause, then try again",
            ),
        };
        let found = fs::canonicalize(path).map_err(cannot)?;
        if !found.is_dir() {
            File::open(&found).map_err(cannot)?;
        }
        Ok(Self::Sqlite(found))
    }

    /// Opens it for reading, beside its owner or without one.
    pub(super) fn reader(&self) -> Result<Arc<dyn ReadStore>, Refusal> {
        match self {
            Self::Sqlite(path) => Ok(Arc::new(SqliteReader::open(path)?)),
        }
    }

    /// Which process owns it, if one does.
    pub(super) fn owner(&self) -> Result<Option<Owner>, Refusal> {
        match self {
            Self::Sqlite(path) => Ok(SqliteStore::owner(path)?),
        }
    }
}
