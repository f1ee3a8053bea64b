//! The thread that owns the connection.
//!
//! Everything is done on it, in the order in which it was asked for, whether or not
//! somebody still waits for the result. Commits that stand next to each other in the
//! queue share one transaction.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;

use super::lock::Ownership;
use super::{database, records};
use crate::store::claims::Claims;
use crate::store::{Claim, Commit, InstanceId, StoreError, StoreFuture, check};

/// How many commits share a transaction at most: enough to make the sync cheap, few
/// enough that the first does not wait long for the last.
const GROUP: usize = 512;

type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

enum Request {
    Read(Box<dyn FnOnce(&Writer) + Send>),
    Commit(Box<Commit>, Reply<()>),
    Close,
}

/// Where the thread is asked for things.
#[derive(Debug)]
pub(super) struct Handle {
    requests: Sender<Request>,
    thread: Mutex<Option<JoinHandle<Result<(), StoreError>>>>,
}

/// What the thread owns. The fields are dropped in this order: the connection before the
/// ownership.
#[derive(Debug)]
pub(super) struct Writer {
    path: PathBuf,
    connection: Connection,
    epoch: u64,
    retention: u64,
    claims: Arc<Claims>,
    failed: Option<StoreError>,
    /// The workflows, with their fingerprints, of which the text is kept.
    sources: HashSet<(String, u64)>,
    _ownership: Ownership,
}

impl Handle {
    pub(super) fn start(writer: Writer) -> Result<Self, StoreError> {
        let (requests, queue) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("inflight-store".to_owned())
            .spawn(move || writer.run(&queue))
            .map_err(|error| StoreError::io("start a thread", error))?;
        Ok(Self {
            requests,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Asks for something that commits nothing.
    pub(super) fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Writer) -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        self.ask(|reply| {
            Request::Read(Box::new(move |writer| {
                // Nobody waits for it any more if this fails.
                drop(reply.send(read(writer)));
            }))
        })
    }

    /// Asks for a commit.
    pub(super) fn commit(&self, commit: Commit) -> StoreFuture<()> {
        self.ask(|reply| Request::Commit(Box::new(commit), reply))
    }

    /// Waits until everything asked for is done and the file is closed.
    pub(super) fn close(&self) -> Result<(), StoreError> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        // The thread is there to receive this, or was closed before.
        drop(self.requests.send(Request::Close));
        match thread.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(_)) | None => Err(StoreError::Closed),
        }
    }

    fn ask<T: Send + 'static>(&self, request: impl FnOnce(Reply<T>) -> Request) -> StoreFuture<T> {
        let (reply, result) = oneshot::channel();
        // A request that cannot be sent is dropped with its reply, and the result is so
        // `Closed`.
        drop(self.requests.send(request(reply)));
        Box::pin(async move { result.await.unwrap_or(Err(StoreError::Closed)) })
    }
}

impl Drop for Handle {
    // Waits, so that the store can be opened again at once. Every commit has told its own
    // result; there is no other failure that would matter to anybody.
    fn drop(&mut self) {
        drop(self.close());
    }
}

impl Writer {
    pub(super) fn new(
        path: PathBuf,
        connection: Connection,
        epoch: u64,
        retention: u64,
        ownership: Ownership,
    ) -> Self {
        Self {
            path,
            connection,
            epoch,
            retention,
            claims: Arc::default(),
            failed: None,
            sources: HashSet::new(),
            _ownership: ownership,
        }
    }

    fn run(mut self, queue: &Receiver<Request>) -> Result<(), StoreError> {
        let mut next = queue.recv().ok();
        while let Some(request) = next {
            next = match request {
                Request::Close => break,
                Request::Read(read) => {
                    read(&self);
                    queue.recv().ok()
                }
                Request::Commit(commit, reply) => {
                    let mut group = vec![(commit, reply)];
                    let next = gather(&mut group, queue);
                    self.commit(group);
                    next.or_else(|| queue.recv().ok())
                }
            };
        }
        self.close()
    }

    /// Reads something.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        read(&self.connection).map_err(|error| database::fault(&self.path, "read", error))
    }

    /// Claims an instance.
    pub(super) fn claim(&self, instance: &InstanceId) -> Result<Claim, StoreError> {
        self.usable()?;
        check::epoch(self.epoch, self.read(records::epoch)?)?;
        let release = self.claims.claim(instance)?;
        Ok(Claim {
            epoch: self.epoch,
            record: self.read(|connection| records::current(connection, instance))?,
            release,
        })
    }

    /// Commits what can be committed of a group, and tells everybody.
    fn commit(&mut self, group: Vec<(Box<Commit>, Reply<()>)>) {
        let (commits, replies): (Vec<_>, Vec<_>) = group.into_iter().unzip();
        let results = self
            .usable()
            .and_then(|()| {
                self.write(&commits).map_err(|error| {
                    let error = database::fault(&self.path, "write", error);
                    self.failed.insert(error).clone()
                })
            })
            .unwrap_or_else(|error| vec![Err(error); commits.len()]);
        for (reply, result) in replies.into_iter().zip(results) {
            // Nobody waits for it any more if this fails.
            drop(reply.send(result));
        }
    }

    /// Writes the commits of which the conditions hold, in one transaction.
    fn write(&mut self, commits: &[Box<Commit>]) -> rusqlite::Result<Vec<Result<(), StoreError>>> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let epoch = records::epoch(&transaction)?;
        let mut results = Vec::with_capacity(commits.len());
        for commit in commits {
            let found = records::version(&transaction, &commit.instance)?;
            let allowed =
                check::epoch(commit.epoch, epoch).and_then(|()| check::version(commit, found));
            if allowed.is_ok() {
                records::insert(&transaction, commit, self.retention)?;
                let written = (commit.instance.workflow.clone(), commit.record.fingerprint);
                if self.sources.insert(written) {
                    records::insert_source(&transaction, commit)?;
                }
            }
            results.push(allowed);
        }
        transaction.commit()?;
        Ok(results)
    }

    /// After a failure to write, what the file holds is unknown to this connection.
    fn usable(&self) -> Result<(), StoreError> {
        match &self.failed {
            None => Ok(()),
            Some(error) => Err(StoreError::Failed(Arc::new(error.clone()))),
        }
    }

    fn close(self) -> Result<(), StoreError> {
        let Self {
            path,
            connection,
            failed,
            _ownership,
            ..
        } = self;
        let closed = connection
            .close()
            .map_err(|(_, error)| database::fault(&path, "close", error));
        failed.map_or(closed, Err)
    }
}

/// Takes the commits that stand next in the queue; returns what follows them.
fn gather(group: &mut Vec<(Box<Commit>, Reply<()>)>, queue: &Receiver<Request>) -> Option<Request> {
    while group.len() < GROUP {
        match queue.try_recv().ok()? {
            Request::Commit(commit, reply) => group.push((commit, reply)),
            other => return Some(other),
        }
    }
    None
}
