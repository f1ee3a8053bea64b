//! Does what a request asks of an instance.

use std::panic::Location;
use std::sync::Arc;

use super::{Answer, Command, Request};
use crate::definition::{Definition, Dispatch, Name};
use crate::engine::Resolution;
use crate::error::Error;
use crate::fields::DecodeError;
use crate::locked::Locked;
use crate::outcome::{Outcome, Verdict};
use crate::race::before;
use crate::record::named;
use crate::shared::Shared;
use crate::store::{Intervention, Operation};
use crate::workflow::Workflow;

/// What came of a request: no answer if this process is not the one to give it, for it does
/// not have the instance any more.
pub(crate) type Carried = Result<Option<Answer>, Error>;

impl<D: Dispatch<A>, A: Send + 'static> Locked<D, A> {
    /// Does what a request asks, unless the history says that it was done before. No answer
    /// means that somebody else has the instance now, and will answer.
    /// [`Workflow::drive`](crate::Workflow::drive) and [`Fleet::run`](crate::Fleet::run) call
    /// this by themselves.
    ///
    /// # Errors
    ///
    /// [`Error::Commit`] when the store fails, and [`Error::Poisoned`] and
    /// [`Error::Closed`] from then on. A refusal is an answer.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    ///
    /// # Cancel safety
    ///
    /// As safe as a crash: see [`Locked`]. Another call finds out what was done.
    pub async fn carry_out(&mut self, request: &Request) -> Result<Option<Answer>, Error> {
        self.instance.ready().await?;
        let shared = Arc::clone(&self.instance.shared);
        let history = match shared.around.store.history(&shared.instance).await {
            Ok(history) => history,
            Err(error) => {
                tracing::warn!(%error, request = request.id, "cannot read the history");
                return Ok(None);
            }
        };
        if history.last().map_or(0, |record| record.version) != self.instance.record.version {
            return Ok(None);
        }
        if history.iter().any(|record| request.led_to(record)) {
            return Ok(Some(self.before()));
        }
        let result = match self.asked(request) {
            Err(reason) => return Ok(Some(Answer::Refused { reason })),
            Ok(Asked::Fire(transition)) => self.fire(transition).cause(request.cause()).await,
            Ok(Asked::Resolve(resolution)) => self.resolve(resolution).cause(request.cause()).await,
            Ok(Asked::Set(state)) => self.enter(state, request.cause()).await,
        };
        match result {
            Ok(outcome) => Ok(Some(self.done(&outcome))),
            Err(error @ (Error::Commit { .. } | Error::Poisoned { .. } | Error::Closed { .. })) => {
                Err(error)
            }
            Err(error) => Ok(Some(Answer::Refused {
                reason: told(&error),
            })),
        }
    }

    /// What is asked, in the workflow's types.
    fn asked(&self, request: &Request) -> Result<Asked<D>, String> {
        Ok(match &request.command {
            Command::Fire { transition, inputs } => {
                let name = named(transition)
                    .ok_or_else(|| DecodeError::unknown("transition", transition).to_string())?;
                let fired = D::transition(name, inputs.clone());
                Asked::Fire(fired.map_err(|error| format!("`{transition}`: {error}"))?)
            }
            Command::SetState { state, variables } => {
                let name =
                    named(state).ok_or_else(|| DecodeError::unknown("state", state).to_string())?;
                let set = D::state(name, variables.clone());
                Asked::Set(set.map_err(|error| format!("`{state}`: {error}"))?)
            }
            Command::Retry { execution } => self.resolution(Resolution::Retry, execution)?,
            Command::Skip { execution } => self.resolution(Resolution::Skip, execution)?,
            Command::Abandon { execution } => self.resolution(Resolution::Abandon, execution)?,
        })
    }

    fn resolution(
        &self,
        resolution: Resolution,
        execution: &Option<Arc<str>>,
    ) -> Result<Asked<D>, String> {
        match (execution, self.inflight()) {
            (Some(meant), Some(inflight)) if *meant != inflight.execution => Err(format!(
                "`{}` is in flight now, in another execution than the one that was meant: look \
                 again",
                inflight.name().as_str()
            )),
            _ => Ok(Asked::Resolve(resolution)),
        }
    }

    /// Sets the state. What is automatic there follows, as after any commit that enters it:
    /// an operator has no `synchronize`.
    async fn enter(&mut self, state: D::State, cause: String) -> Result<Outcome<D>, Error> {
        let mut outcome = self.set_state(state).cause(cause).await?;
        outcome.steps.extend(self.synchronize().await?.steps);
        Ok(outcome)
    }

    fn done(&self, outcome: &Outcome<D>) -> Answer {
        let came_to_nothing = matches!(
            outcome.verdict,
            Verdict::Failed { .. } | Verdict::Interrupted | Verdict::Parked
        );
        let well = outcome.is_clean() && !outcome.is_interrupted();
        Answer::Done {
            verdict: outcome.verdict.to_string(),
            steps: outcome.steps.iter().map(ToString::to_string).collect(),
            achieved: !came_to_nothing,
            clean: well || outcome.verdict == Verdict::Abandoned,
            state: self.instance.state_name().as_str().to_owned(),
        }
    }

    /// What is answered to a request that was carried out before a crash.
    fn before(&self) -> Answer {
        Answer::Done {
            verdict: "begun before the process died, and carried on with since".to_owned(),
            steps: Vec::new(),
            achieved: self.inflight().is_none(),
            clean: self.inflight().is_none(),
            state: self.instance.state_name().as_str().to_owned(),
        }
    }
}

enum Asked<D: Definition> {
    Fire(D::Transition),
    Resolve(Resolution),
    Set(D::State),
}

impl<D: Dispatch<A>, A: Send + 'static> Workflow<D, A> {
    /// Does what a request asks, with the lock, except for one to try again at once what
    /// waits for its next attempt: the lock is held as long as it waits.
    pub(crate) async fn carry_out(
        &self,
        request: &Request,
        location: &'static Location<'static>,
    ) -> Carried {
        if self.hurry(request, location).await {
            return Ok(Some(Answer::Done {
                verdict: "its next attempt has begun".to_owned(),
                steps: Vec::new(),
                achieved: true,
                clean: true,
                state: self.record_state(),
            }));
        }
        self.lock_from(location).await.carry_out(request).await
    }

    /// Cuts a wait short, if that is what is asked; whether it did.
    async fn hurry(&self, request: &Request, location: &'static Location<'static>) -> bool {
        let Command::Retry { execution } = &request.command else {
            return false;
        };
        let record = self.record();
        let meant = record.inflight.as_ref().is_some_and(|inflight| {
            (execution.as_ref()).is_none_or(|meant| *meant == inflight.execution)
        });
        let intervention = Intervention {
            operation: Operation::Retry,
            cause: Some(request.cause()),
        };
        if !meant || !self.retry_for(intervention) {
            return false;
        }
        let shared = &self.shared;
        let changed =
            |now: &Shared<D>| now.record().version != record.version || now.sound().is_err();
        // Who waited may be gone without a word: then the lock is free.
        let free = async { drop(self.lock_from(location).await) };
        before(shared.until(changed), Box::pin(free)).await;
        // The record that says so may not be the current one any more.
        let history = shared.around.store.history(&shared.instance).await;
        history.is_ok_and(|history| history.iter().any(|record| request.led_to(record)))
    }

    fn record_state(&self) -> String {
        D::state_name(&self.record().state).as_str().to_owned()
    }
}

/// An error with all that led to it.
fn told(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", told(source)),
        None => error.to_string(),
    }
}
