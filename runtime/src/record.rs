//! Records with the workflow's types.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::definition::{Definition, Name};
use crate::engine::{Mark, Position, Stage};
use crate::fields::{DecodeError, EncodeError, Fields};
use crate::store::{Intervention, StoredFailure, StoredInflight, StoredRecord};

/// What is persisted of an instance.
///
/// A transition that failed and led nowhere leaves the instance where it was. The record
/// tells that from one in which nothing has happened:
///
/// ```
/// use inflight::store::MemoryStore;
///
/// inflight::workflow! {
///     workflow door {
///         initial state closed
///         state open
///         action swing
///         transition enter: closed -> open { do swing }
///         transition leave: open -> closed
///     }
/// }
///
/// struct Hinge;
///
/// impl door::Actions for Hinge {
///     type Error = String;
///
///     async fn swing(&mut self, _: &door::Context) -> Result<(), String> {
///         Err("it squeaks, and stops".to_owned())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let workflow = door::Workflow::open(MemoryStore::new(), "front", Hinge).await?;
/// workflow.lock().await.fire(door::Transition::Enter).await?;
///
/// let record = workflow.record();
/// assert!(record.state.is_closed() && record.inflight.is_none());
/// let failed = record.failures.last().ok_or("it went well")?;
/// assert_eq!(failed.transition, door::TransitionName::Enter);
/// assert_eq!(failed.failure, "it squeaks, and stops");
/// assert!(!failed.handled);
/// # Ok(())
/// # }
/// ```
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
    /// The failures that led here, oldest first: of the transition that failed last, and of
    /// its error transition if that failed too. Whatever else begins leaves them behind, and
    /// so does an operator who gives up what is in flight or sets the state.
    pub failures: Vec<Failed<D>>,
}

/// How a transition failed for good: it led nowhere, or into its error transition.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed<D: Definition> {
    /// Which transition.
    pub transition: D::TransitionName,
    /// Identifies the execution.
    pub execution: Arc<str>,
    /// What it was fired for.
    pub cause: Option<String>,
    /// Which attempt failed, counted from 1: the last.
    pub attempt: u32,
    /// How many times it was interrupted.
    pub interruptions: u32,
    /// When it was given up.
    pub at: SystemTime,
    /// The failure's text.
    pub failure: String,
    /// Whether its error transition led to the state of the record: if not, and nothing is
    /// in flight, it led nowhere.
    pub handled: bool,
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
    /// What its action said when it panicked, if it did: it is not running any more, and
    /// has neither been run again, nor is it being asked whether it was done. A process that
    /// dies while that is asked forgets it.
    pub panicked: Option<String>,
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
            failures: Vec::new(),
        }
    }

    /// Whether what is in flight waits for an operator:
    /// [`Locked::resolve`](crate::Locked::resolve) gets it going.
    pub fn is_parked(&self) -> bool {
        self.inflight.as_ref().is_some_and(|it| it.parked)
    }

    /// Whether something is in flight that waits for no operator.
    pub(crate) fn goes_on(&self) -> bool {
        self.inflight.as_ref().is_some_and(|it| !it.parked)
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
            failures: self.failures.iter().map(Failed::encode).collect(),
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
                failures: (stored.failures.into_iter())
                    .filter_map(Failed::decode)
                    .collect(),
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

    /// A transition about to run for the first time.
    pub(crate) fn new(
        transition: D::Transition,
        execution: Arc<str>,
        cause: Option<String>,
    ) -> Self {
        Self {
            transition,
            execution,
            cause,
            attempt: 1,
            interruptions: 0,
            failure: None,
            until: None,
            parked: false,
            last_failure: None,
            panicked: None,
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
            panicked: stored.panicked,
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
            panicked: self.panicked.clone(),
        }
    }
}

impl<D: Definition> Failed<D> {
    /// The failure of a transition that is given up.
    pub(crate) fn of(inflight: &Inflight<D>, failure: String, at: SystemTime) -> Self {
        Self {
            transition: inflight.name(),
            execution: Arc::clone(&inflight.execution),
            cause: inflight.cause.clone(),
            attempt: inflight.attempt,
            interruptions: inflight.interruptions,
            at,
            failure,
            handled: false,
        }
    }

    /// `None` if there is no such transition any more: what failed is of the past.
    fn decode(stored: StoredFailure) -> Option<Self> {
        Some(Self {
            transition: transition_name::<D>(&stored.transition).ok().flatten()?,
            execution: stored.execution,
            cause: stored.cause,
            attempt: stored.attempt,
            interruptions: stored.interruptions,
            at: stored.at,
            failure: stored.failure,
            handled: stored.handled,
        })
    }

    fn encode(&self) -> StoredFailure {
        StoredFailure {
            transition: self.transition.as_str().into(),
            execution: Arc::clone(&self.execution),
            cause: self.cause.clone(),
            attempt: self.attempt,
            interruptions: self.interruptions,
            at: self.at,
            failure: self.failure.clone(),
            handled: self.handled,
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
