//! What a fleet tells of an instance.

use std::fmt;

use crate::chain::Chain;
use crate::definition::Definition;
use crate::error::{Error, OpenError};
use crate::outcome::{Outcome, Verdict};
use crate::store::InstanceId;

/// What a fleet has done with an instance, by [`Fleet::run`](crate::Fleet::run) or
/// [`Fleet::recover`](crate::Fleet::recover).
#[derive(Clone, Debug)]
pub struct Event {
    /// Which instance.
    pub instance: InstanceId,
    /// What happened.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum EventKind {
    /// What fell due was fired, or what was in flight was carried on with; an
    /// [`Outcome`] in words.
    Ended {
        /// What became of the transition that it began with.
        verdict: Verdict,
        /// What ran, a line each.
        steps: Vec<String>,
        /// Whether all of it went well.
        clean: bool,
        /// Whether a transition was left in flight.
        interrupted: bool,
    },
    /// The instance could not be opened.
    Unopened(OpenError),
    /// An operation on it was refused, or its result could not be made durable.
    Refused(Error),
    /// An action, a guard or an activity of its panicked, with these words: what is in flight
    /// stays so, as after a crash, and the fleet goes on. `synchronize` is the way on.
    Panicked(String),
}

impl EventKind {
    pub(super) fn ended<D: Definition>(outcome: &Outcome<D>) -> Self {
        Self::Ended {
            verdict: outcome.verdict,
            steps: outcome.steps.iter().map(ToString::to_string).collect(),
            clean: outcome.is_clean(),
            interrupted: outcome.is_interrupted(),
        }
    }

    /// Whether it was refused because the fleet shuts down.
    pub(super) fn is_closing(&self) -> bool {
        matches!(
            self,
            Self::Refused(Error::Closed { .. }) | Self::Unopened(OpenError::Closed { .. })
        )
    }

    /// Whether the store can be of no more use, which means all instances.
    pub(super) fn is_final(&self) -> bool {
        match self {
            Self::Refused(Error::Commit { .. } | Error::Poisoned { .. }) => true,
            Self::Unopened(OpenError::Store(error)) => error.is_final(),
            _ => false,
        }
    }
}

impl Event {
    /// Whether there is nothing to worry about.
    pub fn is_clean(&self) -> bool {
        matches!(&self.kind, EventKind::Ended { clean: true, .. })
    }

    pub(super) fn trace(&self) {
        let instance = &self.instance;
        match &self.kind {
            EventKind::Ended { clean: true, .. } => tracing::debug!(%instance, "{self}"),
            EventKind::Ended { .. } => tracing::warn!(%instance, "{self}"),
            _ => tracing::error!(%instance, "{self}"),
        }
    }
}

/// One line: `unit/mysql-0: completed; expire: ready -> gone`.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.instance)?;
        match &self.kind {
            EventKind::Ended { verdict, steps, .. } => {
                write!(f, "{verdict}")?;
                steps.iter().try_for_each(|step| write!(f, "; {step}"))
            }
            EventKind::Unopened(error) => Chain(error).fmt(f),
            EventKind::Refused(error) => Chain(error).fmt(f),
            EventKind::Panicked(words) => write!(f, "code of the program panicked: {words}"),
        }
    }
}
