//! The record that follows another.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::backoff;
use crate::definition::Definition;
use crate::engine::{Change, Mark, Position, Stage};
use crate::execution;
use crate::fields::Fields;
use crate::instance::{Instance, named};
use crate::record::{Failed, Inflight, Record};
use crate::store::Intervention;
use crate::tables::TransitionIndex;

/// What the next record is made of, besides what the engine decides.
pub(crate) enum Material<D: Definition> {
    Nothing,
    Fired {
        transition: D::Transition,
        execution: Arc<str>,
        cause: Option<String>,
    },
    Resumed(Option<String>),
    Entered(D::State),
    Failed(String),
    /// It fails for it was interrupted once more.
    Interrupted(String),
    /// It is unknown whether its action was done, which said this when it panicked, if it did.
    Unknown(Option<String>),
}

impl<D: Definition, A> Instance<D, A> {
    /// The record that a commit makes durable.
    pub(crate) fn next(
        &self,
        change: Change,
        to: &Position,
        from: Material<D>,
        intervention: Option<Intervention>,
        now: SystemTime,
    ) -> Option<Arc<Record<D>>> {
        let current = &self.record;
        let failures = self.failures(change, to, &from, now);
        let (state, from) = match from {
            Material::Entered(state) => (state, Material::Nothing),
            from => (current.state.clone(), from),
        };
        let inflight = match to.inflight {
            None => None,
            Some(mark) => Some(self.inflight(change, mark, from, now)?),
        };
        let entered = match change {
            Change::Enter | Change::Set => None,
            _ => current.entered,
        };
        let spent = to.spent.iter().copied();
        Some(Arc::new(Record {
            version: current.version + 1,
            state,
            inflight,
            entered: entered.or(Some(now)),
            spent: spent.filter_map(named::<D>).collect(),
            intervention,
            failures,
        }))
    }

    /// The failures that led to the record, and to nothing else since.
    fn failures(
        &self,
        change: Change,
        to: &Position,
        from: &Material<D>,
        now: SystemTime,
    ) -> Vec<Failed<D>> {
        let current = &self.record;
        let left_behind = match change {
            Change::Begin | Change::Set => true,
            Change::Enter => to.inflight.is_some(),
            // An operator has seen them.
            Change::Abandon => !matches!(from, Material::Failed(_) | Material::Interrupted(_)),
            _ => false,
        };
        if left_behind {
            return Vec::new();
        }
        let mut failures = current.failures.clone();
        match (change, from, &current.inflight) {
            (Change::Divert | Change::Abandon, Material::Failed(failure), Some(inflight)) => {
                failures.push(Failed::of(inflight, failure.clone(), now));
            }
            (Change::Divert | Change::Abandon, Material::Interrupted(failure), Some(inflight)) => {
                failures.push(Failed {
                    interruptions: inflight.interruptions.saturating_add(1),
                    ..Failed::of(inflight, failure.clone(), now)
                });
            }
            (Change::Enter, ..) => failures.iter_mut().for_each(|failed| failed.handled = true),
            _ => {}
        }
        failures
    }

    fn inflight(
        &self,
        change: Change,
        mark: Mark,
        from: Material<D>,
        now: SystemTime,
    ) -> Option<Inflight<D>> {
        let before = self.record.inflight.as_ref();
        let mut next = match (change, from) {
            (
                Change::Begin,
                Material::Fired {
                    transition,
                    execution,
                    cause,
                },
            ) => Inflight::new(transition, execution, cause),
            (Change::Begin | Change::Enter, _) => {
                Inflight::new(plain::<D>(mark.transition)?, execution::new_id(), None)
            }
            (Change::Divert, Material::Failed(failure) | Material::Interrupted(failure)) => {
                let before = before?;
                let error = D::on_error(&before.transition, &self.record.state, &failure)?;
                Inflight {
                    failure: Some(failure),
                    ..Inflight::new(error, execution::new_id(), before.cause.clone())
                }
            }
            (Change::Retry, Material::Failed(failure)) => Inflight {
                last_failure: Some(failure),
                ..before?.clone()
            },
            (Change::Resume, Material::Resumed(Some(cause))) => Inflight {
                cause: Some(cause),
                ..before?.clone()
            },
            (Change::Park, Material::Unknown(panicked)) => Inflight {
                panicked,
                ..before?.clone()
            },
            _ => before?.clone(),
        };
        next.attempt = mark.attempt;
        next.interruptions = mark.interruptions;
        next.until = (mark.stage == Stage::Waiting).then(|| now + self.wait_of(mark));
        next.parked = mark.stage == Stage::Parked;
        if !next.parked {
            // It is about to be run again.
            next.panicked = None;
        }
        Some(next)
    }

    /// How long a transition waits for its next attempt.
    fn wait_of(&self, mark: Mark) -> Duration {
        let backoff = D::TABLES.transition(mark.transition).backoff;
        backoff.map_or(Duration::ZERO, |backoff| {
            backoff::wait(backoff, mark.attempt, (self.shared.around.random)())
        })
    }
}

/// The transition at this index, which has no inputs.
pub(crate) fn plain<D: Definition>(transition: TransitionIndex) -> Option<D::Transition> {
    D::transition(named::<D>(transition)?, Fields::new()).ok()
}
