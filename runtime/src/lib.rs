//! Workflows compiled to typed Rust, and a runtime that keeps their state safe.
//!
//! A workflow says which states there are, which transitions lead from one to the
//! next, what they run, and where a failure leads. [`workflow!`] compiles it, in the
//! user's own build, into enums, a trait with one method for each action, and a type
//! for each state that offers only that state's transitions. A mistake in the workflow
//! is a build error that points into it. LANGUAGE.md is the reference.
//!
//! The runtime changes a state only for whoever holds the lock, writes a transition
//! down *in flight* before its action runs, and carries on after a crash with
//! [`Locked::synchronize`].
//!
//! ```
//! use inflight::store::MemoryStore;
//!
//! inflight::workflow! {
//!     /// A door that sometimes jams.
//!     workflow door {
//!         initial state closed
//!         state open
//!         /// It does not move. Have a look at it.
//!         error state jammed { reason: string }
//!
//!         action swing(wide: bool)
//!
//!         transition enter: closed -> open {
//!             do swing(wide: true)
//!             on error jam -> jammed(reason: failure)
//!         }
//!         transition leave: open -> closed { do swing(wide: false) }
//!         transition mend: jammed -> closed
//!     }
//! }
//!
//! struct Hinge {
//!     rusty: bool,
//! }
//!
//! impl door::Actions for Hinge {
//!     type Error = String;
//!
//!     async fn swing(&mut self, wide: bool, cx: &door::Context) -> Result<(), String> {
//!         println!("{}: swings, wide: {wide}", cx.transition());
//!         match self.rusty {
//!             true => Err("it squeaks, and stops".to_owned()),
//!             false => Ok(()),
//!         }
//!     }
//! }
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let store = MemoryStore::new(); // SqliteStore::open("state.db")? for what must last
//!     let workflow = door::Workflow::open(store, "front", Hinge { rusty: true }).await?;
//!
//!     let mut door = workflow.lock().await;
//!     door.synchronize().await?;
//!     if let door::At::Closed(closed) = door.at()? {
//!         let outcome = closed.enter().await?;
//!         assert!(!outcome.is_completed());
//!         assert_eq!(
//!             outcome.to_string(),
//!             "failed, handled; enter: closed, failed: it squeaks, and stops; jam: closed -> jammed"
//!         );
//!     }
//!     assert!(matches!(door.state(), door::State::Jammed { reason } if reason.contains("squeaks")));
//!     Ok(())
//! }
//! ```
//!
//! What the runtime promises, and what it costs, is in ARCHITECTURE.md.

mod activities;
mod backoff;
pub mod blocking;
mod chain;
mod clock;
mod context;
mod crowd;
mod definition;
mod drive;
mod driver;
mod due;
mod engine;
mod error;
mod execution;
mod exercised;
mod failure;
mod fields;
mod fire;
pub mod fleet;
mod holder;
mod instance;
mod locked;
#[cfg(feature = "metrics")]
mod numbers;
#[cfg(not(feature = "metrics"))]
#[path = "numbers/none.rs"]
mod numbers;
mod observer;
mod outcome;
mod perform;
mod persist;
mod race;
mod record;
pub mod request;
mod rows;
mod shared;
pub mod store;
mod succession;
mod surroundings;
mod tables;
#[cfg(feature = "testing")]
pub mod testing;
mod under_way;
mod wish;
mod work;
mod workflow;

pub use clock::{Clock, TokioClock};
pub use context::Context;
pub use definition::{Definition, Dispatch, Name, Probe};
pub use engine::Resolution;
pub use error::{Error, LockTimeout, OpenError};
pub use failure::Failure;
pub use fields::{DecodeError, EncodeError, Fields, Variable};
pub use fire::Fire;
pub use fleet::{Fleet, Members};
pub use holder::Holder;
pub use inflight_macros::workflow;
pub use locked::Locked;
pub use outcome::{End, Outcome, Step, Verdict};
pub use record::{Failed, Inflight, Record};
pub use serde_json::Value as Json;
pub use workflow::{Options, Workflow};

/// What the generated code needs, and nobody else.
#[doc(hidden)]
pub mod __private {
    pub use crate::definition::{
        Definition, Dispatch, Name, Probing, Run, Switching, is_skipped, probe,
    };
    pub use crate::fields::{DecodeError, Fields};
    pub use crate::fire::fire;
    pub use crate::persist::{
        debug_state, debug_transition, deserialize_name, deserialize_state, deserialize_transition,
        name, serialize_state, serialize_transition,
    };
    pub use crate::rows::{Rare, SAME, State, Transition, next, next_or_same, states, transitions};
    pub use crate::tables::{ActivityRow, OnInterrupt, StateKind, StateRow, Tables, TransitionRow};
    pub use serde;
}

/// What the command `inflight` needs, and nobody else.
#[doc(hidden)]
pub mod __command {
    pub use crate::exercised::Exercised;
}

/// What `LANGUAGE.md` shows in Rust.
#[cfg(doctest)]
#[doc = include_str!("../../LANGUAGE.md")]
struct Language;
