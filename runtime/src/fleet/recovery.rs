//! Carries on with all that a store has.

use std::fmt;
use std::future::Future;
use std::panic::Location;
use std::sync::Arc;

use crate::crowd::{Crowd, caught};
use crate::error::Error;
use crate::fleet::event::{Event, EventKind};
use crate::fleet::group::{Place, Recovered, Work};
use crate::fleet::{Fleet, FleetError};
use crate::observer::show;
use crate::outcome::Verdict;
use crate::race::before;
use crate::request::{Carried, Request, Serving};
use crate::store::InstanceId;

/// What came of [`Fleet::recover`].
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Recovery {
    /// How many instances are open and in line with their records.
    pub recovered: usize,
    /// How many of them had something to carry on with, or due, and have come to its end.
    pub carried_on: usize,
    /// Those of them whose next attempt is not due yet: [`Fleet::run`] carries on then.
    pub waiting: Vec<InstanceId>,
    /// Those of them that wait for an operator.
    pub parked: Vec<InstanceId>,
    /// What happened to those of them whose action said that it was interrupted: it is still
    /// in flight.
    pub interrupted: Vec<Event>,
    /// What happened to those that could not be opened, or not be carried on with.
    pub failed: Vec<Event>,
    /// The instances of workflows that are not in the fleet. They were left as they are.
    pub unknown: Vec<InstanceId>,
    /// How many were left as they are, for the fleet was shut down meanwhile.
    pub left: usize,
}

/// How far [`Fleet::recover`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many instances were dealt with.
    pub done: usize,
    /// How many of them failed.
    pub failed: usize,
    /// How many there are.
    pub total: usize,
}

impl Fleet {
    /// Carries on with all that the store has, after a restart: opens every instance of the
    /// workflows in the fleet, and [synchronizes](crate::Locked::synchronize) it, so many of
    /// them at a time, at least one, workflow by workflow in the order of registration. One that cannot be
    /// opened, or whose action panics, does not keep the others from it. Activities are
    /// brought in line also where an attempt is not due yet; [`Fleet::run`] carries on with
    /// those.
    ///
    /// It ends when all of them have, so one action that hangs keeps it from ending. Hence
    /// [`Fleet::run`] goes first, as a task, and this beside it: then timers, requests and all
    /// other instances do not wait for that action. Where `run` comes after it they do, but for
    /// what operators [request](crate::request) of what is under way, such as that action: this
    /// it carries out itself, and does not end before it has.
    ///
    /// `progress` is called after each instance; a panic of its ends nothing, as that of an
    /// [observer](Fleet::observe). Those that are open already are
    /// synchronized too, when their lock is free; new ones may be opened meanwhile.
    ///
    /// # Errors
    ///
    /// [`FleetError::Store`] when the store cannot say what it has, or fails on the way, and
    /// [`FleetError::Instance`] when a commit fails. What is under way is waited for before.
    ///
    /// # Panics
    ///
    /// With the default clock, outside a tokio runtime with time enabled.
    ///
    /// # Cancel safety
    ///
    /// As safe as a crash: see [`Locked`](crate::Locked). Those that were opened stay so, and
    /// another call carries on.
    #[track_caller]
    pub fn recover<F>(
        &self,
        concurrency: usize,
        progress: F,
    ) -> impl Future<Output = Result<Recovery, FleetError>> + Send + use<F>
    where
        F: FnMut(Progress) + Send,
    {
        let place = Location::caller();
        let fleet = self.clone();
        async move {
            let mut serving = Serving::new(&fleet.around);
            // What was interrupted and not yet carried on with would be refused to fire.
            let take = |request| fleet.reach(request, place);
            let recover = fleet.recover_all(concurrency, progress, place);
            let recovery = before(recover, Box::pin(serving.carry_on(take))).await;
            serving.finish(take).await;
            fleet.around.recovered();
            recovery.unwrap_or_else(|| Ok(Recovery::default()))
        }
    }

    /// Does what a request asks of what is under way, if anything is.
    pub(super) fn reach(&self, request: Request, place: Place) -> Option<Work<Carried>> {
        let group = self.group_of(&request.instance)?;
        let reached = !request.fires() && group.can_be_reached(&request.instance.instance);
        reached.then(|| group.carry_out(request, place))
    }

