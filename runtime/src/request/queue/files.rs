//! How files come to be in the folder of a queue, and to stay there.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use serde::Serialize;

use super::together::together;
use super::{RequestError, RequestQueue, cannot};
use crate::store::share;

impl RequestQueue {
    /// Makes the folder, unless it is there.
    pub(super) fn create(&self) -> Result<(), RequestError> {
        match fs::create_dir(&self.folder) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(cannot("create", &self.folder, error))
            }
            // Whoever made it may not have come to this.
            _ => {
                let parent = self.folder.parent().filter(|it| !it.as_os_str().is_empty());
                let parent = parent.unwrap_or(Path::new("."));
                (self.sync)(parent).map_err(|error| cannot("sync", parent, error))
            }
        }
    }

    /// Writes files, each of which is whole when it has its name.
    pub(super) fn write_all<T: Serialize + Sync>(
        &self,
        suffix: &str,
        files: &[(&str, &T)],
    ) -> Vec<Result<(), RequestError>> {
        let drafted = together(files, |(id, what)| {
            let draft = || {
                let draft = self.path(id, &format!("{suffix}.new"));
                // What a writer left that died.
                match fs::remove_file(&draft) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
                let mut file = File::create_new(&draft)?;
                share(&file, &self.folder)?;
                file.write_all(&serde_json::to_vec(what)?)?;
                file.sync_all()
            };
            draft().map_err(|error| cannot("write", &self.path(id, suffix), error))
        });
        let named = drafted.into_iter().zip(files).map(|(drafted, (id, _))| {
            let path = self.path(id, suffix);
            drafted?;
            fs::rename(self.path(id, &format!("{suffix}.new")), &path)
                .map_err(|error| cannot("write", &path, error))
        });
        let mut written: Vec<_> = named.collect();
        self.durable(&mut written);
        written
    }

    /// What was done is durable, or was not done.
    pub(super) fn durable(&self, done: &mut [Result<(), RequestError>]) {
        if done.iter().any(Result::is_ok)
            && let Err(error) = self.sync()
        {
            for done in done.iter_mut().filter(|done| done.is_ok()) {
                *done = Err(error.clone());
            }
        }
    }

    pub(super) fn sync(&self) -> Result<(), RequestError> {
        (self.sync)(&self.folder).map_err(|error| cannot("sync", &self.folder, error))
    }
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), RequestError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(cannot("remove", path, error)),
        _ => Ok(()),
    }
}
