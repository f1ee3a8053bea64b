//! What is known of an instance without its lock.

use std::mem;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::definition::Definition;
use crate::error::Error;
use crate::holder::HolderSlot;
use crate::observer::show;
use crate::record::Record;
use crate::store::{InstanceId, StoreError};
use crate::surroundings::{Member, Surroundings};
use crate::under_way::{Ends, UnderWay};

/// What is known of an instance without its lock.
pub(crate) struct Shared<D: Definition> {
    pub(crate) instance: InstanceId,
    pub(crate) around: Arc<Surroundings>,
    /// Which one it is of its fleet, if it has one.
    member: Option<Member>,
    pub(crate) holder: HolderSlot,
    current: Mutex<Current<D>>,
    /// Wakes whoever waits for another record, or for an operation to begin.
    news: Notify,
    pub(crate) under_way: UnderWay<D>,
}

struct Current<D: Definition> {
    /// The record that was last known to be durable.
    record: Arc<Record<D>>,
    standing: Standing,
    observers: Vec<Observer<D>>,
}

/// Whether anything more can be done with an instance in this process.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    Sound,
    /// A commit has failed.
    Poisoned(Box<StoreError>),
    /// Its claim was given back.
    Closed,
}

/// Is told of each record after it is durable.
type Observer<D> = Arc<dyn Fn(&Record<D>) + Send + Sync>;

impl<D: Definition> Shared<D> {
    pub(crate) fn new(
        instance: InstanceId,
        around: Arc<Surroundings>,
        member: Option<Member>,
        record: Arc<Record<D>>,
    ) -> Self {
        Self {
            instance,
            around,
            member,
            holder: HolderSlot::default(),
            current: Mutex::new(Current {
                record,
                standing: Standing::Sound,
                observers: Vec::new(),
            }),
            news: Notify::new(),
            under_way: UnderWay::default(),
        }
    }

    /// The record that was last known to be durable.
    pub(crate) fn record(&self) -> Arc<Record<D>> {
        Arc::clone(&self.current().record)
    }

    pub(crate) fn standing(&self) -> Standing {
        self.current().standing.clone()
    }

    /// Refuses once a commit has failed, or nothing more may begin.
    pub(crate) fn sound(&self) -> Result<(), Error> {
        let instance = || self.instance.clone();
        match &self.current().standing {
            Standing::Poisoned(source) => Err(Error::Poisoned {
                instance: instance(),
                source: source.clone(),
            }),
            Standing::Sound if !self.around.is_closing() => Ok(()),
            Standing::Sound | Standing::Closed => Err(Error::Closed {
                instance: instance(),
            }),
        }
    }

    /// Has a record that is durable known, and shown to observers.
    pub(crate) fn adopt(&self, record: &Arc<Record<D>>) {
        let mut current = self.current();
        let before = mem::replace(&mut current.record, Arc::clone(record));
        // Cloned, so that an observer may add another.
        let observers = current.observers.clone();
        drop(current);
        drop(before);
        self.tell();
        for observer in observers {
            show(|| observer(record));
        }
    }

    pub(crate) fn stand(&self, standing: Standing) {
        self.current().standing = standing;
        self.tell();
    }

    /// Wakes whoever waits for news, to look again.
    pub(crate) fn tell(&self) {
        self.news.notify_waiters();
        if let Some(member) = self.member {
            self.around.changes.add(member);
        }
    }

    /// An operation begins, with this record; it can be handed decisions.
    pub(crate) fn begin(&self, record: &Record<D>) -> Ends<'_, D> {
        let ends = self.under_way.begin();
        if record.goes_on() {
            self.news.notify_waiters();
        }
        ends
    }

    /// Waits until `condition` holds, which is asked again with all news.
    pub(crate) async fn until(&self, mut condition: impl FnMut(&Self) -> bool) {
        loop {
            // Before it is asked, so that nothing is missed between the two.
            let news = pin!(self.news.notified());
            if condition(self) {
                return;
            }
            news.await;
        }
    }

    pub(crate) fn observe(&self, observer: Observer<D>) {
        self.current().observers.push(observer);
    }

    fn current(&self) -> MutexGuard<'_, Current<D>> {
        locked(&self.current)
    }
}

/// What a mutex protects, whoever panicked with it: nothing here is left half done.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
