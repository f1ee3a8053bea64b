//! The instances of one workflow in a fleet.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::mem;
use std::panic::Location;
use std::pin::pin;
use std::sync::{Arc, Mutex};

use tokio::sync::Notify;

use crate::definition::{Definition, Dispatch};
use crate::error::OpenError;
use crate::locked::Locked;
use crate::race::before;
use crate::record::Record;
use crate::shared::locked;
use crate::store::InstanceId;
use crate::surroundings::{Member, Surroundings};
use crate::workflow::Workflow;

/// The instances of one workflow in a [`Fleet`](crate::Fleet), made by
/// [`Fleet::register`](crate::Fleet::register).
///
/// Clones are the same instances.
pub struct Members<D: Definition, A> {
    roster: Arc<Roster<D, A>>,
}

struct Roster<D: Definition, A> {
    around: Arc<Surroundings>,
    workflow: u32,
    /// The workflow's name, which all its instances share.
    name: Arc<str>,
    actions: Box<Actions<A>>,
    slots: Mutex<Slots<D, A>>,
    observers: Mutex<Vec<Observer<D>>>,
    /// Wakes whoever waits for an instance that somebody opens.
    opened: Notify,
}

/// Makes the implementation of the actions for an instance.
type Actions<A> = dyn Fn(&str) -> A + Send + Sync;

/// Is shown the records of all instances, each with the instance's name.
type Observer<D> = Arc<dyn Fn(&str, &Record<D>) + Send + Sync>;

struct Slots<D: Definition, A> {
    names: BTreeMap<Arc<str>, Slot>,
    open: HashMap<u64, Workflow<D, A>>,
    next: u64,
}

/// What there is of a name.
#[derive(Clone, Copy)]
struct Slot {
    /// Which one is open, be it that somebody closes it.
    open: Option<u64>,
    /// Whether somebody opens or closes it.
    busy: bool,
}

/// What there is for a name.
enum Found<D: Definition, A> {
    Open(Workflow<D, A>),
    /// Somebody else opens or closes it.
    Busy,
    /// It is the caller's turn to; what is open is to be closed before.
    Turn(Turn<D, A>, Option<Workflow<D, A>>),
}

/// The right to open or close the instance of a name, until it is dropped.
struct Turn<D: Definition, A> {
    roster: Arc<Roster<D, A>>,
    instance: InstanceId,
    /// What is open when it ends.
    open: Option<u64>,
}

impl<D: Dispatch<A>, A: Send + 'static> Members<D, A> {
    pub(super) fn new(around: Arc<Surroundings>, workflow: u32, actions: Box<Actions<A>>) -> Self {
        let slots = Slots {
            names: BTreeMap::new(),
            open: HashMap::new(),
            next: 0,
        };
        Self {
            roster: Arc::new(Roster {
                around,
                workflow,
                name: D::TABLES.workflow.into(),
                actions,
                slots: Mutex::new(slots),
                observers: Mutex::default(),
                opened: Notify::new(),
            }),
        }
    }

    /// Opens the instance of this name, as [`Workflow::open`] does, or hands out the one
    /// that is open in the fleet. One whose commit failed, or that was closed, is opened
    /// anew, as soon as nobody holds its lock.
    ///
    /// # Errors
    ///
    /// As [`Workflow::open`], and [`OpenError::Closed`] once the fleet shuts down.
    ///
    /// # Cancel safety
    ///
    /// The instance is open, or it is not.
    pub async fn open(&self, name: &str) -> Result<Workflow<D, A>, OpenError> {
        loop {
            let opened = pin!(self.roster.opened.notified());
            let around = &self.roster.around;
            if around.is_closing() {
                return Err(self.closed(name));
            }
            match self.roster.find(name, Workflow::is_sound) {
                Found::Open(workflow) => return Ok(workflow),
                Found::Busy => {
                    before(opened, Box::pin(around.until_closing())).await;
                }
                Found::Turn(mut turn, spoilt) => {
                    if let Some(spoilt) = spoilt {
                        turn.close(spoilt).await;
                    }
                    return self.open_anew(turn).await;
                }
            }
        }
    }

    /// Opens the instance of this name, if it is not open, and waits for its lock.
    ///
    /// One whose commit failed is opened anew as soon as nobody holds its lock: a task that
    /// still has it in hand waits for itself, so drop it before.
    ///
    /// # Errors
    ///
    /// As [`Members::open`].
    ///
    /// # Cancel safety
    ///
    /// As [`Members::open`] and [`Workflow::lock`].
    #[track_caller]
    pub fn lock(
        &self,
        name: &str,
    ) -> impl Future<Output = Result<Locked<D, A>, OpenError>> + Send + use<D, A> {
        let location = Location::caller();
        let (members, name) = (self.clone(), name.to_owned());
        async move {
            let workflow = members.open(&name).await?;
            let lock = workflow.lock_from(location);
            let closing = members.roster.around.until_closing();
            let locked = before(lock, Box::pin(closing)).await;
            locked.ok_or_else(|| OpenError::Closed {
                instance: workflow.instance().clone(),
            })
        }
    }

    /// Has every record of the instances that are opened from now on shown to `observer`,
    /// with the instance's name, as [`Workflow::observe`] does.
    pub fn observe(&self, observer: impl Fn(&str, &Record<D>) + Send + Sync + 'static) {
        locked(&self.roster.observers).push(Arc::new(observer));
    }

    /// The instances that are open, those that somebody waits to close included, sorted by
    /// name.
    pub fn list(&self) -> Vec<Workflow<D, A>> {
        let slots = locked(&self.roster.slots);
        let numbers = slots.names.values().filter_map(|slot| slot.open);
        let open = numbers.filter_map(|number| slots.open.get(&number));
        open.cloned().collect()
    }

    /// Closes the instance of this name, as [`Workflow::close`] does, if it is open.
    /// Returns whether it was.
    ///
    /// # Cancel safety
    ///
    /// As [`Workflow::close`].
    pub async fn close(&self, name: &str) -> bool {
        loop {
            let opened = pin!(self.roster.opened.notified());
            match self.roster.find(name, |_| false) {
                Found::Busy => opened.await,
                Found::Turn(mut turn, Some(workflow)) => {
                    turn.close(workflow).await;
                    return true;
                }
                Found::Turn(_, None) | Found::Open(_) => return false,
            }
        }
    }

    async fn open_anew(&self, mut turn: Turn<D, A>) -> Result<Workflow<D, A>, OpenError> {
        let roster = &self.roster;
        let actions = (roster.actions)(&turn.instance.instance);
        let number = locked(&roster.slots).number();
        let member = Member {
            workflow: roster.workflow,
            instance: number,
        };
        let around = Arc::clone(&roster.around);
        let open = Workflow::open_in(around, turn.instance.clone(), actions, Some(member));
        let workflow = open.await?;
        for observer in locked(&roster.observers).clone() {
            let name = Arc::clone(&turn.instance.instance);
            workflow.observe(move |record| observer(&name, record));
        }
        let mut slots = locked(&roster.slots);
        // With the slots locked: a shutdown either sees it, or is seen.
        if roster.around.is_closing() {
            return Err(self.closed(&turn.instance.instance));
        }
        slots.open.insert(number, workflow.clone());
        drop(slots);
        turn.open = Some(number);
        roster.around.changes.add(member);
        Ok(workflow)
    }

    fn closed(&self, name: &str) -> OpenError {
        OpenError::Closed {
            instance: self.id(name),
        }
    }

    pub(super) fn id(&self, name: &str) -> InstanceId {
        InstanceId::new(Arc::clone(&self.roster.name), name)
    }

    /// The instances that are open, in no order.
    pub(super) fn numbers(&self) -> Vec<Member> {
        let workflow = self.roster.workflow;
        let slots = locked(&self.roster.slots);
        let numbers = slots.open.keys();
        numbers
            .map(|&instance| Member { workflow, instance })
            .collect()
    }

    /// The instance of this name, if it is open. Somebody may be about to close it.
    pub(super) fn named(&self, name: &str) -> Option<Workflow<D, A>> {
        let slots = locked(&self.roster.slots);
        let number = slots.names.get(name)?.open?;
        slots.open.get(&number).cloned()
    }

    pub(super) fn numbered(&self, member: Member) -> Option<Workflow<D, A>> {
        locked(&self.roster.slots)
            .open
            .get(&member.instance)
            .cloned()
    }

    /// Lets go of all instances.
    pub(super) fn clear(&self) {
        let mut slots = locked(&self.roster.slots);
        let open = mem::take(&mut slots.open);
        slots.names.retain(|_, slot| slot.busy);
        drop(slots);
        drop(open);
    }
}

