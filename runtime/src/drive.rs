//! The future that fires what falls due.

use std::future::Future;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use crate::clock::Clock;
use crate::definition::{Definition, Dispatch};
use crate::error::Error;
use crate::outcome::End;
use crate::race::before;
use crate::record::Record;
use crate::tables::StateKind;
use crate::workflow::Workflow;

/// When something falls due.
enum Due {
    /// Never: the state is a final one.
    Over,
    /// Not before the record changes.
    Unknown,
    /// After this wait, when the state will have been entered so long ago.
    In { wait: Duration, after: Duration },
}

impl<D: Dispatch<A>, A: Send + 'static> Workflow<D, A> {
    /// Fires the transitions with `after` as they fall due, until a final state is
    /// reached. Between them it sleeps; it takes the lock, as anybody does, when one is
    /// due. The earliest deadline comes first. One that a guard keeps from firing is asked
    /// again when the record has changed, and by [`Locked::synchronize`].
    ///
    /// The future keeps the instance open, as a clone of the workflow does. Call
    /// [`Locked::synchronize`] before: what was in flight when the process died is
    /// not this one's business.
    ///
    /// What came of the transitions is seen by observers, and failures are told as
    /// warnings of the crate `tracing`.
    ///
    /// # Errors
    ///
    /// [`Error::Commit`] when the store fails, and [`Error::Poisoned`] when it has before.
    ///
    /// # Panics
    ///
    /// When an action panics; and with the default clock, outside a tokio runtime with time
    /// enabled.
    ///
    /// # Cancel safety
    ///
    /// As safe as a crash: see [`Locked`](crate::Locked). While nothing is due, dropping it
    /// loses nothing.
    ///
    /// [`Locked::synchronize`]: crate::Locked::synchronize
    #[track_caller]
    pub fn drive(&self) -> impl Future<Output = Result<(), Error>> + Send + use<D, A> {
        let location = Location::caller();
        let workflow = self.clone();
        async move {
            let mut current = workflow.shared.current.subscribe();
            // Up to where timers have been asked whether they fire, since which version.
            let mut asked = (0, None);
            loop {
                let record = Arc::clone(&current.borrow_and_update());
                if asked.0 != record.version {
                    asked = (record.version, None);
                }
                let after = match due(&record, asked.1, workflow.shared.clock.as_ref()) {
                    Due::Over => return Ok(()),
                    Due::Unknown => {
                        // It has a sender, which is ours.
                        let _ = current.changed().await;
                        continue;
                    }
                    Due::In { wait, after } => {
                        let sleep = workflow.shared.clock.sleep(wait);
                        if !wait.is_zero() && before(current.changed(), sleep).await.is_some() {
                            continue;
                        }
                        after
                    }
                };
                let mut locked = workflow.lock_from(location).await;
                if locked.instance.record.version != record.version {
                    continue;
                }
                asked.1 = Some(after);
                let Some(outcome) = locked.instance.expire(after).await? else {
                    continue;
                };
                for step in &outcome.steps {
                    if !matches!(step.end, End::Entered(_)) {
                        tracing::warn!(instance = %workflow.instance(), "{step}");
                    }
                }
            }
        }
    }
}

/// When the next timer falls due that has not been asked.
fn due<D: Definition>(record: &Record<D>, asked: Option<Duration>, clock: &dyn Clock) -> Due {
    let position = record.position();
    if position.inflight.is_some() {
        return Due::Unknown;
    }
    let state = D::TABLES.states.get(usize::from(position.state));
    if state.is_some_and(|row| row.kind == StateKind::Final) {
        return Due::Over;
    }
    let timers = position.timers(D::TABLES).into_iter();
    let mut timers = timers.map(|(_, after)| Duration::from_nanos(after));
    let Some(entered) = record.entered else {
        return match timers.next() {
            None => Due::Unknown,
            // The record must say first when they began.
            Some(_) => Due::In {
                wait: Duration::ZERO,
                after: Duration::ZERO,
            },
        };
    };
    let Some(after) = timers.find(|after| asked.is_none_or(|asked| *after > asked)) else {
        return Due::Unknown;
    };
    // A clock that was set back since then makes the wait no longer than it ever was.
    let elapsed = clock.now().duration_since(entered).unwrap_or_default();
    let wait = after.saturating_sub(elapsed.max(asked.unwrap_or_default()));
    Due::In { wait, after }
}
