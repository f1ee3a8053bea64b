//! Who owns a store.
//!
//! The owner keeps the file `lock` locked, and its name stands in it. The file is written
//! and locked under another name and put in place by a rename, so that whoever finds it
//! locked reads the name of the process that has locked it, never a dead one's. Nobody
//! else locks it but to see whether that can be done, and then not exclusively, so that
//! looking disturbs nobody.
//!
//! Looking and replacing must not mix with those of another process: whoever opens a
//! store has a [`Turn`], a short lock on the file `opening`.
//!
//! Where these files stand is said by what their paths begin with: `state.db.` for a
//! store that is a file, `state/` for one that is a folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::share::share;
use super::{Owner, StoreError};

/// The right to decide who owns a store; waited for, and held briefly.
#[derive(Debug)]
pub(super) struct Turn {
    stem: PathBuf,
    /// The file of the store whose owner and mode those beside it get.
    main: PathBuf,
    _locked: File,
}

/// Ownership of a store, until dropped or until the process dies.
#[derive(Debug)]
pub(super) struct Ownership {
    _locked: File,
}

impl Turn {
    /// Waits until nobody else is opening the store.
    pub(super) fn wait(stem: &Path, main: &Path) -> Result<Self, StoreError> {
        let path = beside(stem, "opening");
        let opened = match File::create_new(&path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                OpenOptions::new().write(true).open(&path)
            }
            created => created.and_then(|file| share(&file, main).map(|()| file)),
        };
        let locked = opened
            .and_then(|file| {
                while let Err(error) = file.lock() {
                    if error.kind() != ErrorKind::Interrupted {
                        return Err(error);
                    }
                }
                Ok(file)
            })
            .map_err(|error| StoreError::file("lock", &path, error))?;
        Ok(Self {
            stem: stem.to_owned(),
            main: main.to_owned(),
            _locked: locked,
        })
    }

    /// Who owns the store; nobody else will before this turn is over.
    pub(super) fn owner(&self) -> Result<Option<Owner>, StoreError> {
        owner(&self.stem)
    }

    /// Makes a process the owner, in place of any other.
    pub(super) fn own(self, owner: &Owner) -> Result<Ownership, StoreError> {
        let path = beside(&self.stem, "lock");
        let new = beside(&self.stem, "lock.new");
        write_locked(&new, &self.main, owner)
            .and_then(|locked| {
                fs::rename(&new, &path)?;
                Ok(Ownership { _locked: locked })
            })
            .map_err(|error| StoreError::file("write", &path, error))
    }
}

/// Who owns a store, if anybody does.
pub(super) fn owner(stem: &Path) -> Result<Option<Owner>, StoreError> {
    let path = beside(stem, "lock");
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::file("read", &path, error)),
    };
    match file.try_lock_shared() {
        Ok(()) => return Ok(None),
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(StoreError::file("lock", &path, error)),
    }
    let mut text = String::new();
    file.read_to_string(&mut text)
        .map_err(|error| StoreError::file("read", &path, error))?;
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| StoreError::Corrupt {
            path,
            detail: format!("it does not name the owner ({error})"),
        })
}

/// The path that begins with `stem` and ends with `name`.
pub(super) fn beside(stem: &Path, name: &str) -> PathBuf {
    let mut path = stem.as_os_str().to_owned();
    path.push(name);
    path.into()
}

/// Writes the owner's name into a new file that is locked before anybody knows it.
fn write_locked(path: &Path, main: &Path, owner: &Owner) -> io::Result<File> {
    // What an opener left that died in its turn.
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::create_new(path)?;
    share(&file, main)?;
    file.try_lock().map_err(io::Error::from)?;
    writeln!(file, "{}", serde_json::to_string(owner)?)?;
    Ok(file)
}
