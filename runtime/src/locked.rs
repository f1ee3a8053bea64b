//! An instance whose lock is held.

use std::fmt;

use tokio::sync::OwnedMutexGuard;

use crate::definition::{Definition, Dispatch};
use crate::engine::{Refusal, Resolution};
use crate::error::Error;
use crate::fire::Fire;
use crate::instance::Instance;
use crate::outcome::Outcome;
use crate::record::{Inflight, Record};
use crate::under_way::Decided;
use crate::wish::Wish;

/// An instance whose lock is held: the only way to change its state.
///
/// The lock is given back when this is dropped.
///
/// ```
/// use inflight::store::MemoryStore;
///
/// inflight::workflow! {
///     workflow door {
///         initial state closed
///         state open
///         transition enter: closed -> open
///         transition leave: open -> closed
///     }
/// }
///
/// struct Hinge;
///
/// impl door::Actions for Hinge {
///     type Error = std::convert::Infallible;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let workflow = door::Workflow::open(MemoryStore::new(), "front", Hinge).await?;
/// let mut door = workflow.lock().await;
/// door.synchronize().await?; // carries on where a process died
///
/// // What is known at run time ..
/// if door.possible().any(|name| name == door::TransitionName::Enter) {
///     door.fire(door::Transition::Enter).cause("a guest").await?;
/// }
/// // .. and what is known when compiling: `enter` does not leave this state.
/// if let door::At::Open(open) = door.at()? {
///     open.leave().await?;
/// }
/// assert!(door.state().is_closed());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Methods that change the state refuse with nothing written, as each of them says. After
/// [`Error::Commit`] what is durable is unknown, and [`Error::Poisoned`] is all there is until
/// the instance is opened again; after [`Error::Closed`] too.
///
/// # Cancel safety
///
/// Dropping any future of this type is as safe as a crash: a commit that is under way
/// goes on, and whoever takes the lock next waits for its result; an action that was
/// running is interrupted, its transition stays in flight, and
/// [`Locked::synchronize`] is the way on. Until the next operation has waited for that commit,
/// what [`Locked::state`], [`Locked::inflight`] and [`Locked::at`] show is the record before it.
pub struct Locked<D: Definition, A> {
    pub(crate) instance: OwnedMutexGuard<Instance<D, A>>,
}

impl<D: Definition, A> Locked<D, A> {
    pub(crate) fn new(instance: OwnedMutexGuard<Instance<D, A>>) -> Self {
        Self { instance }
    }

    /// Waits for a commit that nobody waited for; what became of it shows in what is
    /// asked next.
    pub(crate) async fn settle(&mut self) {
        if let Err(error) = self.instance.settle().await {
            tracing::warn!(%error, "a commit that nobody waited for failed");
        }
    }

    /// The current state.
    pub fn state(&self) -> &D::State {
        &self.instance.record.state
    }

    /// The transition in flight. Before an operation this is what
    /// [`Locked::synchronize`] would carry on with.
    pub fn inflight(&self) -> Option<&Inflight<D>> {
        self.instance.record.inflight.as_ref()
    }

    /// The current record: the state with when it was entered, the transition in flight, and
    /// what an operator did.
    pub fn record(&self) -> &Record<D> {
        &self.instance.record
    }

    /// The implementation of the actions.
    pub fn actions(&self) -> &A {
        &self.instance.actions
    }

    /// The implementation of the actions, to change what it knows.
    pub fn actions_mut(&mut self) -> &mut A {
        &mut self.instance.actions
    }

