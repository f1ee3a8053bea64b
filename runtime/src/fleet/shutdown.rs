//! Ends a fleet in good order.

use std::fmt;
use std::future::{Future, poll_fn};
use std::task::Poll;
use std::time::Duration;

use crate::crowd::{Crowd, caught};
use crate::fleet::Fleet;
use crate::fleet::summary::Summary;
use crate::holder::Holder;

/// How many instances are closed at a time.
const AT_A_TIME: usize = 1024;

/// What came of [`Fleet::shutdown`].
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Shutdown {
    /// How many instances were closed: their activities have stopped, and their claims were
    /// given back.
    pub closed: usize,
    /// The instances that have something in flight, closed or not, and those that could not be
    /// closed in time.
    pub left: Vec<Left>,
}

/// An instance that a shutdown leaves with something to do.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Left {
    /// Where it is.
    pub summary: Summary,
    /// Whether it was closed: if not, it was under way when the time was up, and still is if
    /// somebody else waits for it.
    pub closed: bool,
    /// Who held its lock when the time was up.
    pub holder: Option<Holder>,
}

impl Fleet {
    /// Ends the fleet in good order. From now on no instance is opened and nothing new
    /// begins: operations are refused as [`Error::Closed`](crate::Error::Closed), and what
    /// waits for its next attempt stops waiting. What is under way is waited for, but not
    /// longer than `within`; then activities are stopped and claims given back, and
    /// [`Fleet::run`] ends. What is in flight then is carried on with after a restart.
    ///
    /// Of two calls at once that which ends first ends the fleet, and tells what is left; the
    /// other finds no instance any more.
    ///
    /// # Panics
    ///
    /// With the default clock, outside a tokio runtime with time enabled.
    ///
    /// # Cancel safety
    ///
    /// Nothing new begins even if the future is dropped; another call carries on.
    pub fn shutdown(&self, within: Duration) -> impl Future<Output = Shutdown> + Send + use<> {
        let fleet = self.clone();
        async move { fleet.end(within).await }
    }

    async fn end(&self, within: Duration) -> Shutdown {
        self.around.begin_closing();
        let groups = self.groups();
        for group in &groups {
            group.wake();
        }
        let members: Vec<_> = groups.iter().flat_map(|group| group.numbers()).collect();
        let mut coming = members.iter();
        let mut deadline = self.around.clock.sleep(within);
        let mut over = false;
        let mut crowd = Crowd::new();
        poll_fn(|context| {
            over = over || deadline.as_mut().poll(context).is_ready();
            loop {
                while crowd.len() < AT_A_TIME || over {
                    let Some(member) = coming.next() else {
                        break;
                    };
                    let group = self.group(member.workflow);
                    if let Some(work) = group.and_then(|group| group.close(*member)) {
                        crowd.push(caught(work));
                    }
                }
                match crowd.poll_next(context) {
                    Poll::Ready(Some(_)) => {}
                    Poll::Ready(None) => return Poll::Ready(()),
                    Poll::Pending if over => return Poll::Ready(()),
                    Poll::Pending => return Poll::Pending,
                }
            }
        })
        .await;
        drop(crowd);
        let mut shutdown = Shutdown::default();
        for member in members {
            let group = self.group(member.workflow);
            let left = group.and_then(|group| group.left(member));
            shutdown.closed += usize::from(left.as_ref().is_none_or(|left| left.closed));
            let left = left.filter(|left| !left.closed || left.summary.inflight.is_some());
            shutdown.left.extend(left);
        }
        let by_name = |left: &Left| left.summary.instance.clone();
        shutdown.left.sort_by_key(by_name);
        self.around.finish_closing();
        for group in groups {
            group.clear();
        }
        shutdown
    }
}

/// One line, and one for each instance that is left.
impl fmt::Display for Shutdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (closed, open): (Vec<_>, Vec<_>) = self.left.iter().partition(|left| left.closed);
        write!(f, "{} closed", self.closed)?;
        if !closed.is_empty() {
            write!(f, " ({} with something in flight)", closed.len())?;
        }
        if !open.is_empty() {
            write!(f, ", {} not closed", open.len())?;
        }
        self.left.iter().try_for_each(|left| write!(f, "\n{left}"))
    }
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.summary)?;
        match (self.closed, &self.holder) {
            (true, _) => Ok(()),
            (false, None) => f.write_str(", not closed"),
            (false, Some(holder)) => write!(f, ", not closed: held by {holder}"),
        }
    }
}
