//! What the lock of an instance protects.

use std::pin::pin;
use std::sync::Arc;
use std::time::SystemTime;

use tracing::Instrument;

use crate::activities::Activities;
use crate::definition::{Definition, Name};
use crate::engine::Refusal;
use crate::error::Error;
use crate::numbers;
use crate::record::Record;
use crate::shared::{Shared, Standing};
use crate::store::{Claim, Commit, Release, StoreFuture};
use crate::tables::TransitionIndex;

/// What only the holder of the lock may touch.
pub(crate) struct Instance<D: Definition, A> {
    pub(crate) shared: Arc<Shared<D>>,
    pub(crate) actions: A,
    /// The record that was last known to be durable.
    pub(crate) record: Arc<Record<D>>,
    pub(crate) activities: Activities,
    epoch: u64,
    /// `None` once the instance is closed.
    release: Option<Release>,
    /// A commit whose result nobody has seen yet: the future that asked for it may
    /// have been dropped.
    settling: Option<Settling<D>>,
    /// `None` once the instance is closed, whoever still has it in hand.
    standing: Option<numbers::Standing>,
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
            standing: Some(numbers::Standing::of(&record)),
            shared,
            actions,
            record,
            activities: Activities::stopped(D::TABLES.activities.len()),
            epoch: claim.epoch,
            release: Some(claim.release),
            settling: None,
        }
    }

    /// Waits for the commit under way, if there is one. Cancel safe: the commit stays
    /// here until its result has been seen.
    pub(crate) async fn settle(&mut self) -> Result<(), Error> {
        let Some(settling) = &mut self.settling else {
            return Ok(());
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
                numbers::commit_failed::<D>(&source);
                self.shared.stand(Standing::Poisoned(source.clone()));
                Err(Error::Commit {
                    instance: self.shared.instance.clone(),
                    source,
                })
            }
        }
    }

    /// Settles, and refuses once a commit has failed, or nothing more may begin.
    pub(crate) async fn ready(&mut self) -> Result<(), Error> {
        self.settle().await?;
        self.sound()
    }

    /// Refuses once a commit has failed, or nothing more may begin.
    pub(crate) fn sound(&self) -> Result<(), Error> {
        self.shared.sound()
    }

    /// Gives the claim back: nothing more is done with the instance in this process.
    /// The instance is settled.
    pub(crate) fn close(&mut self) {
        self.shared.stand(Standing::Closed);
        self.standing = None;
        self.release = None;
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

    pub(crate) fn inflight_index(&self) -> Option<TransitionIndex> {
        let inflight = self.record.inflight.as_ref()?;
        Some(inflight.name().index())
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
        let clock = self.shared.around.clock.as_ref();
        numbers::committed(&self.record, &record, clock);
        if let Some(standing) = &mut self.standing {
            standing.follow(&record);
        }
        self.record = record;
        self.shared.adopt(&self.record);
    }

    /// Makes a record durable, and then known.
    pub(crate) async fn commit(
        &mut self,
        record: Arc<Record<D>>,
        now: SystemTime,
    ) -> Result<(), Error> {
        let inflight = record.inflight.as_ref();
        let span = tracing::debug_span!(
            "commit",
            instance = %self.shared.instance,
            version = record.version,
            state = D::state_name(&record.state).as_str(),
            transition = inflight.map(|inflight| inflight.name().as_str()),
            execution = inflight.map(|inflight| &*inflight.execution),
            attempt = inflight.map(|inflight| inflight.attempt),
        );
        let asked = numbers::Asked::now(self.shared.around.clock.as_ref());
        self.ask(record, now)?;
        pin!(self.settle()).instrument(span).await?;
        numbers::commit_took::<D>(asked, self.shared.around.clock.as_ref());
        Ok(())
    }

    /// Has the store make a record durable; to settle is to wait for that. Apart from the
    /// wait, so that the future which waits has no room for what is handed over.
    fn ask(&mut self, record: Arc<Record<D>>, now: SystemTime) -> Result<(), Error> {
        let stored = record.encode(now);
        if let Some(refused) = Record::<D>::refused(&stored) {
            return Err(Error::Unwritable {
                instance: self.shared.instance.clone(),
                source: Box::new(refused),
            });
        }
        let done = self.shared.around.store.commit(Commit {
            instance: self.shared.instance.clone(),
            epoch: self.epoch,
            expected: self.record.version,
            record: stored,
            source: D::SOURCE,
        });
        self.settling = Some(Settling { record, done });
        Ok(())
    }
}

/// The name of the transition at this index.
pub(crate) fn named<D: Definition>(transition: TransitionIndex) -> Option<D::TransitionName> {
    D::TransitionName::ALL.get(usize::from(transition)).copied()
}
