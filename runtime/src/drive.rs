//! The future that fires what falls due.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;

use crate::definition::Dispatch;
use crate::due::{self, Asked, Due, Falling};
use crate::error::Error;
use crate::observer::show;
use crate::outcome::{End, Outcome};
use crate::race::before;
use crate::request::{Request, Serving};
use crate::workflow::Workflow;

impl<D: Dispatch<A>, A: Send + 'static> Workflow<D, A> {
    /// Fires the transitions with `after` as they fall due, until a final state is
    /// reached or the instance is closed. Between them it sleeps; it takes the lock, as
    /// anybody does, when one is due. The earliest deadline comes first. One that a guard
    /// keeps from firing is asked again when the record has changed, and by
    /// [`Locked::synchronize`]. Meanwhile it carries out what operators
    /// [request](crate::request) of the instance.
    ///
    /// The future keeps the instance open, as a clone of the workflow does. Call
    /// [`Locked::synchronize`] before: what was in flight when the process died is
    /// not this one's business. For many instances, [`Fleet::run`] does it all, and looks for
    /// requests once for all of them, where each `drive` looks for itself. It may be called for
    /// a member of a fleet that is run: what one of them carries out the other leaves alone.
    ///
    /// What came of the transitions is seen by observers, and failures are told as
    /// warnings of the crate `tracing`; [`Workflow::drive_with`] hands it out.
    ///
    /// # Errors
    ///
    /// [`Error::Commit`] when the store fails, and [`Error::Poisoned`] when it has before
    /// or does so meanwhile for somebody else.
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
    /// [`Fleet::run`]: crate::Fleet::run
    #[track_caller]
    pub fn drive(&self) -> impl Future<Output = Result<(), Error>> + Send + use<D, A> {
        self.drive_with(|_| {})
    }

    /// Fires what falls due, as [`Workflow::drive`] does, and hands each outcome to `tell`,
    /// with the lock given back. A panic of `tell` ends nothing, as that of an
    /// [observer](Workflow::observe).
    ///
    /// # Errors
    ///
    /// As [`Workflow::drive`].
    ///
    /// # Panics
    ///
    /// As [`Workflow::drive`].
    ///
    /// # Cancel safety
    ///
    /// As [`Workflow::drive`].
    #[track_caller]
    pub fn drive_with<F>(
        &self,
        mut tell: F,
    ) -> impl Future<Output = Result<(), Error>> + Send + use<D, A, F>
    where
        F: FnMut(Outcome<D>) + Send,
    {
        let location = Location::caller();
        let workflow = self.clone();
        async move {
            let mut serving = Serving::new(&workflow.shared.around);
            let take = |request: Request| -> Option<Pin<Box<dyn Future<Output = _> + Send>>> {
                let workflow = workflow.clone();
                (request.instance == *workflow.instance())
                    .then(|| Box::pin(workflow.serve(request, location)) as _)
            };
            let reach = |request: Request| {
                let reached = !request.fires() && workflow.shared.can_be_reached();
                reached.then(|| take(request)).flatten()
            };
            let timers = workflow.fire_timers(&mut tell, location);
            let timers = before(timers, Box::pin(serving.carry_on(take))).await;
            serving.finish(reach).await;
            timers.unwrap_or(Ok(()))
        }
    }

    async fn fire_timers<F>(
        &self,
        tell: &mut F,
        location: &'static Location<'static>,
    ) -> Result<(), Error>
    where
        F: FnMut(Outcome<D>) + Send,
    {
        let workflow = self;
        let shared = &workflow.shared;
        let mut asked = Asked::default();
        loop {
            match shared.sound() {
                Err(Error::Closed { .. }) => return Ok(()),
                sound => sound?,
            }
            let record = shared.record();
            let clock = shared.around.clock.as_ref();
            let changed = shared.until(|shared| {
                shared.record().version != record.version || shared.sound().is_err()
            });
            let falling = match due::timer(&record, asked, clock) {
                Due::Over => return Ok(()),
                Due::Unknown => {
                    changed.await;
                    continue;
                }
                Due::In(wait, falling) => {
                    if !wait.is_zero() && before(changed, clock.sleep(wait)).await.is_some() {
                        continue;
                    }
                    falling
                }
            };
            asked.note(record.version, falling);
            let due = workflow.fire_due(record.version, falling, location);
            match due.await {
                Ok(outcome) => outcome.into_iter().for_each(|it| show(|| tell(it))),
                Err(Error::Closed { .. }) => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    /// Fires what has fallen due of this version of the record, unless it is no longer the
    /// current one.
    pub(crate) async fn fire_due(
        &self,
        version: u64,
        falling: Falling,
        location: &'static Location<'static>,
    ) -> Result<Option<Outcome<D>>, Error> {
        let mut locked = self.lock_from(location).await;
        if locked.instance.record.version != version {
            return Ok(None);
        }
        let outcome = match falling {
            Falling::Timer(after) => locked.instance.expire(after).await?,
            Falling::Attempt => Some(locked.instance.synchronize(true).await?),
        };
        for step in outcome.iter().flat_map(|outcome| &outcome.steps) {
            if !matches!(step.end, End::Entered(_)) {
                tracing::warn!(instance = %self.instance(), "{step}");
            }
        }
        Ok(outcome)
    }
}
