//! Reading beside the owner.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use tokio::sync::oneshot;

use super::codec::{decode, decode_all};
use super::disk::Folder;
use super::epoch::Epoch;
use super::files::{Files, name};
use super::header::Kind;
use super::history::{self, Newest};
use super::replay::Replay;
use super::state::State;
use super::{create, entry, locate, patiently, stem};
use crate::store::{InstanceId, ReadStore, StoreError, StoreFuture, StoredRecord, lock};

/// Reads a journal, at any time: beside its owner, after the owner's death, or without
/// one.
///
/// It changes nothing, takes no lock, and never waits for the owner. It keeps what it has
/// read in memory, and reads what was added since when it is asked. Clones share that.
#[derive(Clone, Debug)]
pub struct JournalReader {
    view: Arc<Mutex<View>>,
    files: Files,
}

/// What has been read of the files.
#[derive(Debug)]
pub(super) struct View {
    files: Files,
    replay: Option<Replay>,
}

impl JournalReader {
    /// Opens a journal for reading.
    ///
    /// # Errors
    ///
    /// [`StoreError::Missing`] if there is none, or one whose creation was cut short, and
    /// otherwise as for [`JournalStore::open`](super::JournalStore::open), except
    /// `Owned`.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let files = existing(path.as_ref())?;
        let mut view = View::new(files.clone());
        view.read(|_| ())?;
        Ok(Self {
            view: Arc::new(Mutex::new(view)),
            files,
        })
    }

    /// How many records of an instance are kept, as the last owner has written down.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    pub fn retention(&self) -> StoreFuture<u64> {
        self.read(|view, _| {
            view.read(|_| ())?;
            Ok(view.retention())
        })
    }

    // A thread for each reading: a reader that does nothing holds none.
    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut View, &Files) -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<T> {
        let (reply, result) = oneshot::channel();
        let reader = self.clone();
        let started = thread::Builder::new()
            .name("inflight-reader".to_owned())
            .spawn(move || {
                let mut view = reader.view.lock().unwrap_or_else(PoisonError::into_inner);
                let found = read(&mut view, &reader.files);
                // Nobody waits for it any more if this fails.
                drop(reply.send(found));
            });
        Box::pin(async move {
            started.map_err(|error| StoreError::io("start a thread", error))?;
            result.await.unwrap_or(Err(StoreError::Closed))
        })
    }
}

/// The folder of a store that is there.
pub(super) fn existing(path: &Path) -> Result<Files, StoreError> {
    let missing = |path: PathBuf| StoreError::Missing { path };
    let path = match locate(path)? {
        Some(path) if path.is_dir() => path,
        _ => return Err(missing(path.to_owned())),
    };
    let files = Files::new(path.clone(), Arc::new(Folder(path.clone())));
    create::inspect(&files, false)?;
    let listing = files.list()?;
    if listing.complete {
        return Ok(files);
    }
    create::unfinished(&files, &listing)?;
    Err(missing(path))
}

impl View {
    pub(super) fn new(files: Files) -> Self {
        Self {
            files,
            replay: None,
        }
    }

    /// Looks at what is there now.
    pub(super) fn read<T>(&mut self, look: impl FnOnce(&State) -> T) -> Result<T, StoreError> {
        let path = self.files.path.clone();
        let is_owned = || lock::owner(&stem(&path)).is_ok_and(|owner| owner.is_some());
        patiently(is_owned, || self.refresh().map(drop))?;
        match &self.replay {
            Some(replay) => Ok(look(&replay.state)),
            None => Err(StoreError::Closed),
        }
    }

    fn refresh(&mut self) -> Result<&Replay, StoreError> {
        let (epoch, _) = Epoch::open(&self.files, false)?;
        let held = self.replay.take();
        let before = held.as_ref().map(|held| held.position);
        let refreshed = match held {
            Some(mut held) => held.refresh(&self.files, epoch.store)?.then_some(held),
            None => None,
        };
        let replay = match refreshed {
            Some(replay) => replay,
            None => Replay::all(&self.files, epoch.store)?,
        };
        if before != Some(replay.position) {
            // Nobody is told of what is not durable yet.
            let name = name(Kind::Segment, replay.position.segment);
            self.files.sync(&*self.files.open(&name)?, &name)?;
        }
        Ok(self.replay.insert(replay))
    }

    /// Which records are kept of the instance with this key.
    pub(super) fn newest(&mut self, key: &[u8]) -> Result<Newest, StoreError> {
        let version = self.read(|state| state.version(key))?;
        let retention = self.retention();
        Ok(Newest { version, retention })
    }

    /// Which records are kept of the instances with these keys.
    fn newest_of(&mut self, keys: Vec<Vec<u8>>) -> Result<HashMap<Vec<u8>, Newest>, StoreError> {
        let versions: Vec<_> = self.read(|state| {
            let versions = keys.iter().map(|key| state.version(key));
            versions.collect()
        })?;
        let retention = self.retention();
        let newest = versions
            .into_iter()
            .map(|version| Newest { version, retention });
        Ok(keys.into_iter().zip(newest).collect())
    }

    /// How many records of an instance are kept.
    fn retention(&self) -> u64 {
        let replay = self.replay.as_ref();
        replay.map_or(1, |replay| replay.position.retention)
    }
}

impl ReadStore for JournalReader {
    fn load(&self, instance: &InstanceId) -> StoreFuture<Option<StoredRecord>> {
        let key = entry::key(instance);
        self.read(move |view, files| {
            let record = view.read(|state| state.record(&key))?;
            record.map(|record| decode(files, &record)).transpose()
        })
    }

    fn list(&self) -> StoreFuture<Vec<InstanceId>> {
        self.read(|view, _| view.read(State::list))
    }

    fn current(&self) -> StoreFuture<Vec<(InstanceId, StoredRecord)>> {
        self.read(|view, files| decode_all(files, view.read(State::current)?))
    }

    fn history(&self, instance: &InstanceId) -> StoreFuture<Vec<StoredRecord>> {
        let key = entry::key(instance);
        let (reader, asked) = (self.clone(), key.clone());
        let ask = move || {
            let key = asked.clone();
            reader.read(move |view, _| view.newest(&key))
        };
        Box::pin(history::kept(self.files.clone(), key, ask))
    }

    fn histories(&self, instances: &[InstanceId]) -> StoreFuture<Vec<Vec<StoredRecord>>> {
        let keys = instances.iter().map(entry::key).collect();
        let asked = self.read(|view, files| {
            let wanted = view.newest_of(keys)?;
            Ok(history::read_together(files, &wanted))
        });
        let (reader, instances) = (self.clone(), instances.to_vec());
        Box::pin(async move {
            let mut found = asked.await?;
            let mut histories = Vec::with_capacity(instances.len());
            for instance in instances {
                histories.push(match found.remove(&entry::key(&instance)) {
                    Some(history) => history,
                    // It says what is wrong with it, or that it was only written meanwhile.
                    None => reader.history(&instance).await?,
                });
            }
            Ok(histories)
        })
    }

    fn source(&self, workflow: &str, fingerprint: u64) -> StoreFuture<Option<String>> {
        let workflow = workflow.to_owned();
        self.read(move |view, _| {
            view.read(|state| state.source(&workflow, fingerprint).map(str::to_owned))
        })
    }

    fn newest(&self, workflow: &str) -> StoreFuture<Option<(u64, String)>> {
        let workflow = workflow.to_owned();
        self.read(move |view, _| {
            view.read(|state| {
                let (fingerprint, text) = state.newest(&workflow)?;
                Some((fingerprint, text.to_owned()))
            })
        })
    }
}
