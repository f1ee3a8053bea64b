//! Where a store is.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::StoreError;

/// The one absolute path of a store, whatever links lead to it; `None` if the folder that
/// it stands in does not exist.
pub(super) fn absolute(path: &Path) -> Result<Option<PathBuf>, StoreError> {
    let found = match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = match path.parent() {
                Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
                Some(parent) => parent,
                None => Path::new("/"),
            };
            fs::canonicalize(folder)
                .map(|folder| folder.join(path.file_name().unwrap_or_else(|| OsStr::new(".."))))
        }
        found => found,
    };
    match found {
        Ok(path) => Ok(Some(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io(format!("open `{}`", path.display()), error)),
    }
}