impl<D: Definition, A> Slots<D, A> {
    /// A number that no other instance has, or ever had.
    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

impl<D: Definition, A> Roster<D, A> {
    /// What there is for a name; what is open and not wanted is to be closed.
    fn find(
        self: &Arc<Self>,
        name: &str,
        wanted: impl FnOnce(&Workflow<D, A>) -> bool,
    ) -> Found<D, A> {
        let mut slots = locked(&self.slots);
        let slot = slots.names.get(name).copied();
        if slot.is_some_and(|slot| slot.busy) {
            return Found::Busy;
        }
        let number = slot.and_then(|slot| slot.open);
        let open = number.and_then(|number| slots.open.get(&number).cloned());
        match open {
            Some(workflow) if wanted(&workflow) => Found::Open(workflow),
            open => {
                let instance = InstanceId::new(Arc::clone(&self.name), name);
                let slot = Slot {
                    open: number,
                    busy: true,
                };
                slots.names.insert(Arc::clone(&instance.instance), slot);
                let turn = Turn {
                    roster: Arc::clone(self),
                    instance,
                    open: number,
                };
                Found::Turn(turn, open)
            }
        }
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Turn<D, A> {
    /// Closes what is open. Should this be dropped before its end, it still is.
    async fn close(&mut self, workflow: Workflow<D, A>) {
        workflow.close().await;
        if let Some(number) = self.open.take() {
            let closed = locked(&self.roster.slots).open.remove(&number);
            // Not with the slots locked: an action's implementation may go with it.
            drop(closed);
        }
    }
}

impl<D: Definition, A> Drop for Turn<D, A> {
    fn drop(&mut self) {
        let name = &self.instance.instance;
        let mut slots = locked(&self.roster.slots);
        match self.open {
            None => slots.names.remove(name),
            open => {
                let slot = Slot { open, busy: false };
                slots.names.insert(Arc::clone(name), slot)
            }
        };
        drop(slots);
        self.roster.opened.notify_waiters();
    }
}

impl<D: Definition, A> Clone for Members<D, A> {
    fn clone(&self) -> Self {
        Self {
            roster: Arc::clone(&self.roster),
        }
    }
}

impl<D: Definition, A> fmt::Debug for Members<D, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = locked(&self.roster.slots).open.len();
        f.debug_struct("Members")
            .field("workflow", &D::TABLES.workflow)
            .field("open", &open)
            .finish_non_exhaustive()
    }
}
