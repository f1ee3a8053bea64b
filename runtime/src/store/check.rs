//! The conditions of a commit, the same in every store.

use super::{Commit, StoreError};

/// Whoever holds an older epoch has been taken over.
pub(super) fn epoch(held: u64, current: u64) -> Result<(), StoreError> {
    if held == current {
        Ok(())
    } else {
        Err(StoreError::Fenced { held, current })
    }
}

/// A commit replaces the record that its author has seen, by the next one.
pub(super) fn version(commit: &Commit, found: u64) -> Result<(), StoreError> {
    let Commit {
        instance,
        expected,
        record,
        ..
    } = commit;
    if *expected != found {
        return Err(StoreError::Conflict {
            instance: instance.clone(),
            expected: *expected,
            found,
        });
    }
    if Some(record.version) != expected.checked_add(1) {
        return Err(StoreError::Gap {
            instance: instance.clone(),
            expected: *expected,
            version: record.version,
        });
    }
    Ok(())
}
