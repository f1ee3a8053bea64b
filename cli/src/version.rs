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
    /// with. The error is a line for the user.
    pub(crate) fn read(&self, other: &Version) -> Result<Source, String> {
        match (self, other) {
            (Version::File(path), _) => Source::read(path),
            (Version::Object { revision, path }, _) => {
                let content = git::content(Path::new("."), revision, path)?;
                Source::new(format!("{revision}:{path}"), content)
            }
            (Version::Revision(revision), Version::File(file)) => {
                let (folder, name) = (file.parent(), file.file_name());
                let (Some(folder), Some(name)) = (folder, name.filter(|_| *file != *"-")) else {
                    return Err(format!(
                        "inflight: cannot tell which file of revision `{revision}` is meant\n\
                         help: write `{revision}:PATH`\n"
                    ));
                };
                let path = format!("./{}", name.to_string_lossy());
                let content = git::content(folder, revision, &path)?;
                Source::new(format!("{revision}:{}", file.display()), content)
            }
            (Version::Revision(revision), Version::Object { path, .. }) => {
                let content = git::content(Path::new("."), revision, path)?;
                Source::new(format!("{revision}:{path}"), content)
            }
            (Version::Revision(revision), Version::Revision(_)) => Err(format!(
                "inflight: cannot tell which file of revision `{revision}` is meant\n"
            )),
        }
    }
}
