//! Running the hooks of the charm, one at a time, so that none is ever lost sight of.
//!
//! A hook is started in three steps: a shell that waits for a word on its standard
//! input, in a process group of its own; its identity, durable in `hook.json`; then the
//! word, upon which it becomes the hook. If the agent dies before the word, the shell
//! reads the end of its input and runs nothing. If it dies after, `hook.json` says what
//! is left to be ended before anything is run again. The file goes when the hook's own
//! process has exited: what it leaves running then is left on purpose.

mod failure;
mod output;
mod process;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};
use uuid::Uuid;

use crate::config;
use crate::durable::{self, About, FileError};
use crate::folder::DataFolder;
use crate::request::Values;
use output::Output;
use process::{Group, RunningHook};

pub(crate) use failure::{Exit, HookError, HookFailure};

/// How long a hook may take to clean up when the agent is told to end.
const GRACE: Duration = Duration::from_secs(2);

/// Becomes the hook once it is told to, and never otherwise.
const LAUNCH: &str = r#"read -r _ && exec "$0" </dev/null"#;

/// Runs the hooks of one unit.
#[derive(Debug)]
pub(crate) struct Hooks {
    folder: DataFolder,
    unit: String,
    slot: Arc<Mutex<()>>,
    ending: watch::Receiver<bool>,
}

/// The right to run hooks. There is one in an agent.
#[derive(Debug)]
pub(crate) struct Slot(#[expect(dead_code, reason = "held, not read")] OwnedMutexGuard<()>);

/// Which hook to run, and what it is told.
#[derive(Debug)]
pub(crate) struct Hook {
    name: String,
    relation: Option<AboutRelation>,
}

/// What a relation hook is told.
#[derive(Debug)]
pub(crate) struct AboutRelation {
    /// The relation's name.
    pub(crate) name: String,
    /// The relation's id.
    pub(crate) id: String,
    /// The remote unit; empty for the broken hook, which is about all of them.
    pub(crate) remote: String,
    /// The settings of each remote unit, by its name.
    pub(crate) settings: BTreeMap<String, Values>,
}

/// What came of a hook that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    /// It ran.
    Completed,
    /// The charm has no such hook.
    Missing,
}

impl Hook {
    /// A hook of the unit, by the name of its file in `hooks/`.
    pub(crate) fn of_unit(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            relation: None,
        }
    }

    /// The hook of a relation that is told `what`, such as `joined`.
    pub(crate) fn of_relation(what: &str, about: AboutRelation) -> Self {
        Self {
            name: format!("{}-relation-{what}", about.name),
            relation: Some(about),
        }
    }
}

impl Hooks {
    /// Runs hooks until `ending` says that the agent ends.
    pub(crate) fn new(folder: DataFolder, unit: &str, ending: watch::Receiver<bool>) -> Self {
        Self {
            folder,
            unit: unit.to_owned(),
            slot: Arc::default(),
            ending,
        }
    }

    /// Ends the hook that was running when an earlier agent died, and waits until it is
    /// gone.
    pub(crate) fn end_leftover(folder: &DataFolder) -> Result<(), FileError> {
        let path = folder.running_hook();
        if let Some(hook) = durable::read_json::<RunningHook>(&path)? {
            if let Some(group) = hook.group()? {
                tracing::warn!("ending hook `{}`, which outlived its agent", hook.hook);
                group.end()?;
            }
            durable::remove(&path)?;
        }
        Ok(())
    }

    /// Whether the agent was told to end.
    pub(crate) fn ending(&self) -> bool {
        *self.ending.borrow()
    }

    /// Waits until no hook is running.
    pub(crate) async fn slot(&self) -> Slot {
        Slot(Arc::clone(&self.slot).lock_owned().await)
    }

