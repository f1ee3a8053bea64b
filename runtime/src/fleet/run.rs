//! Fires what falls due of all instances.

use std::future::{Future, poll_fn};
use std::panic::Location;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Instant;

use crate::crowd::{Crowd, caught};
use crate::error::Error;
use crate::fleet::event::{Event, EventKind};
use crate::fleet::group::{Fired, Look, Moment, Place};
use crate::fleet::schedule::Schedule;
use crate::fleet::{Fleet, FleetError};
use crate::race::before;
use crate::request::{Request, Serving};
use crate::store::InstanceId;
use crate::surroundings::Member;

impl Fleet {
    /// Fires what falls due of all instances that are open, until the fleet is shut down:
    /// transitions with `after`, and the next attempts of what nobody else waits for, such
    /// as a process that died. It sleeps until the next of them is due, and takes the lock
    /// then, as anybody does; what is due of one instance does not wait for another.
    ///
    /// Meanwhile it carries out what operators [request](crate::request) of the instances of
    /// the fleet's workflows, and opens them where they are not. To fire a transition of one
    /// that was interrupted waits until [`Fleet::recover`] was there.
    ///
    /// What comes of it is told to those who [`observe`](Fleet::observe) the fleet. An action
    /// that panics is interrupted, and its transition stays in flight; all else goes on.
    ///
    /// # Errors
    ///
    /// [`FleetError::Instance`] when a commit of any instance fails, be it for somebody
    /// else: the store has failed, or was taken over. What is under way is waited for
    /// before. [`FleetError::Running`] if the fleet is run already.
    ///
    /// # Panics
    ///
    /// With the default clock, outside a tokio runtime with time enabled.
    ///
    /// # Cancel safety
    ///
    /// As safe as a crash for what is being fired: see [`Locked`](crate::Locked). All else
    /// is as it was, and another call carries on.
    #[track_caller]
    pub fn run(&self) -> impl Future<Output = Result<(), FleetError>> + Send + use<> {
        let place = Location::caller();
        let fleet = self.clone();
        async move {
            let turn = Turn::take(&fleet).ok_or(FleetError::Running)?;
            for group in fleet.groups() {
                for member in group.numbers() {
                    fleet.around.changes.add(member);
                }
            }
            let mut run = Run {
                reached: fleet.around.clock.instant(),
                fleet: fleet.clone(),
                place,
                schedule: Schedule::default(),
                crowd: Crowd::new(),
                sleep: None,
                failed: None,
            };
            let mut serving = Serving::new(&fleet.around);
            let take = |request: Request| {
                let group = fleet.group_of(&request.instance)?;
                (!group.comes_too_early(&request)).then(|| group.carry_out(request, place))
            };
            let result = before(run.carry_on(), Box::pin(serving.carry_on(take))).await;
            serving.finish(|request| fleet.reach(request, place)).await;
            drop(turn);
            result.unwrap_or(Ok(()))
        }
    }
}

/// The right to run a fleet.
struct Turn<'a>(&'a Fleet);

impl<'a> Turn<'a> {
    fn take(fleet: &'a Fleet) -> Option<Self> {
        fleet.around.changes.begin().then(|| Self(fleet))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.around.changes.end();
    }
}

type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A fleet being run.
struct Run {
    fleet: Fleet,
    place: Place,
    schedule: Schedule,
    /// What is being fired.
    crowd: Crowd<(Member, InstanceId, Result<Fired, String>)>,
    /// Until when it sleeps.
    sleep: Option<(Instant, Sleep)>,
    /// What has passed at least, whatever the clock says.
    reached: Instant,
    /// Why nothing more is fired.
    failed: Option<Error>,
}

/// Why it goes on.
enum Wake {
    Changed,
    Slept,
    Fired(Member, InstanceId, Result<Fired, String>),
}