    async fn recover_all<F>(
        &self,
        concurrency: usize,
        mut progress: F,
        place: Place,
    ) -> Result<Recovery, FleetError>
    where
        F: FnMut(Progress) + Send,
    {
        let stored = self.around.store.list().await?;
        let mut recovery = Recovery::default();
        let groups = self.groups();
        let place_of = |id: &InstanceId| {
            let mut groups = groups.iter();
            groups.position(|group| *group.workflow() == *id.workflow)
        };
        let (mut known, unknown): (Vec<_>, _) =
            stored.into_iter().partition(|id| place_of(id).is_some());
        known.sort_by_key(place_of);
        recovery.unknown = unknown;
        let total = known.len();
        let mut known = known.into_iter();
        let mut crowd = Crowd::new();
        let mut broken = None;
        let mut done = 0;
        loop {
            let goes_on = broken.is_none() && !self.around.is_closing();
            if goes_on
                && crowd.len() < concurrency.max(1)
                && let Some(id) = known.next()
            {
                crowd.push(self.clone().recover_one(id, place));
                continue;
            }
            let Some((id, recovered)) = crowd.next().await else {
                break;
            };
            let event = recovery.count(id, recovered);
            if let Some(event) = event {
                self.tell(&event);
                broken = broken.or_else(|| broken_by(&event));
            }
            done += 1;
            let failed = recovery.failed.len();
            show(|| {
                progress(Progress {
                    done,
                    failed,
                    total,
                });
            });
        }
        recovery.left += known.len();
        broken.map_or(Ok(recovery), Err)
    }

    async fn recover_one(
        self,
        id: InstanceId,
        place: Place,
    ) -> (InstanceId, Result<Option<Recovered>, String>) {
        let recovered = match self.group_of(&id) {
            None => Ok(None),
            Some(group) => caught(group.recover(Arc::clone(&id.instance), place))
                .await
                .map(Some),
        };
        (id, recovered)
    }
}

impl Recovery {
    /// Counts what came of an instance, and says what there is to tell of it.
    fn count(
        &mut self,
        instance: InstanceId,
        recovered: Result<Option<Recovered>, String>,
    ) -> Option<Event> {
        let (kind, parked) = match recovered {
            Ok(None) => return None,
            Ok(Some(Recovered::Waiting)) => {
                self.recovered += 1;
                self.waiting.push(instance);
                return None;
            }
            Ok(Some(Recovered::Ended(kind, parked))) => (kind, parked),
            Err(words) => (EventKind::Panicked(words), false),
        };
        if kind.is_closing() {
            self.left += 1;
            return None;
        }
        let event = Event { instance, kind };
        let EventKind::Ended {
            verdict,
            interrupted,
            ..
        } = &event.kind
        else {
            self.failed.push(event.clone());
            return Some(event);
        };
        self.recovered += 1;
        if parked {
            self.parked.push(event.instance.clone());
        } else if *interrupted {
            self.interrupted.push(event.clone());
        } else {
            self.carried_on += usize::from(*verdict != Verdict::Idle);
        }
        (*verdict != Verdict::Idle).then_some(event)
    }
}

/// The error that makes the store of no more use, if this is one.
fn broken_by(event: &Event) -> Option<FleetError> {
    match &event.kind {
        kind if !kind.is_final() => None,
        EventKind::Refused(error @ (Error::Commit { .. } | Error::Poisoned { .. })) => {
            Some(FleetError::Instance(error.clone()))
        }
        EventKind::Unopened(crate::OpenError::Store(error)) => {
            Some(FleetError::Store(error.clone()))
        }
        _ => None,
    }
}

/// One line: `1000 recovered, 12 carried on, 1 parked, 2 failed`.
impl fmt::Display for Recovery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} recovered, {} carried on",
            self.recovered, self.carried_on
        )?;
        let rest = [
            (self.waiting.len(), "waiting"),
            (self.parked.len(), "parked"),
            (self.interrupted.len(), "interrupted"),
            (self.failed.len(), "failed"),
            (self.unknown.len(), "of unknown workflows"),
            (self.left, "left"),
        ];
        let mut rest = rest.into_iter().filter(|(count, _)| *count > 0);
        rest.try_for_each(|(count, what)| write!(f, ", {count} {what}"))
    }
}

/// `12 of 1000 recovered, 1 failed`.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let recovered = self.done - self.failed;
        write!(f, "{recovered} of {} recovered", self.total)?;
        match self.failed {
            0 => Ok(()),
            failed => write!(f, ", {failed} failed"),
        }
    }
}