    /// Runs a hook to its end.
    pub(crate) async fn run(&self, _slot: &Slot, hook: Hook) -> Result<Ran, HookError> {
        let file = self.folder.charm().join("hooks").join(&hook.name);
        if self.ending() {
            return Err(HookError::Interrupted);
        }
        if file.symlink_metadata().is_err() {
            tracing::debug!("the charm has no hook `{}`", hook.name);
            return Ok(Ran::Missing);
        }
        tracing::info!("hook `{}`", hook.name);
        let output = Output::create(&self.folder, &hook.name)?;
        let token = Uuid::now_v7().to_string();
        let mut child = self.launch(&file, &hook, &token, &output)?;
        // Should this fail, the child's input ends with it, and it runs nothing.
        let exit = self.go(&mut child, &hook.name, token).await?;
        durable::remove(&self.folder.running_hook())?;
        let Some(status) = exit else {
            return Err(HookError::Interrupted);
        };
        self.completed(hook.name, status, &output)
    }

    fn launch(
        &self,
        file: &Path,
        hook: &Hook,
        token: &str,
        output: &Output,
    ) -> Result<Child, HookError> {
        let environment = self.environment(hook)?;
        let shell = Path::new("/bin/sh");
        let child = Command::new(shell)
            .arg("-c")
            .arg(LAUNCH)
            .arg(file)
            .current_dir(self.folder.charm())
            .env_remove("JUJU_RELATION")
            .env_remove("JUJU_RELATION_ID")
            .env_remove("JUJU_REMOTE_UNIT")
            .env_remove("RELATION_FILE")
            .envs(environment)
            .env(process::TOKEN, token)
            .stdin(Stdio::piped())
            .stdout(output.handle()?)
            .stderr(output.handle()?)
            .process_group(0)
            .spawn()
            .about("start", shell)?;
        Ok(child)
    }

    fn environment(&self, hook: &Hook) -> Result<Vec<(&'static str, OsString)>, HookError> {
        let given = self.folder.given();
        durable::create_folder(&given)?;
        let config = given.join("config.json");
        durable::write_json(&config, &config::current(&self.folder)?)?;
        let mut environment = vec![
            ("JUJU_UNIT_NAME", self.unit.as_str().into()),
            ("CHARM_DIR", self.folder.charm().into()),
            ("CONFIG_FILE", config.into()),
        ];
        if let Some(relation) = &hook.relation {
            let settings = given.join("relation.json");
            durable::write_json(&settings, &relation.settings)?;
            environment.extend([
                ("JUJU_RELATION", relation.name.as_str().into()),
                ("JUJU_RELATION_ID", relation.id.as_str().into()),
                ("JUJU_REMOTE_UNIT", relation.remote.as_str().into()),
                ("RELATION_FILE", settings.into()),
            ]);
        }
        Ok(environment)
    }

    /// Lets a launched hook go, and waits for it; `None` if the agent was told to end.
    async fn go(
        &self,
        child: &mut Child,
        name: &str,
        token: String,
    ) -> Result<Option<ExitStatus>, HookError> {
        let path = self.folder.running_hook();
        let group = Group::led_by(child.id(), &path)?;
        durable::write_json(&path, &RunningHook::new(name, token, group)?)?;
        if let Some(mut word) = child.stdin.take() {
            // A shell that is gone by now shows in its exit status.
            let _ = word.write_all(b"go\n").await;
        }
        let mut ending = self.ending.clone();
        tokio::select! {
            biased;
            status = child.wait() => return Ok(Some(status.about("wait for hook", &path)?)),
            Ok(_) = ending.wait_for(|ending| *ending) => {}
        }
        tracing::info!("ending hook `{name}`");
        group.ask_to_end()?;
        let _ = tokio::time::timeout(GRACE, child.wait()).await;
        group.end()?;
        child.wait().await.about("wait for hook", &path)?;
        Ok(None)
    }

    fn completed(
        &self,
        hook: String,
        status: ExitStatus,
        output: &Output,
    ) -> Result<Ran, HookError> {
        let exit = match (status.code(), status.signal()) {
            (Some(0), _) => return Ok(Ran::Completed),
            (Some(code), _) => Exit::Code(code),
            (None, signal) => Exit::Signal(signal.unwrap_or_default()),
        };
        let output = output.end()?;
        Err(HookFailure { hook, exit, output }.into())
    }
}

#[cfg(test)]
mod tests;
