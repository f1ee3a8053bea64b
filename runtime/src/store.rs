//! Where records are kept.
//!
//! A store keeps the current record of each instance and the history of those before
//! it. What it promises is small: a commit is one atomic write, conditional on version
//! and epoch, durable when its future is ready. `tests/store_contract.rs` spells that
//! out, and every store passes it.

mod check;
mod claims;
mod committer;
mod damage;
mod error;
mod front;
mod intervention;
mod journal;
mod lock;
mod memory;
mod options;
mod owner;
mod path;
mod share;
#[cfg(feature = "sqlite")]
mod sqlite;
mod stamp;

pub use damage::Damage;
pub use error::StoreError;
pub use intervention::{Intervention, Operation};
pub use journal::{JournalReader, JournalStore};
pub use memory::MemoryStore;
pub use options::StoreOptions;
pub use owner::Owner;
#[cfg(feature = "sqlite")]
pub use sqlite::{SqliteReader, SqliteStore};

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, ready};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::fields::Fields;

pub(crate) use share::share;

/// How many records of an instance a store keeps unless told otherwise.
pub(crate) const DEFAULT_RETENTION: u64 = 10_000;

/// Which instance of which workflow.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InstanceId {
    /// The workflow's name.
    pub workflow: Arc<str>,
    /// The instance's name.
    pub instance: Arc<str>,
}

impl InstanceId {
    /// The instance of this name of this workflow.
    pub fn new(workflow: impl Into<Arc<str>>, instance: impl Into<Arc<str>>) -> Self {
        Self {
            workflow: workflow.into(),
            instance: instance.into(),
        }
    }
}

impl fmt::Display for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.workflow, self.instance)
    }
}

/// A record as it is persisted: names and values, without the workflow's types.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredRecord {
    /// Grows by one with each commit; the first is 1.
    pub version: u64,
    /// When it was committed.
    #[serde(with = "stamp")]
    pub committed: SystemTime,
    /// The fingerprint of the workflow that wrote it, for information only.
    pub fingerprint: u64,
    /// The name of the state.
    pub state: Cow<'static, str>,
    /// The state's variables.
    pub variables: Fields,
    /// The transition in flight.
    pub inflight: Option<StoredInflight>,
    /// When the state was entered; records of older versions do not say.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "stamp::option"
    )]
    pub entered: Option<SystemTime>,
    /// The transitions that have fired by the passing of time since then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spent: Vec<Cow<'static, str>>,
    /// What an operator did that led to this record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervention: Option<Intervention>,
    /// The failures that led here, oldest first: of the transition that failed last, and of
    /// its error transition if that failed too. Whatever else begins leaves them behind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<StoredFailure>,
}

#[cfg(test)]
impl StoredRecord {
    /// A record of this version with nothing in it, of which a test says what it is about.
    pub(crate) fn empty(version: u64) -> Self {
        Self {
            version,
            committed: SystemTime::UNIX_EPOCH,
            fingerprint: 7,
            state: "new".into(),
            variables: Fields::new(),
            inflight: None,
            entered: None,
            spent: Vec::new(),
            intervention: None,
            failures: Vec::new(),
        }
    }
}

/// How a transition failed for good, as it is persisted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredFailure {
    /// Its name.
    pub transition: Cow<'static, str>,
    /// Identifies the execution.
    pub execution: Arc<str>,
    /// What it was fired for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Which attempt failed, counted from 1: the last.
    pub attempt: u32,
    /// How many times it was interrupted.
    pub interruptions: u32,
    /// When it was given up.
    #[serde(with = "stamp")]
    pub at: SystemTime,
    /// The failure's text.
    pub failure: String,
    /// Whether its error transition led to the state of the record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub handled: bool,
}

/// The transition in flight, as it is persisted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredInflight {
    /// Its name.
    pub transition: Cow<'static, str>,
    /// Its inputs.
    pub inputs: Fields,
    /// Identifies this execution, across re-runs.
    pub execution: Arc<str>,
    /// What the caller gave as the cause.
    pub cause: Option<String>,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
    /// How many times it was interrupted.
    pub interruptions: u32,
    /// The failure that led into it, if it is an error transition.
    pub failure: Option<String>,
    /// Until when it waits for its next attempt; while it does, its action is not running.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "stamp::option"
    )]
    pub until: Option<SystemTime>,
    /// Whether it waits for an operator.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub parked: bool,
    /// How its last attempt failed, if it is tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_failure: Option<String>,
    /// What its action said when it panicked, if it did: it is not running any more, and
    /// has not been run again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub panicked: Option<String>,
}

/// A record on its way into a store.
#[derive(Clone, Debug, PartialEq)]
pub struct Commit {
    /// Whose record it is.
    pub instance: InstanceId,
    /// The epoch of the claim under which it is written.
    pub epoch: u64,
    /// The version it replaces: one less than the record's own, 0 before the first.
    pub expected: u64,
    /// The record.
    pub record: StoredRecord,
    /// The text that declares the workflow. A store keeps it once for each fingerprint, so
    /// that its records can be understood without the program that wrote them.
    pub source: &'static str,
}

/// The right to commit records of one instance; given back when dropped.
#[derive(Debug)]
pub struct Claim {
    /// What every commit under this claim must carry.
    pub epoch: u64,
    /// The current record, if there is one.
    pub record: Option<StoredRecord>,
    /// Gives the claim back.
    pub release: Release,
}

/// Gives a claim back when it is dropped.
///
/// Commits that were asked for under the claim are still carried out, and are seen by
/// whoever claims the instance next.
#[must_use = "the claim is given back at once"]
pub struct Release(Option<Box<dyn FnOnce() + Send + Sync>>);

