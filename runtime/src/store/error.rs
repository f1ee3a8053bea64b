//! What a store refuses, and how it fails.

use std::sync::Arc;

use super::InstanceId;

/// Why a store did not do what it was asked for.
///
/// It can be cloned, for one failure may have to be told to several.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Somebody took the store over. Nothing was changed.
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
    /// A failure that is final: what is durable is unknown.
    #[error("the store failed before, so it accepts nothing more; open it again")]
    Failed(#[source] Arc<StoreError>),
    /// The store was closed.
    #[error("the store is closed; open it again")]
    Closed,
}
