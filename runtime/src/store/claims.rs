//! Which instances are open in this process.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use super::{InstanceId, Release, StoreError};

/// The claims that stand, under one epoch of one store.
#[derive(Debug, Default)]
pub(super) struct Claims(Mutex<HashSet<Arc<InstanceId>>>);

impl Claims {
    /// Claims an instance until the release is dropped.
    pub(super) fn claim(self: &Arc<Self>, instance: &InstanceId) -> Result<Release, StoreError> {
        // One copy for both: there may be a claim for each of very many instances.
        let claimed = Arc::new(instance.clone());
        if !self.with(|all| all.insert(Arc::clone(&claimed))) {
            return Err(StoreError::Claimed {
                instance: instance.clone(),
            });
        }
        let claims = Arc::clone(self);
        Ok(Release::new(move || {
            claims.with(|all| all.remove(&claimed));
        }))
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashSet<Arc<InstanceId>>) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
