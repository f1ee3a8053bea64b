//! Many instances, of several workflows, in one store.
//!
//! - `members` opens the instances of one workflow, each once;
//! - `group` is what the fleet asks of them, whichever workflow they are of;
//! - `recovery` opens and synchronizes all that the store has;
//! - `run` fires what falls due, by one `schedule`;
//! - `shutdown` ends it in good order;
//! - `event` and `summary` are what is told of an instance.

mod error;
mod event;
mod group;
mod members;
mod recovery;
mod run;
mod schedule;
mod shutdown;
mod summary;

use std::fmt;
use std::sync::{Arc, Mutex};

use crate::clock::TokioClock;
use crate::definition::Dispatch;
use crate::observer::show;
use crate::shared::locked;
use crate::store::{InstanceId, Store};
use crate::surroundings::Surroundings;
use crate::workflow::Options;

use self::group::Group;

pub use error::FleetError;
pub use event::{Event, EventKind};
pub use members::Members;
pub use recovery::{Progress, Recovery};
pub use shutdown::{Left, Shutdown};
pub use summary::Summary;

/// Many instances, of several workflows, in one store: opens each once, recovers them
/// after a restart, fires what falls due, and ends in good order.
///
/// ```
/// use std::time::Duration;
///
/// use inflight::Fleet;
/// use inflight::store::MemoryStore;
///
/// inflight::workflow! {
///     workflow lease {
///         initial state free
///         state taken
///         action tell(what: string)
///         transition take: free -> taken { do tell(what: "taken") }
///         transition lapse: taken -> free { after 1h do tell(what: "lapsed") }
///     }
/// }
///
/// struct Clerk {
///     room: String,
/// }
///
/// impl lease::Actions for Clerk {
///     type Error = String;
///
///     async fn tell(&mut self, what: String, _: &lease::Context) -> Result<(), String> {
///         println!("{} is {what}", self.room);
///         Ok(())
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let store = MemoryStore::new(); // SqliteStore::open("state.db")? for what must last
/// let fleet = Fleet::new(store);
/// let leases = fleet.register::<lease::Definition, _>(|room| Clerk { room: room.to_owned() })?;
///
/// let running = tokio::spawn(fleet.run());
/// let recovery = fleet.recover(64, |progress| println!("{progress}")).await?;
/// println!("{recovery}");
///
/// let mut lease = leases.lock("room-7").await?;
/// lease.fire(lease::Transition::Take).await?;
/// drop(lease);
/// tokio::time::sleep(Duration::from_secs(3_601)).await;
/// assert!(leases.open("room-7").await?.state().is_free());
///
/// let shutdown = fleet.shutdown(Duration::from_secs(30)).await;
/// assert!(shutdown.left.is_empty(), "{shutdown}");
/// running.await??;
/// # Ok(())
/// # }
/// ```
///
/// A daemon calls these in this order:
///
/// 1. [`Fleet::register`], once for each workflow, and [`Fleet::observe`];
/// 2. [`Fleet::run`], as a task: timers and what operators ask for wait for nobody;
/// 3. [`Fleet::recover`], beside it: what a process left behind is carried on with. An action
///    that hangs keeps it from ending, so the signal is listened for meanwhile, and nothing
///    else need wait for it either: what is fired waits for the lock of its instance alone;
/// 4. [`Fleet::shutdown`] at a signal, then await the task.
///
/// ```no_run
/// # use std::time::Duration;
/// # use inflight::Fleet;
/// # async fn daemon(
/// #     fleet: Fleet,
/// #     signal: impl Future<Output = ()>,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// let mut running = tokio::spawn(fleet.run());
/// let work = async {
///     println!("{}", fleet.recover(64, |_| {}).await?);
///     // Whatever fires transitions goes here, or beside it.
///     std::future::pending::<Result<(), inflight::fleet::FleetError>>().await
/// };
/// tokio::select! {
///     ended = &mut running => return Ok(ended??), // the store has failed: end, and start anew
///     failed = work => failed?,
///     () = signal => {} // tokio::signal::ctrl_c(), say
/// }
/// println!("{}", fleet.shutdown(Duration::from_secs(30)).await);
/// running.await??;
/// # Ok(())
/// # }
/// ```
///
/// Clones are the same fleet.
#[derive(Clone)]
pub struct Fleet {
    pub(crate) around: Arc<Surroundings>,
    pub(crate) parts: Arc<Parts>,
}

