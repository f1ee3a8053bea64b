//! What an action is told besides its arguments.

use std::fmt;
use std::sync::Arc;

use crate::definition::Definition;
use crate::record::{Inflight, Record};
use crate::shared::Shared;
use crate::store::InstanceId;

/// What an action is told besides its arguments.
#[derive(Clone)]
pub struct Context<D: Definition> {
    pub(crate) shared: Arc<Shared<D>>,
    /// The record that has the transition in flight. It is shared, not copied: a transition
    /// without an action costs next to nothing.
    pub(crate) record: Arc<Record<D>>,
    pub(crate) transition: D::TransitionName,
    /// Whether the action is taken for done.
    pub(crate) skipped: bool,
}

impl<D: Definition> Context<D> {
    /// Which instance of which workflow.
    pub fn instance(&self) -> &InstanceId {
        &self.shared.instance
    }

    /// The state that the transition leaves.
    pub fn source(&self) -> &D::State {
        &self.record.state
    }

    /// The name of the transition.
    pub fn transition(&self) -> D::TransitionName {
        self.transition
    }

    /// Identifies this execution of the transition. It is the same when the action is
    /// run again after an interruption, so whatever the action asks of the outside
    /// world can carry it as an idempotency key.
    pub fn execution(&self) -> &str {
        self.inflight().map_or("", |inflight| &inflight.execution)
    }

    /// What the caller gave as the cause.
    pub fn cause(&self) -> Option<&str> {
        self.inflight()?.cause.as_deref()
    }

    /// Which attempt this is, counted from 1. It grows when the action failed and the
    /// workflow says `retry`, and stays when it was interrupted and is run again.
    pub fn attempt(&self) -> u32 {
        self.inflight().map_or(1, |inflight| inflight.attempt)
    }

    /// How many times this execution was interrupted before: above 0, what the action
    /// does may have happened already, in part or as a whole.
    pub fn interruptions(&self) -> u32 {
        self.inflight().map_or(0, |inflight| inflight.interruptions)
    }

    /// The failure that led here, if this is an error transition.
    pub fn failure(&self) -> Option<&str> {
        self.inflight()?.failure.as_deref()
    }

    /// There always is one: an action is that of a transition in flight.
    pub(crate) fn inflight(&self) -> Option<&Inflight<D>> {
        self.record.inflight.as_ref()
    }
}

impl<D: Definition> fmt::Debug for Context<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("instance", self.instance())
            .field("source", self.source())
            .field("inflight", &self.inflight())
            .finish_non_exhaustive()
    }
}
