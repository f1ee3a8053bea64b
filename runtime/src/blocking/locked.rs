//! An instance whose lock is held, for callers that block.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::blocking::wait::{InRuntime, wait};
use crate::definition::{Definition, Dispatch};
use crate::error::Error;
use crate::outcome::Outcome;
use crate::request::{Answer, Request};

/// An instance whose lock is held, as [`crate::Locked`] is, whose methods block.
///
/// What returns a [`Fire`](crate::Fire) is the same method, and so is what does not wait:
/// write `.wait()` behind it, where others write `.await`. The lock is given back when this
/// is dropped.
pub struct Locked<D: Definition, A>(pub(super) crate::Locked<D, A>);

impl<D: Dispatch<A>, A: Send + 'static> Locked<D, A> {
    /// Carries on after an interruption, as [`crate::Locked::synchronize`] does.
    ///
    /// # Errors
    ///
    /// As there, and [`Error::InRuntime`] on a thread of an async runtime.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    pub fn synchronize(&mut self) -> Result<Outcome<D>, Error> {
        wait(self.0.synchronize())?
    }

    /// Does what a request asks, as [`crate::Locked::carry_out`] does.
    ///
    /// # Errors
    ///
    /// As there, and [`Error::InRuntime`] on a thread of an async runtime.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    pub fn carry_out(&mut self, request: &Request) -> Result<Option<Answer>, Error> {
        wait(self.0.carry_out(request))?
    }

    /// Starts and stops activities, as [`crate::Locked::start_activities`] does.
    ///
    /// # Errors
    ///
    /// [`InRuntime`] on a thread of an async runtime.
    pub fn start_activities(&mut self) -> Result<(), InRuntime> {
        wait(self.0.start_activities())
    }

    /// Stops all activities, as [`crate::Locked::stop_activities`] does.
    ///
    /// # Errors
    ///
    /// [`InRuntime`] on a thread of an async runtime.
    pub fn stop_activities(&mut self) -> Result<(), InRuntime> {
        wait(self.0.stop_activities())
    }
}

impl<D: Definition, A> Deref for Locked<D, A> {
    type Target = crate::Locked<D, A>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<D: Definition, A> DerefMut for Locked<D, A> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<D: Definition, A> fmt::Debug for Locked<D, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
