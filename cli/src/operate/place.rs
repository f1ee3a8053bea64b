//! Whatever stands at a path.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inflight::store::{
    Damage, JournalReader, JournalStore, Owner, ReadStore, SqliteReader, SqliteStore, Store,
    StoreError,
};

use super::refusal::Refusal;
use super::wait::wait;

/// What this command is called where it owns a store.
const NAME: &str = "inflight";

/// A store on disk, by its kind.
#[derive(Debug)]
pub(super) enum Place {
    /// A file.
    Sqlite(PathBuf),
    /// A folder.
    Journal(PathBuf),
}

impl Place {
    /// What stands at the path.
    pub(super) fn at(path: &Path) -> Result<Self, Refusal> {
        let cannot = |error: std::io::Error| match error.kind() {
            ErrorKind::NotFound => Refusal::misuse(
                format!("there is no store at `{}`", path.display()),
                "name the file or folder that your program opens, such as `state.db`",
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
        if found.is_dir() {
            fs::read_dir(&found).map_err(cannot)?;
            return Ok(Self::Journal(found));
        }
        File::open(&found).map_err(cannot)?;
        Ok(Self::Sqlite(found))
    }

    pub(super) fn path(&self) -> &Path {
        match self {
            Self::Sqlite(path) | Self::Journal(path) => path,
        }
    }

    /// Opens it for reading, beside its owner or without one.
    pub(super) fn reader(&self) -> Result<Arc<dyn ReadStore>, Refusal> {
        Ok(match self {
            Self::Sqlite(path) => Arc::new(SqliteReader::open(path)?),
            Self::Journal(path) => Arc::new(JournalReader::open(path)?),
        })
    }

    /// Which process owns it, if one does.
    pub(super) fn owner(&self) -> Result<Option<Owner>, Refusal> {
        Ok(match self {
            Self::Sqlite(path) => SqliteStore::owner(path)?,
            Self::Journal(path) => JournalStore::owner(path)?,
        })
    }

    /// Opens it as its owner; `None` if somebody else is.
    pub(super) fn open(&self) -> Result<Option<Arc<dyn Store>>, Refusal> {
        // How much history is kept is for the user's program to say.
        let opened = match self {
            Self::Sqlite(path) => {
                let options = SqliteStore::options().owner(NAME).retention(u64::MAX);
                options.open(path).map(|it| Arc::new(it) as Arc<dyn Store>)
            }
            Self::Journal(path) => {
                let options = JournalStore::options().owner(NAME).retention(u64::MAX);
                options.open(path).map(|it| Arc::new(it) as Arc<dyn Store>)
            }
        };
        match opened {
            Err(StoreError::Owned { .. }) => Ok(None),
            opened => Ok(Some(opened?)),
        }
    }

    /// Gives back the space of all records but the newest so many of each instance.
    pub(super) fn compact(&self, keep: u64) -> Result<(), Refusal> {
        match self {
            Self::Sqlite(path) => {
                let options = SqliteStore::options().owner(NAME).retention(keep);
                let store = options.open(path)?;
                wait(store.compact())?;
                Ok(store.close()?)
            }
            Self::Journal(path) => {
                let options = JournalStore::options().owner(NAME).retention(keep);
                let store = options.open(path)?;
                wait(store.compact())?;
                Ok(store.close()?)
            }
        }
    }

    /// Checks its files, whatever stands in them.
    pub(super) fn verify(&self) -> Result<Vec<Damage>, Refusal> {
        Ok(match self {
            Self::Sqlite(path) => SqliteStore::verify(path)?,
            Self::Journal(path) => JournalStore::verify(path)?,
        })
    }

    /// How many bytes it takes on disk.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::Sqlite(path) => {
                let mut log = path.as_os_str().to_owned();
                log.push("-wal");
                length(path) + length(Path::new(&log))
            }
            Self::Journal(path) => {
                let entries = fs::read_dir(path).into_iter().flatten().flatten();
                entries.map(|entry| length(&entry.path())).sum()
            }
        }
    }
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}
