//! What a store refuses, and how it fails.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{InstanceId, Owner};
use crate::chain::debug_in_words;

/// Why a store did not do what it was asked for.
///
/// It can be cloned, for one failure may have to be told to several.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Somebody took the store over. Nothing was changed, unless the take-over came between
    /// the writing of a commit to a journal and the word of it: then the new owner may have
    /// found the record, as if this one had died right after the commit.
    #[error(
        "the store was taken over: this process holds epoch {held}, and the current one is \
         {current}; stop here, the new owner carries on"
    )]
    Fenced {
        /// The epoch of the refused operation.
        held: u64,
        /// The store's epoch.
        current: u64,
    },
    /// The record was not the one that the commit meant to replace. Nothing was changed.
    #[error(
        "`{instance}` is at version {found}, not at {expected} as this commit expected; claim it \
         again and look at its record"
    )]
    Conflict {
        /// Whose record it is.
        instance: InstanceId,
        /// The version that the commit meant to replace.
        expected: u64,
        /// The version that the store holds, 0 if none.
        found: u64,
    },
    /// The version of a record does not follow the one it is to replace. Nothing was
    /// changed.
    #[error(
        "version {version} of `{instance}` does not follow version {expected}; a record's version \
         is one more than that of the record it replaces"
    )]
    Gap {
        /// Whose record it is.
        instance: InstanceId,
        /// The version that the commit meant to replace.
        expected: u64,
        /// The version of the new record.
        version: u64,
    },
    /// The instance is open in this process.
    #[error("`{instance}` is already open in this process; share that one, or drop it first")]
    Claimed {
        /// Which instance.
        instance: InstanceId,
    },
    /// Another process owns the store, or this one under another handle.
    #[error(
        "`{}` is owned by {owner}; stop that process, share its handle if it is this one, or take \
         the store over", path.display()
    )]
    Owned {
        /// The store.
        path: PathBuf,
        /// Who owns it.
        owner: Owner,
    },
    /// The folder that the store is to stand in does not exist.
    #[error("the folder of `{}` does not exist; create it first", path.display())]
    NoFolder {
        /// The store.
        path: PathBuf,
    },
    /// There is no store, and it [must exist](super::StoreOptions::must_exist). Nothing was
    /// created.
    #[error(
        "there is no store at `{}`, where one must exist; look whether its volume is mounted and \
         the path is right", path.display()
    )]
    Gone {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// There is no store to read.
    #[error("there is no store at `{}`; whoever opens it for writing creates it", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is not a store. Nothing was changed.
    #[error("`{}` is not a store: {detail}; choose another path", path.display())]
    NotAStore {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        detail: String,
    },
    /// The store was written by a newer version of this library. Nothing was changed.
    #[error(
        "`{}` has format {found}, and this program reads formats up to {supported}; use the \
         program that wrote it, or a newer one", path.display()
    )]
    Version {
        /// The store.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that can be read.
        supported: i64,
    },
    /// The store is damaged.
    #[error("`{}` is damaged: {detail}; restore it from a copy", path.display())]
    Corrupt {
        /// The store.
        path: PathBuf,
        /// The damage.
        detail: String,
    },
    /// There is no space left. What was committed before is kept.
    #[error(
        "there is no space left to write `{}`; make room, then open the store again", path.display()
    )]
    Full {
        /// The store.
        path: PathBuf,
    },
    /// Another process held the database for longer than is reasonable.
    #[error(
        "`{}` is locked by another process, such as an sqlite3 shell; end its transaction, then \
         open the store again", path.display()
    )]
    Busy {
        /// The store.
        path: PathBuf,
    },
    /// The system refused an operation.
    #[error("cannot {what}; see to the cause, then open the store again")]
    Io {
        /// What was to be done.
        what: String,
        /// The cause.
        source: Arc<dyn Error + Send + Sync>,
    },
    /// A failure that is final: what is durable is unknown.
    #[error("the store failed before, so it accepts nothing more; open it again")]
    Failed(#[source] Arc<StoreError>),
    /// The store was closed.
    #[error("the store is closed; open it again")]
    Closed,
}

debug_in_words!(StoreError);

impl StoreError {
    /// Whether this handle of the store accepts nothing more, whatever it is asked for.
    pub(crate) fn is_final(&self) -> bool {
        matches!(self, Self::Fenced { .. } | Self::Failed(_) | Self::Closed)
    }

    /// The system refused to do this with a file.
    pub(super) fn file(verb: &str, path: &Path, error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full {
                path: path.to_owned(),
            },
            _ => Self::io(format!("{verb} `{}`", path.display()), error),
        }
    }

    /// The system refused to do what `what` says.
    pub(super) fn io(what: impl Into<String>, source: impl Error + Send + Sync + 'static) -> Self {
        Self::Io {
            what: what.into(),
            source: Arc::new(source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_called_so_whatever_was_to_be_written() {
        let path = Path::new("state.db.lock");
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded] {
            let error = StoreError::file("write", path, kind.into());
            assert!(matches!(error, StoreError::Full { .. }), "{error}");
        }
        let refused = StoreError::file("write", path, ErrorKind::PermissionDenied.into());
        assert_eq!(
            refused.to_string(),
            "cannot write `state.db.lock`; see to the cause, then open the store again"
        );
    }
}
