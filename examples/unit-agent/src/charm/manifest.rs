//! What the charm in use is made of, so that an upgrade can tell its files from those
//! that hooks have made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::charm::Charm;
use crate::durable::{self, FileError};
use crate::folder::DataFolder;

/// The charm in use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Its name.
    pub(crate) name: String,
    /// Its revision.
    pub(crate) revision: u64,
    /// The execution of the transition that brought it in; none for the first charm,
    /// and for one that was forced.
    pub(crate) execution: Option<String>,
    /// Its files, folders and links, by path; a folder comes before what is in it.
    pub(crate) entries: BTreeMap<String, EntryKind>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
}

impl Manifest {
    /// Describes a charm made of these entries.
    pub(crate) fn new(
        charm: &Charm,
        execution: Option<&str>,
        entries: BTreeMap<String, EntryKind>,
    ) -> Self {
        Self {
            name: charm.name.clone(),
            revision: charm.revision,
            execution: execution.map(str::to_owned),
            entries,
        }
    }

    /// Reads what the charm in use is made of; `None` before there is one.
    pub(crate) fn load(folder: &DataFolder) -> Result<Option<Self>, FileError> {
        durable::read_json(&folder.manifest())
    }
}

impl EntryKind {
    /// What a person calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            EntryKind::File => "file",
            EntryKind::Folder => "folder",
            EntryKind::Link => "link",
        }
    }
}
