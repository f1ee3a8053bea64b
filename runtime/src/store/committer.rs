//! The thread in front of a store.
//!
//! Everything is done on it, in the order in which it was asked for, whether or not
//! somebody still waits for the result. Commits that arrive while it is at work stand
//! next to each other when it comes back, and are written together: one write and one
//! sync for all of them. A write that fails is final, and fails exactly those that were
//! in it.

use std::fmt;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

use crate::numbers;

use super::{StoreError, StoreFuture};

/// How many commits are written together at most: enough to make the sync cheap, few
/// enough that the first does not wait long for the last.
const GROUP: usize = 1024;

/// What commits are written to.
pub(super) trait Medium: Send + 'static {
    /// A commit, as it was prepared on the thread of whoever asks for it.
    type Item: Send + 'static;

    /// Writes those of which the conditions hold, in this order, so that all are durable
    /// or none. Returns those that were refused and why, in order.
    ///
    /// An error other than `Fenced` is final: nothing more is written.
    fn write(
        &mut self,
        group: &mut Vec<Self::Item>,
    ) -> Result<Vec<(usize, StoreError)>, StoreError>;

    /// Closes it.
    fn close(self) -> Result<(), StoreError>;
}

type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// Something else that is done on the thread; it is told whether the store has failed.
type Task<M> = Box<dyn FnOnce(&mut M, Result<(), StoreError>) + Send>;

enum Request<M: Medium> {
    Task(Task<M>),
    Commit(M::Item, Reply<()>),
    Close,
}

/// Where the thread is asked for things. Dropping it waits until all of them are done.
pub(super) struct Committer<M: Medium> {
    requests: Sender<Request<M>>,
    thread: Mutex<Option<JoinHandle<Result<(), StoreError>>>>,
}

impl<M: Medium> Committer<M> {
    pub(super) fn start(medium: M) -> Result<Self, StoreError> {
        let (requests, queue) = mpsc::channel();
        let run = Run {
            medium,
            failed: None,
            group: Vec::new(),
            replies: Vec::new(),
            queue,
        };
        let thread = thread::Builder::new()
            .name("inflight-store".to_owned())
            .spawn(move || run.run())
            .map_err(|error| StoreError::io("start a thread", error))?;
        Ok(Self {
            requests,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Asks for a commit.
    pub(super) fn commit(&self, item: M::Item) -> StoreFuture<()> {
        let (reply, result) = oneshot::channel();
        self.ask(Request::Commit(item, reply));
        Box::pin(async move { result.await.unwrap_or(Err(StoreError::Closed)) })
    }

    /// Asks for something that commits nothing, also after a failure.
    pub(super) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut M) -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        self.task(move |medium, _| read(medium))
    }

    /// Asks for something that makes sense only as long as commits can follow.
    pub(super) fn prepare<T: Send + 'static>(
        &self,
        prepare: impl FnOnce(&mut M) -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        self.task(move |medium, usable| usable.and_then(|()| prepare(medium)))
    }

    fn task<T: Send + 'static>(
        &self,
        task: impl FnOnce(&mut M, Result<(), StoreError>) -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        let (reply, result) = oneshot::channel();
        self.ask(Request::Task(Box::new(
            move |medium: &mut M, usable: Result<(), StoreError>| {
                // Nobody waits for it any more if this fails.
                drop(reply.send(task(medium, usable)));
            },
        )));
        Box::pin(async move { result.await.unwrap_or(Err(StoreError::Closed)) })
    }

    /// A request that comes too late is dropped with its reply, and so is `Closed`.
    fn ask(&self, request: Request<M>) {
        drop(self.requests.send(request));
    }

    /// Waits until everything asked for is done and the medium is closed.
    pub(super) fn close(&self) -> Result<(), StoreError> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        self.ask(Request::Close);
        let ours = thread::current().id();
        // Who is woken by the thread itself may let go of the store: it cannot wait for itself.
        let thread = thread.take().filter(|it| it.thread().id() != ours);
        match thread.map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(_)) | None => Err(StoreError::Closed),
        }
    }
}

impl<M: Medium> Drop for Committer<M> {
    // Waits, so that the store can be opened again at once. Every commit has told its own
    // result; there is no other failure that would matter to anybody.
    fn drop(&mut self) {
        drop(self.close());
    }
}

impl<M: Medium> fmt::Debug for Committer<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Committer")
    }
}

/// What the thread owns. When it ends, in whatever way, nobody is left waiting in the queue.
struct Run<M: Medium> {
    medium: M,
    failed: Option<StoreError>,
    group: Vec<M::Item>,
    replies: Vec<Reply<()>>,
    queue: Receiver<Request<M>>,
}

impl<M: Medium> Run<M> {
    fn run(mut self) -> Result<(), StoreError> {
        while let Some(request) = self.next() {
            match request {
                Request::Task(task) => {
                    self.flush();
                    let usable = self.usable();
                    task(&mut self.medium, usable);
                }
                Request::Commit(item, reply) => {
                    self.group.push(item);
                    self.replies.push(reply);
                    if self.group.len() == GROUP {
                        self.flush();
                    }
                }
                Request::Close => break,
            }
        }
        self.flush();
        let closed = self.medium.close();
        self.failed.map_or(closed, Err)
    }

    /// The next request. Before it waits for one, all that arrived is done.
    fn next(&mut self) -> Option<Request<M>> {
        if let Ok(request) = self.queue.try_recv() {
            return Some(request);
        }
        self.flush();
        self.queue.recv().ok()
    }

    /// Writes the group, and tells everybody.
    fn flush(&mut self) {
        if self.group.is_empty() {
            return;
        }
        let commits = self.group.len();
        let result = self.usable().and_then(|()| {
            tracing::trace!(commits, "group");
            self.medium.write(&mut self.group).inspect_err(|error| {
                if !matches!(error, StoreError::Fenced { .. }) {
                    self.failed = Some(error.clone());
                }
            })
        });
        if result.is_ok() {
            numbers::synced(commits);
        }
        self.group.clear();
        let (mut refused, failed) = match result {
            Ok(refused) => (refused.into_iter().peekable(), None),
            Err(error) => (Vec::new().into_iter().peekable(), Some(error)),
        };
        for (index, reply) in self.replies.drain(..).enumerate() {
            let result = match refused.next_if(|(at, _)| *at == index) {
                Some((_, error)) => Err(error),
                None => failed.clone().map_or(Ok(()), Err),
            };
            // Nobody waits for it any more if this fails.
            drop(reply.send(result));
        }
    }

    /// After a failure to write, what is durable is unknown.
    fn usable(&self) -> Result<(), StoreError> {
        match &self.failed {
            None => Ok(()),
            Some(error) => Err(StoreError::Failed(Arc::new(error.clone()))),
        }
    }
}