    /// The transitions that callers may fire now, guards not asked: none while one is in
    /// flight.
    pub fn possible(&self) -> impl Iterator<Item = D::TransitionName> {
        let rests = self.inflight().is_none();
        self.instance.outgoing().filter(move |_| rests)
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Locked<D, A> {
    /// Fires a transition, its error transition if the action fails, and the automatic
    /// transitions that follow.
    ///
    /// Who fires has the lock until all of that is over, waits between attempts included, and
    /// who asks for it meanwhile waits. So what is in flight here is not carried out by anybody:
    /// its process died, its future was dropped, or it panicked. It is refused, for what comes
    /// next depends on what becomes of that: [`Locked::synchronize`] is the way on. An action
    /// that asks for the lock of its own instance would wait for itself: see
    /// [`Workflow::lock`](crate::Workflow::lock).
    ///
    /// # Errors
    ///
    /// [`Error::Interrupted`], [`Error::Parked`], [`Error::InvalidTransition`] and
    /// [`Error::GuardRefused`], with nothing written; [`Error::Commit`] when the store
    /// fails, and [`Error::Poisoned`] from then on. A failed action is not an error: the
    /// [`Outcome`] says what happened.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    pub fn fire(&mut self, transition: D::Transition) -> Fire<'_, D, A> {
        Fire::new(self, Wish::Transition(transition))
    }

    /// Fires the transition that an alias means in the current state.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidAlias`] where it means nothing, and those of [`Locked::fire`].
    pub fn fire_alias(&mut self, alias: D::Alias) -> Fire<'_, D, A> {
        Fire::new(self, Wish::Alias(alias))
    }

