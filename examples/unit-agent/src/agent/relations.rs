//! The relations of a unit: brought in line with its lifecycle, and given the hooks of
//! their changes.

use std::sync::Arc;

use crate::activity::Activity;
use crate::agent::{Agent, AgentError};
use crate::hook::{HookError, Slot};
use crate::relation::{Ledger, Relation, name_of};
use crate::workflow::relation::{State, Transition, Workflow};

impl Agent {
    /// Whether the relation of this id is no more.
    pub(super) fn is_departed(&self, id: &str) -> bool {
        let open = self.relations.list();
        let mut open = open.iter();
        open.any(|relation| &*relation.instance().instance == id && relation.state().is_departed())
    }

    /// Brings all relations in line with the unit's lifecycle.
    pub(super) async fn line_up_all(&mut self) -> Result<(), AgentError> {
        self.lifecycle = self.runs(Activity::Lifecycle);
        for name in self.ledger.read().by_name.keys() {
            self.line_up(name).await?;
        }
        Ok(())
    }

    /// Brings all relations in line with the unit's lifecycle, if that has changed.
    pub(super) async fn follow_lifecycle(&mut self) -> Result<(), AgentError> {
        if self.lifecycle != self.runs(Activity::Lifecycle) {
            self.line_up_all().await?;
        }
        Ok(())
    }

    /// Brings a relation in line with the unit's lifecycle.
    pub(super) async fn line_up(&mut self, name: &str) -> Result<(), AgentError> {
        self.finish_change().await?;
        let Some(entry) = self.ledger.relation(name) else {
            return Ok(());
        };
        let mut relation = self.relations.lock(&entry.id).await?;
        self.after(relation.synchronize().await?)?;
        let transition = match relation.state() {
            State::Down if self.lifecycle => Transition::Restart,
            State::Up if !self.lifecycle => Transition::Stop,
            _ => return Ok(()),
        };
        self.after(relation.fire(transition).await?)
    }

    /// Waits for the hook of a change, if one is running.
    pub(super) async fn finish_change(&mut self) -> Result<(), AgentError> {
        match self.change.take() {
            Some(change) => change.await?,
            None => Ok(()),
        }
    }

    /// Begins with the change that came first of those whose hooks may run.
    pub(super) async fn begin_change(&mut self) {
        if !self.runs(Activity::HookExecutor) || !self.runs(Activity::Lifecycle) {
            return;
        }
        let relations = self.ledger.read();
        let runnable = self.relations.list().into_iter().filter_map(|relation| {
            let rests = relation.record().inflight.is_none();
            let id = &relation.instance().instance;
            let scheduled = self.running.runs(Activity::Scheduler, id);
            let entry = relations.by_name.get(name_of(id))?;
            let next = entry.changes.next().filter(|_| *entry.id == **id)?;
            (rests && scheduled).then_some((next, relation))
        });
        let Some((_, relation)) = runnable.min_by_key(|(next, _)| *next) else {
            return;
        };
        let slot = self.hooks.slot().await;
        let change = run_change(relation, Arc::clone(&self.ledger), slot);
        self.change = Some(tokio::spawn(change));
    }
}

/// Runs the hook of the next change of a relation. The slot is held until what came of
/// it is durable.
async fn run_change(
    workflow: Workflow<Relation>,
    ledger: Arc<Ledger>,
    slot: Slot,
) -> Result<(), AgentError> {
    let relation = workflow.lock().await.actions().clone();
    let Some(change) = ledger.begin(&relation.name)? else {
        return Ok(());
    };
    let error = match relation.changed(&slot, &change).await {
        Ok(()) => return Ok(ledger.complete(&relation.name)?),
        Err(HookError::Interrupted) => return Ok(()),
        Err(HookError::File(error)) => return Err(error.into()),
        Err(error) => error,
    };
    tracing::warn!("{}: {error}", relation.id);
    let mut locked = workflow.lock().await;
    if locked.state().is_up() {
        let transition = Transition::Error {
            change_type: change.kind.to_string(),
            error_message: error.to_string(),
        };
        // Its failures are none: it runs nothing.
        let _ = locked.fire(transition).await?;
    }
    Ok(())
}
