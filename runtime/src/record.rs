//! Records with the workflow's types.

use std::time::SystemTime;

use uuid::Uuid;

use crate::definition::{Definition, Name};
use crate::engine::{Mark, Position};
use crate::fields::DecodeError;
use crate::store::{StoredInflight, StoredRecord};

/// What is persisted of an instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<D: Definition> {
    /// Grows by one with each commit; 0 before the first.
    pub version: u64,
    /// The current state.
    pub state: D::State,
    /// The transition in flight.
    pub inflight: Option<Inflight<D>>,
}

/// A transition in flight.
#[derive(Clone, Debug, PartialEq)]
pub struct Inflight<D: Definition> {
    /// The transition with its inputs.
    pub transition: D::Transition,
    /// Identifies this execution, across re-runs.
    pub execution: String,
    /// What the caller gave as the cause; an error transition has that of the one
    /// that failed, an automatic one has none.
    pub cause: Option<String>,
    /// Which attempt this is, counted from 1.
    pub attempt: u32,
    /// How many times it was interrupted.
    pub interruptions: u32,
    /// The failure that led into it, if it is an error transition.
    pub failure: Option<String>,
}

impl<D: Definition> Record<D> {
    /// Where instances begin.
    pub(crate) fn initial() -> Self {
        Self {
            version: 0,
            state: D::initial(),
            inflight: None,
        }
    }

    /// Whether what is in flight was interrupted too often to be run again, and has no
    /// error transition: [`Locked::resolve`](crate::Locked::resolve) gets it going.
    pub fn is_parked(&self) -> bool {
        self.position().is_parked(D::TABLES)
    }

    /// The record as it is persisted.
    pub(crate) fn encode(&self, committed: SystemTime) -> StoredRecord {
        StoredRecord {
            version: self.version,
            committed,
            fingerprint: D::TABLES.fingerprint,
            state: D::state_name(&self.state).as_str().to_owned(),
            variables: D::variables(&self.state),
            inflight: self.inflight.as_ref().map(Inflight::encode),
        }
    }

    /// The record as the engine sees it.
    pub(crate) fn position(&self) -> Position {
        Position {
            state: D::state_name(&self.state).index(),
            inflight: self.inflight.as_ref().map(|inflight| Mark {
                transition: inflight.name().index(),
                attempt: inflight.attempt,
                interruptions: inflight.interruptions,
                diverted: inflight.failure.is_some(),
            }),
        }
    }
}

/// Gives a record that was read from a store the workflow's types.
impl<D: Definition> TryFrom<StoredRecord> for Record<D> {
    type Error = DecodeError;

    fn try_from(stored: StoredRecord) -> Result<Self, DecodeError> {
        let name = named::<D::StateName>("state", &stored.state)?;
        let state = D::state(name, stored.variables)?;
        let inflight: Option<Inflight<D>> = stored.inflight.map(Inflight::decode).transpose()?;
        match inflight.as_ref().map(Inflight::name) {
            Some(transition) if D::next(name, transition).is_none() => Err(DecodeError::Stray {
                transition: transition.as_str(),
                state: name.as_str(),
            }),
            _ => Ok(Self {
                version: stored.version,
                state,
                inflight,
            }),
        }
    }
}

impl<D: Definition> Inflight<D> {
    /// The name of the transition.
    pub fn name(&self) -> D::TransitionName {
        D::transition_name(&self.transition)
    }

    /// A transition about to run for the first time, as a new execution.
    pub(crate) fn begin(transition: D::Transition) -> Self {
        Self {
            transition,
            execution: Uuid::now_v7().to_string(),
            cause: None,
            attempt: 1,
            interruptions: 0,
            failure: None,
        }
    }

    fn decode(stored: StoredInflight) -> Result<Self, DecodeError> {
        let name = named::<D::TransitionName>("transition", &stored.transition)?;
        Ok(Self {
            transition: D::transition(name, stored.inputs)?,
            execution: stored.execution,
            cause: stored.cause,
            attempt: stored.attempt,
            interruptions: stored.interruptions,
            failure: stored.failure,
        })
    }

    fn encode(&self) -> StoredInflight {
        StoredInflight {
            transition: self.name().as_str().to_owned(),
            inputs: D::inputs(&self.transition),
            execution: self.execution.clone(),
            cause: self.cause.clone(),
            attempt: self.attempt,
            interruptions: self.interruptions,
            failure: self.failure.clone(),
        }
    }
}

/// The name that is written so.
pub(crate) fn named<N: Name>(kind: &'static str, text: &str) -> Result<N, DecodeError> {
    N::ALL
        .iter()
        .copied()
        .find(|name| name.as_str() == text)
        .ok_or_else(|| DecodeError::Unknown {
            kind,
            name: text.to_owned(),
        })
}