impl Release {
    /// Calls `release` when dropped. It must neither block nor be able to fail: a store
    /// that has to tell somebody hands that to its own thread.
    pub fn new(release: impl FnOnce() + Send + Sync + 'static) -> Self {
        Self(Some(Box::new(release)))
    }
}

impl fmt::Debug for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Release")
    }
}

impl Drop for Release {
    fn drop(&mut self) {
        if let Some(release) = self.0.take() {
            release();
        }
    }
}

/// What a store's operation returns. The operation is under way before the future is
/// first polled, and goes on if the future is dropped.
pub type StoreFuture<T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send>>;

/// Reads records. Safe beside an owner, in any process.
///
/// # Errors
///
/// [`StoreError::Io`] and [`StoreError::Corrupt`] where something cannot be read, and
/// [`StoreError::Closed`] after the store was closed. That an instance has no record is none.
pub trait ReadStore: Send + Sync + 'static {
    /// The current record of an instance.
    fn load(&self, instance: &InstanceId) -> StoreFuture<Option<StoredRecord>>;

    /// The instances that have a record, sorted.
    fn list(&self) -> StoreFuture<Vec<InstanceId>>;

    /// The current record of every instance, sorted by instance, all as of one moment.
    fn current(&self) -> StoreFuture<Vec<(InstanceId, StoredRecord)>>;

    /// The kept records of an instance, oldest first; the last is the current one.
    fn history(&self, instance: &InstanceId) -> StoreFuture<Vec<StoredRecord>>;

    /// The kept records of these instances, in their order, each as of a moment of its own.
    /// All of them are in memory at once.
    fn histories(&self, instances: &[InstanceId]) -> StoreFuture<Vec<Vec<StoredRecord>>> {
        let each: Vec<_> = instances.iter().map(|it| self.history(it)).collect();
        Box::pin(async move {
            let mut histories = Vec::with_capacity(each.len());
            for history in each {
                histories.push(history.await?);
            }
            Ok(histories)
        })
    }

    /// The text that declared a workflow when records with this fingerprint were written.
    fn source(&self, workflow: &str, fingerprint: u64) -> StoreFuture<Option<String>>;

    /// The text of a workflow that the program had which [declared](Store::declare) it last, with
    /// its fingerprint; where none did, the only text that there is. `None` if that is not known.
    fn newest(&self, workflow: &str) -> StoreFuture<Option<(u64, String)>> {
        let _ = workflow;
        Box::pin(ready(Ok(None)))
    }
}

/// Keeps records.
///
/// Operations on one instance take effect in the order in which they were asked for.
pub trait Store: ReadStore {
    /// Claims an instance: nobody else may commit its records.
    ///
    /// # Errors
    ///
    /// [`StoreError::Claimed`] while another claim of this process stands, and
    /// [`StoreError::Fenced`] after somebody took the store over.
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim>;

    /// Replaces the record of an instance, atomically, durable when the future is
    /// ready.
    ///
    /// # Errors
    ///
    /// [`StoreError::Conflict`] changes nothing, nor does [`StoreError::Fenced`], but for
    /// what is said there. After any other error it is unknown whether the record is
    /// durable, and the store accepts no commit until it is opened again.
    fn commit(&self, commit: Commit) -> StoreFuture<()>;

    /// Notes that the owner's program has this version of a workflow, whose records it is about
    /// to open: others then know what it can read, also before it has written any of them, and
    /// if it never does. Nothing is written where the store has no text of the workflow, or this
    /// is the newest already.
    ///
    /// # Errors
    ///
    /// As for a commit. No record depends on it.
    fn declare(&self, workflow: &str, fingerprint: u64, source: &'static str) -> StoreFuture<()> {
        let _ = (workflow, fingerprint, source);
        Box::pin(ready(Ok(())))
    }

    /// The epoch of this owner. One that has no place for requests need not say it.
    ///
    /// # Errors
    ///
    /// [`StoreError::Fenced`] after somebody took the store over.
    fn held(&self) -> StoreFuture<u64> {
        Box::pin(std::future::ready(Ok(0)))
    }

    /// The folder beside the store where its owner finds
    /// [requests](crate::request::RequestQueue), if it has a place on disk.
    fn requests(&self) -> Option<PathBuf> {
        None
    }
}

impl<S: ReadStore + ?Sized> ReadStore for Arc<S> {
    fn load(&self, instance: &InstanceId) -> StoreFuture<Option<StoredRecord>> {
        self.as_ref().load(instance)
    }

    fn list(&self) -> StoreFuture<Vec<InstanceId>> {
        self.as_ref().list()
    }

    fn current(&self) -> StoreFuture<Vec<(InstanceId, StoredRecord)>> {
        self.as_ref().current()
    }

    fn history(&self, instance: &InstanceId) -> StoreFuture<Vec<StoredRecord>> {
        self.as_ref().history(instance)
    }

    fn histories(&self, instances: &[InstanceId]) -> StoreFuture<Vec<Vec<StoredRecord>>> {
        self.as_ref().histories(instances)
    }

    fn source(&self, workflow: &str, fingerprint: u64) -> StoreFuture<Option<String>> {
        self.as_ref().source(workflow, fingerprint)
    }

    fn newest(&self, workflow: &str) -> StoreFuture<Option<(u64, String)>> {
        self.as_ref().newest(workflow)
    }
}

impl<S: Store + ?Sized> Store for Arc<S> {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        self.as_ref().claim(instance)
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        self.as_ref().commit(commit)
    }

    fn declare(&self, workflow: &str, fingerprint: u64, source: &'static str) -> StoreFuture<()> {
        self.as_ref().declare(workflow, fingerprint, source)
    }

    fn held(&self) -> StoreFuture<u64> {
        self.as_ref().held()
    }

    fn requests(&self) -> Option<PathBuf> {
        self.as_ref().requests()
    }
}
