//! Why an operation on an instance is refused.

use std::time::Duration;

use crate::blocking::InRuntime;
use crate::chain::debug_in_words;
use crate::fields::{DecodeError, EncodeError};
use crate::holder::Holder;
use crate::store::{InstanceId, StoreError};

/// Why an operation on an instance was refused, or could not be made durable.
///
/// Nothing was written and nothing was run, except before [`Error::Commit`],
/// [`Error::Unwritable`] and [`Error::Generated`]: those may end what has begun.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A transition is in flight.
    #[error(
        "`{instance}` has `{transition}` in flight: synchronize it first, or have an operator \
         retry, skip or abandon it"
    )]
    Interrupted {
        /// Whose.
        instance: InstanceId,
        /// Which transition.
        transition: &'static str,
    },
    /// A transition is in flight that was interrupted, and waits for an operator.
    #[error(
        "`{instance}` has `{transition}` in flight, which was interrupted and waits for an \
         operator: resolve it by retrying, skipping or abandoning it"
    )]
    Parked {
        /// Whose.
        instance: InstanceId,
        /// Which transition.
        transition: &'static str,
    },
    /// The transition does not leave the current state, or callers cannot fire it.
    #[error("`{transition}` cannot be fired in `{state}`; {}", choices(.possible))]
    InvalidTransition {
        /// Which transition.
        transition: &'static str,
        /// The current state.
        state: &'static str,
        /// The transitions that can be fired.
        possible: Vec<&'static str>,
    },
    /// A guard said no.
    #[error("`{transition}` is refused in `{state}` by the guard `{guard}`")]
    GuardRefused {
        /// Which transition.
        transition: &'static str,
        /// The current state.
        state: &'static str,
        /// Which guard.
        guard: &'static str,
    },
    /// No transition that leaves the current state has the alias.
    #[error("`{alias}` means nothing in `{state}`; {}", choices(.possible))]
    InvalidAlias {
        /// Which alias.
        alias: &'static str,
        /// The current state.
        state: &'static str,
        /// The transitions that can be fired.
        possible: Vec<&'static str>,
    },
    /// No transition leads from the current state to the one that was named.
    #[error("no transition leads from `{state}` to `{target}`; {}", choices(.possible))]
    NoWay {
        /// The current state.
        state: &'static str,
        /// The state that was named.
        target: &'static str,
        /// The transitions that can be fired.
        possible: Vec<&'static str>,
    },
    /// Several transitions lead from the current state to the one that was named.
    #[error("several transitions lead from `{state}` to `{target}`: fire one of {}", quoted(.transitions))]
    Ambiguous {
        /// The current state.
        state: &'static str,
        /// The state that was named.
        target: &'static str,
        /// The transitions that lead there.
        transitions: Vec<&'static str>,
    },
    /// The one transition that leads to the named state needs inputs.
    #[error("`{transition}` needs inputs: fire it with them")]
    InputsNeeded {
        /// Which transition.
        transition: &'static str,
    },
    /// No transition is in flight, so there is nothing to resolve.
    #[error("`{instance}` has nothing in flight to resolve")]
    NothingInflight {
        /// Whose.
        instance: InstanceId,
    },
    /// The transition in flight cannot be taken for done, for its action would have
    /// supplied variables of the target.
    #[error(
        "`{transition}`, which `{instance}` has in flight, cannot be skipped, for its action \
         supplies variables of the target: retry or abandon it"
    )]
    ResultNeeded {
        /// Whose.
        instance: InstanceId,
        /// Which transition.
        transition: &'static str,
    },
    /// A value of a type of the user's cannot be written. Nothing was written: what was in
    /// flight still is.
    #[error("the state of `{instance}` cannot be written; mend the type, then synchronize")]
    Unwritable {
        /// Whose.
        instance: InstanceId,
        /// Which value, and why.
        source: Box<EncodeError>,
    },
    /// The commit failed: what is durable is unknown. Open the instance again.
    #[error(
        "the state of `{instance}` could not be written: nothing more is done with it until it \
         is opened again"
    )]
    Commit {
        /// Whose.
        instance: InstanceId,
        /// What the store said.
        source: Box<StoreError>,
    },
    /// An earlier commit failed. Open the instance again.
    #[error(
        "an earlier write of `{instance}` failed: nothing more is done with it until it is \
         opened again"
    )]
    Poisoned {
        /// Whose.
        instance: InstanceId,
        /// What the store said then.
        source: Box<StoreError>,
    },
    /// The instance was closed, or its fleet shuts down: nothing more begins.
    #[error(
        "`{instance}` is closed, or its fleet shuts down: nothing more begins with it until it is opened again"
    )]
    Closed {
        /// Which instance.
        instance: InstanceId,
    },
    /// A thread that belongs to an async runtime was asked to block.
    #[error(transparent)]
    InRuntime(#[from] InRuntime),
    /// The generated code and its tables disagree; they come from one expansion, so
    /// this means that the crate was built from parts of two.
    #[error("the generated code of `{workflow}` does not fit its tables: build it afresh")]
    Generated {
        /// Which workflow.
        workflow: &'static str,
    },
}

/// Why an instance cannot be opened. Nothing was written.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// The store refused.
    #[error(transparent)]
    Store(Box<StoreError>),
    /// A thread that belongs to an async runtime was asked to block.
    #[error(transparent)]
    InRuntime(#[from] InRuntime),
    /// The fleet shuts down.
    #[error("`{instance}` is not opened, for its fleet shuts down")]
    Closed {
        /// Which instance.
        instance: InstanceId,
    },
    /// The record is not one that this workflow could have written.
    #[error(
        "the record of `{instance}`, in `{state}`, does not fit the workflow; open it with the \
         version of the workflow that wrote it"
    )]
    Record {
        /// Whose.
        instance: InstanceId,
        /// The name of the state in the record.
        state: String,
        /// What does not fit.
        source: Box<DecodeError>,
    },
}

debug_in_words!(Error, OpenError, LockTimeout);

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Store(Box::new(error))
    }
}

/// Why the lock was not taken in time.
#[derive(Clone, thiserror::Error)]
#[error("the lock of `{instance}` was not free within {waited:?}: {}", held(.holder.as_ref()))]
pub struct LockTimeout {
    /// Whose lock.
    pub instance: InstanceId,
    /// How long it was waited for.
    pub waited: Duration,
    /// Who held it when the time was up.
    pub holder: Option<Holder>,
}

fn held(holder: Option<&Holder>) -> String {
    match holder {
        Some(holder) => format!("held by {holder}"),
        None => "it was just changing hands".to_owned(),
    }
}

fn choices(transitions: &[&str]) -> String {
    match transitions {
        [] => "nothing can be fired there".to_owned(),
        _ => format!("possible there: {}", quoted(transitions)),
    }
}

fn quoted(names: &[&str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