/// What a fleet has besides the surroundings of its instances.
pub(crate) struct Parts {
    groups: Mutex<Vec<Arc<dyn Group>>>,
    observers: Mutex<Vec<Observer>>,
}

/// Is told what happens to instances.
type Observer = Arc<dyn Fn(&Event) + Send + Sync>;

impl Fleet {
    /// A fleet whose instances are kept in this store. Nothing is opened yet.
    pub fn new(store: impl Store) -> Self {
        Self::with(store, Options::new())
    }

    /// A fleet, as [`Fleet::new`] makes it, with other options.
    pub fn with(store: impl Store, options: Options) -> Self {
        Self::around(options.around(store, TokioClock))
    }

    pub(crate) fn around(around: Arc<Surroundings>) -> Self {
        Self {
            around,
            parts: Arc::new(Parts {
                groups: Mutex::default(),
                observers: Mutex::default(),
            }),
        }
    }

    /// Has instances of a workflow in the fleet. `actions` makes the implementation of the
    /// actions for the instance of a name, when it is opened. The fleet keeps it: if it holds
    /// the fleet, or what this returns, neither is ever dropped, and the store stays open until
    /// [`Fleet::shutdown`] or the end of the process. What the actions need of the fleet is
    /// better sent to a task that has it.
    ///
    /// # Errors
    ///
    /// [`FleetError::Registered`] if the workflow is in the fleet already, or another of its
    /// name is.
    pub fn register<D, A>(
        &self,
        actions: impl Fn(&str) -> A + Send + Sync + 'static,
    ) -> Result<Members<D, A>, FleetError>
    where
        D: Dispatch<A>,
        A: Send + 'static,
    {
        let workflow = D::TABLES.workflow;
        let mut groups = locked(&self.parts.groups);
        let number = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        if number == u32::MAX || groups.iter().any(|group| group.workflow() == workflow) {
            return Err(FleetError::Registered { workflow });
        }
        let members = Members::new(Arc::clone(&self.around), number, Box::new(actions));
        groups.push(Arc::new(members.clone()));
        // It is under way, and nobody need wait for it: whatever is asked of the store comes after.
        drop(self.around.declare::<D>());
        Ok(members)
    }

    /// What is open, sorted by workflow in the order of registration, then by name.
    pub fn list(&self) -> Vec<Summary> {
        let groups = self.groups();
        groups.iter().flat_map(|group| group.list()).collect()
    }

    /// Has what [`Fleet::recover`] and [`Fleet::run`] do with instances told to `observer`,
    /// from now on: it must not wait. If it panics, that is told as an error of the crate
    /// `tracing`, and all else goes on. What callers do with the lock in their hands they are
    /// told themselves; records are shown by [`Workflow::observe`].
    ///
    /// [`Workflow::observe`]: crate::Workflow::observe
    pub fn observe(&self, observer: impl Fn(&Event) + Send + Sync + 'static) {
        locked(&self.parts.observers).push(Arc::new(observer));
    }

    fn groups(&self) -> Vec<Arc<dyn Group>> {
        locked(&self.parts.groups).clone()
    }

    /// The instances that this one is of, if its workflow is in the fleet.
    fn group_of(&self, instance: &InstanceId) -> Option<Arc<dyn Group>> {
        let groups = locked(&self.parts.groups);
        let mut groups = groups.iter();
        let group = groups.find(|group| *group.workflow() == *instance.workflow);
        group.cloned()
    }

    fn group(&self, workflow: u32) -> Option<Arc<dyn Group>> {
        let groups = locked(&self.parts.groups);
        groups.get(usize::try_from(workflow).ok()?).cloned()
    }

    fn tell(&self, event: &Event) {
        event.trace();
        // Cloned, so that an observer may add another.
        let observers = locked(&self.parts.observers).clone();
        for observer in observers {
            show(|| observer(event));
        }
    }
}

impl fmt::Debug for Fleet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let groups = self.groups();
        let workflows = groups.iter().map(|group| group.workflow());
        f.debug_struct("Fleet")
            .field("workflows", &workflows.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
