//! A store whose commits fail or wait as a test wants it.

use std::collections::BTreeMap;
use std::future::ready;
use std::io;
use std::sync::{Arc, Mutex};

use inflight::store::{
    Claim, Commit, InstanceId, ReadStore, Store, StoreError, StoreFuture, StoredRecord,
};
use tokio::sync::oneshot;

/// Wraps a store and counts its commits from 1.
#[derive(Clone)]
pub struct FaultyStore {
    inner: Arc<dyn Store>,
    plan: Arc<Mutex<Plan>>,
}

#[derive(Default)]
struct Plan {
    commits: Vec<Commit>,
    faults: BTreeMap<usize, Fault>,
}

enum Fault {
    Before,
    After,
    Hold(oneshot::Sender<(Commit, oneshot::Sender<Result<(), StoreError>>)>),
}

/// A commit that waits, or will wait when it comes.
pub struct Held {
    inner: Arc<dyn Store>,
    arrival: oneshot::Receiver<(Commit, oneshot::Sender<Result<(), StoreError>>)>,
}

/// A commit that has come and waits.
pub struct Waiting {
    inner: Arc<dyn Store>,
    commit: Commit,
    reply: oneshot::Sender<Result<(), StoreError>>,
}

impl FaultyStore {
    /// Wraps a store; nothing fails yet.
    pub fn new(inner: impl Store) -> Self {
        Self {
            inner: Arc::new(inner),
            plan: Arc::default(),
        }
    }

    /// The n-th commit fails, and is not written.
    pub fn fail_before(&self, n: usize) {
        self.plan.lock().unwrap().faults.insert(n, Fault::Before);
    }

    /// The n-th commit is written, and reported as failed.
    pub fn fail_after(&self, n: usize) {
        self.plan.lock().unwrap().faults.insert(n, Fault::After);
    }

    /// The n-th commit waits until it is let go.
    pub fn hold(&self, n: usize) -> Held {
        let (arrive, arrival) = oneshot::channel();
        let fault = Fault::Hold(arrive);
        self.plan.lock().unwrap().faults.insert(n, fault);
        Held {
            inner: Arc::clone(&self.inner),
            arrival,
        }
    }

    /// The commits that were asked for so far, failed ones included.
    pub fn commits(&self) -> Vec<Commit> {
        self.plan.lock().unwrap().commits.clone()
    }
}

impl Held {
    /// Waits until the commit is asked for.
    pub async fn arrived(self) -> Waiting {
        let (commit, reply) = self.arrival.await.unwrap();
        Waiting {
            inner: self.inner,
            commit,
            reply,
        }
    }
}

impl Waiting {
    /// Carries the commit out, and says so to whoever asked for it.
    pub async fn let_go(self) {
        let result = self.inner.commit(self.commit).await;
        drop(self.reply.send(result));
    }

    /// Fails the commit without writing it.
    pub fn fail(self) {
        drop(self.reply.send(Err(broken())));
    }
}

fn broken() -> StoreError {
    StoreError::Io {
        what: "sync the file".to_owned(),
        source: Arc::new(io::Error::other("injected")),
    }
}

impl ReadStore for FaultyStore {
    fn load(&self, instance: &InstanceId) -> StoreFuture<Option<StoredRecord>> {
        self.inner.load(instance)
    }

    fn list(&self) -> StoreFuture<Vec<InstanceId>> {
        self.inner.list()
    }

    fn current(&self) -> StoreFuture<Vec<(InstanceId, StoredRecord)>> {
        self.inner.current()
    }

    fn history(&self, instance: &InstanceId) -> StoreFuture<Vec<StoredRecord>> {
        self.inner.history(instance)
    }

    fn source(&self, workflow: &str, fingerprint: u64) -> StoreFuture<Option<String>> {
        self.inner.source(workflow, fingerprint)
    }
}

impl Store for FaultyStore {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        self.inner.claim(instance)
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        let mut plan = self.plan.lock().unwrap();
        plan.commits.push(commit.clone());
        let n = plan.commits.len();
        match plan.faults.remove(&n) {
            None => self.inner.commit(commit),
            Some(Fault::Before) => Box::pin(ready(Err(broken()))),
            Some(Fault::After) => {
                let committed = self.inner.commit(commit);
                Box::pin(async move {
                    committed.await?;
                    Err(broken())
                })
            }
            Some(Fault::Hold(arrive)) => {
                let (reply, result) = oneshot::channel();
                assert!(arrive.send((commit, reply)).is_ok(), "nobody holds it");
                Box::pin(async move { result.await.unwrap() })
            }
        }
    }
}
