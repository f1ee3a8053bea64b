//! Records with the workflow's types.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::definition::{Definition, Name};
use crate::engine::{Mark, Position, Stage};
use crate::execution;
use crate::fields::{DecodeError, EncodeError, Fields};
use crate::store::{Intervention, StoredInflight, StoredRecord};

/// What is persisted of an instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<D: Definition> {
    /// Grows by one with each commit; 0 before the first.
    pub version: u64,
    /// The current state.
    pub state: D::State,
    /// The transition in flight.
    pub inflight: Option<Inflight<D>>,
    /// When the state was entered; `None` before the first commit.
    pub entered: Option<SystemTime>,
    /// The transitions with `after` that have fired since then: they do not fire by
    /// themselves again until the state is entered anew.
    pub spent: Vec<D::TransitionName>,
    /// What an operator did that led to this record.
    pub intervention: Option<Intervention>,
}

/// A transition in flight.
#[derive(Clone, Debug, PartialEq)]
pub struct Inflight<D: Definition> {
    /// The transition with its inputs.
    pub transition: D::Transition,
    /// Identifies this execution, across re-runs.
    pub execution: Arc<str>,
    /// What the caller gave as the cause; an error transition has that of the one
    /// that failed, an automatic one has none.
    pub cause: Option<String>,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
    /// How many times it was interrupted.
    pub interruptions: u32,
    /// The failure that led into it, if it is an error transition.
    pub failure: Option<String>,
    /// Until when it waits for its next attempt. While it does, its action is not
    /// running.
    pub until: Option<SystemTime>,
    /// Whether it waits for an operator.
    pub parked: bool,
    /// How its last attempt failed, if it is tried again.
    pub last_failure: Option<String>,
}

impl<D: Definition> Record<D> {
    /// Where instances begin.
    pub(crate) fn initial() -> Self {
        Self {
            version: 0,
            state: D::initial(),
            inflight: None,
            entered: None,
            spent: Vec::new(),
            intervention: None,
        }
    }

    /// Whether what is in flight waits for an operator:
    /// [`Locked::resolve`](crate::Locked::resolve) gets it going.
    pub fn is_parked(&self) -> bool {
        self.inflight.as_ref().is_some_and(|it| it.parked)
    }

    /// Whether what is in flight has failed and waits for its next attempt.
    pub fn is_waiting(&self) -> bool {
        self.inflight.as_ref().is_some_and(|it| it.until.is_some())
    }

    /// The record as it is persisted.
    pub(crate) fn encode(&self, committed: SystemTime) -> StoredRecord {
        StoredRecord {
            version: self.version,
            committed,
            fingerprint: D::TABLES.fingerprint,
            state: D::state_name(&self.state).as_str().into(),
            variables: D::variables(&self.state),
            inflight: self.inflight.as_ref().map(Inflight::encode),
            entered: self.entered,
            spent: self
                .spent
                .iter()
                .map(|timer| timer.as_str().into())
                .collect(),
            intervention: self.intervention.clone(),
        }
    }

    /// The first value that cannot be persisted, if there is one.
    pub(crate) fn refused(stored: &StoredRecord) -> Option<EncodeError> {
        let inputs = stored.inflight.as_ref().map(|inflight| &inflight.inputs);
        let fields = std::iter::once(&stored.variables).chain(inputs);
        fields.filter_map(Fields::refused).next().cloned()
    }

    /// The record as the engine sees it.
    pub(crate) fn position(&self) -> Position {
        Position {
            state: D::state_name(&self.state).index(),
            spent: self.spent.iter().map(|timer| timer.index()).collect(),
            inflight: self.inflight.as_ref().map(|inflight| Mark {
                transition: inflight.name().index(),
                attempt: inflight.attempt,
                interruptions: inflight.interruptions,
                diverted: inflight.failure.is_some(),
                stage: match inflight.until {
                    _ if inflight.parked => Stage::Parked,
                    Some(_) => Stage::Waiting,
                    None => Stage::Running,
                },
            }),
        }
    }
}

