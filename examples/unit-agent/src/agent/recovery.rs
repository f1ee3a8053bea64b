//! Carrying on where the last agent ended.

use inflight::Verdict;
use inflight::store::{InstanceId, ReadStore};

use crate::agent::{Agent, AgentError};
use crate::workflow::relation::TransitionName;

impl Agent {
    /// Brings relations in line with the unit's activities, then carries on with what was in
    /// flight, and brings relations in line with what became of it.
    pub(super) async fn recover(&mut self) -> Result<(), AgentError> {
        for name in self.ledger.read().by_name.into_keys() {
            self.open_relation(&name).await?;
        }
        self.find_carried_out().await?;
        self.unit.lock().await.start_activities().await;
        self.line_up_all().await?;

        let mut unit = self.unit.lock().await;
        let outcome = unit.synchronize().await?;
        drop(unit);
        let record = self.unit.record();
        if let (Verdict::Parked, Some(inflight)) = (outcome.verdict, &record.inflight) {
            tracing::error!(
                "{}: {} was interrupted too often to be run again",
                self.name,
                inflight.name()
            );
        }
        self.after(outcome)?;
        self.line_up_all().await?;
        self.finish_departures().await
    }

    /// Carries on with the removal of relations.
    async fn finish_departures(&mut self) -> Result<(), AgentError> {
        for (name, relation) in &self.relations {
            if self.is_ending() {
                break;
            }
            let outcome = relation.lock().await.synchronize().await?;
            self.after(outcome)?;
            if relation.state().is_departed() {
                self.ledger.clear(name)?;
            }
        }
        Ok(())
    }

    /// Finds the requests whose transitions are in the history.
    async fn find_carried_out(&mut self) -> Result<(), AgentError> {
        let relations = self.relations.values().map(|relation| relation.instance());
        let instances: Vec<InstanceId> = relations.chain([self.unit.instance()]).cloned().collect();
        for instance in instances {
            let history = self.store.history(&instance).await?;
            let causes = history
                .into_iter()
                .filter_map(|record| record.inflight?.cause);
            self.carried_out.extend(causes);
        }
        Ok(())
    }
}

/// Whether a relation is on its way out, which only an operation of its own carries on.
pub(super) fn is_departing(transition: Option<TransitionName>) -> bool {
    transition == Some(TransitionName::Depart)
}
