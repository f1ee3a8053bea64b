//! Why a fleet does not do what it is asked for.

use crate::blocking::InRuntime;
use crate::chain::debug_in_words;
use crate::error::Error;
use crate::store::StoreError;

/// Why a fleet does not do what it is asked for.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum FleetError {
    /// A workflow of this name is in the fleet already.
    #[error(
        "the workflow `{workflow}` is in the fleet already: register it once, and share what that returns"
    )]
    Registered {
        /// Which workflow.
        workflow: &'static str,
    },
    /// The fleet is run already.
    #[error("the fleet is run already: run it once")]
    Running,
    /// A thread that belongs to an async runtime was asked to block.
    #[error(transparent)]
    InRuntime(#[from] InRuntime),
    /// The store failed.
    #[error(transparent)]
    Store(Box<StoreError>),
    /// A commit of an instance failed, for the fleet or for anybody else.
    #[error(transparent)]
    Instance(Error),
}

debug_in_words!(FleetError);

impl From<StoreError> for FleetError {
    fn from(error: StoreError) -> Self {
        Self::Store(Box::new(error))
    }
}
