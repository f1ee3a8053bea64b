//! Whatever stands at a path.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inflight::store::{
    Damage, JournalReader, JournalStore, Owner, ReadStore, SqliteReader, SqliteStore, Store,
    StoreError,
};

use super::nearby;
use super::refusal::{RIGHTS, Refusal};
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
            ErrorKind::NotFound => Refusal::from(StoreError::Missing {
                path: path.to_owned(),
            })
            .with_hint(path),
            ErrorKind::PermissionDenied => Refusal::misuse(
                format!("no permission to read `{}`", path.display()),
                RIGHTS,
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
        let opened = match self {
            Self::Sqlite(path) => SqliteReader::open(path).map(|it| Arc::new(it) as _),
            Self::Journal(path) => JournalReader::open(path).map(|it| Arc::new(it) as _),
        };
        opened.map_err(|error| self.refused(error))
    }

    /// What to say of an error: what is no store may be beside one.
    fn refused(&self, error: StoreError) -> Refusal {
        let is_elsewhere = matches!(
            error,
            StoreError::Missing { .. } | StoreError::NotAStore { .. }
        );
        match is_elsewhere {
            true => Refusal::from(error).with_hint(self.path()),
            false => error.into(),
        }
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
        let kept = self.kept()?;
        let opened = match self {
            Self::Sqlite(path) => {
                let options = SqliteStore::options().owner(NAME).retention(kept);
                options.open(path).map(|it| Arc::new(it) as Arc<dyn Store>)
            }
            Self::Journal(path) => {
                let options = JournalStore::options().owner(NAME).retention(kept);
                options.open(path).map(|it| Arc::new(it) as Arc<dyn Store>)
            }
        };
        match opened {
            Err(StoreError::Owned { .. }) => Ok(None),
            opened => Ok(Some(opened?)),
        }
    }

    /// How many records of an instance to keep: that is for the user's program to say. A
    /// journal has what it said last; SQLite drops none before the program does.
    pub(super) fn kept(&self) -> Result<u64, Refusal> {
        match self {
            Self::Sqlite(_) => Ok(u64::MAX),
            Self::Journal(path) => Ok(wait(JournalReader::open(path)?.retention())?),
        }
    }

    /// Gives back the space of all records but the newest so many of each instance, or of
    /// those that the user's program does not keep.
    pub(super) fn compact(&self, keep: Option<u64>) -> Result<(), Refusal> {
        // To open what is empty as an owner would make a store of it.
        self.reader()?;
        let keep = match keep {
            Some(keep) => keep,
            None => self.kept()?,
        };
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
        let found = match self {
            Self::Sqlite(path) => SqliteStore::verify(path),
            Self::Journal(path) => JournalStore::verify(path),
        };
        found.map_err(|error| self.refused(error))
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

impl Refusal {
    /// Names the stores that may have been meant.
    fn with_hint(self, path: &Path) -> Self {
        match nearby::hint(path) {
            Some(hint) => self.with_help(hint),
            None => self,
        }
    }
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}
