//! Carries out what takes time: actions, questions about them, and waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use humantime::format_duration;
use tracing::Instrument;

use crate::context::Context;
use crate::definition::{Definition, Dispatch, Name, Probe, Run};
use crate::error::Error;
use crate::exercised::Exercised;
use crate::failure::{self, Failure};
use crate::instance::Instance;
use crate::race::before;
use crate::record::Inflight;
use crate::shared::Shared;
use crate::work::Work;

/// How an action ended, or what is known of it.
pub(crate) enum Performed<S> {
    /// It was done, and leads to this state.
    Done(S),
    Failed(String),
    Interrupted(String),
    NotDone,
    Unknown(String),
}

impl<S> Performed<S> {
    /// What the answer to a probe exercises.
    pub(crate) fn found(&self) -> Option<Exercised> {
        match self {
            Performed::Done(_) => Some(Exercised::FoundDone),
            Performed::NotDone => Some(Exercised::FoundUndone),
            Performed::Unknown(_) => Some(Exercised::FoundUnknown),
            Performed::Failed(_) | Performed::Interrupted(_) => None,
        }
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Instance<D, A> {
    /// Runs the action of the transition in flight, and says whether the target cannot be
    /// entered without what it `supplies`.
    pub(crate) async fn run(
        &mut self,
        inflight: &Inflight<D>,
        supplies: &AtomicBool,
    ) -> Result<Performed<D::State>, Error> {
        let context = self.context(false)?;
        let action = match D::run(&mut self.actions, &inflight.transition, &context) {
            Run::Done(target) => return Ok(Performed::Done(target)),
            Run::Needed => return Err(mismatch::<D>()),
            Run::Action {
                action,
                supplies: it,
            } => {
                supplies.store(it, Ordering::Relaxed);
                action
            }
        };
        let span = tracing::info_span!(
            "action",
            instance = %self.shared.instance,
            transition = inflight.name().as_str(),
            execution = &*inflight.execution,
            attempt = inflight.attempt,
            interruptions = inflight.interruptions,
        );
        let work = Work::Action(D::TABLES.transition(inflight.name().index()));
        let action = self
            .shared
            .around
            .tested
            .work(work, action.instrument(span));
        let ended = match timeout(inflight) {
            None => action.await,
            Some(timeout) => match before(action, self.shared.around.clock.sleep(timeout)).await {
                Some(ended) => ended,
                None => {
                    Exercised::TimedOut.note::<D>(self.state_name(), inflight.name().index());
                    return Ok(Performed::Failed(timed_out(timeout)));
                }
            },
        };
        Ok(match ended {
            Ok(target) => Performed::Done(target),
            Err(error) if error.is_interruption() => Performed::Interrupted(failure::text(&error)),
            Err(error) => Performed::Failed(failure::text(&error)),
        })
    }

    /// Asks whether the action of the transition in flight was done. What fails to tell,
    /// or takes longer than the action may, does not know.
    pub(crate) async fn probe(
        &mut self,
        inflight: &Inflight<D>,
    ) -> Result<Performed<D::State>, Error> {
        let context = self.context(false)?;
        let probe = D::probe(&mut self.actions, &inflight.transition, &context)
            .ok_or_else(mismatch::<D>)?;
        let span = tracing::info_span!(
            "probe",
            instance = %self.shared.instance,
            transition = inflight.name().as_str(),
            execution = &*inflight.execution,
            interruptions = inflight.interruptions,
        );
        let work = Work::Probe(D::TABLES.transition(inflight.name().index()));
        let probe = self.shared.around.tested.work(work, probe.instrument(span));
        let answer = match timeout(inflight) {
            None => probe.await,
            Some(timeout) => match before(probe, self.shared.around.clock.sleep(timeout)).await {
                Some(answer) => answer,
                None => return Ok(Performed::Unknown(timed_out(timeout))),
            },
        };
        Ok(match answer {
            Ok(Probe::Done(target)) => Performed::Done(target),
            Ok(Probe::NotDone) => Performed::NotDone,
            Ok(Probe::Unknown) => Performed::Unknown("whether it was done".to_owned()),
            Err(error) if error.is_interruption() => Performed::Interrupted(failure::text(&error)),
            Err(error) => Performed::Unknown(failure::text(&error)),
        })
    }

    /// The state that the transition in flight leads to if its action is taken for done, or
    /// if it has none.
    pub(crate) fn skipped(&mut self) -> Result<D::State, Error> {
        let context = self.context(true)?;
        let inflight = context.inflight().ok_or_else(mismatch::<D>)?;
        match D::run(&mut self.actions, &inflight.transition, &context) {
            Run::Done(target) => Ok(target),
            Run::Needed => Err(needed(&self.shared, inflight)),
            Run::Action { .. } => Err(mismatch::<D>()),
        }
    }

    /// Waits until the time that the record names; whether nothing more may begin then.
    pub(crate) async fn wait(&mut self, inflight: &Inflight<D>) -> bool {
        let around = &self.shared.around;
        let left = inflight.left(around.clock.now());
        if left > Duration::ZERO {
            tracing::debug!(?left, attempt = inflight.attempt, "waiting");
            let closing = self.shared.until(|shared| shared.around.is_closing());
            before(closing, around.clock.sleep(left)).await;
        }
        around.is_closing()
    }

    fn context(&self, skipped: bool) -> Result<Context<D>, Error> {
        let inflight = self.record.inflight.as_ref();
        let inflight = inflight.ok_or_else(mismatch::<D>)?;
        Ok(Context {
            shared: Arc::clone(&self.shared),
            record: Arc::clone(&self.record),
            transition: inflight.name(),
            skipped,
        })
    }
}

/// The transition in flight cannot be taken for done.
pub(crate) fn needed<D: Definition>(shared: &Shared<D>, inflight: &Inflight<D>) -> Error {
    Error::ResultNeeded {
        instance: shared.instance.clone(),
        transition: inflight.name().as_str(),
    }
}

/// How long one attempt may take.
fn timeout<D: Definition>(inflight: &Inflight<D>) -> Option<Duration> {
    let row = D::TABLES.transition(inflight.name().index());
    row.timeout.map(Duration::from_nanos)
}

fn timed_out(timeout: Duration) -> String {
    format!("timed out after {}", format_duration(timeout))
}

/// The generated code does not fit its tables.
pub(crate) fn mismatch<D: Definition>() -> Error {
    Error::Generated {
        workflow: D::TABLES.workflow,
    }
}
