//! The data folder: everything that one unit keeps on disk.
//!
//! | name | what it is |
//! | --- | --- |
//! | `state.db` | the records of the unit and its relations |
//! | `unit.json` | the unit's name |
//! | `charm/`, `charm.json` | the charm in use, and what it is made of |
//! | `staged/` | a charm on its way in |
//! | `config.json` | what `configure` has set |
//! | `relations.json` | relations, their remote units, and waiting changes |
//! | `requests/` | requests not yet carried out, and those refused |
//! | `hook.json` | the hook that is running |
//! | `hook/` | the files that hooks are given |
//! | `output/` | what each hook printed when it last ran |

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::durable::{self, About, FileError};

/// Where one unit keeps what must outlive the agent.
#[derive(Clone, Debug)]
pub(crate) struct DataFolder {
    root: PathBuf,
}

/// Why it cannot be said which unit a data folder is of.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    /// It is another unit's.
    #[error("this data folder is that of `{known}`, not of `{asked}`")]
    AnotherUnit {
        /// Whose it is.
        known: String,
        /// Who was asked for.
        asked: String,
    },
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
}

#[derive(Serialize, Deserialize)]
struct Unit {
    name: String,
}

impl DataFolder {
    /// The data folder at a path, which need not exist yet.
    pub(crate) fn at(path: &Path) -> Result<Self, FileError> {
        let root = std::path::absolute(path).about("find", path)?;
        Ok(Self { root })
    }

    /// Makes the folder unless it is there.
    pub(crate) fn create(&self) -> Result<(), FileError> {
        durable::create_folder(&self.root)
    }

    /// The name of the unit: the one it was given, or else the one that is asked for.
    pub(crate) fn unit(&self, asked: Option<&str>) -> Result<Option<String>, FolderError> {
        let unit: Option<Unit> = durable::read_json(&self.file("unit.json"))?;
        match (unit, asked) {
            (Some(Unit { name: known }), Some(asked)) if known != asked => {
                Err(FolderError::AnotherUnit {
                    known,
                    asked: asked.to_owned(),
                })
            }
            (Some(unit), _) => Ok(Some(unit.name)),
            (None, asked) => Ok(asked.map(str::to_owned)),
        }
    }

    /// Gives the unit its name.
    pub(crate) fn name_unit(&self, name: &str) -> Result<(), FileError> {
        let name = name.to_owned();
        durable::write_json(&self.file("unit.json"), &Unit { name })
    }

    /// The store of records.
    pub(crate) fn store(&self) -> PathBuf {
        self.file("state.db")
    }

    /// The charm in use; hooks know it as `CHARM_DIR`.
    pub(crate) fn charm(&self) -> PathBuf {
        self.file("charm")
    }

    /// What the charm in use is made of.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.file("charm.json")
    }

    /// A whole charm that is about to become the one in use.
    pub(crate) fn staged(&self) -> PathBuf {
        self.file("staged")
    }

    /// A charm that is being copied.
    pub(crate) fn draft(&self) -> PathBuf {
        self.file("staged.draft")
    }

    /// What `configure` has set.
    pub(crate) fn settings(&self) -> PathBuf {
        self.file("config.json")
    }

    /// Relations and waiting changes.
    pub(crate) fn relations(&self) -> PathBuf {
        self.file("relations.json")
    }

    /// Requests not yet carried out.
    pub(crate) fn requests(&self) -> PathBuf {
        self.file("requests")
    }

    /// The hook that is running.
    pub(crate) fn running_hook(&self) -> PathBuf {
        self.file("hook.json")
    }

    /// The files that hooks are given.
    pub(crate) fn given(&self) -> PathBuf {
        self.file("hook")
    }

    /// What hooks printed.
    pub(crate) fn output(&self) -> PathBuf {
        self.file("output")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}
