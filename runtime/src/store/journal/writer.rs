//! What the owner of a journal does, on the thread of the committer.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use super::background;
use super::batch::Builder;
use super::create::Opened;
use super::entry::{self, Kept};
use super::epoch::Epoch;
use super::files::{Files, START, name};
use super::header::{Header, Id, Kind, Previous};
use super::history::Newest;
use super::housekeeping::{Done, Housekeeping, Task};
use super::reader::View;
use super::segment::{LARGEST, SMALLEST, Segment, Spare, size_for};
use super::state::{Encoded, State};
use crate::store::claims::Claims;
use crate::store::committer::Medium;
use crate::store::lock::Ownership;
use crate::store::{InstanceId, Release, StoreError, check};

/// Less than this is read in no time, so that no snapshot is worth the while.
const WORTH_A_SNAPSHOT: u64 = if cfg!(test) { 16 } else { 4 * 1024 } * 1024;

/// More segments than this are not read one after the other.
const MANY_SEGMENTS: usize = 16;

/// A commit, encoded by whoever asks for it.
pub(super) struct Item {
    pub(super) epoch: u64,
    pub(super) expected: u64,
    pub(super) record: Kept,
    /// Of the workflow that the record is written by, and its text.
    pub(super) fingerprint: u64,
    pub(super) source: &'static str,
}

/// An open journal. The fields are dropped in this order: the files before the ownership.
#[derive(Debug)]
pub(super) struct Writer {
    files: Files,
    epoch: Epoch,
    held: u64,
    retention: u64,
    state: State,
    claims: Arc<Claims>,
    segment: Segment,
    spare: Option<JoinHandle<Result<Spare, StoreError>>>,
    batch: Builder,
    /// What the records of the batch replaced, in order, with where in the batch they begin.
    replaced: Vec<(usize, Option<Kept>)>,
    /// How much was written since the last snapshot, without the segment that is written.
    unsnapshotted: u64,
    /// How many segments that is.
    segments: usize,
    housekeeping: Housekeeping,
    /// Why no segment may be written any more.
    failed: Option<StoreError>,
    /// What is there after somebody took the store over.
    taken: Option<View>,
    _ownership: Option<Ownership>,
}

impl Writer {
    pub(super) fn new(
        files: Files,
        opened: Opened,
        retention: u64,
        ownership: Option<Ownership>,
    ) -> Self {
        let Opened {
            epoch,
            held,
            replay,
            segment,
        } = opened;
        let mut writer = Self {
            files,
            epoch,
            held,
            retention,
            state: replay.state,
            claims: Arc::default(),
            segment,
            spare: None,
            batch: Builder::new(),
            replaced: Vec::new(),
            unsnapshotted: replay.read,
            segments: replay.chain.len(),
            housekeeping: Housekeeping::default(),
            failed: None,
            taken: None,
            _ownership: ownership,
        };
        writer.consider_snapshot();
        writer
    }

    /// Refuses if somebody took the store over.
    fn fence(&self) -> Result<(), StoreError> {
        check::epoch(self.held, self.epoch.current(&self.files)?)
    }

    /// The epoch of this owner, unless somebody took the store over.
    pub(super) fn held(&self) -> Result<u64, StoreError> {
        self.fence()?;
        Ok(self.held)
    }

    /// What is there, also after somebody took the store over.
    fn view<T>(&mut self, own: impl FnOnce(&State) -> T) -> Result<T, StoreError> {
        match self.fence() {
            Ok(()) => Ok(own(&self.state)),
            Err(StoreError::Fenced { .. }) => {
                let files = self.files.clone();
                let view = self.taken.get_or_insert_with(|| View::new(files));
                view.read(own)
            }
            Err(error) => Err(error),
        }
    }

    /// The current record of an instance.
    pub(super) fn load(&mut self, instance: &InstanceId) -> Result<Option<Kept>, StoreError> {
        let key = entry::key(instance);
        self.view(|state| state.record(&key))
    }

    /// The current record of every instance, sorted by instance.
    pub(super) fn current(&mut self) -> Result<Vec<Encoded>, StoreError> {
        self.view(State::current)
    }

    /// The instances, sorted.
    pub(super) fn list(&mut self) -> Result<Vec<InstanceId>, StoreError> {
        self.view(State::list)
    }

