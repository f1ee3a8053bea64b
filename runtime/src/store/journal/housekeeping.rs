//! Snapshots, and the removal of what nobody will read any more.
//!
//! All of it is a function of files that nobody writes to any more: the newest snapshot
//! and the segments that have a successor. It runs on a thread of its own, and whatever
//! it does not finish can be begun again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::archive::Archive;
use super::background;
use super::batch::Builder;
use super::epoch::Epoch;
use super::files::{Files, START, name};
use super::header::{Header, Id, Kind};
use super::replay::Replay;
use crate::store::{StoreError, check};

/// How long the batches of a snapshot are.
const BATCH: usize = 1024 * 1024;

/// How many segments of the archive are looked at for each that was added to it. One is
/// not enough, for those that stay are looked at again.
const LOOKS: usize = 4;

/// The thread, while there is one.
#[derive(Debug, Default)]
pub(super) struct Housekeeping {
    thread: Option<JoinHandle<()>>,
    progress: Arc<Progress>,
}

/// What the thread shares with those after it, and with whoever stops it.
#[derive(Debug, Default)]
struct Progress {
    stop: AtomicBool,
    /// The last segment of the archive that was looked at.
    cursor: Mutex<Option<Id>>,
}

/// How a task went, once it is through.
pub(super) type Done = oneshot::Receiver<Result<(), StoreError>>;

/// What is to be done.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) files: Files,
    /// The epoch of the owner.
    pub(super) held: u64,
    pub(super) retention: u64,
    /// The last segment that is to be in the snapshot. It has a successor.
    pub(super) last: Id,
    /// Whether all of the archive is to be looked at, and not a few segments.
    pub(super) all: bool,
}

impl Housekeeping {
    /// Begins a task, unless one is under way; returns whether it began.
    pub(super) fn start(&mut self, task: Task) -> bool {
        if self
            .thread
            .as_ref()
            .is_some_and(|thread| !thread.is_finished())
        {
            return false;
        }
        let progress = Arc::clone(&self.progress);
        let thread = background("inflight-snapshot", move || {
            if let Err(error) = task.run(&progress) {
                // Nothing is lost by it: the next one does it all.
                tracing::warn!(%error, "no snapshot was taken");
            }
        });
        self.thread = thread.ok();
        self.thread.is_some()
    }

    /// Does a task after the one that is under way, and says how it went.
    pub(super) fn wait_for(&mut self, task: Task) -> Result<Done, StoreError> {
        let (reply, done) = oneshot::channel();
        let progress = Arc::clone(&self.progress);
        let before = self.thread.take();
        let thread = background("inflight-snapshot", move || {
            // It has told its failures.
            drop(before.map(JoinHandle::join));
            // Nobody waits for it any more if this fails.
            drop(reply.send(task.run(&progress)));
        })?;
        self.thread = Some(thread);
        Ok(done)
    }

    /// Waits until nothing is under way, and shortens that.
    pub(super) fn stop(&mut self) {
        self.progress.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It has told its failures.
            drop(thread.join());
        }
    }
}

impl Task {
    fn run(&self, progress: &Progress) -> Result<(), StoreError> {
        let (epoch, _) = Epoch::open(&self.files, false)?;
        // Whoever takes over removes files that are read or written here.
        self.tidy(&epoch, progress).map_err(|error| {
            let fenced = epoch.current(&self.files);
            let fenced = fenced.and_then(|current| check::epoch(self.held, current));
            fenced.err().unwrap_or(error)
        })
    }

    fn tidy(&self, epoch: &Epoch, progress: &Progress) -> Result<(), StoreError> {
        let replay = Replay::sealed(&self.files, epoch.store, self.last)?;
        if replay.snapshot < Some(self.last) {
            self.snapshot(epoch, &replay)?;
        }
        let archive = Archive {
            files: &self.files,
            epoch,
            held: self.held,
            state: &replay.state,
            retention: self.retention,
        };
        let mut cursor = progress
            .cursor
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let (from, count) = match self.all {
            true => (None, usize::MAX),
            false => (*cursor, LOOKS * replay.chain.len().max(1)),
        };
        *cursor = archive.trim(self.last, from, count, &progress.stop)?;
        Ok(())
    }

    /// Writes a snapshot, and removes those before it.
    fn snapshot(&self, epoch: &Epoch, replay: &Replay) -> Result<(), StoreError> {
        let files = &self.files;
        let name = name(Kind::Snapshot, self.last);
        let new = format!("{name}.new");
        let file = files.create(&new)?;
        let mut at = START;
        let mut sequence = 1;
        let mut batch = Builder::new();
        let mut write = |batch: &mut Builder| {
            if batch.finish(epoch.store, sequence).is_some() {
                files.write(&*file, &new, batch.bytes(), at)?;
            }
            at += batch.len() as u64;
            sequence += 1;
            batch.clear();
            Ok(())
        };
        for entry in replay.state.entries() {
            batch.push(entry);
            if batch.len() > BATCH {
                write(&mut batch)?;
            }
        }
        write(&mut batch)?;
        let header = Header {
            kind: Kind::Snapshot,
            store: epoch.store,
            id: self.last,
            previous: None,
            sequence: replay.position.sequence,
            size: at,
            end: Some(at),
            retention: self.retention,
        };
        files.write(&*file, &new, &header.encode(), 0)?;
        files.sync(&*file, &new)?;
        check::epoch(self.held, epoch.current(files)?)?;
        files.rename(&new, &name)?;
        files.sync_folder()?;
        for id in files.list()?.snapshots {
            if id < self.last {
                files.remove(&super::files::name(Kind::Snapshot, id))?;
            }
        }
        Ok(())
    }
}
