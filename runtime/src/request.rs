//! What operators ask of the process that owns a store.
//!
//! A request is a file in a folder beside the store, `STORE.requests`, and so is the answer
//! to it. [`Workflow::drive`](crate::Workflow::drive) and [`Fleet::run`](crate::Fleet::run)
//! look there once a second, carry out what is asked of their instances, and answer. The
//! command `inflight` writes requests; so can any other program, with a [`RequestQueue`].
//!
//! A request is carried out at most once. Its [cause](Request::cause), which names it, is
//! committed with what it does, and the answer is written before the request is removed. So
//! whoever finds a request after a crash knows by the answer, or else by the history, that
//! it was carried out, as far as the history goes: a store keeps 10,000 records of an instance
//! unless told otherwise.
//!
//! - `queue` keeps the files, and `fence` says which owner may begin and answer what is there;
//! - `carry_out` does what is asked, with the lock;
//! - `known` tells what was carried out before, and `past` finds it in the history;
//! - `overtaken` tells what an operator has decided otherwise since it was asked;
//! - `serving` looks for requests, and answers them.

mod carry_out;
mod fence;
mod known;
mod overtaken;
mod past;
mod queue;
mod serving;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fields::Fields;
use crate::store::{InstanceId, StoredRecord};

pub(crate) use carry_out::Carried;
pub use queue::{Answered, Pending, RequestError, RequestQueue};
pub(crate) use serving::{Busy, Serving};

/// What an operator asks of the process that owns a store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Identifies it for ever.
    pub id: String,
    /// What it is about.
    pub instance: InstanceId,
    /// What is to be done.
    pub command: Command,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Whether an action that is running is to be cancelled for it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub cancel: bool,
    /// The version of the record that whoever asks has looked at. It is not carried out if an
    /// operator has decided otherwise since: see [`gives_way_to`](Self::gives_way_to). Without
    /// it, it is carried out whatever happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<u64>,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Fire a transition.
    Fire {
        /// Its name.
        transition: String,
        /// Its inputs.
        inputs: Fields,
    },
    /// Run what is in flight again, at once.
    Retry {
        /// Only if it is this execution.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        execution: Option<Arc<str>>,
    },
    /// Take what is in flight for done.
    Skip {
        /// Only if it is this execution.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        execution: Option<Arc<str>>,
    },
    /// Give up what is in flight.
    Abandon {
        /// Only if it is this execution.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        execution: Option<Arc<str>>,
    },
    /// Set the state, and give up what is in flight.
    SetState {
        /// Its name.
        state: String,
        /// Its variables.
        variables: Fields,
    },
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Answer {
    /// It was carried out.
    Done {
        /// What came of it, in words.
        verdict: String,
        /// What ran, a line each.
        steps: Vec<String>,
        /// Whether what was asked for came about. What followed by itself does not count.
        achieved: bool,
        /// Whether all of it went well, what followed by itself included.
        clean: bool,
        /// The state since then.
        state: String,
    },
    /// It was refused, and nothing is changed.
    Refused {
        /// Why.
        reason: String,
    },
}

impl Request {
    /// A new request.
    pub fn new(instance: InstanceId, command: Command) -> Self {
        Self {
            id: Uuid::now_v7().to_string(),
            instance,
            command,
            reason: None,
            by: None,
            cancel: false,
            seen: None,
        }
    }

    /// What is committed as the cause of what it does: why, who, and its id.
    ///
    /// ```
    /// use inflight::request::{Command, Request};
    /// use inflight::store::InstanceId;
    ///
    /// let instance = InstanceId::new("unit", "mysql/0");
    /// let request = Request {
    ///     id: "0190".into(),
    ///     reason: Some("the disk is back".into()),
    ///     by: Some("oncall".into()),
    ///     ..Request::new(instance, Command::Retry { execution: None })
    /// };
    /// assert_eq!(request.cause(), "the disk is back (oncall, request 0190)");
    /// ```
    pub fn cause(&self) -> String {
        let id = &self.id;
        let from = match &self.by {
            Some(by) => format!("{by}, request {id}"),
            None => format!("request {id}"),
        };
        match &self.reason {
            Some(reason) => format!("{reason} ({from})"),
            None => from,
        }
    }

    /// Whether it is about a transition that is to be fired, and not about what is in flight.
    pub(crate) fn fires(&self) -> bool {
        matches!(self.command, Command::Fire { .. })
    }

    /// Whether a record was written for it.
    pub fn led_to(&self, record: &StoredRecord) -> bool {
        // All of it, for the id of one may be part of another's.
        let cause = self.cause();
        let inflight = record.inflight.as_ref();
        let intervention = record.intervention.as_ref();
        let causes = [
            inflight.and_then(|inflight| inflight.cause.as_ref()),
            intervention.and_then(|intervention| intervention.cause.as_ref()),
        ];
        causes.into_iter().flatten().any(|it| *it == cause)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_false(it: &bool) -> bool {
    !it
}
