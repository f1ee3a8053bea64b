//! What a fleet asks of the instances of a workflow, whichever it is.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::sync::Arc;

use crate::definition::Dispatch;
use crate::due::{self, Asked, Due, Falling};
use crate::error::{Error, OpenError};
use crate::fleet::event::EventKind;
use crate::fleet::members::Members;
use crate::fleet::shutdown::Left;
use crate::fleet::summary::Summary;
use crate::request::{Answer, Carried, Request};
use crate::shared::Standing;
use crate::store::InstanceId;
use crate::surroundings::Member;
use crate::workflow::Workflow;

/// What takes time to do with an instance.
pub(super) type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Where a lock is asked for.
pub(super) type Place = &'static Location<'static>;

/// What a fleet asks of the instances of a workflow, whichever it is.
pub(super) trait Group: Send + Sync {
    /// The workflow's name.
    fn workflow(&self) -> &'static str;

    /// The instances that are open.
    fn numbers(&self) -> Vec<Member>;

    /// What is known of them, sorted by name.
    fn list(&self) -> Vec<Summary>;

    /// When something falls due; `None` if the instance is not open any more.
    fn look(&self, member: Member, asked: Asked) -> Option<Look>;

    /// Fires what has fallen due of this version of the record.
    fn fire_due(
        &self,
        member: Member,
        due: Moment,
        place: Place,
    ) -> Option<(InstanceId, Work<Fired>)>;

    /// Whether the instance of this name is open, and has something under way that a request
    /// can be about.
    fn can_be_reached(&self, name: &str) -> bool;

    /// Whether a request has to wait until its instance, which is open, was recovered: what is
    /// in flight there was interrupted, so that nothing can be fired yet.
    fn comes_too_early(&self, request: &Request) -> bool;

    /// Does what a request asks of an instance.
    fn carry_out(&self, request: Request, place: Place) -> Work<Carried>;

    /// Opens the instance of this name, and carries on with it.
    fn recover(&self, name: Arc<str>, place: Place) -> Work<Recovered>;

    /// Has those who wait for something look whether they still may.
    fn wake(&self);

    /// Closes an instance.
    fn close(&self, member: Member) -> Option<Work<()>>;

    /// What is left of an instance, if it is still there.
    fn left(&self, member: Member) -> Option<Left>;

    /// Lets go of all instances.
    fn clear(&self);
}

/// What falls due of which version of a record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) version: u64,
    pub(super) falling: Falling,
}

/// What there is to see of an instance.
pub(super) enum Look {
    /// When something falls due of this version of its record.
    Due(u64, Due),
    /// A commit has failed.
    Poisoned(Error),
}

/// What came of what fell due; nothing if it was not due any more.
pub(super) type Fired = Result<Option<EventKind>, Error>;

/// What came of a recovery.
pub(super) enum Recovered {
    /// This, and whether it waits for an operator now.
    Ended(EventKind, bool),
    /// Its next attempt is not due yet.
    Waiting,
}

impl<D: Dispatch<A>, A: Send + 'static> Group for Members<D, A> {
    fn workflow(&self) -> &'static str {
        D::TABLES.workflow
    }

    fn numbers(&self) -> Vec<Member> {
        self.numbers()
    }

    fn list(&self) -> Vec<Summary> {
        self.list().iter().map(Summary::of).collect()
    }

    fn look(&self, member: Member, asked: Asked) -> Option<Look> {
        let workflow = self.numbered(member)?;
        let shared = &workflow.shared;
        match shared.standing() {
            Standing::Sound => {
                let record = shared.record();
                let due = due::anything(&record, asked, shared.around.clock.as_ref());
                Some(Look::Due(record.version, due))
            }
            Standing::Poisoned(source) => Some(Look::Poisoned(Error::Poisoned {
                instance: shared.instance.clone(),
                source,
            })),
            Standing::Closed => None,
        }
    }

    fn fire_due(
        &self,
        member: Member,
        due: Moment,
        place: Place,
    ) -> Option<(InstanceId, Work<Fired>)> {
        let workflow = self.numbered(member)?;
        let instance = workflow.instance().clone();
        let work = async move {
            let fired = workflow.fire_due(due.version, due.falling, place).await;
            Ok(fired?.as_ref().map(EventKind::ended))
        };
        Some((instance, Box::pin(work)))
    }

    fn can_be_reached(&self, name: &str) -> bool {
        let workflow = self.named(name);
        workflow.is_some_and(|workflow| workflow.shared.can_be_reached())
    }

    fn comes_too_early(&self, request: &Request) -> bool {
        let workflow = self.named(&request.instance.instance);
        workflow
            .filter(|_| request.fires())
            .is_some_and(|workflow| {
                let (shared, record) = (&workflow.shared, workflow.record());
                let interrupted = record.inflight.is_some() && !shared.can_be_reached();
                interrupted && !record.is_parked() && !shared.around.is_recovered()
            })
    }

    fn carry_out(&self, request: Request, place: Place) -> Work<Carried> {
        let members = self.clone();
        Box::pin(async move {
            let name = &request.instance.instance;
            // Who closes it may wait for the very thing that this is about.
            let open = members.named(name).filter(|_| !request.fires());
            let opened = match open.filter(Workflow::is_sound) {
                Some(workflow) => Ok(workflow),
                None => members.open(name).await,
            };
            match opened {
                Ok(_) if members.comes_too_early(&request) => Ok(None),
                Ok(workflow) => workflow.serve(request, place).await,
                Err(OpenError::Record { source, .. }) => Ok(Some(Answer::Refused {
                    reason: format!("the record does not fit the workflow: {source}"),
                })),
                Err(error) => {
                    tracing::warn!(%error, request = request.id, "cannot open the instance");
                    Ok(None)
                }
            }
        })
    }

    fn recover(&self, name: Arc<str>, place: Place) -> Work<Recovered> {
        let members = self.clone();
        Box::pin(async move {
            let workflow = match members.open(&name).await {
                Ok(workflow) => workflow,
                Err(error) => return Recovered::Ended(EventKind::Unopened(error), false),
            };
            let mut locked = workflow.lock_from(place).await;
            let now = workflow.shared.around.clock.now();
            let waits = |inflight: &crate::Inflight<D>| !inflight.left(now).is_zero();
            if locked.inflight().is_some_and(waits) {
                locked.start_activities().await;
                return Recovered::Waiting;
            }
            let kind = match locked.synchronize().await {
                Ok(outcome) => EventKind::ended(&outcome),
                Err(error) => EventKind::Refused(error),
            };
            Recovered::Ended(kind, workflow.record().is_parked())
        })
    }

    fn wake(&self) {
        for workflow in self.list() {
            workflow.shared.tell();
        }
    }

    fn close(&self, member: Member) -> Option<Work<()>> {
        let workflow = self.numbered(member)?;
        Some(Box::pin(workflow.close()))
    }

    fn left(&self, member: Member) -> Option<Left> {
        let workflow = self.numbered(member)?;
        let closed = matches!(workflow.shared.standing(), Standing::Closed);
        Some(Left {
            summary: Summary::of(&workflow),
            closed,
            holder: workflow.shared.holder.read().filter(|_| !closed),
        })
    }

    fn clear(&self) {
        self.clear();
    }
}
