//! Who holds a lock.

use std::fmt;
use std::future::poll_fn;
use std::panic::Location;
use std::sync::Mutex;
use std::task::{Poll, Waker};
use std::time::SystemTime;

use crate::shared::locked;

/// Who holds the lock of an instance, since when, and from which line of code.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The task or thread.
    pub who: String,
    /// Since when.
    pub since: SystemTime,
    /// Where the lock was asked for.
    pub location: &'static Location<'static>,
    waker: Waker,
}

impl Holder {
    /// The task that awaits this, as the holder of a lock asked for at `location`.
    pub(crate) async fn here(since: SystemTime, location: &'static Location<'static>) -> Self {
        let waker = poll_fn(|context| Poll::Ready(context.waker().clone())).await;
        Self {
            who: who(),
            since,
            location,
            waker,
        }
    }

    /// Whether both are one task, as far as one can tell.
    pub(crate) fn is_same_task(&self, other: &Self) -> bool {
        self.waker.will_wake(&other.waker) && self.who == other.who
    }
}

fn who() -> String {
    match tokio::task::try_id() {
        Some(task) => format!("task {task}"),
        None => match std::thread::current().name() {
            Some(name) => format!("thread `{name}`"),
            None => format!("{:?}", std::thread::current().id()),
        },
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = humantime::format_rfc3339_millis(self.since);
        write!(f, "{} since {since}, from {}", self.who, self.location)
    }
}

/// Where the present holder of a lock is written down; small, for most locks are free.
#[derive(Debug, Default)]
pub(crate) struct HolderSlot(Mutex<Option<Box<Holder>>>);

impl HolderSlot {
    pub(crate) fn set(&self, holder: Option<Holder>) {
        *locked(&self.0) = holder.map(Box::new);
    }

    pub(crate) fn read(&self) -> Option<Holder> {
        locked(&self.0).as_deref().cloned()
    }
}
