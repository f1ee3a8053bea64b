//! Carrying on where the last agent ended.

use inflight::Definition as _;
use inflight::store::{InstanceId, ReadStore};

use crate::agent::{Agent, AgentError};
use crate::workflow::relation::Definition;

impl Agent {
    /// Carries on with what was in flight, the unit's first, and brings relations in line with
    /// what became of it.
    pub(super) async fn recover(&mut self) -> Result<(), AgentError> {
        self.find_carried_out().await?;
        let recovery = self.fleet.recover(1, |_| {}).await?;
        if let Some(event) = recovery.failed.first() {
            return Err(AgentError::Recovery(event.to_string()));
        }
        if let Some(event) = recovery.interrupted.first()
            && !self.is_ending()
        {
            return Err(AgentError::Interrupted(event.to_string()));
        }
        for instance in recovery.parked {
            tracing::error!("{instance} was interrupted too often to be carried on with");
        }
        // A unit that has no record yet begins with this.
        let outcome = self.unit.lock().await.synchronize().await?;
        self.after(outcome)?;
        self.line_up_all().await?;
        for (name, entry) in self.ledger.read().by_name {
            if self.is_departed(&entry.id) {
                self.ledger.clear(&name)?;
            }
        }
        Ok(())
    }

    /// Finds the requests whose transitions are in the history.
    async fn find_carried_out(&mut self) -> Result<(), AgentError> {
        let relations = self.ledger.read().by_name.into_values();
        let relations =
            relations.map(|entry| InstanceId::new(Definition::TABLES.workflow, entry.id));
        for instance in relations.chain([self.unit.instance().clone()]) {
            let history = self.store.history(&instance).await?;
            let causes = history
                .into_iter()
                .filter_map(|record| record.inflight?.cause);
            self.carried_out.extend(causes);
        }
        Ok(())
    }
}