impl Run {
    async fn carry_on(&mut self) -> Result<(), FleetError> {
        loop {
            self.look();
            let ends = self.failed.is_some() || self.fleet.around.is_closing();
            if !ends {
                self.fire();
            }
            if self.fleet.around.is_closed() || ends && self.crowd.is_empty() {
                return self
                    .failed
                    .take()
                    .map_or(Ok(()), |error| Err(FleetError::Instance(error)));
            }
            match self.wake().await {
                Wake::Changed => {}
                Wake::Slept => {
                    let slept = self.sleep.take().map(|(until, _)| until);
                    self.reached = self.reached.max(slept.unwrap_or(self.reached));
                }
                Wake::Fired(member, instance, fired) => self.note(member, instance, fired),
            }
        }
    }

    /// Looks at the instances about which there is news.
    fn look(&mut self) {
        for member in self.fleet.around.changes.take() {
            let Some(asked) = self.schedule.asked(member) else {
                continue;
            };
            let group = self.fleet.group(member.workflow);
            match group.and_then(|group| group.look(member, asked)) {
                None => self.schedule.forget(member),
                Some(Look::Due(version, due)) => {
                    let now = self.now();
                    self.schedule.set(member, version, &due, now);
                }
                Some(Look::Poisoned(error)) => {
                    self.schedule.forget(member);
                    self.failed.get_or_insert(error);
                }
            }
        }
    }

    /// Begins to fire what is due.
    fn fire(&mut self) {
        let now = self.now();
        while let Some((member, moment)) = self.schedule.take(now) {
            match self.begin(member, moment) {
                Some(work) => self.crowd.push(work),
                None => self.schedule.forget(member),
            }
        }
    }

    fn begin(
        &self,
        member: Member,
        due: Moment,
    ) -> Option<impl Future<Output = (Member, InstanceId, Result<Fired, String>)> + Send + use<>>
    {
        let group = self.fleet.group(member.workflow)?;
        let (instance, work) = group.fire_due(member, due, self.place)?;
        Some(async move { (member, instance, caught(work).await) })
    }

    /// Notes what came of what was due.
    fn note(&mut self, member: Member, instance: InstanceId, fired: Result<Fired, String>) {
        self.schedule.fired(member);
        self.fleet.around.changes.add(member);
        let kind = match fired {
            Ok(Ok(None) | Err(Error::Closed { .. })) => return,
            Ok(Ok(Some(kind))) => kind,
            Ok(Err(error)) => EventKind::Refused(error),
            Err(words) => EventKind::Panicked(words),
        };
        if let (true, EventKind::Refused(error)) = (kind.is_final(), &kind) {
            self.failed.get_or_insert(error.clone());
        }
        self.fleet.tell(&Event { instance, kind });
    }

    /// Waits until there is something to do.
    async fn wake(&mut self) -> Wake {
        let fleet = self.fleet.clone();
        let mut arrival = pin!(fleet.around.changes.arrival());
        self.lie_down();
        poll_fn(|context| {
            if arrival.as_mut().poll(context).is_ready() {
                return Poll::Ready(Wake::Changed);
            }
            self.poll(context)
        })
        .await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Wake> {
        if let Poll::Ready(Some((member, instance, fired))) = self.crowd.poll_next(context) {
            return Poll::Ready(Wake::Fired(member, instance, fired));
        }
        match &mut self.sleep {
            Some((_, sleep)) => sleep.as_mut().poll(context).map(|()| Wake::Slept),
            None => Poll::Pending,
        }
    }

    /// Sleeps until the next is due, unless it does already.
    fn lie_down(&mut self) {
        let first = self.schedule.first();
        if first == self.sleep.as_ref().map(|(until, _)| *until) {
            return;
        }
        let (clock, now) = (&self.fleet.around.clock, self.now());
        let left = |until: Instant| until.saturating_duration_since(now);
        self.sleep = first.map(|until| (until, clock.sleep(left(until))));
    }

    fn now(&self) -> Instant {
        self.fleet.around.clock.instant().max(self.reached)
    }
}