    /// Which records are kept of the instance with this key.
    pub(super) fn newest(&mut self, key: &[u8]) -> Result<Newest, StoreError> {
        let version = self.view(|state| state.version(key))?;
        match &mut self.taken {
            Some(view) => view.newest(key),
            None => Ok(Newest {
                version,
                retention: self.retention,
            }),
        }
    }

    /// The source of a workflow.
    pub(super) fn source(
        &mut self,
        workflow: &str,
        fingerprint: u64,
    ) -> Result<Option<String>, StoreError> {
        self.view(|state| state.source(workflow, fingerprint).map(str::to_owned))
    }

    /// The newest source of a workflow, with its fingerprint.
    pub(super) fn declared(&mut self, workflow: &str) -> Result<Option<(u64, String)>, StoreError> {
        self.view(|state| {
            let (fingerprint, text) = state.newest(workflow)?;
            Some((fingerprint, text.to_owned()))
        })
    }

    /// Notes which version of a workflow this owner has.
    pub(super) fn declare(
        &mut self,
        workflow: &str,
        fingerprint: u64,
        text: &str,
    ) -> Result<(), StoreError> {
        self.fence()?;
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let newest = self.state.newest(workflow);
        if newest.is_none_or(|(newest, _)| newest == fingerprint) {
            return Ok(());
        }
        self.admit_source(workflow, fingerprint, text);
        let written = match self.batch.is_empty() {
            true => Ok(()),
            false => self.append(),
        };
        self.batch.clear();
        // As for a commit: nothing is written after what may be torn.
        written.inspect_err(|error| self.failed = Some(error.clone()))
    }

    /// Claims an instance; returns its current record as well.
    pub(super) fn claim(
        &mut self,
        instance: &InstanceId,
    ) -> Result<(u64, Option<Kept>, Release), StoreError> {
        self.fence()?;
        let release = self.claims.claim(instance)?;
        Ok((self.held, self.state.record(&entry::key(instance)), release))
    }

    /// Puts a commit into the batch, or refuses it.
    fn admit(&mut self, item: Item) -> Result<(), StoreError> {
        let Item {
            epoch,
            expected,
            record,
            fingerprint,
            source,
        } = item;
        check::epoch(epoch, self.held)?;
        let version = record.version();
        let at = self.batch.push(record.bytes());
        // Found once, not once to look and once to replace: it is looked for on one thread.
        let old = self.state.put(record);
        let found = old.as_ref().map_or(0, Kept::version);
        let key = entry::key_of(self.batch.since(at));
        let follows = check::version(|| entry::instance(key), expected, version, found);
        if follows.is_err() {
            self.state.put_back(key, old);
            self.batch.pop(at);
            return follows;
        }
        if !self.state.has_source(entry::workflow(key), fingerprint) {
            let workflow = entry::workflow(key).to_owned();
            self.admit_source(&workflow, fingerprint, source);
        }
        self.replaced.push((at, old));
        Ok(())
    }

    /// Puts the text of a workflow into the batch. It stays in memory should the batch fail,
    /// for then nothing is written any more.
    fn admit_source(&mut self, workflow: &str, fingerprint: u64, text: &str) {
        if let Some(entry) = entry::source(workflow, fingerprint, text) {
            self.batch.push(&entry);
            self.state.put_source(workflow, fingerprint, entry);
        }
    }

    /// Makes the batch durable.
    fn append(&mut self) -> Result<(), StoreError> {
        let (store, sequence) = (self.epoch.store, self.segment.sequence);
        if self.batch.finish(store, sequence).is_none() {
            let too_long = io::Error::other("more than 4 GiB at once");
            return Err(self.files.fault("write", &self.segment.name, too_long));
        }
        if !self.segment.fits(self.batch.len()) {
            self.rotate(self.batch.len())?;
            self.fence()?;
        }
        self.segment.append(&self.files, self.batch.bytes())?;
        // Nobody is told of what a new owner may not have seen.
        self.fence()?;
        if self.spare.is_none() && self.segment.offset > self.segment.header.size / 2 {
            self.spare = Some(self.prepare_spare()?);
        }
        Ok(())
    }

