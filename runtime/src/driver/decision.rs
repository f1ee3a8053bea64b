//! What an operator decides, of what is in flight or of the state, and how an operation goes on
//! with it.

use std::pin::pin;
use std::sync::Arc;

use tracing::Instrument;

use super::{Operation, own_refusal};
use crate::definition::{Dispatch, Name};
use crate::engine::{Effect, Refusal, Resolution};
use crate::error::Error;
use crate::instance::Instance;
use crate::outcome::{End, Outcome, Verdict};
use crate::record::Inflight;
use crate::store::Intervention;
use crate::succession::Material;
use crate::under_way::{Decided, Decision};

impl<D: Dispatch<A>, A: Send + 'static> Instance<D, A> {
    /// Does what an operator decided, whether or not something is in flight. The instance is
    /// ready.
    pub(crate) async fn intervene(
        &mut self,
        decided: Decided<D>,
        cause: Option<String>,
    ) -> Result<Outcome<D>, Error> {
        let span = tracing::info_span!(
            "intervene",
            instance = %self.shared.instance,
            operation = ?decided.operation(),
            transition = self.inflight_name(),
            cause,
        );
        let mut operation = Operation::new(
            self.engine(),
            Effect::Finish(Verdict::Idle),
            Material::Nothing,
        );
        self.decide(&mut operation, decided, cause)?;
        pin!(self.drive(&mut operation)).instrument(span).await
    }

    /// Has an operation go on as an operator decided of what is in flight. Refused, nothing is
    /// changed.
    fn decide(
        &mut self,
        operation: &mut Operation<D>,
        decided: Decided<D>,
        cause: Option<String>,
    ) -> Result<(), Error> {
        let intervention = Intervention {
            operation: decided.operation(),
            cause: cause.clone(),
        };
        let Operation { engine, steps, .. } = operation;
        let (effect, material) = match decided {
            Decided::Resolve(Resolution::Skip) => {
                let record = Arc::clone(&self.record);
                let Some(inflight) = &record.inflight else {
                    return Err(self.refused("", Refusal::Settled));
                };
                let target = self.skipped()?;
                let effect = engine
                    .skip(&mut |next| own_refusal::<D, A>(&self.actions, next, &target))
                    .map_err(|refusal| self.refused("", refusal))?;
                steps.push(self.step(inflight, End::Entered(D::state_name(&target))));
                (effect, Material::Entered(target))
            }
            Decided::Resolve(resolution) => {
                let effect = engine
                    .resolve(resolution == Resolution::Retry)
                    .map_err(|refusal| self.refused("", refusal))?;
                (effect, Material::Resumed(cause))
            }
            Decided::Set(state) => {
                let effect = engine.set(D::state_name(&state).index());
                (effect, Material::Entered(state))
            }
        };
        operation.effect = effect;
        operation.material = material;
        operation.intervention = Some(intervention);
        Ok(())
    }

    /// Has the operation under way go on as an operator decided who has not got the lock:
    /// it waits for its next attempt, or its action was cancelled for this.
    pub(super) fn obey(
        &mut self,
        operation: &mut Operation<D>,
        decision: Decision<D>,
        inflight: &Inflight<D>,
    ) {
        let waited = operation.effect == Effect::Wait;
        let (decided, cause, mut told) = decision.open();
        if !waited {
            let cancelled = self.step(inflight, End::Cancelled);
            told.cancelled = Some(cancelled.clone());
            operation.steps.push(cancelled);
        }
        if waited && matches!(decided, Decided::Resolve(Resolution::Retry)) {
            operation.effect = operation.engine.waited();
            operation.intervention = cause.map(|cause| Intervention {
                operation: decided.operation(),
                cause: Some(cause),
            });
        } else if let Err(error) = self.decide(operation, decided, cause) {
            if !waited {
                operation.effect = operation.engine.interrupted();
            }
            return told.refused(error);
        }
        operation.told = Some(told);
    }
}
