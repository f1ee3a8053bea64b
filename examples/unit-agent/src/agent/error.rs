//! Why an agent ends before it is told to.

use std::io;

use inflight::fleet::FleetError;
use inflight::store::StoreError;
use inflight::{Error, OpenError};

use crate::charm::CharmError;
use crate::durable::FileError;
use crate::folder::FolderError;

/// Why an agent ends before it is told to. What it was doing is carried on by the next.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AgentError {
    /// There is no charm to begin with.
    #[error("this data folder has no charm yet: write run --charm DIR")]
    NoCharm,
    /// The data folder is another unit's.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The charm to begin with cannot be used.
    #[error(transparent)]
    Charm(#[from] CharmError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The store refuses, for instance because another agent owns it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An instance cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A record cannot be written.
    #[error(transparent)]
    Record(#[from] Error),
    /// The fleet of the unit and its relations cannot go on.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// An instance cannot be carried on with.
    #[error("{0}")]
    Recovery(String),
    /// The agent could not do its own part of a transition.
    #[error("{0}")]
    Interrupted(String),
    /// The process cannot listen for signals.
    #[error("cannot listen for signals: {0}")]
    Signals(#[from] io::Error),
    /// A task of the agent's died.
    #[error("the task of a relation hook died: {0}")]
    Task(#[from] tokio::task::JoinError),
}
