//! Carries out what the engine asks for.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tracing::Instrument;
use uuid::Uuid;

use crate::clock::Clock;
use crate::context::Context;
use crate::definition::{Definition, Dispatch, Name, Run};
use crate::engine::{Change, Effect, Engine, Position, Refusal, Resolution};
use crate::error::Error;
use crate::failure::{self, Failure};
use crate::fields::Fields;
use crate::holder::HolderSlot;
use crate::outcome::{End, Outcome, Step};
use crate::record::{Inflight, Record};
use crate::store::{Claim, Commit, InstanceId, Store, StoreError, StoreFuture};
use crate::tables::TransitionIndex;

/// What is known of an instance without its lock.
pub(crate) struct Shared<D: Definition> {
    pub(crate) instance: InstanceId,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) holder: HolderSlot,
    pub(crate) current: RwLock<Arc<Record<D>>>,
    pub(crate) observers: Mutex<Vec<Observer<D>>>,
}

/// Is told of each record after it is durable.
pub(crate) type Observer<D> = Box<dyn Fn(&Record<D>) + Send>;

/// What only the holder of the lock may touch.
pub(crate) struct Core<D: Definition, A> {
    pub(crate) shared: Arc<Shared<D>>,
    pub(crate) actions: A,
    /// The record that was last known to be durable.
    pub(crate) record: Arc<Record<D>>,
    claim: Claim,
    /// A commit whose result nobody has seen yet: the future that asked for it may
    /// have been dropped.
    settling: Option<Settling<D>>,
    poison: Option<StoreError>,
}

struct Settling<D: Definition> {
    record: Arc<Record<D>>,
    done: StoreFuture<()>,
}

/// What the next record is made of, besides what the engine decides.
enum Material<D: Definition> {
    Nothing,
    Fired(D::Transition, Option<String>),
    Entered(D::State),
    Failed(String),
}

impl<D: Definition, A> Core<D, A> {
    pub(crate) fn new(
        shared: Arc<Shared<D>>,
        actions: A,
        record: Arc<Record<D>>,
        claim: Claim,
    ) -> Self {
        Self {
            shared,
            actions,
            record,
            claim,
            settling: None,
            poison: None,
        }
    }

    /// Waits for the commit under way, if there is one. Cancel safe: the commit stays
    /// here until its result has been seen.
    pub(crate) async fn settle(&mut self) -> Result<(), Error> {
        let Some(settling) = &mut self.settling else {
            return self.sound();
        };
        let result = (&mut settling.done).await;
        let Some(Settling { record, .. }) = self.settling.take() else {
            return Ok(());
        };
        match result {
            Ok(()) => {
                self.adopt(record);
                Ok(())
            }
            Err(source) => {
                self.poison = Some(source.clone());
                Err(Error::Commit {
                    instance: self.shared.instance.clone(),
                    source,
                })
            }
        }
    }

    /// Refuses once a commit has failed.
    pub(crate) fn sound(&self) -> Result<(), Error> {
        match &self.poison {
            None => Ok(()),
            Some(source) => Err(Error::Poisoned {
                instance: self.shared.instance.clone(),
                source: source.clone(),
            }),
        }
    }

    /// The refusal in the words of the workflow.
    pub(crate) fn refused(&self, transition: &'static str, refusal: Refusal) -> Error {
        let instance = self.shared.instance.clone();
        let state = self.state_name().as_str();
        match refusal {
            Refusal::Interrupted => Error::Interrupted {
                instance,
                transition: self.inflight_name().unwrap_or(transition),
            },
            Refusal::Invalid => Error::InvalidTransition {
                transition,
                state,
                possible: self.possible(),
            },
            Refusal::Guard(guard) => Error::GuardRefused {
                transition,
                state,
                guard,
            },
            Refusal::Settled => Error::NothingInflight { instance },
        }
    }

    pub(crate) fn state_name(&self) -> D::StateName {
        D::state_name(&self.record.state)
    }

