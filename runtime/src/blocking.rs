//! The same, for callers without async.
//!
//! [`Workflow`], [`Locked`], [`Fleet`] and [`Members`] have the methods of those that are
//! awaited, under the same names; they block the thread instead. A transition is fired by
//! [`Fire::wait`](crate::Fire::wait), where others write `.await`:
//!
//! ```
//! use inflight::blocking::Workflow;
//! use inflight::store::MemoryStore;
//!
//! inflight::workflow! {
//!     workflow door {
//!         initial state closed
//!         state open
//!         /// It does not move.
//!         error state jammed { reason: string }
//!         action swing(wide: bool)
//!         transition enter: closed -> open {
//!             do swing(wide: true)
//!             retry 2 backoff 1ms
//!             on error jam -> jammed(reason: failure)
//!         }
//!         transition leave: open -> closed { do swing(wide: false) }
//!         transition mend: jammed -> closed
//!     }
//! }
//!
//! struct Hinge;
//!
//! impl door::Actions for Hinge {
//!     type Error = std::io::Error;
//!
//!     // It awaits nothing, and need not.
//!     async fn swing(&mut self, wide: bool, _: &door::Context) -> Result<(), std::io::Error> {
//!         println!("it swings, wide: {wide}");
//!         Ok(())
//!     }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = MemoryStore::new(); // SqliteStore::open("state.db")? for what must last
//! let workflow = Workflow::<door::Definition, _>::open(store, "front", Hinge)?;
//! let mut door = workflow.lock()?;
//! door.synchronize()?;
//! door.fire(door::Transition::Enter).cause("a guest").wait()?;
//! if let door::At::Open(open) = door.at()? {
//!     open.leave().wait()?;
//! }
//! assert!(door.state().is_closed());
//! # Ok(())
//! # }
//! ```
//!
//! Actions are written as always, and run on the thread that blocks, without an executor of
//! anybody else's: what they await must need none. A timeout takes effect where an action
//! awaits. Time comes from [`ThreadClock`] unless another clock is handed in.
//!
//! Blocking a thread of an async runtime would keep its tasks waiting, perhaps for each
//! other, so it is refused as [`InRuntime`] wherever a tokio runtime is current, those
//! threads included that `spawn_blocking` uses: await the methods of [`crate::Workflow`]
//! there.

mod clock;
mod fleet;
mod locked;
mod wait;
mod workflow;

pub use clock::ThreadClock;
pub use fleet::{Fleet, Members};
pub use locked::Locked;
pub use wait::InRuntime;
pub use workflow::{LockError, Workflow};

pub(crate) use wait::wait;
