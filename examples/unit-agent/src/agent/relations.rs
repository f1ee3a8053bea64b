//! The relations of a unit: opened, brought in line with its lifecycle, and given the
//! hooks of their changes.

use std::sync::Arc;

use crate::activity::Activity;
use crate::agent::recovery::is_departing;
use crate::agent::{Agent, AgentError, tell};
use crate::hook::{HookError, Slot};
use crate::relation::{Ledger, Relation};
use crate::workflow::relation::{State, Transition, Workflow};

impl Agent {
    /// Opens a relation of the ledger, in place of an earlier one of its name.
    pub(super) async fn open_relation(&mut self, name: &str) -> Result<(), AgentError> {
        let Some(entry) = self.ledger.relation(name) else {
            return Ok(());
        };
        let open = self.relations.get(name);
        if open.is_some_and(|relation| relation.instance().instance == entry.id) {
            return Ok(());
        }
        let hooks = Arc::clone(&self.hooks);
        let ledger = Arc::clone(&self.ledger);
        let actions = Relation::new(name, &entry.id, hooks, ledger, self.running.clone());
        let id = entry.id.clone();
        let relation = Workflow::open(self.store.clone(), id.as_str(), actions).await?;
        relation.observe(move |record| {
            let inflight = record
                .inflight
                .as_ref()
                .map(|inflight| inflight.name().as_str());
            tell(&id, record.state.name().as_str(), inflight);
        });
        self.relations.insert(name.to_owned(), relation);
        Ok(())
    }

    /// Brings all relations in line with the unit's lifecycle.
    pub(super) async fn line_up_all(&mut self) -> Result<(), AgentError> {
        self.lifecycle = self.runs(Activity::Lifecycle);
        let names: Vec<String> = self.relations.keys().cloned().collect();
        for name in names {
            self.line_up(&name).await?;
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
        let Some(relation) = self.relations.get(name) else {
            return Ok(());
        };
        let mut relation = relation.lock().await;
        if is_departing(relation.inflight().map(|inflight| inflight.name())) {
            return Ok(());
        }
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
        let runnable = self.relations.iter().filter_map(|(name, relation)| {
            let rests = relation.record().inflight.is_none();
            let id = &relation.instance().instance;
            let scheduled = self.running.runs(Activity::Scheduler, id);
            let next = relations.by_name.get(name)?.changes.next()?;
            (rests && scheduled).then_some((next, name, relation))
        });
        let Some((_, _, relation)) = runnable.min_by_key(|(next, ..)| *next) else {
            return;
        };
        let slot = self.hooks.slot().await;
        let change = run_change(relation.clone(), Arc::clone(&self.ledger), slot);
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
