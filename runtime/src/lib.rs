//! Workflows compiled to typed Rust, and a runtime that keeps their state safe.

mod clock;
mod context;

mod definition;
mod driver;
mod engine;
mod error;
mod failure;
mod fields;
mod fire;
mod holder;
mod instance;
mod locked;
mod outcome;
mod persist;
mod record;
pub mod store;
mod tables;
mod workflow;

pub use clock::{Clock, TokioClock};
pub use context::Context;
pub use engine::Resolution;
pub use error::{Error, LockTimeout, OpenError};
pub use failure::Failure;
pub use fields::{DecodeError, Fields, Variable};
pub use fire::Fire;
pub use holder::Holder;
pub use inflight_macros::workflow;
pub use locked::Locked;
pub use outcome::{End, Outcome, Step, Verdict};
pub use record::{Inflight, Record};
pub use serde_json::Value as Json;
pub use workflow::{Options, Workflow};

/// What the generated code needs, and nobody else.
#[doc(hidden)]
pub mod __private {
    pub use crate::definition::{Definition, Dispatch, Name, Run};
    pub use crate::fields::{DecodeError, Fields};
    pub use crate::persist::{
        debug_state, debug_transition, deserialize_name, deserialize_state, deserialize_transition,
        name, serialize_state, serialize_transition,
    };
    pub use crate::tables::{StateKind, StateRow, Tables, TransitionRow};
    pub use serde;
}
