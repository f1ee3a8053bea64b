//! Many instances in one store, for callers that block.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use crate::blocking::clock::ThreadClock;
use crate::blocking::locked::Locked;
use crate::blocking::wait::{InRuntime, wait};
use crate::blocking::workflow::Workflow;
use crate::definition::{Definition, Dispatch};
use crate::error::OpenError;
use crate::fleet::{FleetError, Progress, Recovery, Shutdown};
use crate::record::Record;
use crate::store::Store;
use crate::workflow::Options;

/// Many instances, of several workflows, in one store, as [`crate::Fleet`] is; its methods
/// block; of those that are listed twice, below as of `Deref`, these are called. [`Fleet::run`]
/// has a thread of its own, as a rule.
///
/// That thread does all that falls due, and all that is requested, of all instances: an action
/// that blocks it, and awaits nothing, keeps the timers and requests of all others waiting until
/// it returns, and no `timeout` or `--cancel` stops it. So an action that takes long has another
/// thread do the work, and awaits a channel that is told of the end; or its instance is opened
/// outside the fleet, as a [`Workflow`] with a thread of its own for
/// [`drive`](Workflow::drive), which looks for requests when no action blocks it.
///
/// Clones are the same fleet.
#[derive(Clone)]
pub struct Fleet(crate::Fleet);

/// The instances of one workflow in a [`Fleet`], as [`crate::Members`] are.
pub struct Members<D: Definition, A>(crate::Members<D, A>);

impl Fleet {
    /// A fleet whose instances are kept in this store. Nothing is opened yet.
    pub fn new(store: impl Store) -> Self {
        Self::with(store, Options::new())
    }

    /// A fleet, as [`Fleet::new`] makes it, with other options.
    pub fn with(store: impl Store, options: Options) -> Self {
        Self(crate::Fleet::around(options.around(store, ThreadClock)))
    }

    /// Has instances of a workflow in the fleet, as [`crate::Fleet::register`] does.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn register<D, A>(
        &self,
        actions: impl Fn(&str) -> A + Send + Sync + 'static,
    ) -> Result<Members<D, A>, FleetError>
    where
        D: Dispatch<A>,
        A: Send + 'static,
    {
        self.0.register(actions).map(Members)
    }

    /// Carries on with all that the store has, as [`crate::Fleet::recover`] does: while
    /// [`Fleet::run`] has a thread, for an action that hangs keeps this from ending.
    ///
    /// # Errors
    ///
    /// As there, and [`FleetError::InRuntime`] on a thread of an async runtime.
    #[track_caller]
    pub fn recover(
        &self,
        concurrency: usize,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Recovery, FleetError> {
        wait(self.0.recover(concurrency, progress))?
    }

    /// Fires what falls due of all instances until the fleet is shut down, as
    /// [`crate::Fleet::run`] does.
    ///
    /// # Errors
    ///
    /// As there, and [`FleetError::InRuntime`] on a thread of an async runtime.
    #[track_caller]
    pub fn run(&self) -> Result<(), FleetError> {
        wait(self.0.run())?
    }

    /// Ends the fleet in good order, as [`crate::Fleet::shutdown`] does.
    ///
    /// # Errors
    ///
    /// [`InRuntime`] on a thread of an async runtime.
    pub fn shutdown(&self, within: Duration) -> Result<Shutdown, InRuntime> {
        wait(self.0.shutdown(within))
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Members<D, A> {
    /// Opens the instance of this name, as [`crate::Members::open`] does.
    ///
    /// # Errors
    ///
    /// As there, and [`OpenError::InRuntime`] on a thread of an async runtime.
    pub fn open(&self, name: &str) -> Result<Workflow<D, A>, OpenError> {
        wait(self.0.open(name))?.map(Workflow)
    }

    /// Opens the instance of this name, if it is not open, and waits for its lock.
    ///
    /// # Errors
    ///
    /// As [`Members::open`].
    #[track_caller]
    pub fn lock(&self, name: &str) -> Result<Locked<D, A>, OpenError> {
        wait(self.0.lock(name))?.map(Locked)
    }

    /// Has every record of the instances that are opened from now on shown to `observer`, as
    /// [`crate::Members::observe`] does.
    pub fn observe(&self, observer: impl Fn(&str, &Record<D>) + Send + Sync + 'static) {
        self.0.observe(observer);
    }

    /// The instances that are open, sorted by name.
    pub fn list(&self) -> Vec<Workflow<D, A>> {
        self.0.list().into_iter().map(Workflow).collect()
    }

    /// Closes the instance of this name, if it is open, and returns whether it was.
    ///
    /// # Errors
    ///
    /// [`InRuntime`] on a thread of an async runtime.
    pub fn close(&self, name: &str) -> Result<bool, InRuntime> {
        wait(self.0.close(name))
    }
}

impl Deref for Fleet {
    type Target = crate::Fleet;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Debug for Fleet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<D: Definition, A> Clone for Members<D, A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<D: Definition, A> fmt::Debug for Members<D, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
