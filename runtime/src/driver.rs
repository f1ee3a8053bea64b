//! Carries out what the engine asks for.

use std::sync::Arc;

use tracing::Instrument;

use crate::context::Context;
use crate::definition::{Definition, Dispatch, Name, Run};
use crate::engine::{Change, Effect, Engine, Position, Resolution};
use crate::error::Error;
use crate::failure::{self, Failure};
use crate::fields::Fields;
use crate::instance::{Instance, named};
use crate::outcome::{End, Outcome, Step};
use crate::record::{Inflight, Record};
use crate::tables::TransitionIndex;

/// What the next record is made of, besides what the engine decides.
enum Material<D: Definition> {
    Nothing,
    Fired(Inflight<D>),
    Resumed(Option<String>),
    Entered(D::State),
    Failed(String),
}

impl<D: Dispatch<A>, A: Send + 'static> Instance<D, A> {
    /// Fires a transition. The instance is settled.
    pub(crate) async fn fire(
        &mut self,
        transition: D::Transition,
        cause: Option<String>,
    ) -> Result<Outcome<D>, Error> {
        let name = D::transition_name(&transition);
        let mut engine = self.engine();
        let effect = engine
            .fire(name.index(), &mut |_| {
                D::refusal(&self.actions, &transition, &self.record.state)
            })
            .map_err(|refusal| self.refused(name.as_str(), refusal))?;
        let inflight = Inflight {
            cause,
            ..Inflight::begin(transition)
        };
        let span = tracing::info_span!(
            "fire",
            instance = %self.shared.instance,
            transition = name.as_str(),
            execution = inflight.execution,
            attempt = inflight.attempt,
            cause = inflight.cause,
        );
        self.drive(engine, effect, Material::Fired(inflight), Vec::new())
            .instrument(span)
            .await
    }

    /// Carries on with what is in flight, or fires what is automatic.
    pub(crate) async fn synchronize(&mut self) -> Result<Outcome<D>, Error> {
        self.settle().await?;
        let mut engine = self.engine();
        let effect = engine.synchronize(&mut |transition| {
            automatic_refusal::<D, A>(&self.actions, transition, &self.record.state)
        });
        let mut steps = Vec::new();
        let mut material = Material::Nothing;
        if let (Effect::Commit(Change::Divert, _), Some(inflight)) = (effect, &self.record.inflight)
        {
            let failure = format!("interrupted {} times", inflight.interruptions + 1);
            steps.push(self.step(inflight, End::Failed(failure.clone())));
            material = Material::Failed(failure);
        }
        let span = tracing::info_span!(
            "synchronize",
            instance = %self.shared.instance,
            transition = self.inflight_name(),
        );
        self.drive(engine, effect, material, steps)
            .instrument(span)
            .await
    }

    /// Does what an operator decided of the transition in flight. The instance is
    /// settled.
    pub(crate) async fn resolve(
        &mut self,
        resolution: Resolution,
        cause: Option<String>,
    ) -> Result<Outcome<D>, Error> {
        let mut engine = self.engine();
        let effect = engine
            .resolve(resolution)
            .map_err(|refusal| self.refused("", refusal))?;
        let span = tracing::info_span!(
            "resolve",
            instance = %self.shared.instance,
            transition = self.inflight_name(),
            ?resolution,
        );
        self.drive(engine, effect, Material::Resumed(cause), Vec::new())
            .instrument(span)
            .await
    }

    fn engine(&self) -> Engine {
        Engine::new(D::TABLES, self.record.position())
    }

    async fn drive(
        &mut self,
        mut engine: Engine,
        mut effect: Effect,
        mut material: Material<D>,
        mut steps: Vec<Step<D>>,
    ) -> Result<Outcome<D>, Error> {
        loop {
            match effect {
                Effect::Commit(change, position) => {
                    let record = self
                        .next(change, position, material)
                        .ok_or_else(mismatch::<D>)?;
                    self.commit(record).await?;
                    material = Material::Nothing;
                    effect = engine.committed();
                }
                Effect::Run => {
                    let record = Arc::clone(&self.record);
                    let inflight = record.inflight.as_ref().ok_or_else(mismatch::<D>)?;
                    let end;
                    (effect, material, end) = match self.run(inflight).await {
                        Ok(target) => {
                            let end = End::Entered(D::state_name(&target));
                            let effect = engine.succeeded(&mut |transition| {
                                automatic_refusal::<D, A>(&self.actions, transition, &target)
                            });
                            (effect, Material::Entered(target), end)
                        }
                        Err(error) if error.is_interruption() => {
                            let end = End::Interrupted(failure::text(&error));
                            (engine.interrupted(), Material::Nothing, end)
                        }
                        Err(error) => {
                            let text = failure::text(&error);
                            let end = End::Failed(text.clone());
                            (engine.failed(), Material::Failed(text), end)
                        }
                    };
                    steps.push(self.step(inflight, end));
                }
                Effect::Finish(verdict) => {
                    tracing::debug!(%verdict, steps = steps.len());
                    return Ok(Outcome { verdict, steps });
                }
            }
        }
    }

    /// Runs the action of the transition in flight.
    async fn run(&mut self, inflight: &Inflight<D>) -> Result<D::State, D::Error> {
        let context = Context {
            instance: self.shared.instance.clone(),
            source: self.record.state.clone(),
            inflight: inflight.clone(),
        };
        let action = match D::run(&mut self.actions, &inflight.transition, &context) {
            Run::Done(target) => return Ok(target),
            Run::Action(action) => action,
        };
        let span = tracing::info_span!(
            "action",
            instance = %self.shared.instance,
            transition = inflight.name().as_str(),
            execution = inflight.execution,
            attempt = inflight.attempt,
            interruptions = inflight.interruptions,
        );
        action.instrument(span).await
    }
}

