//! What the transitions of a unit do.

use std::path::Path;
use std::sync::Arc;

use inflight::Failure;

use crate::activity::{Activity, Running};
use crate::charm::{self, CharmError, Manifest, Replacement};
use crate::durable::FileError;
use crate::folder::DataFolder;
use crate::hook::{Hook, HookError, Hooks, Slot};
use crate::workflow::unit::{Actions, Context};

/// Runs the hooks of a unit, and replaces the files of its charm.
#[derive(Debug)]
pub(crate) struct Unit {
    folder: DataFolder,
    name: String,
    hooks: Arc<Hooks>,
    running: Running,
}

/// Why a transition of a unit did not come to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UnitError {
    /// A hook did not do its work.
    #[error(transparent)]
    Hook(#[from] HookError),
    /// The charm cannot be upgraded.
    #[error(transparent)]
    Charm(#[from] CharmError),
    /// The agent could not do its own part.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Failure for UnitError {
    /// What is not the charm's fault is left in flight, to be run again when the agent
    /// can do its part.
    fn is_interruption(&self) -> bool {
        match self {
            UnitError::Hook(error) => error.is_interruption(),
            UnitError::Charm(error) => matches!(error, CharmError::Unfinished(_)),
            UnitError::File(_) => true,
        }
    }
}

impl Unit {
    /// The unit of a data folder.
    pub(crate) fn new(folder: DataFolder, name: &str, hooks: Arc<Hooks>, running: Running) -> Self {
        Self {
            folder,
            name: name.to_owned(),
            hooks,
            running,
        }
    }

    async fn run(&self, hooks: &[&str]) -> Result<(), UnitError> {
        let slot = self.hooks.slot().await;
        for hook in hooks {
            self.run_one(&slot, hook).await?;
        }
        Ok(())
    }

    async fn run_one(&self, slot: &Slot, hook: &str) -> Result<(), UnitError> {
        self.hooks.run(slot, Hook::of_unit(hook)).await?;
        Ok(())
    }
}

impl Actions for Unit {
    type Error = UnitError;

    async fn install(&mut self, hooks: bool, _: &Context) -> Result<(), UnitError> {
        self.run(if hooks { &["install"] } else { &[] }).await
    }

    async fn start(&mut self, hooks: bool, _: &Context) -> Result<(), UnitError> {
        self.run(if hooks {
            &["config-changed", "start"]
        } else {
            &[]
        })
        .await
    }

    async fn stop(&mut self, hooks: bool, _: &Context) -> Result<(), UnitError> {
        self.run(if hooks { &["stop"] } else { &[] }).await
    }

    async fn configure(&mut self, hooks: bool, _: &Context) -> Result<(), UnitError> {
        self.run(if hooks { &["config-changed"] } else { &[] })
            .await
    }

    async fn upgrade_charm(
        &mut self,
        charm: String,
        hooks: bool,
        cx: &Context,
    ) -> Result<(), UnitError> {
        let slot = self.hooks.slot().await;
        bring_in(&self.folder, Path::new(&charm), Some(cx.execution()))?;
        // An earlier run of this execution may have replaced the files and died.
        let manifest = Manifest::load(&self.folder)?;
        let replaced = manifest.and_then(|manifest| manifest.execution);
        if hooks || replaced.as_deref() == Some(cx.execution()) {
            self.run_one(&slot, "upgrade-charm").await?;
        }
        Ok(())
    }

    async fn start_hook_executor(&mut self) {
        self.running.start(Activity::HookExecutor, &self.name);
    }

    /// Waits for the hook that is running, if one is.
    async fn stop_hook_executor(&mut self) {
        self.running.stop(Activity::HookExecutor, &self.name);
        drop(self.hooks.slot().await);
    }

    async fn start_lifecycle(&mut self) {
        self.running.start(Activity::Lifecycle, &self.name);
    }

    async fn stop_lifecycle(&mut self) {
        self.running.stop(Activity::Lifecycle, &self.name);
    }
}

/// Replaces the charm in use by a newer one, on behalf of an execution of a transition,
/// and tells of it.
pub(crate) fn bring_in(
    folder: &DataFolder,
    charm: &Path,
    execution: Option<&str>,
) -> Result<(), CharmError> {
    match charm::replace(folder, charm, execution)? {
        Replacement::Done { from: None, to } => tracing::info!("charm: revision {to}"),
        Replacement::Done {
            from: Some(from),
            to,
        } => tracing::info!("charm: revision {from} replaced by {to}"),
        Replacement::NotNewer { current, offered } => {
            tracing::info!("charm: revision {offered} is no newer than {current}, which stays");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
