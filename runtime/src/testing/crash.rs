//! A scenario with a crash at every point where it matters.

mod explore;
mod fate;
mod process;
mod store;
mod told;
mod trial;

use std::error::Error;
use std::fmt;
use std::time::Duration;

pub(crate) use fate::Fate;
pub use process::{After, Process};
pub use store::CrashStore;

/// How a process ends that was not killed: what it could not bear is an error.
pub type Survived = Result<(), Box<dyn Error>>;

/// Runs a scenario with a crash at every point where it matters, recovers, and checks what
/// must hold then.
///
/// `world` makes what the actions touch: it survives every crash of a trial, and every
/// trial has a new one. `process` is what your program does from its start to its end; it
/// is called anew after every crash, as whatever supervises your program would do, so it
/// opens its instances and synchronizes them before anything else. `invariant` is asked
/// when a process has come to its end.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicU32, Ordering};
///
/// use inflight::testing::crash_everywhere;
///
/// inflight::workflow! {
///     workflow lift {
///         initial state down
///         state up
///         action motor
///         transition raise: down -> up { do motor }
///         transition lower: up -> down { do motor }
///     }
/// }
///
/// /// Moves what no crash moves back.
/// struct Motor {
///     height: Arc<AtomicU32>,
/// }
///
/// impl lift::Actions for Motor {
///     type Error = String;
///
///     async fn motor(&mut self, cx: &lift::Context) -> Result<(), String> {
///         let goal = if cx.source().is_down() { 3 } else { 0 };
///         self.height.store(goal, Ordering::Relaxed);
///         Ok(())
///     }
/// }
///
/// // In a test: #[test]
/// let tried = crash_everywhere(
///     || AtomicU32::new(0),
///     async |process| {
///         let motor = Motor { height: Arc::clone(process.world()) };
///         let (store, options) = (process.store(), process.options());
///         let lift = lift::Workflow::open_with(store, "west", motor, options).await?;
///         let mut lift = lift.lock().await;
///         lift.synchronize().await?;
///         if lift.state().is_down() {
///             lift.fire(lift::Transition::Raise).await?;
///         }
///         Ok(())
///     },
///     |after| {
///         let record = after.record::<lift::Definition>("west").unwrap();
///         assert!(record.state.is_up());
///         assert_eq!(after.world().load(Ordering::Relaxed), 3);
///     },
/// );
/// assert_eq!(tried.to_string(), "91 trials with up to 2 crashes each, at 10 points");
/// ```
///
/// The points are: before and after the action of a transition, a probe, and the start and
/// the stop of an activity, and wherever these wait; and every commit, four ways: the
/// process is killed before it is written or after, or it is told that the write failed,
/// when it did and when it did not. What was in the process's memory is gone then, with
/// all tasks that it has spawned; a failed commit it survives until it returns, and it is
/// restarted whatever it says. Every recovery is tried with a crash at each of its points
/// in turn, for as many crashes as [`Crashes::depth`] says.
///
/// A process is a tokio runtime of one thread, in which time is paused: it passes at once
/// when everybody waits for it. So tokio's timers can be used; what waits for other
/// threads, such as files read with tokio, may come to other points each time.
///
/// # Panics
///
/// When the invariant does, a process returns an error or panics, waits for ever, never
/// ends, or leaves something in flight that is not parked. The message names the points
/// where it crashed, shows what was committed, and says how to try these alone. And when
/// the scenario does not come to the same points each time, or this is called inside a
/// tokio runtime: call it in a plain `#[test]`.
#[track_caller]
pub fn crash_everywhere<W>(
    world: impl Fn() -> W,
    process: impl AsyncFn(Process<W>) -> Survived,
    invariant: impl Fn(&After<W>),
) -> Tried {
    Crashes::new().everywhere(world, process, invariant)
}

/// How to crash, where the defaults of [`crash_everywhere`] do not fit.
#[derive(Clone, Debug)]
pub struct Crashes {
    depth: usize,
    downtime: Duration,
}

impl Crashes {
    /// The defaults: up to two crashes in a trial, and no time passes until the next
    /// process begins.
    pub fn new() -> Self {
        Self {
            depth: 2,
            downtime: Duration::ZERO,
        }
    }

    /// How many times the process crashes in a trial, at most: 1 crashes in the scenario
    /// alone, 2 in its recovery too. Each more multiplies how long it takes.
    #[must_use]
    pub fn depth(mut self, crashes: usize) -> Self {
        self.depth = crashes;
        self
    }

    /// How much time passes between a crash and the next process, which finds due what
    /// fell due meanwhile.
    #[must_use]
    pub fn downtime(mut self, downtime: Duration) -> Self {
        self.downtime = downtime;
        self
    }

    /// Runs a scenario as [`crash_everywhere`] does.
    ///
    /// # Panics
    ///
    /// As [`crash_everywhere`].
    #[track_caller]
    pub fn everywhere<W>(
        self,
        world: impl Fn() -> W,
        process: impl AsyncFn(Process<W>) -> Survived,
        invariant: impl Fn(&After<W>),
    ) -> Tried {
        explore::everywhere(&trial::Scenario {
            crashes: self,
            world,
            process,
            invariant,
        })
    }
}

impl Default for Crashes {
    fn default() -> Self {
        Self::new()
    }
}

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// At how many points the scenario can crash, its recoveries not counted.
    pub points: usize,
    /// How many trials there were: one without a crash, one for each of these points, and
    /// those that crashed in a recovery.
    pub trials: usize,
    /// How many crashes there were in a trial, at most.
    pub depth: usize,
}

impl fmt::Display for Tried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            points,
            trials,
            depth,
        } = self;
        write!(
            f,
            "{trials} trials with up to {depth} crashes each, at {points} points"
        )
    }
}
