//! The agent: carries on where the last one ended, then carries out requests and runs
//! the hooks of changes, one thing at a time.
//!
//! One task takes requests and fires transitions. The hook of a change runs in a task
//! beside it, so that requests are noted meanwhile; the slot of [`Hooks`] sees to it
//! that it never runs beside another hook.

mod aftermath;
mod error;
mod recovery;
mod relations;
mod requests;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use inflight::store::SqliteStore;
use inflight::{Definition, Fleet, Members, Record};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::activity::{Activity, Running};
use crate::charm::{self, Manifest};
use crate::folder::DataFolder;
use crate::hook::Hooks;
use crate::relation::{Ledger, Relation};
use crate::request::RequestQueue;
use crate::unit::{Unit, bring_in};
use crate::workflow::{relation, unit};

use aftermath::Aftermath;

pub(crate) use error::AgentError;

/// The agent of one unit.
struct Agent {
    folder: DataFolder,
    name: String,
    store: SqliteStore,
    /// The unit and its relations.
    fleet: Fleet,
    unit: unit::Workflow<Unit>,
    relations: Members<relation::Definition, Relation>,
    ledger: Arc<Ledger>,
    hooks: Arc<Hooks>,
    running: Running,
    requests: RequestQueue,
    /// The requests that earlier agents carried out, as far as they may be there still.
    carried_out: HashSet<String>,
    /// Whether the relations were last brought up, or taken down.
    lifecycle: bool,
    /// The hook of a change, running.
    change: Option<JoinHandle<Result<(), AgentError>>>,
    ending: watch::Receiver<bool>,
}

/// How long what is under way may take when the agent ends: hooks are told to end before.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs the agent of a data folder, until it is told to end or, if asked to, until there
/// is nothing left to do.
pub(crate) async fn run(
    folder: DataFolder,
    name: Option<&str>,
    charm: Option<&Path>,
    until_idle: bool,
) -> Result<(), AgentError> {
    let ending = end_on_signals()?;
    folder.create()?;
    let store = SqliteStore::options()
        .owner("unit-agent")
        .open(folder.store())?;
    let mut agent = Agent::open(folder, store.clone(), name, charm, ending).await?;
    let running = tokio::spawn(agent.fleet.run());
    let result = async {
        agent.recover().await?;
        agent.serve(until_idle).await
    }
    .await;
    let change = agent.finish_change().await;
    let shutdown = agent.fleet.shutdown(PATIENCE).await;
    for left in shutdown.left {
        tracing::info!("{left}");
    }
    drop(agent);
    let running = running.await?;
    store.close()?;
    result.and(change).and(running.map_err(AgentError::from))
}

impl Agent {
    async fn open(
        folder: DataFolder,
        store: SqliteStore,
        name: Option<&str>,
        charm: Option<&Path>,
        ending: watch::Receiver<bool>,
    ) -> Result<Self, AgentError> {
        Hooks::end_leftover(&folder)?;
        charm::finish_replacement(&folder)?;
        let name = settle_name(&folder, name, charm)?;
        let hooks = Arc::new(Hooks::new(folder.clone(), &name, ending.clone()));
        let running = Running::default();
        let ledger = Arc::new(Ledger::open(&folder)?);
        let fleet = Fleet::new(store.clone());
        let units = fleet.register::<unit::Definition, _>({
            let (folder, hooks, running) = (folder.clone(), Arc::clone(&hooks), running.clone());
            move |name| Unit::new(folder.clone(), name, Arc::clone(&hooks), running.clone())
        })?;
        let relations = fleet.register::<relation::Definition, _>({
            let (hooks, ledger, running) =
                (Arc::clone(&hooks), Arc::clone(&ledger), running.clone());
            move |id| Relation::new(id, Arc::clone(&hooks), Arc::clone(&ledger), running.clone())
        })?;
        units.observe(tell);
        relations.observe(tell);
        let requests = RequestQueue::open(&folder)?;
        requests.tidy()?;
        Ok(Self {
            folder,
            unit: units.open(&name).await?,
            name,
            store,
            fleet,
            relations,
            ledger,
            hooks,
            running,
            requests,
            carried_out: HashSet::new(),
            lifecycle: false,
            change: None,
            ending,
        })
    }

    /// Carries out requests and runs the hooks of changes.
    async fn serve(&mut self, until_idle: bool) -> Result<(), AgentError> {
        let mut arrivals = self.requests.watch();
        let mut ending = self.ending.clone();
        loop {
            while !self.is_ending()
                && let Some(pending) = self.requests.first()?
            {
                self.take(&pending).await?;
            }
            if self.is_ending() {
                return Ok(());
            }
            if self.change.is_none() {
                self.begin_change().await;
            }
            match &mut self.change {
                None if until_idle => return Ok(()),
                None => tokio::select! {
                    () = arrivals.next() => {}
                    Ok(_) = ending.wait_for(|ending| *ending) => {}
                },
                Some(change) => tokio::select! {
                    () = arrivals.next() => {}
                    result = change => {
                        self.change = None;
                        result??;
                    }
                },
            }
        }
    }

    /// Whether an activity of the unit runs.
    fn runs(&self, activity: Activity) -> bool {
        self.running.runs(activity, &self.name)
    }

    fn is_ending(&self) -> bool {
        *self.ending.borrow()
    }

    /// Tells of failures. What was interrupted waits for the next agent: this one was
    /// told to end, or it cannot do its part.
    fn after(&self, outcome: impl Into<Aftermath>) -> Result<(), AgentError> {
        let Aftermath {
            failures,
            interrupted,
        } = outcome.into();
        for failure in failures {
            tracing::warn!("{failure}");
        }
        match interrupted {
            Some(step) if !self.is_ending() => Err(AgentError::Interrupted(step)),
            _ => Ok(()),
        }
    }
}

/// Tells of a record.
fn tell<D: Definition>(instance: &str, record: &Record<D>) {
    let state = D::state_name(&record.state);
    match &record.inflight {
        Some(inflight) => tracing::info!("{instance}: {state}, {} in flight", inflight.name()),
        None => tracing::info!("{instance}: {state}"),
    }
}

/// The unit's name. A data folder that has none gets one, and the charm with it.
fn settle_name(
    folder: &DataFolder,
    name: Option<&str>,
    charm: Option<&Path>,
) -> Result<String, AgentError> {
    if Manifest::load(folder)?.is_none() {
        bring_in(folder, charm.ok_or(AgentError::NoCharm)?, None)?;
    }
    let name = match folder.unit(name)? {
        Some(name) => name,
        None => {
            let manifest = Manifest::load(folder)?.ok_or(AgentError::NoCharm)?;
            format!("{}/0", manifest.name)
        }
    };
    if folder.unit(None)?.is_none() {
        folder.name_unit(&name)?;
    }
    Ok(name)
}

/// Listens for the signals that tell the agent to end.
fn end_on_signals() -> Result<watch::Receiver<bool>, AgentError> {
    let (end, ending) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("told to end");
        // Without an agent there is nobody to tell.
        let _ = end.send(true);
    });
    Ok(ending)
}
