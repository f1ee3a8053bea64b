//! The future of a transition.

use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::blocking;
use crate::definition::{Definition, Dispatch};
use crate::error::Error;
use crate::locked::Locked;
use crate::outcome::Outcome;
use crate::wish::Wish;

/// A transition, or what an operator decided of one or of the state, that is carried out when
/// this is awaited, or by [`Fire::wait`] without async.
///
/// [`Locked`] has the methods that return it, and so has the type of each state. It comes to
/// an [`Outcome`], which tells of failed actions too.
///
/// ```
/// # inflight::workflow! {
/// #     workflow door {
/// #         initial state closed
/// #         state open
/// #         transition enter: closed -> open
/// #         transition leave: open -> closed
/// #     }
/// # }
/// # struct Hinge;
/// # impl door::Actions for Hinge {
/// #     type Error = std::convert::Infallible;
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let store = inflight::store::MemoryStore::new();
/// # let workflow = door::Workflow::open(store, "front", Hinge).await?;
/// let mut door = workflow.lock().await;
/// let outcome = door.fire(door::Transition::Enter).cause("request 7").await?;
/// assert!(outcome.is_completed());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Those of the method that returned it: [`Locked::fire`], [`Locked::fire_alias`],
/// [`Locked::go_to`], [`Locked::resolve`] or [`Locked::set_state`].
///
/// # Panics
///
/// When an action panics; its transition stays in flight, as after a crash.
///
/// # Cancel safety
///
/// As safe as a crash: see [`Locked`]. Nothing happens before the first poll.
#[must_use = "a transition is fired when this is awaited, or by `wait`"]
pub struct Fire<'a, D: Definition, A> {
    stage: Stage<'a, D, A>,
    cause: Option<String>,
}

/// The transition of a generated method. Without bounds, which the compiler would prove
/// anew for each of them.
pub fn fire<D: Definition, A>(
    locked: &mut Locked<D, A>,
    transition: D::Transition,
) -> Fire<'_, D, A> {
    Fire::new(locked, Wish::Transition(transition))
}

enum Stage<'a, D: Definition, A> {
    Ready(&'a mut Locked<D, A>, Wish<D>),
    Running(Pin<Box<dyn Future<Output = Result<Outcome<D>, Error>> + Send + 'a>>),
    Started,
}

impl<'a, D: Definition, A> Fire<'a, D, A> {
    pub(crate) fn new(locked: &'a mut Locked<D, A>, wish: Wish<D>) -> Self {
        Self {
            stage: Stage::Ready(locked, wish),
            cause: None,
        }
    }

    /// Names what this is fired for, such as the id of a request. It is committed with
    /// the inflight mark, so that the history tells whether a request was carried out.
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Fire<'_, D, A> {
    /// Carries it out, and blocks the thread until that is done: see [`blocking`].
    ///
    /// An instance that was not opened there needs a clock that needs no runtime, such as
    /// [`ThreadClock`](blocking::ThreadClock).
    ///
    /// # Errors
    ///
    /// Those of the method that returned it, and [`Error::InRuntime`] on a thread of an async
    /// runtime, with nothing done.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    pub fn wait(self) -> Result<Outcome<D>, Error> {
        blocking::wait(self)?
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Future for Fire<'_, D, A> {
    type Output = Result<Outcome<D>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let cause = self.cause.take();
        self.stage = match mem::replace(&mut self.stage, Stage::Started) {
            Stage::Ready(locked, wish) => Stage::Running(Box::pin(locked.grant(wish, cause))),
            running => running,
        };
        match &mut self.stage {
            Stage::Running(future) => future.as_mut().poll(context),
            Stage::Ready(..) | Stage::Started => Poll::Pending,
        }
    }
}

impl<D: Definition, A> Unpin for Fire<'_, D, A> {}