/// Gives a record that was read from a store the workflow's types.
impl<D: Definition> TryFrom<StoredRecord> for Record<D> {
    type Error = DecodeError;

    fn try_from(stored: StoredRecord) -> Result<Self, DecodeError> {
        let state = state::<D>(&stored.state, stored.variables)?;
        let name = D::state_name(&state);
        let inflight = stored.inflight.map(Inflight::decode).transpose()?.flatten();
        match inflight.as_ref().map(Inflight::name) {
            Some(transition) if D::next(name, transition).is_none() => Err(DecodeError::Stray {
                transition: transition.as_str(),
                state: name.as_str(),
            }),
            _ => Ok(Self {
                version: stored.version,
                state,
                inflight,
                // An older version did not say: rather too late than too early.
                entered: stored.entered.or(Some(stored.committed)),
                // One that is gone cannot fire.
                spent: stored
                    .spent
                    .iter()
                    .filter_map(|timer| transition_name::<D>(timer).ok().flatten())
                    .collect(),
                intervention: stored.intervention,
            }),
        }
    }
}

impl<D: Definition> Inflight<D> {
    /// The name of the transition.
    pub fn name(&self) -> D::TransitionName {
        D::transition_name(&self.transition)
    }

    /// For how long it has still to wait for its next attempt. The clock may have been set
    /// back since that was written: no wait is longer than the workflow says.
    pub(crate) fn left(&self, now: SystemTime) -> Duration {
        let backoff = D::TABLES.transition(self.name().index()).backoff;
        let longest = Duration::from_nanos(backoff.map_or(0, |backoff| backoff.longest));
        let until = self.until.unwrap_or(UNIX_EPOCH);
        until.duration_since(now).unwrap_or_default().min(longest)
    }

    /// A transition about to run for the first time, as a new execution.
    pub(crate) fn begin(transition: D::Transition) -> Self {
        Self {
            transition,
            execution: execution::new_id(),
            cause: None,
            attempt: 1,
            interruptions: 0,
            failure: None,
            until: None,
            parked: false,
            last_failure: None,
        }
    }

    /// `None` if the transition is retired.
    fn decode(stored: StoredInflight) -> Result<Option<Self>, DecodeError> {
        let Some(name) = transition_name::<D>(&stored.transition)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            transition: D::transition(name, stored.inputs)?,
            execution: stored.execution,
            cause: stored.cause,
            attempt: stored.attempt,
            interruptions: stored.interruptions,
            failure: stored.failure,
            until: stored.until,
            parked: stored.parked,
            last_failure: stored.last_failure,
        }))
    }

    fn encode(&self) -> StoredInflight {
        StoredInflight {
            transition: self.name().as_str().into(),
            inputs: D::inputs(&self.transition),
            execution: Arc::clone(&self.execution),
            cause: self.cause.clone(),
            attempt: self.attempt,
            interruptions: self.interruptions,
            failure: self.failure.clone(),
            until: self.until,
            parked: self.parked,
            last_failure: self.last_failure.clone(),
        }
    }
}

/// The state of a record, whatever it was called when that was written.
pub(crate) fn state<D: Definition>(name: &str, variables: Fields) -> Result<D::State, DecodeError> {
    match named::<D::StateName>(name) {
        Some(name) => D::state(name, variables),
        None => D::former_state(name, variables),
    }
}

/// The transition of a record, whatever it was called when that was written; `None` if it
/// is retired.
pub(crate) fn transition_name<D: Definition>(
    name: &str,
) -> Result<Option<D::TransitionName>, DecodeError> {
    match named::<D::TransitionName>(name) {
        Some(name) => Ok(Some(name)),
        None => D::former_transition(name),
    }
}

/// The name that is written so.
pub(crate) fn named<N: Name>(text: &str) -> Option<N> {
    N::ALL.iter().copied().find(|name| name.as_str() == text)
}
