//! What the tests of a crate need to hold its workflows to their promises.
//!
//! This is the feature `testing`, for the tests of a crate:
//!
//! ```toml
//! [dev-dependencies]
//! inflight = { path = "../inflight/runtime", features = ["testing"] }
//! ```
//!
//! - [`crash_everywhere`] runs a scenario with a crash at every point where it matters,
//!   recovers, and checks what must hold then.
//! - [`HandClock`] is a clock that a test moves; nothing sleeps.
//! - [`FaultyStore`] fails or holds the commits that a test names.
//! - Where the environment variable `INFLIGHT_COVERAGE` names a folder, what was exercised
//!   of workflows is noted there, for the command `inflight coverage`.
//! - [`notation`] writes records as this documentation does.
//! - [`assert_diagram!`](crate::assert_diagram) keeps the picture of a workflow under
//!   review. The crate [`insta`] that it uses is here too, with its settings, for those
//!   who keep their snapshots elsewhere.

mod clock;
pub(crate) mod coverage;
pub(crate) mod crash;
mod diagram;
mod faulty;
mod notation;

pub use clock::HandClock;
pub use crash::{After, CrashStore, Crashes, Process, Survived, Tried, crash_everywhere};
pub use diagram::diagram;
#[doc(hidden)]
pub use diagram::name;
pub use faulty::{FaultyStore, Held, Waiting};
pub use inflight_dsl::diagram::Format;
pub use insta;
pub use notation::notation;

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What a future comes to that waits for nothing.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}
