//! What a hook prints: a file, not a pipe, so that a process which a hook leaves running
//! neither keeps the agent waiting nor dies of writing to it.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::process::Stdio;

use crate::durable::{self, About, FileError};
use crate::folder::DataFolder;

/// How much of the end of its output is kept of a hook that failed.
const KEPT: u64 = 2048;

/// What one run of a hook prints.
#[derive(Debug)]
pub(crate) struct Output {
    path: PathBuf,
    file: File,
}

impl Output {
    /// Begins a new file; that of the hook's last run stays with whoever still has it.
    pub(crate) fn create(folder: &DataFolder, hook: &str) -> Result<Self, FileError> {
        durable::create_folder(&folder.output())?;
        let path = folder.output().join(format!("{hook}.log"));
        if path.exists() {
            fs::remove_file(&path).about("remove", &path)?;
        }
        let file = File::options()
            .create(true)
            .append(true)
            .read(true)
            .open(&path)
            .about("create", &path)?;
        Ok(Self { path, file })
    }

    /// Where a process is to print.
    pub(crate) fn handle(&self) -> Result<Stdio, FileError> {
        Ok(self.file.try_clone().about("open", &self.path)?.into())
    }

    /// The end of what was printed, from the beginning of a line if it is not all.
    pub(crate) fn end(&self) -> Result<String, FileError> {
        let mut file = &self.file;
        let length = file.metadata().about("read", &self.path)?.len();
        let start = length.saturating_sub(KEPT);
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(start))
            .about("read", &self.path)?;
        file.take(KEPT)
            .read_to_end(&mut bytes)
            .about("read", &self.path)?;
        let text = String::from_utf8_lossy(&bytes);
        Ok(match text.split_once('\n') {
            Some((_, whole)) if start > 0 && !whole.is_empty() => whole.to_owned(),
            _ => text.into_owned(),
        })
    }
}
