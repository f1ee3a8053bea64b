//! What operators do.

use serde::{Deserialize, Serialize};

use crate::engine::Resolution;

/// What an operator did to an instance, as its history tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervention {
    /// What was done.
    pub operation: Operation,
    /// Why, or for which request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
}

/// What operators can do to an instance, besides firing its transitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// What was in flight was to be run again.
    Retry,
    /// What was in flight was taken for done.
    Skip,
    /// What was in flight was given up.
    Abandon,
    /// The state was set.
    SetState,
}

impl From<Resolution> for Operation {
    fn from(resolution: Resolution) -> Self {
        match resolution {
            Resolution::Retry => Self::Retry,
            Resolution::Skip => Self::Skip,
            Resolution::Abandon => Self::Abandon,
        }
    }
}
