//! A pump that is being started, and whoever asks something of it meanwhile.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test takes the part it needs, and fails where something is amiss"
)]

use std::future::Future;
use std::pin::Pin;

use inflight::request::{Answer, Command, Request};
use inflight::store::Operation;
use inflight::{Error, Outcome};

use crate::support::{Does, Place, Pump, id, poll, pump};

pub type Operated = Result<Outcome<pump::Definition>, Error>;
pub type Firing = Pin<Box<dyn Future<Output = Operated>>>;
pub type Driving = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// A pump that somebody starts, who has the lock.
pub struct Starting {
    pub place: Place,
    pub workflow: pump::Workflow<Pump>,
    /// Until it is over.
    pub firing: Option<Firing>,
    pub driving: Driving,
}

impl Starting {
    pub fn new(does: &[Does]) -> Self {
        Self::at(Place::new(), does)
    }

    pub fn at(place: Place, does: &[Does]) -> Self {
        place.script(does);
        let workflow = place.open();
        let starting = workflow.clone();
        let mut firing: Firing = Box::pin(async move {
            let mut lock = starting.lock().await;
            lock.fire(pump::Transition::Start { speed: 7 }).await
        });
        assert!(poll(firing.as_mut()).is_none());
        let driving = Box::pin(workflow.drive());
        Self {
            place,
            workflow,
            firing: Some(firing),
            driving,
        }
    }

    pub fn ask(&self, command: Command, cancel: bool) -> Request {
        let request = Request {
            reason: Some("it leaks".to_owned()),
            cancel,
            ..Request::new(id(), command)
        };
        self.place.queue.add(&request).unwrap();
        request
    }

    /// Lets all that can go on do so; the outcome of who started it, and the answer.
    pub fn go_on(&mut self, request: &Request) -> (Option<Operated>, Option<Answer>) {
        let mut operated = None;
        for _ in 0..3 {
            let _ = poll(self.driving.as_mut());
            operated = operated.or_else(|| self.fire_on());
        }
        (operated, self.place.queue.answered(&request.id).unwrap())
    }

    /// Lets who started it go on; the outcome, if it is over.
    pub fn fire_on(&mut self) -> Option<Operated> {
        let operated = poll(self.firing.as_mut()?.as_mut())?;
        self.firing = None;
        Some(operated)
    }

    /// What is asked is answered at once, and this is what whoever started it is told.
    pub fn asked(&mut self, command: Command, cancel: bool) -> (Vec<String>, Answer) {
        let request = self.ask(command, cancel);
        let (operated, answer) = self.go_on(&request);
        let outcome = operated.unwrap().unwrap();
        let mut told = vec![outcome.verdict.to_string()];
        told.extend(outcome.steps.iter().map(ToString::to_string));
        (told, answer.unwrap())
    }

    pub fn last_intervention(&self) -> Option<(Operation, String)> {
        let intervention = self.place.history().pop()?.intervention?;
        Some((intervention.operation, intervention.cause?))
    }
}
