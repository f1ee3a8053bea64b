//! A store whose commits fail or wait as a test wants it.

use std::collections::BTreeMap;
use std::fmt;
use std::future::{pending, ready};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::store::{Claim, Commit, InstanceId, Store, StoreError, StoreFuture};

/// Wraps a store, counts its commits from 1, and does to them what a test wants.
///
/// Clones are the same store.
///
/// ```
/// use inflight::store::{MemoryStore, ReadStore};
/// use inflight::testing::FaultyStore;
///
/// inflight::workflow! {
///     workflow door {
///         initial state open
///         state shut
///         transition close: open -> shut
///         transition unlatch: shut -> open
///     }
/// }
///
/// struct Hinge;
///
/// impl door::Actions for Hinge {
///     type Error = std::convert::Infallible;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let store = FaultyStore::new(MemoryStore::new());
/// store.fail_after(2); // the disk is full, and it is unknown what it has
/// let door = door::Workflow::open(store.clone(), "front", Hinge).await?;
/// assert!(door.lock().await.fire(door::Transition::Close).await.is_err());
/// assert!(door.state().is_open());
///
/// drop(door);
/// let door = door::Workflow::open(store, "front", Hinge).await?;
/// assert!(door.state().is_shut());
/// # Ok(())
/// # }
/// ```
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
    Hold(oneshot::Sender<Arrival>),
}

type Arrival = (Commit, oneshot::Sender<Result<(), StoreError>>);

/// A commit that waits, or will wait when it comes.
pub struct Held {
    inner: Arc<dyn Store>,
    arrival: oneshot::Receiver<Arrival>,
}

/// A commit that has come and waits. If it is dropped, nobody ever hears what became of
/// the commit, which is not written.
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
        self.plan().faults.insert(n, Fault::Before);
    }

    /// The n-th commit is written, and reported as failed.
    pub fn fail_after(&self, n: usize) {
        self.plan().faults.insert(n, Fault::After);
    }

    /// The n-th commit waits until it is let go.
    pub fn hold(&self, n: usize) -> Held {
        let (arrive, arrival) = oneshot::channel();
        self.plan().faults.insert(n, Fault::Hold(arrive));
        Held {
            inner: Arc::clone(&self.inner),
            arrival,
        }
    }

    /// The commits that were asked for so far, failed ones included.
    pub fn commits(&self) -> Vec<Commit> {
        self.plan().commits.clone()
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Waits until the commit is asked for: for ever, if it never will be.
    pub async fn arrived(self) -> Waiting {
        match self.arrival.await {
            Ok((commit, reply)) => Waiting {
                inner: self.inner,
                commit,
                reply,
            },
            Err(_) => pending().await,
        }
    }
}

impl Waiting {
    /// What is to be committed.
    pub fn commit(&self) -> &Commit {
        &self.commit
    }

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

/// What the store says of a commit that is made to fail.
pub(super) fn broken() -> StoreError {
    StoreError::Io {
        what: "sync the file".to_owned(),
        source: Arc::new(io::Error::other("injected by a test")),
    }
}

crate::__reads_behind!(FaultyStore, inner);

impl Store for FaultyStore {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        self.inner.claim(instance)
    }

    fn declare(&self, workflow: &str, fingerprint: u64, source: &'static str) -> StoreFuture<()> {
        self.inner.declare(workflow, fingerprint, source)
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        let mut plan = self.plan();
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
                match arrive.send((commit, reply)) {
                    Ok(()) => Box::pin(async move {
                        match result.await {
                            Ok(result) => result,
                            Err(_) => pending().await,
                        }
                    }),
                    // Nobody holds it any more.
                    Err((commit, _)) => self.inner.commit(commit),
                }
            }
        }
    }

    fn held(&self) -> StoreFuture<u64> {
        self.inner.held()
    }
}

impl fmt::Debug for FaultyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plan = self.plan();
        f.debug_struct("FaultyStore")
            .field("commits", &plan.commits.len())
            .field("faults", &plan.faults.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

impl fmt::Debug for Waiting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Waiting").field(&self.commit).finish()
    }
}
