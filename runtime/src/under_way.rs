//! The operation that is under way, and what operators decide of it meanwhile.
//!
//! It has the lock as long as it waits for an action, or for the next attempt. So who wants
//! to end that hands it a decision, which it carries out itself: nobody else writes records.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Poll, Waker};

use tokio::sync::oneshot;

use crate::definition::Definition;
use crate::engine::Resolution;
use crate::error::Error;
use crate::outcome::Step;
use crate::shared::{Shared, locked};
use crate::store;

/// Whether an operation is under way, and what was decided of it.
pub(crate) struct UnderWay<D: Definition>(Mutex<Option<Operation<D>>>);

/// An operation that is under way.
struct Operation<D: Definition> {
    /// Wakes it while it waits for something.
    waker: Option<Waker>,
    /// The version of the record with which it waits for something: no other is being
    /// committed.
    waits: Option<u64>,
    /// What it has not looked at.
    decisions: Vec<Decision<D>>,
}

/// What an operator decides of what is in flight.
pub(crate) enum Decided<D: Definition> {
    Resolve(Resolution),
    Set(D::State),
}

/// A decision for the operation that is under way.
pub(crate) struct Decision<D: Definition> {
    pub(crate) decided: Decided<D>,
    /// The cause that is committed with it; `None` if the history is to say nothing of it.
    pub(crate) cause: Option<String>,
    /// The record that it is about: it says what is in flight, and whether that waits.
    version: u64,
    /// Who decided. Dropped, it says that nothing was done.
    told: oneshot::Sender<Became<D>>,
}

/// What becomes of a decision: once it is durable, the run of an action that was cancelled for
/// it, if one was; or why it was refused. Nothing is done if this fails.
pub(crate) type Becomes<D> = oneshot::Receiver<Became<D>>;

type Became<D> = Result<Option<Step<D>>, Error>;

impl<D: Definition> Default for UnderWay<D> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<D: Definition> UnderWay<D> {
    /// An operation begins; it ends when what this returns is dropped.
    pub(crate) fn begin(&self) -> Ends<'_, D> {
        *locked(&self.0) = Some(Operation {
            waker: None,
            waits: None,
            decisions: Vec::new(),
        });
        Ends(self)
    }

    pub(crate) fn is_some(&self) -> bool {
        locked(&self.0).is_some()
    }

    /// Whether the operation waits for something with this version of the record.
    pub(crate) fn waits_with(&self, version: u64) -> bool {
        let operation = locked(&self.0);
        let waits = operation.as_ref().and_then(|operation| operation.waits);
        waits == Some(version)
    }

    fn waits_no_more(&self) {
        if let Some(operation) = locked(&self.0).as_mut() {
            operation.waits = None;
        }
    }

    /// Hands a decision about this version of the record to the operation, if there is one.
    pub(crate) fn hand(
        &self,
        version: u64,
        decided: Decided<D>,
        cause: Option<String>,
    ) -> Option<Becomes<D>> {
        let (told, becomes) = oneshot::channel();
        let mut operation = locked(&self.0);
        let under_way = operation.as_mut()?;
        under_way.decisions.push(Decision {
            decided,
            cause,
            version,
            told,
        });
        let waker = under_way.waker.take();
        drop(operation);
        if let Some(waker) = waker {
            waker.wake();
        }
        Some(becomes)
    }

    /// What a future comes to, unless something is decided of this version of the record
    /// meanwhile that is not refused; then it is dropped.
    pub(crate) async fn unless_decided<T>(
        &self,
        version: u64,
        mut future: Pin<&mut impl Future<Output = T>>,
        refuses: impl Fn(&Decided<D>) -> Option<Error>,
    ) -> Result<T, Decision<D>> {
        let mut waits = false;
        let ended = poll_fn(|context| {
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(value));
            }
            waits = true;
            while let Some(decision) = self.decision(version, context.waker()) {
                match refuses(&decision.decided) {
                    Some(error) => decision.refuse(error),
                    None => return Poll::Ready(Err(decision)),
                }
            }
            Poll::Pending
        })
        .await;
        if waits {
            self.waits_no_more();
        }
        ended
    }

    /// The first decision about this version of the record. Those about another, or that
    /// come after it, must be made again.
    fn decision(&self, version: u64, waker: &Waker) -> Option<Decision<D>> {
        let mut operation = locked(&self.0);
        let under_way = operation.as_mut()?;
        let mut decisions = std::mem::take(&mut under_way.decisions).into_iter();
        let decision = decisions.find(|decision| decision.version == version);
        let before = match &decision {
            Some(_) => None,
            None => {
                under_way.waits = Some(version);
                match &mut under_way.waker {
                    Some(known) if known.will_wake(waker) => None,
                    other => other.replace(waker.clone()),
                }
            }
        };
        drop(operation);
        // Not before: who made them, or goes with a waker, may look at once.
        drop((decisions, before));
        decision
    }
}

impl<D: Definition> Decided<D> {
    /// What the history calls it.
    pub(crate) fn operation(&self) -> store::Operation {
        match self {
            Self::Resolve(resolution) => (*resolution).into(),
            Self::Set(_) => store::Operation::SetState,
        }
    }
}

/// Ends an operation; nothing comes of decisions that it has not looked at.
pub(crate) struct Ends<'a, D: Definition>(&'a UnderWay<D>);

impl<D: Definition> Drop for Ends<'_, D> {
    fn drop(&mut self) {
        let operation = locked(&self.0.0).take();
        drop(operation);
    }
}

impl<D: Definition> Decision<D> {
    fn refuse(self, error: Error) {
        let (.., told) = self.open();
        told.refused(error);
    }

    /// What is to be done, and for what cause, and whom to tell of it.
    pub(crate) fn open(self) -> (Decided<D>, Option<String>, Told<D>) {
        let told = Told {
            sender: self.told,
            cancelled: None,
        };
        (self.decided, self.cause, told)
    }
}

/// Whom to tell of a decision.
pub(crate) struct Told<D: Definition> {
    sender: oneshot::Sender<Became<D>>,
    /// The run of an action that was cancelled for it.
    pub(crate) cancelled: Option<Step<D>>,
}

impl<D: Definition> Told<D> {
    /// It is durable.
    pub(crate) fn done(self) {
        // Nobody need wait for it.
        drop(self.sender.send(Ok(self.cancelled)));
    }

    /// It cannot be.
    pub(crate) fn refused(self, error: Error) {
        drop(self.sender.send(Err(error)));
    }
}

impl<D: Definition> Shared<D> {
    /// Whether there is an operation that can be handed decisions about what is in flight.
    pub(crate) fn can_be_reached(&self) -> bool {
        self.record().goes_on() && self.under_way.is_some()
    }
}
