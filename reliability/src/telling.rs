//! A store that tells what is asked of it, and what it acknowledged.

use std::sync::Arc;

use inflight::store::{Claim, Commit, InstanceId, Store, StoreError, StoreFuture};

use crate::said::Said;

/// Whoever is told.
pub(crate) type Tell = Arc<dyn Fn(Said) + Send + Sync>;

/// Tells of a commit before it is asked for, and after it was acknowledged or refused.
pub(crate) struct Telling {
    store: Arc<dyn Store>,
    tell: Tell,
}

impl Telling {
    pub(crate) fn new(store: Arc<dyn Store>, tell: Tell) -> Self {
        Self { store, tell }
    }
}

inflight::__reads_behind!(Telling, store);

impl Store for Telling {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        self.store.claim(instance)
    }

    fn declare(&self, workflow: &str, fingerprint: u64, source: &'static str) -> StoreFuture<()> {
        self.store.declare(workflow, fingerprint, source)
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        let (instance, version) = (commit.instance.clone(), commit.record.version);
        let tell = Arc::clone(&self.tell);
        tell(Said::Asked(
            instance.clone(),
            Box::new(commit.record.clone()),
        ));
        let done = self.store.commit(commit);
        Box::pin(async move {
            let result = done.await;
            tell(match &result {
                Ok(()) => Said::Told(instance, version),
                Err(error) => Said::Refused {
                    instance,
                    version,
                    nothing: matches!(error, StoreError::Conflict { .. } | StoreError::Failed(_)),
                    error: error.into(),
                },
            });
            result
        })
    }
}