    pub(crate) fn inflight_name(&self) -> Option<&'static str> {
        let inflight = self.record.inflight.as_ref()?;
        Some(inflight.name().as_str())
    }

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

    /// The transitions that callers may fire in the current state.
    pub(crate) fn outgoing(&self) -> impl Iterator<Item = D::TransitionName> {
        D::TABLES
            .outgoing(self.state_name().index())
            .iter()
            .filter_map(|transition| named::<D>(*transition))
    }

    pub(crate) fn possible(&self) -> Vec<&'static str> {
        self.outgoing().map(Name::as_str).collect()
    }

    fn adopt(&mut self, record: Arc<Record<D>>) {
        self.record = Arc::clone(&record);
        *self
            .shared
            .current
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::clone(&record);
        let observers = self
            .shared
            .observers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for observer in observers.iter() {
            observer(&record);
        }
    }

    async fn commit(&mut self, record: Record<D>) -> Result<(), Error> {
        let inflight = record.inflight.as_ref();
        let span = tracing::debug_span!(
            "commit",
            instance = %self.shared.instance,
            version = record.version,
            state = D::state_name(&record.state).as_str(),
            transition = inflight.map(|inflight| inflight.name().as_str()),
            execution = inflight.map(|inflight| inflight.execution.as_str()),
            attempt = inflight.map(|inflight| inflight.attempt),
        );
        let commit = Commit {
            instance: self.shared.instance.clone(),
            epoch: self.claim.epoch,
            expected: self.record.version,
            record: record.encode(self.shared.clock.now()),
        };
        self.settling = Some(Settling {
            record: Arc::new(record),
            done: self.shared.store.commit(commit),
        });
        self.settle().instrument(span).await
    }

    /// The record that a commit makes durable.
    fn next(&self, change: Change, to: Position, from: Material<D>) -> Option<Record<D>> {
        let current = &self.record;
        let before = current.inflight.as_ref();
        let inflight = match (change, to.inflight) {
            (_, None) => None,
            (Change::Interrupt | Change::Resume | Change::Abandon, Some(mark)) => Some(Inflight {
                interruptions: mark.interruptions,
                ..before?.clone()
            }),
            (Change::Begin | Change::Enter, Some(mark)) => Some(match &from {
                Material::Fired(transition, cause) => begin(transition.clone(), cause.clone()),
                _ => begin(plain::<D>(mark.transition)?, None),
            }),
            (Change::Divert, Some(_)) => {
                let (before, Material::Failed(failure)) = (before?, &from) else {
                    return None;
                };
                let error = D::on_error(&before.transition, &current.state, failure)?;
                Some(Inflight {
                    failure: Some(failure.clone()),
                    ..begin(error, before.cause.clone())
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

impl<D: Dispatch<A>, A: Send + 'static> Core<D, A> {
    /// Fires a transition.
    pub(crate) async fn fire(
        &mut self,
        transition: D::Transition,
        cause: Option<String>,
    ) -> Result<Outcome<D>, Error> {
        self.settle().await?;
        let name = D::transition_name(&transition);
        let mut engine = self.engine();
        let effect = engine
            .fire(name.index(), &mut |_| {
                D::refusal(&self.actions, &transition, &self.record.state)
            })
            .map_err(|refusal| self.refused(name.as_str(), refusal))?;
        let span = tracing::info_span!(
            "fire",
            instance = %self.shared.instance,
            transition = name.as_str(),
            cause,
        );
        self.drive(
            engine,
            effect,
            Material::Fired(transition, cause),
            Vec::new(),
        )
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

    /// Does what an operator decided of the transition in flight.
    pub(crate) async fn resolve(&mut self, resolution: Resolution) -> Result<Outcome<D>, Error> {
        self.settle().await?;
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
        self.drive(engine, effect, Material::Nothing, Vec::new())
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

fn begin<D: Definition>(transition: D::Transition, cause: Option<String>) -> Inflight<D> {
    Inflight {
        transition,
        execution: Uuid::now_v7().to_string(),
        cause,
        attempt: 1,
        interruptions: 0,
        failure: None,
    }
}

fn named<D: Definition>(transition: TransitionIndex) -> Option<D::TransitionName> {
    D::TransitionName::ALL.get(usize::from(transition)).copied()
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
