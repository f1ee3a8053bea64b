//! What the lock of an instance protects.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tokio::sync::watch;
use tracing::Instrument;

use crate::activities::Activities;
use crate::backoff::Random;
use crate::clock::Clock;
use crate::definition::{Definition, Name};
use crate::engine::Refusal;
use crate::error::Error;
use crate::holder::HolderSlot;
use crate::record::Record;
use crate::store::{Claim, Commit, InstanceId, Store, StoreError, StoreFuture};
use crate::tables::TransitionIndex;

/// What is known of an instance without its lock.
pub(crate) struct Shared<D: Definition> {
    pub(crate) instance: InstanceId,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<Random>,
    pub(crate) holder: HolderSlot,
    /// The record that was last known to be durable.
    pub(crate) current: watch::Sender<Arc<Record<D>>>,
    /// Cuts waits short.
    pub(crate) hurry: watch::Sender<()>,
    pub(crate) observers: Mutex<Vec<Observer<D>>>,
}

/// Is told of each record after it is durable.
pub(crate) type Observer<D> = Arc<dyn Fn(&Record<D>) + Send + Sync>;

/// What only the holder of the lock may touch.
pub(crate) struct Instance<D: Definition, A> {
    pub(crate) shared: Arc<Shared<D>>,
    pub(crate) actions: A,
    /// The record that was last known to be durable.
    pub(crate) record: Arc<Record<D>>,
    pub(crate) activities: Activities,
    claim: Claim,
    /// A commit whose result nobody has seen yet: the future that asked for it may
    /// have been dropped.
    settling: Option<Settling<D>>,
    poison: Option<Box<StoreError>>,
}

struct Settling<D: Definition> {
    record: Arc<Record<D>>,
    done: StoreFuture<()>,
}

impl<D: Definition, A> Instance<D, A> {
    pub(crate) fn new(
        shared: Arc<Shared<D>>,
        actions: A,
        record: Arc<Record<D>>,
        claim: Claim,
    ) -> Self {
        Self {
            shared,
            actions,
            record,
            activities: Activities::stopped(D::TABLES.activities.len()),
            claim,
            settling: None,
            poison: None,
        }
    }

    /// Waits for the commit under way, if there is one. Cancel safe: the commit stays
    /// here until its result has been seen.
    pub(crate) async fn settle(&mut self) -> Result<(), Error> {
        let Some(settling) = &mut self.settling else {
            return self.sound();
        };
        let result = (&mut settling.done).await;
        let Some(Settling { record, .. }) = self.settling.take() else {
            return Ok(());
        };
        match result {
            Ok(()) => {
                self.adopt(record);
                Ok(())
            }
            Err(source) => {
                let source = Box::new(source);
                self.poison = Some(source.clone());
                Err(Error::Commit {
                    instance: self.shared.instance.clone(),
                    source,
                })
            }
        }
    }

    /// Refuses once a commit has failed.
    pub(crate) fn sound(&self) -> Result<(), Error> {
        match &self.poison {
            None => Ok(()),
            Some(source) => Err(Error::Poisoned {
                instance: self.shared.instance.clone(),
                source: source.clone(),
            }),
        }
    }

    /// The refusal in the words of the workflow.
    pub(crate) fn refused(&self, transition: &'static str, refusal: Refusal) -> Error {
        let instance = self.shared.instance.clone();
        let state = self.state_name().as_str();
        match refusal {
            Refusal::Interrupted if self.record.is_parked() => Error::Parked {
                instance,
                transition: self.inflight_name().unwrap_or(transition),
            },
            Refusal::Interrupted => Error::Interrupted {
                instance,
                transition: self.inflight_name().unwrap_or(transition),
            },
            Refusal::Invalid => Error::InvalidTransition {
                transition,
                state,
                possible: self.possible(),
            },
            Refusal::Guard(guard) => Error::GuardRefused {
                transition,
                state,
                guard,
            },
            Refusal::Settled => Error::NothingInflight { instance },
        }
    }

    pub(crate) fn state_name(&self) -> D::StateName {
        D::state_name(&self.record.state)
    }

    pub(crate) fn inflight_name(&self) -> Option<&'static str> {
        let inflight = self.record.inflight.as_ref()?;
        Some(inflight.name().as_str())
    }

    /// The transitions that callers may fire in the current state.
    pub(crate) fn outgoing(&self) -> impl Iterator<Item = D::TransitionName> {
        D::TABLES
            .outgoing(self.state_name().index())
            .iter()
            .filter_map(|transition| named::<D>(*transition))
    }

    pub(crate) fn possible(&self) -> Vec<&'static str> {
        self.outgoing().map(Name::as_str).collect()
    }

    fn adopt(&mut self, record: Arc<Record<D>>) {
        self.record = Arc::clone(&record);
        self.shared.current.send_replace(Arc::clone(&record));
        // Cloned, so that an observer may add another.
        let observers = self
            .shared
            .observers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for observer in observers {
            observer(&record);
        }
    }

    /// Makes a record durable, and then known.
    pub(crate) async fn commit(&mut self, record: Record<D>, now: SystemTime) -> Result<(), Error> {
        let inflight = record.inflight.as_ref();
        let span = tracing::debug_span!(
            "commit",
            instance = %self.shared.instance,
            version = record.version,
            state = D::state_name(&record.state).as_str(),
            transition = inflight.map(|inflight| inflight.name().as_str()),
            execution = inflight.map(|inflight| inflight.execution.as_str()),
            attempt = inflight.map(|inflight| inflight.attempt),
        );
        let stored = record.encode(now);
        if let Some(refused) = Record::<D>::refused(&stored) {
            return Err(Error::Unwritable {
                instance: self.shared.instance.clone(),
                source: Box::new(refused),
            });
        }
        let commit = Commit {
            instance: self.shared.instance.clone(),
            epoch: self.claim.epoch,
            expected: self.record.version,
            record: stored,
            source: D::SOURCE,
        };
        self.settling = Some(Settling {
            record: Arc::new(record),
            done: self.shared.store.commit(commit),
        });
        self.settle().instrument(span).await
    }
}

/// The name of the transition at this index.
pub(crate) fn named<D: Definition>(transition: TransitionIndex) -> Option<D::TransitionName> {
    D::TransitionName::ALL.get(usize::from(transition)).copied()
}
