//! A record and an operation under way, as [`Rules`](super::rules::Rules) speak of them.

use crate::outcome::Verdict;

/// A record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Record {
    pub(super) state: &'static str,
    pub(super) spent: Vec<&'static str>,
    pub(super) inflight: Option<Inflight>,
}

/// A transition in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Inflight {
    pub(super) transition: &'static str,
    pub(super) attempt: u32,
    pub(super) interruptions: u32,
    /// Whether another failed before.
    pub(super) by_failure: bool,
    pub(super) doing: Doing,
}

/// What it is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Doing {
    Runs,
    Waits,
    Parked,
}

/// An operation that is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// The record that is durable, or is being written.
    pub(super) record: Record,
    pub(super) next: Next,
    /// What became of the transition that the operation began with.
    pub(super) told: Option<Verdict>,
    /// Whether it has to be asked whether the action was done.
    pub(super) asks: bool,
}

/// What must happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Write,
    Wait,
    Run,
    Ask,
    Over(Verdict),
}

/// What an operation begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    Fire(&'static str),
    /// So long after the state was entered; `None` if no record says when.
    Synchronize(Option<u64>),
    Expire(Option<u64>),
    Retry,
    Skip,
    Abandon,
    Set(&'static str),
}

/// What happens while it is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Happens {
    /// What was to be written is durable.
    Durable,
    /// The wait is over.
    Waited,
    /// The action was done, or was found to have been.
    Well,
    Badly,
    Interrupted,
    NotDone,
    Unknown,
}
