//! What a scenario is handed, and what an invariant is.

use std::fmt;
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::fate::Fate;
use super::store::CrashStore;
use crate::clock::Clock;
use crate::definition::Definition;
use crate::record::Record;
use crate::store::{InstanceId, MemoryStore, ReadStore};
use crate::testing::now;
use crate::workflow::Options;

/// One process of a scenario, which may be killed.
pub struct Process<W> {
    pub(super) world: Arc<W>,
    pub(super) store: CrashStore,
    pub(super) clock: ProcessClock,
    pub(super) fate: Arc<Fate>,
    pub(super) crashes: usize,
}

impl<W> Process<W> {
    /// What the actions touch, and no crash takes away.
    pub fn world(&self) -> &Arc<W> {
        &self.world
    }

    /// The store to open instances in.
    pub fn store(&self) -> CrashStore {
        self.store.clone()
    }

    /// The options to open instances with: they tell the scenario where actions can crash,
    /// and have the clock of [`Process::clock`]. Nothing is left to chance.
    pub fn options(&self) -> Options {
        let mut options = Options::new().clock(self.clock.clone()).random(|| 0);
        options.tested.fate = Some(Arc::clone(&self.fate));
        options
    }

    /// The time of this process, which goes on from that of the one before: it passes at
    /// once when everybody waits for it. It sleeps as tokio's timers do.
    pub fn clock(&self) -> impl Clock + Clone + use<W> {
        self.clock.clone()
    }

    /// How many processes of this scenario were before this one.
    pub fn crashes(&self) -> usize {
        self.crashes
    }

    /// Ends this process here, as an action does that boots the machine it runs on. The
    /// next one begins; this crash is not one of those that are tried.
    pub async fn crash(&self) -> std::convert::Infallible {
        self.fate.end_itself();
        pending().await
    }
}

impl<W> Clone for Process<W> {
    fn clone(&self) -> Self {
        Self {
            world: Arc::clone(&self.world),
            store: self.store.clone(),
            clock: self.clock.clone(),
            fate: Arc::clone(&self.fate),
            crashes: self.crashes,
        }
    }
}

impl<W> fmt::Debug for Process<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Process")
            .field("store", &self.store)
            .field("crashes", &self.crashes)
            .finish_non_exhaustive()
    }
}

/// What is left when a process has come to its end.
pub struct After<W> {
    pub(super) world: Arc<W>,
    pub(super) store: MemoryStore,
    pub(super) crashes: usize,
}

impl<W> After<W> {
    /// What the actions touched.
    pub fn world(&self) -> &W {
        &self.world
    }

    /// What was committed.
    pub fn store(&self) -> &MemoryStore {
        &self.store
    }

    /// The current record of an instance, if it has one.
    pub fn record<D: Definition>(&self, instance: &str) -> Option<Record<D>> {
        let instance = InstanceId::new(D::TABLES.workflow, instance);
        let stored = now(self.store.load(&instance))?.ok()??;
        Record::try_from(stored).ok()
    }

    /// How many crashes it took.
    pub fn crashes(&self) -> usize {
        self.crashes
    }
}

impl<W> fmt::Debug for After<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("After")
            .field("store", &self.store)
            .field("crashes", &self.crashes)
            .finish_non_exhaustive()
    }
}

/// The time of a process, which is that of its runtime.
#[derive(Clone, Debug)]
pub(super) struct ProcessClock {
    /// The time of day when it began.
    pub(super) wall: SystemTime,
    pub(super) began: Instant,
}

impl Clock for ProcessClock {
    fn now(&self) -> SystemTime {
        self.wall + self.began.elapsed()
    }

    fn instant(&self) -> std::time::Instant {
        Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }
}
