//! A living instance of a workflow, for callers that block.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use crate::blocking::clock::ThreadClock;
use crate::blocking::locked::Locked;
use crate::blocking::wait::{InRuntime, wait};
use crate::chain::debug_in_words;
use crate::definition::{Definition, Dispatch};
use crate::error::{Error, LockTimeout, OpenError};
use crate::outcome::Outcome;
use crate::request::{Answer, Request};
use crate::store::{InstanceId, Store};
use crate::workflow::Options;

/// A living instance of a workflow, as [`crate::Workflow`] is, whose methods block.
///
/// What does not wait, such as [`state`](crate::Workflow::state), is the same method, listed below
/// as one of `Deref`. What is listed there and awaited has a method of the same name here, which
/// is the one that is called.
/// Clones are the same instance.
pub struct Workflow<D: Definition, A>(pub(super) crate::Workflow<D, A>);

/// Why the lock was not taken.
#[derive(Clone, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// It was not free in time.
    #[error(transparent)]
    Timeout(Box<LockTimeout>),
    /// This is no thread to block.
    #[error(transparent)]
    InRuntime(#[from] InRuntime),
}

debug_in_words!(LockError);

impl<D: Dispatch<A>, A: Send + 'static> Workflow<D, A> {
    /// Opens an instance, as [`crate::Workflow::open`] does.
    ///
    /// # Errors
    ///
    /// As there, and [`OpenError::InRuntime`] on a thread of an async runtime.
    pub fn open(
        store: impl Store,
        instance: impl Into<Arc<str>>,
        actions: A,
    ) -> Result<Self, OpenError> {
        Self::open_with(store, instance, actions, Options::new())
    }

    /// Opens an instance, as [`Workflow::open`] does, with other options.
    ///
    /// # Errors
    ///
    /// As [`Workflow::open`].
    pub fn open_with(
        store: impl Store,
        instance: impl Into<Arc<str>>,
        actions: A,
        options: Options,
    ) -> Result<Self, OpenError> {
        let around = options.around(store, ThreadClock);
        let instance = InstanceId::new(D::TABLES.workflow, instance);
        let open = crate::Workflow::open_in(around, instance, actions, None);
        wait(open)?.map(Self)
    }

    /// Waits for the lock: first come, first served, those included that await it.
    ///
    /// A thread that asks for a lock it holds waits for itself; a warning then names both
    /// lines of code, and [`Workflow::lock_timeout`] gets out of it.
    ///
    /// # Errors
    ///
    /// [`InRuntime`] on a thread of an async runtime.
    #[track_caller]
    pub fn lock(&self) -> Result<Locked<D, A>, InRuntime> {
        wait(self.0.lock()).map(Locked)
    }

    /// Waits for the lock, but not longer than this.
    ///
    /// # Errors
    ///
    /// [`LockError::Timeout`] when the time is up, with the holder's name, and
    /// [`LockError::InRuntime`] on a thread of an async runtime.
    #[track_caller]
    pub fn lock_timeout(&self, timeout: Duration) -> Result<Locked<D, A>, LockError> {
        let locked = wait(self.0.lock_timeout(timeout))?;
        locked
            .map(Locked)
            .map_err(|timeout| LockError::Timeout(Box::new(timeout)))
    }

    /// Fires what falls due until a final state is reached, or the instance is closed, as
    /// [`crate::Workflow::drive`] does: on a thread of its own, as a rule.
    ///
    /// # Errors
    ///
    /// As there, and [`Error::InRuntime`] on a thread of an async runtime.
    ///
    /// # Panics
    ///
    /// When an action panics.
    #[track_caller]
    pub fn drive(&self) -> Result<(), Error> {
        wait(self.0.drive())?
    }

    /// Fires what falls due, as [`Workflow::drive`] does, and hands each outcome to `tell`.
    ///
    /// # Errors
    ///
    /// As [`Workflow::drive`].
    ///
    /// # Panics
    ///
    /// As [`Workflow::drive`].
    #[track_caller]
    pub fn drive_with(&self, tell: impl FnMut(Outcome<D>) + Send) -> Result<(), Error> {
        wait(self.0.drive_with(tell))?
    }

    /// Does what a request asks, as [`crate::Workflow::carry_out`] does: from another thread
    /// than the one that waits for an action, it is how that can be cancelled.
    ///
    /// # Errors
    ///
    /// As there, and [`Error::InRuntime`] on a thread of an async runtime.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    #[track_caller]
    pub fn carry_out(&self, request: &Request) -> Result<Option<Answer>, Error> {
        wait(self.0.carry_out(request))?
    }

    /// Closes the instance in good order, as [`crate::Workflow::close`] does.
    ///
    /// # Errors
    ///
    /// [`InRuntime`] on a thread of an async runtime.
    #[track_caller]
    pub fn close(&self) -> Result<(), InRuntime> {
        wait(self.0.close())
    }
}

impl<D: Definition, A> Deref for Workflow<D, A> {
    type Target = crate::Workflow<D, A>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<D: Definition, A> Clone for Workflow<D, A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<D: Definition, A> fmt::Debug for Workflow<D, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
