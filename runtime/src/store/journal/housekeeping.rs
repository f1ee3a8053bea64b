//! Snapshots, and the removal of what nobody will read any more.
//!
//! All of it is a function of files that nobody writes to any more: the newest snapshot
//! and the segments that have a successor. It runs on a thread of its own, and whatever
//! it does not finish can be begun again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use super::batch::Builder;
use super::epoch::Epoch;
use super::files::{Files, START, name};
use super::header::{Header, Id, Kind};
use super::replay::Replay;
use crate::store::{StoreError, check};

/// How long the batches of a snapshot are.
const BATCH: usize = 1024 * 1024;

/// The thread, while there is one.
#[derive(Debug, Default)]
pub(super) struct Housekeeping {
    thread: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
}

/// What is to be done.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) files: Files,
    /// The epoch of the owner.
    pub(super) held: u64,
    pub(super) retention: u64,
    /// The last segment that is to be in the snapshot. It has a successor.
    pub(super) last: Id,
}

impl Housekeeping {
    /// Begins a task, unless one is under way; returns whether it began.
    pub(super) fn start(&mut self, task: Task) -> bool {
        if self.thread.as_ref().is_some_and(|thread| !thread.is_finished()) {
            return false;
        }
        let stop = Arc::clone(&self.stop);
        self.thread = thread::Builder::new()
            .name("inflight-snapshot".to_owned())
            .spawn(move || {
                if let Err(error) = task.run(&stop) {
                    // Nothing is lost by it: the next one does it all.
                    tracing::warn!(%error, "no snapshot was taken");
                }
            })
            .ok();
        self.thread.is_some()
    }

    /// Waits until nothing is under way.
    pub(super) fn stop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It has told its failures.
            drop(thread.join());
        }
    }
}

impl Task {
    fn run(&self, stop: &AtomicBool) -> Result<(), StoreError> {
        let (epoch, _) = Epoch::open(&self.files, false)?;
        let replay = Replay::sealed(&self.files, epoch.store, self.last)?;
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        if replay.snapshot < Some(self.last) {
            self.snapshot(&epoch, &replay)?;
        }
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
