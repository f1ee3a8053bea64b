//! A living instance of a workflow.

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use tracing::Instrument;

use crate::backoff::{self, Random};
use crate::clock::{Clock, TokioClock};
use crate::definition::{Definition, Dispatch};
use crate::engine::Resolution;
use crate::error::{LockTimeout, OpenError};
use crate::holder::Holder;
use crate::instance::Instance;
use crate::locked::Locked;
use crate::race::before;
use crate::record::Record;
use crate::shared::{Shared, Standing};
use crate::store::{InstanceId, Store};
use crate::surroundings::{Member, Surroundings};
use crate::under_way::Decided;
use crate::work::Tested;

/// A living instance of a workflow: whoever wants to change its state takes its lock.
///
/// Clones are the same instance. The claim on the instance is given back when the
/// last clone and the last [`Locked`] are dropped.
///
/// `workflow!` generates an alias of this for each workflow, such as `unit::Workflow`.
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
/// workflow.observe(|record| println!("{}", record.state.name()));
///
/// let guest = workflow.clone();
/// let task = tokio::spawn(async move {
///     let mut door = guest.lock().await; // nobody else changes it meanwhile
///     door.fire(door::Transition::Enter).await
/// });
/// assert!(task.await??.is_completed());
/// assert!(workflow.state().is_open()); // reading never waits
/// # Ok(())
/// # }
/// ```
pub struct Workflow<D: Definition, A> {
    pub(crate) shared: Arc<Shared<D>>,
    instance: Arc<tokio::sync::Mutex<Instance<D, A>>>,
}

/// How to open an instance, where the defaults do not fit.
///
/// ```
/// use inflight::Options;
/// use inflight::testing::HandClock;
///
/// let clock = HandClock::new();
/// let options = Options::new().clock(clock.clone()).random(|| 0);
/// ```
#[derive(Clone)]
pub struct Options {
    clock: Option<Arc<dyn Clock>>,
    random: Arc<Random>,
    pub(crate) tested: Tested,
}

impl Options {
    /// The defaults: time from [`TokioClock`], or from
    /// [`ThreadClock`](crate::blocking::ThreadClock) for callers that block, and chance from
    /// the system.
    pub fn new() -> Self {
        Self {
            clock: None,
            random: Arc::new(backoff::system()),
            tested: Tested::default(),
        }
    }

    /// Where to get time from.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// Where to get chance from: 64 evenly distributed bits with each call. They spread
    /// the waits between attempts, of which half is certain and half is left to chance.
    #[must_use]
    pub fn random(mut self, random: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.random = Arc::new(random);
        self
    }

