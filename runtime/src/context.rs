//! What an action is told besides its arguments.

use crate::definition::Definition;
use crate::record::Inflight;
use crate::store::InstanceId;

/// What an action is told besides its arguments.
#[derive(Clone, Debug)]
pub struct Context<D: Definition> {
    pub(crate) instance: InstanceId,
    pub(crate) source: D::State,
    pub(crate) inflight: Inflight<D>,
    /// Whether the action is taken for done.
    pub(crate) skipped: bool,
}

impl<D: Definition> Context<D> {
    /// Which instance of which workflow.
    pub fn instance(&self) -> &InstanceId {
        &self.instance
    }

    /// The state that the transition leaves.
    pub fn source(&self) -> &D::State {
        &self.source
    }

    /// The name of the transition.
    pub fn transition(&self) -> D::TransitionName {
        self.inflight.name()
    }

    /// Identifies this execution of the transition. It is the same when the action is
    /// run again after an interruption, so whatever the action asks of the outside
    /// world can carry it as an idempotency key.
    pub fn execution(&self) -> &str {
        &self.inflight.execution
    }

    /// What the caller gave as the cause.
    pub fn cause(&self) -> Option<&str> {
        self.inflight.cause.as_deref()
    }

    /// Which attempt this is, counted from 1. It grows when the action failed and the
    /// workflow says `retry`, and stays when it was interrupted and is run again.
    pub fn attempt(&self) -> u32 {
        self.inflight.attempt
    }

    /// How many times this execution was interrupted before: above 0, what the action
    /// does may have happened already, in part or as a whole.
    pub fn interruptions(&self) -> u32 {
        self.inflight.interruptions
    }

    /// The failure that led here, if this is an error transition.
    pub fn failure(&self) -> Option<&str> {
        self.inflight.failure.as_deref()
    }
}
