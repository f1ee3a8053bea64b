//! What can be seen of a unit beside a running agent: its records, as they are stored.

mod history;
mod status;

use std::borrow::Cow;
use std::sync::Arc;

use inflight::Fields;
use inflight::store::{
    InstanceId, ReadStore, SqliteReader, StoreError, StoredInflight, StoredRecord,
};
use serde::Serialize;

use crate::charm::CharmError;
use crate::durable::FileError;
use crate::folder::{DataFolder, FolderError};

pub(crate) use history::history;
pub(crate) use status::status;

/// Why a unit cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ViewError {
    /// The data folder is another unit's.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The unit has no such relation.
    #[error("there is no relation `{0}`")]
    NoRelation(String),
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The charm cannot be read.
    #[error(transparent)]
    Charm(#[from] CharmError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A transition in flight, as it is shown.
#[derive(Debug, Serialize)]
pub(crate) struct InflightView {
    transition: Cow<'static, str>,
    inputs: Fields,
    attempt: u32,
    interruptions: u32,
    execution: Arc<str>,
    cause: Option<String>,
    failure: Option<String>,
    parked: bool,
}

impl From<StoredInflight> for InflightView {
    fn from(inflight: StoredInflight) -> Self {
        let StoredInflight {
            transition,
            inputs,
            execution,
            cause,
            attempt,
            interruptions,
            failure,
            parked,
            ..
        } = inflight;
        Self {
            transition,
            inputs,
            attempt,
            interruptions,
            execution,
            cause,
            failure,
            parked,
        }
    }
}

/// The records of a unit and its relations.
struct Records {
    store: Option<SqliteReader>,
}

impl Records {
    /// The records of a data folder; none before an agent has run.
    fn open(folder: &DataFolder) -> Result<Self, ViewError> {
        match SqliteReader::open(folder.store()) {
            Ok(store) => Ok(Self { store: Some(store) }),
            Err(StoreError::Missing { .. }) => Ok(Self { store: None }),
            Err(error) => Err(error.into()),
        }
    }

    async fn load(&self, workflow: &str, name: &str) -> Result<Option<StoredRecord>, ViewError> {
        match &self.store {
            Some(store) => Ok(store.load(&instance(workflow, name)).await?),
            None => Ok(None),
        }
    }

    async fn history(&self, workflow: &str, name: &str) -> Result<Vec<StoredRecord>, ViewError> {
        match &self.store {
            Some(store) => Ok(store.history(&instance(workflow, name)).await?),
            None => Ok(Vec::new()),
        }
    }
}

fn instance(workflow: &str, name: &str) -> InstanceId {
    InstanceId::new(workflow, name)
}
