//! Carrying out requests, each once.
//!
//! A transition carries the id of its request as its cause, which is committed with the
//! mark that it is in flight; what a request writes besides, it can write twice. So the
//! next agent knows a request that was carried out, and a request goes only when that
//! is durable.

use std::path::Path;

use inflight::{Error, Resolution};

use crate::agent::{Agent, AgentError};
use crate::charm::{Charm, CharmError};
use crate::config::Settings;
use crate::request::{Command, Pending, RelationCommand, Request, Values};
use crate::unit::bring_in;
use crate::workflow::{relation, unit};

/// What becomes of a request.
enum Answer {
    /// It was carried out.
    Done,
    /// There is nothing to carry out.
    Nothing(String),
    /// It cannot be carried out.
    Refused(String),
}

impl Agent {
    /// Takes a request.
    pub(super) async fn take(&mut self, pending: &Pending) -> Result<(), AgentError> {
        let request = match &pending.request {
            Ok(request) => request,
            Err(reason) => {
                tracing::warn!("refused a request that cannot be understood: {reason}");
                return Ok(self.requests.refuse(pending, reason)?);
            }
        };
        let command = &request.command;
        if self.carried_out.contains(&request.id) || self.requests.is_refused(pending) {
            tracing::info!("{command}: an earlier agent has dealt with it");
            return Ok(self.requests.remove(pending)?);
        }
        tracing::info!("{command}");
        match self.carry_out(request).await? {
            Answer::Done => {}
            Answer::Nothing(reason) => tracing::info!("{command}: {reason}"),
            Answer::Refused(reason) => {
                tracing::warn!("{command}: refused: {reason}");
                return Ok(self.requests.refuse(pending, &reason)?);
            }
        }
        Ok(self.requests.remove(pending)?)
    }

    async fn carry_out(&mut self, request: &Request) -> Result<Answer, AgentError> {
        if let Some(unit) = &request.unit
            && *unit != self.name
        {
            return Ok(Answer::Refused(format!(
                "this is `{}`, not `{unit}`",
                self.name
            )));
        }
        let id = request.id.as_str();
        let answer = match &request.command {
            Command::Resolved {
                retry_hooks,
                relation: None,
            } => self.resolve_unit(id, *retry_hooks).await?,
            Command::Resolved {
                retry_hooks,
                relation: Some(name),
            } => self.resolve_relation(id, name, *retry_hooks).await?,
            Command::Upgrade { charm, force } => self.upgrade(id, charm, *force).await?,
            Command::Configure { values } => self.configure(id, values).await?,
            Command::Stop {} => {
                let unit = self.unit.lock().await;
                self.fire(unit, unit::Transition::Stop, id).await?
            }
            Command::Relation {
                name,
                change: RelationCommand::Remove {},
            } => self.remove_relation(id, name).await?,
            Command::Relation { name, change } => self.note_change(id, name, change).await?,
        };
        self.follow_lifecycle().await?;
        Ok(answer)
    }

    /// Fires a transition of the unit, whose lock is held.
    async fn fire(
        &self,
        mut unit: unit::Locked<crate::unit::Unit>,
        transition: unit::Transition,
        id: &str,
    ) -> Result<Answer, AgentError> {
        let result = unit.fire(transition).cause(id).await;
        self.answer(result)
    }

    async fn resolve_unit(&self, id: &str, retry_hooks: bool) -> Result<Answer, AgentError> {
        let alias = match retry_hooks {
            true => unit::Alias::RetryHook,
            false => unit::Alias::Retry,
        };
        let mut unit = self.unit.lock().await;
        // What is still in flight after the agent synchronized was interrupted too often
        // to be run again without being asked.
        let parked = unit.inflight().is_some();
        let result = match parked {
            true => unit.resolve(Resolution::Retry).cause(id).await,
            false => unit.fire_alias(alias).cause(id).await,
        };
        match result {
            Err(Error::InvalidAlias { state, .. }) => Ok(Answer::Nothing(format!(
                "there is nothing to resolve in `{state}`"
            ))),
            result => self.answer(result),
        }
    }

