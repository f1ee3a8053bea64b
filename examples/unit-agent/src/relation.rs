//! What the transitions of a relation do, and what happens to its remote units.

mod changes;
mod ledger;

use std::sync::Arc;

use inflight::Failure;

use crate::activity::{Activity, Running};
use crate::hook::{AboutRelation, Hook, HookError, Hooks, Slot};
use crate::workflow::relation::{Actions, Context, results};

pub(crate) use changes::Change;
pub(crate) use ledger::{Ledger, Relations};

/// Runs the hooks of one relation.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    /// Its name.
    pub(crate) name: String,
    /// Its id.
    pub(crate) id: String,
    hooks: Arc<Hooks>,
    ledger: Arc<Ledger>,
    running: Running,
}

/// The name of the relation of this id.
pub(crate) fn name_of(id: &str) -> &str {
    id.rsplit_once(':').map_or(id, |(name, _)| name)
}

/// Why a relation could not be removed. What its hook fails with is no reason.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct DepartError(HookError);

impl Failure for DepartError {
    fn is_interruption(&self) -> bool {
        true
    }
}

impl Relation {
    /// A relation by its id.
    pub(crate) fn new(id: &str, hooks: Arc<Hooks>, ledger: Arc<Ledger>, running: Running) -> Self {
        Self {
            name: name_of(id).to_owned(),
            id: id.to_owned(),
            hooks,
            ledger,
            running,
        }
    }

    /// Runs the hook of a change.
    pub(crate) async fn changed(&self, slot: &Slot, change: &Change) -> Result<(), HookError> {
        let hook = self.hook(change.kind.hook(), &change.remote);
        self.hooks.run(slot, hook).await?;
        Ok(())
    }

    fn hook(&self, what: &str, remote: &str) -> Hook {
        let settings = self
            .ledger
            .relation(&self.name)
            .map(|entry| entry.remote_units);
        let about = AboutRelation {
            name: self.name.clone(),
            id: self.id.clone(),
            remote: remote.to_owned(),
            settings: settings.unwrap_or_default(),
        };
        Hook::of_relation(what, about)
    }
}

impl Actions for Relation {
    type Error = DepartError;

    async fn depart(&mut self, _: &Context) -> Result<results::Depart, DepartError> {
        let slot = self.hooks.slot().await;
        match self.hooks.run(&slot, self.hook("broken", "")).await {
            Ok(_) => Ok(results::Depart {
                change_type: None,
                error_message: None,
            }),
            Err(error) if error.is_interruption() => Err(DepartError(error)),
            Err(error) => {
                tracing::warn!("relation {}: {error}", self.id);
                Ok(results::Depart {
                    change_type: Some("depart".to_owned()),
                    error_message: Some(error.to_string()),
                })
            }
        }
    }

    async fn start_watches(&mut self) {
        self.running.start(Activity::Watches, &self.id);
    }

    async fn stop_watches(&mut self) {
        self.running.stop(Activity::Watches, &self.id);
    }

    async fn start_scheduler(&mut self) {
        self.running.start(Activity::Scheduler, &self.id);
    }

    async fn stop_scheduler(&mut self) {
        self.running.stop(Activity::Scheduler, &self.id);
    }
}