impl<D: Definition, A> Instance<D, A> {
    fn step(&self, inflight: &Inflight<D>, end: End<D>) -> Step<D> {
        Step {
            transition: inflight.name(),
            source: self.state_name(),
            execution: inflight.execution.clone(),
            attempt: inflight.attempt,
            interruptions: inflight.interruptions,
            end,
        }
    }

    /// The record that a commit makes durable.
    fn next(&self, change: Change, to: Position, from: Material<D>) -> Option<Record<D>> {
        let current = &self.record;
        let before = current.inflight.as_ref();
        let inflight = match (change, to.inflight) {
            (_, None) => None,
            (Change::Interrupt | Change::Resume | Change::Abandon, Some(mark)) => {
                let before = before?.clone();
                let cause = match &from {
                    Material::Resumed(cause) => cause.clone().or(before.cause),
                    _ => before.cause,
                };
                Some(Inflight {
                    interruptions: mark.interruptions,
                    cause,
                    ..before
                })
            }
            (Change::Begin | Change::Enter, Some(mark)) => Some(match &from {
                Material::Fired(inflight) => inflight.clone(),
                _ => Inflight::begin(plain::<D>(mark.transition)?),
            }),
            (Change::Divert, Some(_)) => {
                let (before, Material::Failed(failure)) = (before?, &from) else {
                    return None;
                };
                let error = D::on_error(&before.transition, &current.state, failure)?;
                Some(Inflight {
                    cause: before.cause.clone(),
                    failure: Some(failure.clone()),
                    ..Inflight::begin(error)
                })
            }
        };
        Some(Record {
            version: current.version + 1,
            state: match from {
                Material::Entered(state) => state,
                _ => current.state.clone(),
            },
            inflight,
        })
    }
}

/// The transition at this index, which has no inputs.
fn plain<D: Definition>(transition: TransitionIndex) -> Option<D::Transition> {
    D::transition(named::<D>(transition)?, Fields::new()).ok()
}

/// The guard of an automatic transition that refuses in a state.
fn automatic_refusal<D: Dispatch<A>, A>(
    actions: &A,
    transition: TransitionIndex,
    state: &D::State,
) -> Option<&'static str> {
    plain::<D>(transition).and_then(|transition| D::refusal(actions, &transition, state))
}

fn mismatch<D: Definition>() -> Error {
    Error::Generated {
        workflow: D::TABLES.workflow,
    }
}