    /// Upgrades the charm, after the hook of a change that may be running: the executor
    /// is paused by then.
    async fn upgrade(&mut self, id: &str, charm: &Path, force: bool) -> Result<Answer, AgentError> {
        self.finish_change().await?;
        let unit = self.unit.lock().await;
        if force && !unit.state().is_started() {
            return match bring_in(&self.folder, charm, None) {
                Ok(()) => Ok(Answer::Done),
                Err(CharmError::Unfinished(error)) => Err(error.into()),
                Err(error) => Ok(Answer::Refused(error.to_string())),
            };
        }
        let charm = charm.to_string_lossy().into_owned();
        self.fire(unit, unit::Transition::UpgradeCharm { charm }, id)
            .await
    }

    async fn configure(&self, id: &str, values: &Values) -> Result<Answer, AgentError> {
        let unit = self.unit.lock().await;
        // Hooks write in the charm's folder, and may have broken it.
        let options = match Charm::read(&self.folder.charm()) {
            Ok(charm) => charm.options,
            Err(error) => return Ok(Answer::Refused(error.to_string())),
        };
        if let Err((name, error)) = Settings::check(values, &options) {
            return Ok(Answer::Refused(format!("`{name}`: {error}")));
        }
        for name in values.keys().filter(|name| !options.contains_key(*name)) {
            tracing::warn!("`{name}` is no option of the charm");
        }
        let mut settings = Settings::load(&self.folder)?;
        settings.merge(values);
        settings.save(&self.folder)?;
        if unit.state().is_started() {
            self.fire(unit, unit::Transition::Configure, id).await
        } else {
            let state = unit.state().name();
            Ok(Answer::Nothing(format!(
                "remembered; no hook runs in `{state}`"
            )))
        }
    }

    async fn note_change(
        &mut self,
        id: &str,
        name: &str,
        change: &RelationCommand,
    ) -> Result<Answer, AgentError> {
        let departed = |id: &str| self.is_departed(id);
        if let Err(reason) = self.ledger.note(id, name, change, departed)? {
            return Ok(Answer::Refused(reason));
        }
        if matches!(change, RelationCommand::Join { .. })
            && let Some(entry) = self.ledger.relation(name)
            && self.relations.open(&entry.id).await?.state().is_new()
        {
            self.line_up(name).await?;
        }
        Ok(Answer::Done)
    }

    async fn resolve_relation(
        &self,
        id: &str,
        name: &str,
        retry_hooks: bool,
    ) -> Result<Answer, AgentError> {
        let Some(entry) = self.ledger.relation(name) else {
            return Ok(Answer::Refused(format!("there is no relation `{name}`")));
        };
        let mut relation = self.relations.lock(&entry.id).await?;
        let transition = match relation.state() {
            relation::State::Error { .. } => {
                if !retry_hooks {
                    self.ledger.dismiss(id, name)?;
                }
                relation::Transition::Reset
            }
            relation::State::Down => relation::Transition::Restart,
            state => {
                let state = state.name();
                return Ok(Answer::Refused(format!(
                    "there is nothing to resolve in `{state}`"
                )));
            }
        };
        let result = relation.fire(transition).cause(id).await;
        self.answer(result)
    }

    async fn remove_relation(&mut self, id: &str, name: &str) -> Result<Answer, AgentError> {
        self.finish_change().await?;
        let Some(entry) = self.ledger.relation(name) else {
            return Ok(Answer::Refused(format!("there is no relation `{name}`")));
        };
        let mut relation = self.relations.lock(&entry.id).await?;
        let result = relation.fire(relation::Transition::Depart).cause(id).await;
        let answer = self.answer(result)?;
        if relation.state().is_departed() {
            self.ledger.clear(name)?;
        }
        Ok(answer)
    }

    /// What a request that fired a transition comes to.
    fn answer<O>(&self, result: Result<O, Error>) -> Result<Answer, AgentError>
    where
        O: Into<crate::agent::Aftermath>,
    {
        match result {
            Ok(outcome) => {
                self.after(outcome)?;
                Ok(Answer::Done)
            }
            Err(
                error @ (Error::Interrupted { .. }
                | Error::Parked { .. }
                | Error::InvalidTransition { .. }),
            ) => Ok(Answer::Refused(error.to_string())),
            Err(error) => Err(error.into()),
        }
    }
}
