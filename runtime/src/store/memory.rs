//! A store without a disk.

use std::collections::BTreeMap;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use super::claims::Claims;
use super::{
    Claim, Commit, DEFAULT_RETENTION, InstanceId, ReadStore, Store, StoreError, StoreFuture,
    StoredRecord, check,
};

/// Keeps records in memory, for tests and for callers without a disk.
///
/// Clones are handles to the same store.
#[derive(Clone, Debug)]
pub struct MemoryStore {
    epoch: u64,
    claims: Arc<Claims>,
    contents: Arc<Mutex<Contents>>,
}

#[derive(Debug)]
struct Contents {
    epoch: u64,
    retention: u64,
    histories: BTreeMap<InstanceId, History>,
    /// By workflow, the newest last, each with its fingerprint.
    sources: BTreeMap<Arc<str>, Vec<(u64, &'static str)>>,
}

impl MemoryStore {
    /// An empty store, which keeps 10,000 records an instance.
    pub fn new() -> Self {
        Self::with_retention(DEFAULT_RETENTION)
    }

    /// An empty store that keeps so many records an instance, the current one among
    /// them; it is always kept.
    pub fn with_retention(records: u64) -> Self {
        Self {
            epoch: 1,
            claims: Arc::default(),
            contents: Arc::new(Mutex::new(Contents {
                epoch: 1,
                retention: records.max(1),
                histories: BTreeMap::new(),
                sources: BTreeMap::new(),
            })),
        }
    }

    /// Takes the records over, as a new owner would after this one was lost: whatever
    /// this handle or its clones commit from now on is refused as
    /// [`StoreError::Fenced`].
    #[must_use]
    pub fn take_over(&self) -> Self {
        let mut contents = self.contents();
        contents.epoch += 1;
        Self {
            epoch: contents.epoch,
            claims: Arc::default(),
            contents: Arc::clone(&self.contents),
        }
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl Contents {
    fn current(&self, instance: &InstanceId) -> Option<&StoredRecord> {
        self.histories.get(instance)?.newest()
    }

    fn fence(&self, held: u64) -> Result<(), StoreError> {
        check::epoch(held, self.epoch)
    }
}

/// The records of an instance that are kept.
#[derive(Debug, Default)]
struct History {
    /// In order, but for where the newest have taken the places of the oldest.
    records: Vec<StoredRecord>,
    /// The place of the oldest.
    oldest: usize,
}

impl History {
    fn newest(&self) -> Option<&StoredRecord> {
        match self.oldest {
            0 => self.records.last(),
            oldest => self.records.get(oldest - 1),
        }
    }

    /// All of them, oldest first.
    fn iter(&self) -> impl Iterator<Item = &StoredRecord> {
        let (newer, older) = self.records.split_at(self.oldest);
        older.iter().chain(newer)
    }

    /// Adds a record, in place of the oldest if as many as may be are kept.
    fn push(&mut self, record: StoredRecord, retention: u64) {
        if (self.records.len() as u64) < retention {
            self.records.push(record);
        } else if let Some(oldest) = self.records.get_mut(self.oldest) {
            *oldest = record;
            self.oldest = (self.oldest + 1) % self.records.len();
        }
    }
}

/// A commit that was carried out. It takes no room, so that boxing it takes no memory.
struct Done;

impl Future for Done {
    type Output = Result<(), StoreError>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(Ok(()))
    }
}

impl ReadStore for MemoryStore {
    fn load(&self, instance: &InstanceId) -> StoreFuture<Option<StoredRecord>> {
        let record = self.contents().current(instance).cloned();
        Box::pin(ready(Ok(record)))
    }

    fn list(&self) -> StoreFuture<Vec<InstanceId>> {
        let instances = self.contents().histories.keys().cloned().collect();
        Box::pin(ready(Ok(instances)))
    }

    fn current(&self) -> StoreFuture<Vec<(InstanceId, StoredRecord)>> {
        let contents = self.contents();
        let histories = contents.histories.iter();
        let records =
            histories.filter_map(|(id, history)| Some((id.clone(), history.newest()?.clone())));
        Box::pin(ready(Ok(records.collect())))
    }

    fn history(&self, instance: &InstanceId) -> StoreFuture<Vec<StoredRecord>> {
        let records = self
            .contents()
            .histories
            .get(instance)
            .map(|history| history.iter().cloned().collect())
            .unwrap_or_default();
        Box::pin(ready(Ok(records)))
    }

    fn source(&self, workflow: &str, fingerprint: u64) -> StoreFuture<Option<String>> {
        let contents = self.contents();
        let mut sources = contents.sources.get(workflow).into_iter().flatten();
        let source = sources.find(|(found, _)| *found == fingerprint);
        Box::pin(ready(Ok(source.map(|(_, source)| (*source).to_owned()))))
    }

    fn newest(&self, workflow: &str) -> StoreFuture<Option<(u64, String)>> {
        let contents = self.contents();
        let newest = contents.sources.get(workflow).and_then(|it| it.last());
        let newest = newest.map(|(fingerprint, source)| (*fingerprint, (*source).to_owned()));
        Box::pin(ready(Ok(newest)))
    }
}

impl Store for MemoryStore {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        let contents = self.contents();
        let claim = contents.fence(self.epoch).and_then(|()| {
            Ok(Claim {
                epoch: self.epoch,
                release: self.claims.claim(instance)?,
                record: contents.current(instance).cloned(),
            })
        });
        Box::pin(ready(claim))
    }

    // All of it here: a record is moved from where it comes to where it is kept, once.
    fn declare(&self, workflow: &str, fingerprint: u64, source: &'static str) -> StoreFuture<()> {
        let mut contents = self.contents();
        let fenced = contents.fence(self.epoch);
        if let (Ok(()), Some(sources)) = (&fenced, contents.sources.get_mut(workflow)) {
            sources.retain(|(found, _)| *found != fingerprint);
            sources.push((fingerprint, source));
        }
        Box::pin(ready(fenced))
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        let contents = &mut *self.contents();
        let history = contents.histories.get_mut(&commit.instance);
        let before = history.as_ref().and_then(|history| history.newest());
        let instance = || commit.instance.clone();
        let (found, version) = (
            before.map_or(0, |record| record.version),
            commit.record.version,
        );
        let checked = check::epoch(commit.epoch, contents.epoch)
            .and_then(|()| check::version(instance, commit.expected, version, found));
        if let Err(error) = checked {
            return Box::pin(ready(Err(error)));
        }
        let fingerprint = commit.record.fingerprint;
        // Otherwise it came with the record before.
        if before.is_none_or(|record| record.fingerprint != fingerprint) {
            let workflow = commit.instance.workflow.clone();
            let sources = contents.sources.entry(workflow).or_default();
            if !sources.iter().any(|(found, _)| *found == fingerprint) {
                sources.push((fingerprint, commit.source));
            }
        }
        let history = match history {
            Some(history) => history,
            None => contents.histories.entry(instance()).or_default(),
        };
        history.push(commit.record, contents.retention);
        Box::pin(Done)
    }

    fn held(&self) -> StoreFuture<u64> {
        let held = self.contents().fence(self.epoch).map(|()| self.epoch);
        Box::pin(ready(held))
    }
}