    /// Fires the one transition that leads from the current state to the named one.
    ///
    /// # Errors
    ///
    /// [`Error::NoWay`] where none leads there, [`Error::Ambiguous`] where several do,
    /// [`Error::InputsNeeded`] where it cannot be fired without inputs, and those of
    /// [`Locked::fire`].
    pub fn go_to(&mut self, state: D::StateName) -> Fire<'_, D, A> {
        Fire::new(self, Wish::State(state))
    }

    /// Carries on after an interruption. It brings activities in line with the record;
    /// then it deals with what is in flight, or, if nothing is, fires what is automatic;
    /// then it fires what has fallen due meanwhile. When all is well it does nothing and
    /// writes nothing, except that the first call for an instance whose initial state has
    /// timers writes down that they have begun.
    ///
    /// What was interrupted is dealt with as its `on interrupt` says. By default its action
    /// is run again, ten times at most. A transition that is interrupted once more takes its
    /// error transition, or is [`Parked`](crate::Verdict::Parked) if it has none. One that
    /// waited for its next attempt was not running: it waits for the rest of the time.
    ///
    /// # Errors
    ///
    /// [`Error::Commit`] when the store fails, and [`Error::Poisoned`] from then on.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    ///
    /// # Cancel safety
    ///
    /// As safe as a crash: see [`Locked`].
    pub async fn synchronize(&mut self) -> Result<Outcome<D>, Error> {
        self.instance.synchronize(false).await
    }

    /// Does what an operator decided of the transition in flight, be it parked, waiting
    /// for its next attempt, or not yet synchronized. The record that it leads to says so,
    /// with the cause that is given here, and what is run again has that cause.
    ///
    /// ```
    /// use inflight::Resolution;
    /// use inflight::store::MemoryStore;
    ///
    /// inflight::workflow! {
    ///     workflow switch {
    ///         initial state off
    ///         state on
    ///         action turn
    ///         transition turn_on: off -> on { do turn on interrupt ask }
    ///         transition turn_off: on -> off { do turn }
    ///     }
    /// }
    ///
    /// struct Stuck;
    ///
    /// impl switch::Actions for Stuck {
    ///     type Error = std::io::Error;
    ///
    ///     async fn turn(&mut self, _: &switch::Context) -> Result<(), std::io::Error> {
    ///         std::future::pending().await
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let workflow = switch::Workflow::open(MemoryStore::new(), "hall", Stuck).await?;
    /// let mut switch = workflow.lock().await;
    /// let second = std::time::Duration::from_secs(1);
    /// let turn = switch.fire(switch::Transition::TurnOn);
    /// assert!(tokio::time::timeout(second, turn).await.is_err()); // as if the process had died
    ///
    /// assert_eq!(switch.synchronize().await?.verdict, inflight::Verdict::Parked);
    /// switch.resolve(Resolution::Skip).await?; // somebody looked: it is on
    /// assert!(switch.state().is_on());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::NothingInflight`] if there is none, [`Error::ResultNeeded`] if it is to be
    /// skipped but its target needs what the action supplies, [`Error::Commit`] when the
    /// store fails, and [`Error::Poisoned`] from then on.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    pub fn resolve(&mut self, resolution: Resolution) -> Fire<'_, D, A> {
        Fire::new(self, Wish::Decided(Decided::Resolve(resolution)))
    }

    /// Sets the state, because an operator knows better. What is in flight is given up, the
    /// timers of the state begin, and activities follow; what is automatic there is fired by
    /// [`Locked::synchronize`]. No guard is asked and no action is run. The record says that
    /// it was set, with the cause that is given here.
    ///
    /// ```
    /// use inflight::store::{MemoryStore, Operation};
    ///
    /// inflight::workflow! {
    ///     workflow switch {
    ///         initial state off
    ///         state on { brightness: int }
    ///         transition turn_on(brightness: int): off -> on(brightness: brightness)
    ///         transition turn_off: on -> off
    ///     }
    /// }
    ///
    /// struct Lamp;
    ///
    /// impl switch::Actions for Lamp {
    ///     type Error = String;
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let workflow = switch::Workflow::open(MemoryStore::new(), "hall", Lamp).await?;
    /// let mut switch = workflow.lock().await;
    /// let found = switch::State::On { brightness: 7 };
    /// switch.set_state(found).cause("somebody turned it on by hand").await?;
    /// assert!(switch.state().is_on());
    ///
    /// let intervention = workflow.record().intervention.clone();
    /// assert_eq!(intervention.map(|it| it.operation), Some(Operation::SetState));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Commit`] when the store fails, [`Error::Poisoned`] from then on, and
    /// [`Error::Unwritable`] if a value of a type of the user's cannot be written.
    pub fn set_state(&mut self, state: D::State) -> Fire<'_, D, A> {
        Fire::new(self, Wish::Decided(Decided::Set(state)))
    }

    /// Starts and stops activities so that they match the record, without a look at what
    /// is in flight. [`Locked::synchronize`] begins with this, and it happens after every
    /// commit that is waited for; from then on also when the lock is taken after one that was
    /// not. A caller needs it to do something between the two. Once a commit has failed,
    /// or the instance is closed, it does nothing.
    ///
    /// # Cancel safety
    ///
    /// What was cut short is done again, before anybody else has the lock.
    pub async fn start_activities(&mut self) {
        if self.instance.sound().is_ok() {
            self.instance.align().await;
        }
    }

    /// Stops all activities that this process has started, in good order before it ends,
    /// say: dropping the instance stops nothing. After the next commit, or `synchronize`,
    /// they follow the record again.
    ///
    /// # Cancel safety
    ///
    /// What has not stopped when the future is dropped is stopped by the next call.
    pub async fn stop_activities(&mut self) {
        self.instance.stop_activities().await;
    }

    /// Brings activities in line with a commit that nobody waited for.
    pub(crate) async fn realign(&mut self) {
        self.instance.realign().await;
    }

    /// The current state as a type that offers only the transitions that leave it.
    ///
    /// # Errors
    ///
    /// [`Error::Interrupted`] or [`Error::Parked`] if a transition is in flight, and
    /// [`Error::Poisoned`] after a commit has failed.
    pub fn at(&mut self) -> Result<D::At<'_>, Error> {
        self.instance.sound()?;
        self.at_rest()?;
        Ok(D::at(self))
    }

    /// Refuses while a transition is in flight.
    pub(crate) fn at_rest(&self) -> Result<(), Error> {
        match self.instance.inflight_name() {
            Some(transition) => Err(self.instance.refused(transition, Refusal::Interrupted)),
            None => Ok(()),
        }
    }
}

impl<D: Definition, A> Drop for Locked<D, A> {
    fn drop(&mut self) {
        self.instance.shared.holder.set(None);
    }
}

impl<D: Definition, A> fmt::Debug for Locked<D, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Locked")
            .field("instance", &self.instance.shared.instance)
            .field("record", &self.instance.record)
            .field("holder", &self.instance.shared.holder.read())
            .finish_non_exhaustive()
    }
}