    fn next_id(&self) -> Id {
        Id {
            epoch: self.held,
            number: self.segment.header.id.number + 1,
        }
    }

    /// Has the next segment prepared while this one is written.
    fn prepare_spare(&self) -> Result<JoinHandle<Result<Spare, StoreError>>, StoreError> {
        let files = self.files.clone();
        let segment = name(Kind::Segment, self.next_id());
        let size = (self.segment.header.size * 2).clamp(SMALLEST, LARGEST);
        background("inflight-segment", move || {
            Spare::prepare(&files, &segment, size)
        })
    }

    /// Takes a snapshot, and removes and rewrites all that can be.
    pub(super) fn compact(&mut self) -> Result<Option<Done>, StoreError> {
        self.fence()?;
        if self.segment.offset > START {
            self.rotate(0)?;
        }
        let previous = self.segment.header.previous;
        let task = previous.map(|previous| Task {
            all: true,
            ..self.task(previous.id)
        });
        task.map(|task| self.housekeeping.wait_for(task))
            .transpose()
    }

    /// Goes on in the next segment, which has room for a batch of this length. If that
    /// fails, it may be there all the same, and so this one has come to its end.
    fn rotate(&mut self, length: usize) -> Result<(), StoreError> {
        let next = self.next_segment(length);
        // Whoever takes over removes what is unfinished, under the hands of its writer.
        let next = next.map_err(|error| self.fence().err().unwrap_or(error));
        next.inspect_err(|error| self.failed = Some(error.clone()))
    }

    fn next_segment(&mut self, length: usize) -> Result<(), StoreError> {
        let id = self.next_id();
        let prepared = self.spare.take().and_then(|spare| spare.join().ok()?.ok());
        let size = size_for(length, SMALLEST);
        let spare = match prepared {
            Some(spare) if spare.size >= size => spare,
            // Too small, or there was no space, of which there may be some now.
            _ => Spare::prepare(&self.files, &name(Kind::Segment, id), size)?,
        };
        let sealed = self.segment.header.id;
        let header = Header {
            id,
            previous: Some(Previous {
                id: sealed,
                end: self.segment.offset,
            }),
            sequence: self.segment.sequence,
            ..self.segment.header
        };
        self.unsnapshotted += self.segment.offset;
        self.segments += 1;
        self.segment = spare.into_segment(&self.files, header, None)?;
        self.consider_snapshot();
        Ok(())
    }

    /// Has a snapshot taken if reading what was written since the last one would take
    /// longer than reading what is live.
    fn consider_snapshot(&mut self) {
        let Some(previous) = self.segment.header.previous else {
            return;
        };
        let much = self.unsnapshotted > WORTH_A_SNAPSHOT.max(self.state.bytes());
        let many = self.segments > MANY_SEGMENTS;
        if (much || many) && self.housekeeping.start(self.task(previous.id)) {
            self.unsnapshotted = 0;
            self.segments = 0;
        }
    }

    fn task(&self, last: Id) -> Task {
        Task {
            files: self.files.clone(),
            held: self.held,
            retention: self.retention,
            last,
            all: false,
        }
    }

    fn roll_back(&mut self) {
        while let Some((at, old)) = self.replaced.pop() {
            self.state
                .put_back(entry::key_of(self.batch.since(at)), old);
        }
    }
}

/// A group is one batch.
impl Medium for Writer {
    type Item = Item;

    fn write(&mut self, group: &mut Vec<Item>) -> Result<Vec<(usize, StoreError)>, StoreError> {
        self.fence()?;
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let mut refused = Vec::new();
        for (index, item) in group.drain(..).enumerate() {
            if let Err(error) = self.admit(item) {
                refused.push((index, error));
            }
        }
        let written = match self.batch.is_empty() {
            true => Ok(()),
            false => self.append(),
        };
        if written.is_err() {
            self.roll_back();
        }
        self.batch.clear();
        self.replaced.clear();
        written.map(|()| refused)
    }

    fn close(mut self) -> Result<(), StoreError> {
        let spare = self.spare.take().and_then(|spare| spare.join().ok()?.ok());
        let discarded = spare.map_or(Ok(()), |spare| spare.discard(&self.files));
        self.housekeeping.stop();
        discarded
    }
}
