//! Which instances are open in this process.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::{InstanceId, Release, StoreError};

/// The claims that stand, under one epoch of one store.
#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<HashSet<InstanceId>>);

impl Claims {
    /// Claims an instance until the release is dropped.
    pub(super) fn claim(self: &Arc<Self>, instance: &InstanceId) -> Result<Release, StoreError> {
        if !self.with(|claimed| claimed.insert(instance.clone())) {
            return Err(StoreError::Claimed {
                instance: instance.clone(),
            });
        }
        let claims = Arc::clone(self);
        let instance = instance.clone();
        Ok(Release::new(move || {
            claims.with(|claimed| claimed.remove(&instance));
        }))
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashSet<InstanceId>) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
