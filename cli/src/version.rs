//! A version of a file: the one that lies there, or one that git keeps.

use std::path::{Path, PathBuf};

use crate::git;
use crate::source::Source;

/// Where a version is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// In a file; `-` is standard input.
    File(PathBuf),
    /// In a revision, at this path.
    Object { revision: String, path: String },
    /// In a revision, at the path of what it is compared with.
    Revision(String),
}

impl Version {
    /// What is meant by a word: a file, if there is one.
    pub(crate) fn new(word: &str) -> Self {
        let path = Path::new(word);
        if word == "-" || path.exists() && !path.is_dir() {
            return Version::File(path.to_owned());
        }
        match word.split_once(':') {
            Some((revision, path)) => Version::Object {
                revision: revision.to_owned(),
                path: path.to_owned(),
            },
            None => Version::Revision(word.to_owned()),
        }
    }

    /// Reads and compiles it. A mere revision is asked for the file that it is compared
    /// with, and may not have it. The error is a line for the user.
    pub(crate) fn read(&self, other: &Version) -> Result<Option<Source>, String> {
        match (self, other) {
            (Version::File(path), _) => Source::read(path).map(Some),
            (Version::Object { revision, path }, _) => {
                let found = object(Path::new("."), revision, path, path)?;
                let missing =
                    || format!("inflight: there is no `{path}` in revision `{revision}`\n");
                found.ok_or_else(missing).map(Some)
            }
            (Version::Revision(revision), Version::File(file)) if *file != *"-" => {
                let folder = file.parent().unwrap_or(Path::new("."));
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let shown = file.display().to_string();
                object(folder, revision, &format!("./{name}"), &shown)
            }
            (Version::Revision(revision), Version::Object { path, .. }) => {
                object(Path::new("."), revision, path, path)
            }
            (Version::Revision(revision), _) => Err(format!(
                "inflight: cannot tell which file of revision `{revision}` is meant\n\
                 help: write `{revision}:PATH`\n"
            )),
        }
    }
}

/// What git keeps, under the name to show.
pub(crate) fn object(
    folder: &Path,
    revision: &str,
    path: &str,
    shown: &str,
) -> Result<Option<Source>, String> {
    let content = git::content(folder, revision, path)?;
    let source = |content| Source::new(format!("{revision}:{shown}"), content);
    content.map(source).transpose()
}
