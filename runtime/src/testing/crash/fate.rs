//! Where a process ends.

use std::fmt;
use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use tokio::sync::Notify;

use crate::work::Work;

/// No process comes to so many points unless it never ends.
const ENDLESS: usize = 100_000;

/// Where a process ends, and what it has come to.
#[derive(Debug)]
pub(crate) struct Fate {
    course: Mutex<Course>,
    /// Is told when the process is killed.
    killed: Notify,
}

#[derive(Debug)]
struct Course {
    /// The points so far.
    points: usize,
    /// The number of the point where it ends.
    ends_at: Option<usize>,
    end: Option<End>,
}

/// How a process ended before its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// At the point where it had to, as this says.
    Crashed(String),
    /// Its store failed, as this says: it lives until it returns.
    Failing(String),
    /// It ended itself.
    Itself,
    /// It came to more points than any process does that ends.
    Endless,
}

impl Fate {
    /// Of a process that ends at this point, counted from 1, after so many that were before
    /// its time.
    pub(super) fn new(ends_at: Option<usize>, points: usize) -> Arc<Self> {
        Arc::new(Self {
            course: Mutex::new(Course {
                points,
                ends_at,
                end: None,
            }),
            killed: Notify::new(),
        })
    }

    /// How many points it has come to.
    pub(super) fn points(&self) -> usize {
        self.course().points
    }

    /// How it ended, if it had to.
    pub(super) fn end(&self) -> Option<End> {
        self.course().end.clone()
    }

    /// Is ready when the process is killed.
    pub(super) async fn killed(&self) {
        self.killed.notified().await;
    }

    /// Ends the process at its own wish.
    pub(super) fn end_itself(&self) {
        self.course().end.get_or_insert(End::Itself);
        self.killed.notify_one();
    }

    /// Awaits the user's code: the process can end before it, wherever it waits, and after
    /// it, when nobody has heard what came of it.
    pub(crate) async fn during<T>(&self, work: Work, future: impl Future<Output = T>) -> T {
        self.pass(|| format!("killed before {work}")).await;
        let mut future = pin!(future);
        let mut waits = 0;
        let value = poll_fn(|context| {
            if self.is_killed() {
                return Poll::Pending;
            }
            let polled = future.as_mut().poll(context);
            if polled.is_pending() {
                waits += 1;
                self.kills(|| format!("killed in {work}, while it waits, the {}", nth(waits)));
            }
            polled
        })
        .await;
        self.pass(|| format!("killed after {work}")).await;
        value
    }

    /// A point at which the process can be killed.
    async fn pass(&self, told: impl FnOnce() -> String) {
        if self.kills(told) {
            pending().await
        }
    }

    /// Whether the process is dead: it is killed if it ends at this point.
    pub(super) fn kills(&self, told: impl FnOnce() -> String) -> bool {
        let ended = self.comes_to(|| End::Crashed(told()));
        if ended {
            self.killed.notify_one();
        }
        ended || self.is_killed()
    }

    /// Whether the store fails from now on: it does if the process ends at this point.
    pub(super) fn fails(&self, told: impl FnOnce() -> String) -> bool {
        self.comes_to(|| End::Failing(told()))
    }

    /// Whether the process lives no longer.
    pub(super) fn is_killed(&self) -> bool {
        !matches!(self.course().end, None | Some(End::Failing(_)))
    }

    /// Whether the store has failed.
    pub(super) fn is_failing(&self) -> bool {
        matches!(self.course().end, Some(End::Failing(_)))
    }

    fn comes_to(&self, end: impl FnOnce() -> End) -> bool {
        let mut course = self.course();
        if course.end.is_some() {
            return false;
        }
        course.points += 1;
        if course.points > ENDLESS {
            course.end = Some(End::Endless);
            self.killed.notify_one();
        } else if course.ends_at == Some(course.points) {
            course.end = Some(end());
            return true;
        }
        false
    }

    fn course(&self) -> MutexGuard<'_, Course> {
        self.course.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Crashed(told) | End::Failing(told) => f.write_str(told),
            End::Itself => f.write_str("ends itself"),
            End::Endless => f.write_str("never ends"),
        }
    }
}

/// `1st time`, `2nd time`, and so on.
fn nth(n: u32) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending} time")
}
