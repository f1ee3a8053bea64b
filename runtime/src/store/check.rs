//! The conditions of a commit, the same in every store.

use super::{InstanceId, StoreError};

/// Whoever holds an older epoch has been taken over.
pub(super) fn epoch(held: u64, current: u64) -> Result<(), StoreError> {
    if held == current {
        Ok(())
    } else {
        Err(StoreError::Fenced { held, current })
    }
}

/// A commit replaces the record that its author has seen, by the next one.
pub(super) fn version(
    instance: impl FnOnce() -> InstanceId,
    expected: u64,
    version: u64,
    found: u64,
) -> Result<(), StoreError> {
    if expected != found {
        return Err(StoreError::Conflict {
            instance: instance(),
            expected,
            found,
        });
    }
    if Some(version) != expected.checked_add(1) {
        return Err(StoreError::Gap {
            instance: instance(),
            expected,
            version,
        });
    }
    Ok(())
}
