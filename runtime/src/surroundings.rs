//! What the instances of a fleet share, and a lone one has for itself.

use std::collections::BTreeSet;
use std::future::Future;
use std::mem;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

use crate::backoff::Random;
use crate::clock::Clock;
use crate::definition::Definition;
use crate::request::Busy;
use crate::shared::locked;
use crate::store::Store;
use crate::work::Tested;

/// What the instances of a fleet share, and a lone one has for itself.
pub(crate) struct Surroundings {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<Random>,
    pub(crate) tested: Tested,
    phase: AtomicU8,
    is_recovered: AtomicBool,
    closing: Notify,
    pub(crate) changes: Changes,
    pub(crate) busy: Busy,
}

const OPEN: u8 = 0;
const CLOSING: u8 = 1;
const CLOSED: u8 = 2;

impl Surroundings {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        random: Arc<Random>,
        tested: Tested,
    ) -> Arc<Self> {
        Arc::new(Self {
            store,
            clock,
            random,
            tested,
            phase: AtomicU8::new(OPEN),
            is_recovered: AtomicBool::new(false),
            closing: Notify::new(),
            changes: Changes::default(),
            busy: Busy::default(),
        })
    }

    /// All instances of the fleet were carried on with.
    pub(crate) fn recovered(&self) {
        self.is_recovered.store(true, Ordering::SeqCst);
    }

    /// Whether all instances of the fleet were carried on with.
    pub(crate) fn is_recovered(&self) -> bool {
        self.is_recovered.load(Ordering::SeqCst)
    }

    /// Lets the store know which version of a workflow this program has, so that commands tell
    /// what it cannot read. Begun before the future is polled; no record depends on it.
    pub(crate) fn declare<D: Definition>(&self) -> impl Future<Output = ()> + use<D> {
        let tables = D::TABLES;
        let declared = (self.store).declare(tables.workflow, tables.fingerprint, D::SOURCE);
        async move {
            if let Err(error) = declared.await {
                let workflow = tables.workflow;
                tracing::warn!(%error, workflow, "the store does not know this version of it");
            }
        }
    }

    /// Whether nothing new may begin.
    pub(crate) fn is_closing(&self) -> bool {
        self.phase.load(Ordering::SeqCst) >= CLOSING
    }

    /// Whether what is under way is no longer waited for.
    pub(crate) fn is_closed(&self) -> bool {
        self.phase.load(Ordering::SeqCst) == CLOSED
    }

    /// From now on nothing new may begin.
    pub(crate) fn begin_closing(&self) {
        self.enter(CLOSING);
    }

    /// From now on what is under way is no longer waited for.
    pub(crate) fn finish_closing(&self) {
        self.enter(CLOSED);
    }

    fn enter(&self, phase: u8) {
        self.phase.fetch_max(phase, Ordering::SeqCst);
        self.closing.notify_waiters();
        self.changes.wake();
    }

    /// Waits until nothing new may begin.
    pub(crate) async fn until_closing(&self) {
        let closing = self.closing.notified();
        if !self.is_closing() {
            closing.await;
        }
    }

    /// Waits until what is under way is no longer waited for.
    pub(crate) async fn until_closed(&self) {
        loop {
            let mut closing = std::pin::pin!(self.closing.notified());
            closing.as_mut().enable();
            if self.is_closed() {
                return;
            }
            closing.await;
        }
    }
}

/// One of the instances of a fleet: which workflow of those that were registered, and
/// which of its instances, in the order in which they were opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Member {
    pub(crate) workflow: u32,
    pub(crate) instance: u64,
}

/// The instances about which there is news that the fleet has not looked at.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// `None` while nobody looks: there may be no end to it.
    members: Mutex<Option<BTreeSet<Member>>>,
    arrival: Notify,
}

impl Changes {
    /// Gathers news from now on; false if somebody does already.
    pub(crate) fn begin(&self) -> bool {
        let mut members = locked(&self.members);
        let idle = members.is_none();
        members.get_or_insert_default();
        idle
    }

    /// Forgets all news, and gathers none any more.
    pub(crate) fn end(&self) {
        *locked(&self.members) = None;
    }

    pub(crate) fn add(&self, member: Member) {
        let mut members = locked(&self.members);
        if members.as_mut().is_some_and(|all| all.insert(member)) {
            drop(members);
            self.wake();
        }
    }

    /// Has the fleet look.
    pub(crate) fn wake(&self) {
        self.arrival.notify_one();
    }

    pub(crate) fn take(&self) -> BTreeSet<Member> {
        locked(&self.members)
            .as_mut()
            .map(mem::take)
            .unwrap_or_default()
    }

    /// Waits for what was added, or has been since the last wait.
    pub(crate) async fn arrival(&self) {
        self.arrival.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_is_kept_only_for_whoever_looks() {
        let changes = Changes::default();
        let member = |instance| Member {
            workflow: 0,
            instance,
        };
        changes.add(member(1));
        assert!(changes.begin());
        assert!(!changes.begin());
        assert_eq!(changes.take(), BTreeSet::new());
        changes.add(member(2));
        assert_eq!(changes.take(), BTreeSet::from([member(2)]));
        changes.add(member(3));
        changes.end();
        assert!(changes.begin());
        assert_eq!(changes.take(), BTreeSet::new());
    }
}
