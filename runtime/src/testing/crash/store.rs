//! The store of a process that crashes.

use std::fmt;
use std::future::{pending, ready};
use std::sync::Arc;

use super::fate::Fate;
use crate::store::{Claim, Commit, InstanceId, MemoryStore, Store, StoreError, StoreFuture};
use crate::testing::faulty::broken;
use crate::testing::notation;

/// The store of a [`Process`](super::Process): in memory, and outlived by what is committed.
#[derive(Clone)]
pub struct CrashStore {
    memory: MemoryStore,
    fate: Arc<Fate>,
}

impl CrashStore {
    pub(super) fn new(memory: MemoryStore, fate: Arc<Fate>) -> Self {
        Self { memory, fate }
    }
}

impl fmt::Debug for CrashStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CrashStore").field(&self.memory).finish()
    }
}

crate::__reads_behind!(CrashStore, memory);

impl Store for CrashStore {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        self.memory.claim(instance)
    }

    fn declare(&self, workflow: &str, fingerprint: u64, source: &'static str) -> StoreFuture<()> {
        self.memory.declare(workflow, fingerprint, source)
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        let (fate, told) = (&self.fate, told(&commit));
        if fate.kills(|| format!("killed before {told} was written")) {
            return Box::pin(pending());
        }
        if fate.is_failing() {
            let error = StoreError::Failed(Arc::new(broken()));
            return Box::pin(ready(Err(error)));
        }
        if fate.fails(|| format!("{told} failed, and was not written")) {
            return Box::pin(ready(Err(broken())));
        }
        let committed = self.memory.commit(commit);
        if fate.kills(|| format!("killed after {told} was written")) {
            return Box::pin(pending());
        }
        if fate.fails(|| format!("{told} was written, and reported as failed")) {
            return Box::pin(ready(Err(broken())));
        }
        committed
    }

    fn held(&self) -> StoreFuture<u64> {
        self.memory.held()
    }
}

fn told(commit: &Commit) -> String {
    let record = notation(std::slice::from_ref(&commit.record));
    format!("the commit of {record}")
}
