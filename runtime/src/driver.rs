//! Carries out what the engine asks for.

mod decision;

use std::mem;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use tracing::Instrument;

use crate::crowd::{message, unwound};
use crate::definition::{Definition, Dispatch, Name};
use crate::engine::{Change, Effect, Engine, Resolution};
use crate::error::Error;
use crate::execution;
use crate::exercised::Exercised;
use crate::failure;
use crate::instance::Instance;
use crate::outcome::{End, Outcome, Step, Verdict};
use crate::perform::{Performed, mismatch, needed};
use crate::record::{Inflight, Record};
use crate::store::Intervention;
use crate::succession::{Material, plain};
use crate::tables::TransitionIndex;
use crate::under_way::{Decided, Told};

/// An operation under way. It stays where it is, for it is large.
struct Operation<D: Definition> {
    engine: Engine,
    /// What must happen next.
    effect: Effect,
    material: Material<D>,
    intervention: Option<Intervention>,
    /// Whom to tell that what an operator decided is durable.
    told: Option<Told<D>>,
    /// What the action said that is in doubt, if it panicked.
    panicked: Option<String>,
    /// What has been done.
    steps: Vec<Step<D>>,
}

impl<D: Definition> Operation<D> {
    fn new(engine: Engine, effect: Effect, material: Material<D>) -> Self {
        Self {
            engine,
            effect,
            material,
            intervention: None,
            told: None,
            panicked: None,
            // Most have one.
            steps: Vec::with_capacity(1),
        }
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Instance<D, A> {
    /// Fires a transition. The instance is ready.
    pub(crate) async fn fire(
        &mut self,
        transition: D::Transition,
        cause: Option<String>,
    ) -> Result<Outcome<D>, Error> {
        let name = D::transition_name(&transition);
        let span;
        // What is not needed any more ends here, for a future has room for all that may be.
        let mut operation = {
            let mut engine = self.engine();
            let effect = engine
                .fire(name.index(), &mut |_| {
                    let refusal = D::refusal(&self.actions, &transition, &self.record.state);
                    if refusal.is_some() {
                        Exercised::Refused.note::<D>(self.state_name(), name.index());
                    }
                    refusal
                })
                .map_err(|refusal| self.refused(name.as_str(), refusal))?;
            let execution = execution::new_id();
            span = tracing::info_span!(
                "fire",
                instance = %self.shared.instance,
                transition = name.as_str(),
                execution = &*execution,
                attempt = 1,
                cause,
            );
            let fired = Material::Fired {
                transition,
                execution,
                cause,
            };
            Operation::new(engine, effect, fired)
        };
        pin!(self.drive(&mut operation)).instrument(span).await
    }

    /// Brings activities in line, carries on with what is in flight, or fires what is
    /// automatic, and then what is due. What waits for its next attempt may have `waited`
    /// long enough already.
    pub(crate) async fn synchronize(&mut self, waited: bool) -> Result<Outcome<D>, Error> {
        self.ready().await?;
        self.align().await;
        let entered = self.record.entered;
        let elapsed = self.elapsed(Duration::ZERO);
        let mut engine = self.engine();
        let effect = engine.synchronize(elapsed, &mut |transition| {
            own_refusal::<D, A>(&self.actions, transition, &self.record.state)
        });
        let effect = match effect {
            Effect::Wait if waited => engine.waited(),
            effect => effect,
        };
        let mut operation = Operation::new(engine, effect, Material::Nothing);
        if let Some(inflight) = &self.record.inflight {
            operation.panicked = inflight.panicked.clone();
            if let Effect::Commit(Change::Divert | Change::Abandon, _) = operation.effect {
                let mut failure = match inflight.interruptions {
                    0 => "interrupted".to_owned(),
                    times => format!("interrupted {} times", times + 1),
                };
                if let Some(said) = &inflight.panicked {
                    failure.push_str(&format!("; it panicked: {said}"));
                }
                let failed = self.step(inflight, End::Failed(failure.clone()));
                operation.steps.push(failed);
                Exercised::Interrupted.note::<D>(self.state_name(), inflight.name().index());
                operation.material = Material::Interrupted(failure);
            }
        }
        let span = tracing::info_span!(
            "synchronize",
            instance = %self.shared.instance,
            transition = self.inflight_name(),
        );
        let mut outcome = pin!(self.drive(&mut operation)).instrument(span).await?;
        // What falls due in a state that is entered meanwhile is for the next call, or this
        // one might never end; and once nothing more may begin, what was done is to be told.
        while self.record.entered == entered
            && self.sound().is_ok()
            && let Some(next) = self.expire(Duration::ZERO).await?
        {
            if outcome.verdict == Verdict::Idle {
                outcome.verdict = next.verdict;
            }
            outcome.steps.extend(next.steps);
        }
        Ok(outcome)
    }

    /// Fires the first timer that is due, if one is, taking it that the state was entered
    /// at least so long ago.
    pub(crate) async fn expire(&mut self, at_least: Duration) -> Result<Option<Outcome<D>>, Error> {
        self.ready().await?;
        let elapsed = self.elapsed(at_least);
        let mut engine = self.engine();
        let effect = engine.expire(elapsed, &mut |transition| {
            own_refusal::<D, A>(&self.actions, transition, &self.record.state)
        });
        let Some(effect) = effect else {
            return Ok(None);
        };
        let span = tracing::info_span!("expire", instance = %self.shared.instance);
        let mut operation = Operation::new(engine, effect, Material::Nothing);
        let outcome = pin!(self.drive(&mut operation)).instrument(span).await;
        outcome.map(Some)
    }

    async fn drive(&mut self, operation: &mut Operation<D>) -> Result<Outcome<D>, Error> {
        let shared = Arc::clone(&self.shared);
        let _ends = shared.begin(&self.record);
        loop {
            match operation.effect {
                Effect::Commit(change, _) => {
                    // What an operator does is none of the workflow's.
                    let exercised =
                        Exercised::by(change).filter(|_| operation.intervention.is_none());
                    let exercised = exercised.zip(self.inflight_index());
                    let state = self.state_name();
                    let now = shared.around.clock.now();
                    let record = self.successor(operation, now)?;
                    pin!(self.commit(record, now)).await?;
                    if let Some(told) = operation.told.take() {
                        told.done();
                    }
                    if let Some((what, transition)) = exercised {
                        what.note::<D>(state, transition);
                    }
                    self.align().await;
                    operation.effect = operation.engine.committed();
                }
                // Boxed is what takes time: it needs room that most transitions do not.
                Effect::Wait => Box::pin(self.pause(operation)).await?,
                Effect::Run | Effect::Probe => {
                    let acts = |transition| D::TABLES.transition(transition).action.is_some();
                    let performed = match self.inflight_index().is_some_and(acts) {
                        false => Some(Performed::Done(self.skipped()?)),
                        true => Box::pin(self.work(operation)).await?,
                    };
                    if let Some(performed) = performed {
                        let end = self.judge(operation, performed);
                        let step = self.record.inflight.as_ref().zip(end);
                        let step = step.map(|(inflight, end)| self.step(inflight, end));
                        operation.steps.extend(step);
                    }
                }
                Effect::Finish(verdict) => {
                    let steps = mem::take(&mut operation.steps);
                    tracing::debug!(%verdict, steps = steps.len());
                    return Ok(Outcome { verdict, steps });
                }
            }
        }
    }

    /// The record that an operation commits next.
    fn successor(
        &self,
        operation: &mut Operation<D>,
        now: SystemTime,
    ) -> Result<Arc<Record<D>>, Error> {
        let Effect::Commit(change, position) = &operation.effect else {
            return Err(mismatch::<D>());
        };
        let material = mem::replace(&mut operation.material, Material::Nothing);
        let intervention = operation.intervention.take();
        self.next(*change, position, material, intervention, now)
            .ok_or_else(mismatch::<D>)
    }

    /// Waits for the next attempt of what is in flight.
    async fn pause(&mut self, operation: &mut Operation<D>) -> Result<(), Error> {
        let shared = Arc::clone(&self.shared);
        let record = Arc::clone(&self.record);
        let inflight = record.inflight.as_ref().ok_or_else(mismatch::<D>)?;
        let under_way = &shared.under_way;
        let decided = under_way
            .unless_decided(record.version, pin!(self.wait(inflight)), |_| None)
            .await;
        match decided {
            Ok(false) => operation.effect = operation.engine.waited(),
            Ok(true) => operation.effect = operation.engine.interrupted(),
            Err(decision) => self.obey(operation, decision, inflight),
        }
        Ok(())
    }

    /// Runs or probes the action of what is in flight. Nothing comes of it if an operator
    /// decides otherwise meanwhile: then the operation goes on as was decided.
    async fn work(
        &mut self,
        operation: &mut Operation<D>,
    ) -> Result<Option<Performed<D::State>>, Error> {
        let shared = Arc::clone(&self.shared);
        let record = Arc::clone(&self.record);
        let inflight = record.inflight.as_ref().ok_or_else(mismatch::<D>)?;
        let probes = operation.effect == Effect::Probe;
        let cannot_skip = probes && self.skipped().is_err();
        let supplies = AtomicBool::new(cannot_skip);
        // Not after: the action would be cancelled for nothing.
        let refuses = |decided: &Decided<D>| {
            let skips = matches!(decided, Decided::Resolve(Resolution::Skip));
            let refused = skips && supplies.load(Ordering::Relaxed);
            refused.then(|| needed(&shared, inflight))
        };
        let work = async {
            match probes {
                false => unwound(pin!(self.run(inflight, &supplies))).await,
                true => unwound(pin!(self.probe(inflight))).await,
            }
        };
        let under_way = &shared.under_way;
        let decided = under_way
            .unless_decided(record.version, pin!(work), refuses)
            .await;
        let performed = match decided {
            Ok(Ok(performed)) => performed?,
            Ok(Err(panic)) => {
                self.note(message(&panic)).await;
                resume_unwind(panic);
            }
            Err(decision) => {
                self.obey(operation, decision, inflight);
                return Ok(None);
            }
        };
        if let (true, Some(found)) = (probes, performed.found()) {
            found.note::<D>(self.state_name(), inflight.name().index());
        }
        Ok(Some(performed))
    }

    /// Tells the engine how an action ended; what there is to tell of it.
    fn judge(
        &self,
        operation: &mut Operation<D>,
        performed: Performed<D::State>,
    ) -> Option<End<D>> {
        let engine = &mut operation.engine;
        let (effect, end) = match performed {
            Performed::Done(target) => {
                let end = End::Entered(D::state_name(&target));
                let effect =
                    engine.succeeded(&mut |next| own_refusal::<D, A>(&self.actions, next, &target));
                operation.material = Material::Entered(target);
                (effect, Some(end))
            }
            Performed::Failed(text) => {
                operation.material = Material::Failed(text.clone());
                (engine.failed(), Some(End::Failed(text)))
            }
            Performed::Interrupted(text) => (engine.interrupted(), Some(End::Interrupted(text))),
            Performed::NotDone => (engine.undone(), None),
            Performed::Unknown(reason) => {
                operation.material = Material::Unknown(operation.panicked.take());
                (engine.doubtful(), Some(End::Unknown(reason)))
            }
        };
        operation.effect = effect;
        end
    }

    /// Writes down what an action said when it panicked. It is in flight as it was: that it was
    /// interrupted counts when it is carried on with.
    async fn note(&mut self, said: String) {
        let mut record = Arc::clone(&self.record);
        let next = Arc::make_mut(&mut record);
        next.version += 1;
        next.intervention = None;
        if let Some(inflight) = &mut next.inflight {
            inflight.panicked = Some(failure::text(&said));
        }
        let now = self.shared.around.clock.now();
        if let Err(error) = self.commit(record, now).await {
            tracing::error!(%error, said, "it is not written down that an action panicked");
        }
    }

    /// How many nanoseconds ago the state was entered, if a record says when. A clock that
    /// was set back since then makes it none.
    fn elapsed(&self, at_least: Duration) -> Option<u64> {
        let elapsed = self
            .shared
            .around
            .clock
            .now()
            .duration_since(self.record.entered?);
        let elapsed = elapsed.unwrap_or_default().max(at_least);
        Some(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX))
    }

    fn engine(&self) -> Engine {
        Engine::new(D::TABLES, self.record.position())
    }
}

impl<D: Definition, A> Instance<D, A> {
    fn step(&self, inflight: &Inflight<D>, end: End<D>) -> Step<D> {
        Step {
            transition: inflight.name(),
            source: self.state_name(),
            execution: Arc::clone(&inflight.execution),
            attempt: inflight.attempt,
            interruptions: inflight.interruptions,
            end,
        }
    }
}

/// The guard that refuses, in a state, a transition which fires by itself.
fn own_refusal<D: Dispatch<A>, A>(
    actions: &A,
    transition: TransitionIndex,
    state: &D::State,
) -> Option<&'static str> {
    let refusal = D::refusal(actions, &plain::<D>(transition)?, state);
    if refusal.is_some() {
        Exercised::Refused.note::<D>(D::state_name(state), transition);
    }
    refusal
}