    /// What the instances of this store have around them, with this clock unless another
    /// was chosen.
    pub(crate) fn around(self, store: impl Store, clock: impl Clock) -> Arc<Surroundings> {
        let clock = self.clock.unwrap_or_else(|| Arc::new(clock));
        Surroundings::new(Arc::new(store), clock, self.random, self.tested)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Workflow<D, A> {
    /// Opens an instance: claims it, and reads its record. One that has no record is
    /// in the initial state. Nothing is written, and nothing is run:
    /// [`Locked::synchronize`] does that.
    ///
    /// # Errors
    ///
    /// When the store refuses, when the instance is open already, or when its record
    /// does not fit the workflow.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives the claim back.
    pub async fn open(
        store: impl Store,
        instance: impl Into<Arc<str>>,
        actions: A,
    ) -> Result<Self, OpenError> {
        Self::open_with(store, instance, actions, Options::new()).await
    }

    /// Opens an instance, as [`Workflow::open`] does, with other options.
    ///
    /// # Errors
    ///
    /// As [`Workflow::open`].
    ///
    /// # Cancel safety
    ///
    /// As [`Workflow::open`].
    pub async fn open_with(
        store: impl Store,
        instance: impl Into<Arc<str>>,
        actions: A,
        options: Options,
    ) -> Result<Self, OpenError> {
        Self::open_in(
            options.around(store, TokioClock),
            InstanceId::new(D::TABLES.workflow, instance),
            actions,
            None,
        )
        .await
    }

    /// Opens an instance in these surroundings, which may be those of a fleet.
    pub(crate) async fn open_in(
        around: Arc<Surroundings>,
        instance: InstanceId,
        actions: A,
        member: Option<Member>,
    ) -> Result<Self, OpenError> {
        if member.is_none() {
            around.declare::<D>().await;
        }
        let mut claim = around.store.claim(&instance).await?;
        let record = match claim.record.take() {
            None => Record::initial(),
            Some(stored) => {
                let state = stored.state.to_string();
                Record::try_from(stored).map_err(|source| OpenError::Record {
                    instance: instance.clone(),
                    state,
                    source: Box::new(source),
                })?
            }
        };
        let record = Arc::new(record);
        let shared = Arc::new(Shared::new(instance, around, member, Arc::clone(&record)));
        let instance = Instance::new(Arc::clone(&shared), actions, record, claim);
        Ok(Self {
            shared,
            instance: Arc::new(tokio::sync::Mutex::new(instance)),
        })
    }

    /// Closes the instance in good order: waits for the lock, stops its activities and gives
    /// its claim back. Nothing more is begun with it in this process: it can be opened again,
    /// here or elsewhere. What was in flight still is.
    ///
    /// Dropping the last clone gives the claim back too, but lets activities run on.
    ///
    /// # Cancel safety
    ///
    /// The instance is closed, or it is not.
    #[track_caller]
    pub fn close(&self) -> impl Future<Output = ()> + Send + use<D, A> {
        let lock = self.lock();
        async move {
            let mut locked = lock.await;
            locked.stop_activities().await;
            locked.instance.close();
        }
    }

    /// Waits for the lock: first come, first served.
    ///
    /// A task that asks for a lock it holds would wait for itself; a warning then
    /// names both lines of code, and [`Workflow::lock_timeout`] gets out of it.
    ///
    /// If a commit is under way that nobody waits for any more, this waits for its
    /// result too.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses the place in the queue, and nothing else.
    #[track_caller]
    pub fn lock(&self) -> impl Future<Output = Locked<D, A>> + Send + use<D, A> {
        self.lock_from(Location::caller())
    }

    /// Waits for the lock on behalf of the code at this location.
    pub(crate) fn lock_from(
        &self,
        location: &'static Location<'static>,
    ) -> impl Future<Output = Locked<D, A>> + Send + use<D, A> {
        let shared = Arc::clone(&self.shared);
        let instance = Arc::clone(&self.instance);
        let span = tracing::debug_span!("lock", instance = %shared.instance, %location);
        let waiting = async move {
            let mut holder = Holder::here(shared.around.clock.now(), location).await;
            let guard = match Arc::clone(&instance).try_lock_owned() {
                Ok(guard) => guard,
                Err(_) => {
                    report_wait(&shared, &holder);
                    instance.lock_owned().await
                }
            };
            let mut locked = Locked::new(guard);
            locked.settle().await;
            // Not before: who still waits for a commit must not be told that it holds the
            // lock itself.
            holder.since = shared.around.clock.now();
            shared.holder.set(Some(holder));
            locked.realign().await;
            locked
        };
        waiting.instrument(span)
    }

    /// Waits for the lock, but not longer than this.
    ///
    /// # Errors
    ///
    /// When the time is up; the error names the holder.
    ///
    /// # Panics
    ///
    /// With the default clock, outside a tokio runtime with time enabled.
    ///
    /// # Cancel safety
    ///
    /// As [`Workflow::lock`].
    #[track_caller]
    pub fn lock_timeout(
        &self,
        timeout: Duration,
    ) -> impl Future<Output = Result<Locked<D, A>, LockTimeout>> + Send + use<D, A> {
        let lock = self.lock();
        let shared = Arc::clone(&self.shared);
        async move {
            let locked = before(lock, shared.around.clock.sleep(timeout)).await;
            locked.ok_or_else(|| LockTimeout {
                instance: shared.instance.clone(),
                waited: timeout,
                holder: shared.holder.read(),
            })
        }
    }
}

impl<D: Definition, A> Workflow<D, A> {
    /// Which instance of which workflow.
    pub fn instance(&self) -> &InstanceId {
        &self.shared.instance
    }

    /// Whether anything more can be done with it in this process.
    pub(crate) fn is_sound(&self) -> bool {
        matches!(self.shared.standing(), Standing::Sound)
    }

    /// The current state. Never waits; it may change as soon as this returns, unless
    /// the caller holds the lock.
    pub fn state(&self) -> D::State {
        self.record().state.clone()
    }

    /// The current record: the last one that this process knows to be durable. Never
    /// waits.
    pub fn record(&self) -> Arc<Record<D>> {
        self.shared.record()
    }

    /// Has a failed action that waits for its next attempt tried again at once. Returns
    /// whether there was one: the lock is held while it waits, so this needs none.
    ///
    /// [`Workflow::carry_out`] can do more: abandon it, say, and have the history say why.
    /// What waits in the record alone, because the process died meanwhile, is carried on
    /// by [`Locked::synchronize`], or at once by [`Locked::resolve`].
    pub fn retry_now(&self) -> bool {
        let (record, retry) = (self.record(), Decided::Resolve(Resolution::Retry));
        let under_way = &self.shared.under_way;
        record.is_waiting() && under_way.hand(record.version, retry, None).is_some()
    }

    /// Has every record from now on shown to `observer`, after it is durable and
    /// before anything else happens. The observer is called with the lock held: it
    /// must not wait. If it panics, that is told as an error of the crate `tracing`, and
    /// nothing else comes of it: what it was shown is durable.
    pub fn observe(&self, observer: impl Fn(&Record<D>) + Send + Sync + 'static) {
        self.shared.observe(Arc::new(observer));
    }
}

fn report_wait<D: Definition>(shared: &Shared<D>, waiter: &Holder) {
    let Some(holder) = shared.holder.read() else {
        return;
    };
    if holder.is_same_task(waiter) {
        tracing::warn!(%holder, location = %waiter.location, "waiting for a lock that the same task holds");
    } else {
        tracing::debug!(%holder, "waiting for the lock");
    }
}

impl<D: Definition, A> Clone for Workflow<D, A> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            instance: Arc::clone(&self.instance),
        }
    }
}

impl<D: Definition, A> fmt::Debug for Workflow<D, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workflow")
            .field("instance", &self.shared.instance)
            .field("record", &self.record())
            .field("holder", &self.shared.holder.read())
            .finish_non_exhaustive()
    }
}
