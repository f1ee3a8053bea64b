//! How a unit and its relations are.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use inflight::store::{Owner, SqliteStore, StoredRecord};
use inflight::{Definition, Fields, Name};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::config;
use crate::folder::DataFolder;
use crate::relation::Relations;
use crate::view::{InflightView, Records, ViewError};
use crate::workflow::{relation, unit};

/// How a unit is.
#[derive(Debug, Serialize)]
pub(crate) struct Status {
    unit: Option<String>,
    #[serde(flatten)]
    rest: Rest,
    executor_running: bool,
    lifecycle_running: bool,
    owner: Option<Owner>,
    relations: BTreeMap<String, RelationStatus>,
    /// `None` if the charm no longer says what it can be.
    config: Option<Map<String, Json>>,
    /// Why there is none.
    #[serde(skip)]
    config_error: Option<String>,
}

/// How a relation is.
#[derive(Debug, Serialize)]
struct RelationStatus {
    id: String,
    #[serde(flatten)]
    rest: Rest,
    watching: bool,
    executing: bool,
    queued: usize,
}

/// Where an instance rests, and what it is about to do.
#[derive(Debug, Serialize)]
struct Rest {
    state: Cow<'static, str>,
    variables: Fields,
    inflight: Option<InflightView>,
}

/// Looks how a unit is.
pub(crate) async fn status(folder: &DataFolder, unit: Option<&str>) -> Result<Status, ViewError> {
    let unit = folder.unit(unit)?;
    let owner = SqliteStore::owner(folder.store())?;
    let records = Records::open(folder)?;
    let record = match &unit {
        Some(name) => records.load("unit", name).await?,
        None => None,
    };
    let rest = Rest::of(record);
    let runs = rest.activities::<unit::Definition>();
    let mut relations = BTreeMap::new();
    for (name, entry) in Relations::load(folder)?.by_name {
        let rest = Rest::of(records.load("relation", &entry.id).await?);
        let runs = rest.activities::<relation::Definition>();
        let relation = RelationStatus {
            id: entry.id,
            rest,
            watching: runs.contains(&"watches"),
            executing: runs.contains(&"scheduler"),
            queued: entry.changes.waiting(),
        };
        relations.insert(name, relation);
    }
    // A charm that cannot be read is when an operator looks.
    let (config, config_error) = match config::current(folder) {
        Ok(config) => (Some(config), None),
        Err(error) => (None, Some(error.to_string())),
    };
    Ok(Status {
        unit,
        rest,
        executor_running: runs.contains(&"hook_executor"),
        lifecycle_running: runs.contains(&"lifecycle"),
        owner,
        relations,
        config,
        config_error,
    })
}

impl Rest {
    /// What a record says. An instance without one is about to begin.
    fn of(record: Option<StoredRecord>) -> Self {
        match record {
            Some(record) => Self {
                state: record.state,
                variables: record.variables,
                inflight: record.inflight.map(InflightView::from),
            },
            None => Self {
                state: "new".into(),
                variables: Fields::new(),
                inflight: None,
            },
        }
    }

    /// What runs there, if the workflow knows where it is.
    fn activities<D: Definition>(&self) -> Vec<&'static str> {
        fn named<N: Name>(name: &str) -> Option<N> {
            N::ALL.iter().copied().find(|known| known.as_str() == name)
        }
        let inflight = self.inflight.as_ref();
        let inflight = inflight.and_then(|inflight| named(&inflight.transition));
        named(&self.state).map_or_else(Vec::new, |state| D::activities(state, inflight))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.state)?;
        if let Some(inflight) = &self.inflight {
            write!(f, ", {} in flight", inflight.transition)?;
            match inflight.interruptions {
                0 => {}
                1 => write!(f, ", interrupted once")?,
                times => write!(f, ", interrupted {times} times")?,
            }
        }
        Ok(())
    }

    fn write_variables(&self, f: &mut fmt::Formatter<'_>, indent: &str) -> fmt::Result {
        for (name, value) in self.variables.as_json() {
            let text = match value {
                Json::Null => continue,
                Json::String(text) => text.clone(),
                value => value.to_string(),
            };
            let text = text.replace('\n', &format!("\n{indent}  "));
            writeln!(f, "{indent}{name}: {text}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let running = |runs| if runs { "running" } else { "stopped" };
        write!(f, "{}: ", self.unit.as_deref().unwrap_or("no unit yet"))?;
        self.rest.write(f)?;
        writeln!(f)?;
        self.rest.write_variables(f, "  ")?;
        match &self.owner {
            Some(owner) => writeln!(f, "  agent:         {owner}")?,
            None => writeln!(f, "  agent:         not running")?,
        }
        writeln!(f, "  hook executor: {}", running(self.executor_running))?;
        writeln!(f, "  lifecycle:     {}", running(self.lifecycle_running))?;
        if let Some(error) = &self.config_error {
            writeln!(f, "  config:        {error}")?;
        }
        for (name, value) in self.config.iter().flatten() {
            writeln!(f, "  config:        {name} = {value}")?;
        }
        for relation in self.relations.values() {
            write!(f, "  relation:      {}: ", relation.id)?;
            relation.rest.write(f)?;
            match relation.queued {
                0 => writeln!(f)?,
                1 => writeln!(f, ", 1 change waits")?,
                queued => writeln!(f, ", {queued} changes wait")?,
            }
            relation.rest.write_variables(f, "                   ")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(state: &str, inflight: Option<(&str, u32)>, reason: Option<&str>) -> Rest {
        let variables = reason.map(|reason| Fields::new().with("reason", &reason.to_owned()));
        Rest {
            state: state.to_owned().into(),
            variables: variables.unwrap_or_default(),
            inflight: inflight.map(|(transition, interruptions)| InflightView {
                transition: transition.to_owned().into(),
                inputs: Fields::new(),
                attempt: 1,
                interruptions,
                execution: "execution".into(),
                cause: None,
                failure: None,
                parked: false,
            }),
        }
    }

    fn status(rest: Rest) -> Status {
        Status {
            unit: Some("page/0".into()),
            rest,
            executor_running: true,
            lifecycle_running: false,
            owner: None,
            relations: BTreeMap::new(),
            config: Some(Map::new()),
            config_error: None,
        }
    }

    #[test]
    fn a_person_reads_where_the_unit_rests() {
        let check = |rest: Rest, expect: &str| {
            let text = status(rest).to_string();
            let shown = text.split("  agent:").next().unwrap();
            assert_eq!(shown, expect);
        };
        check(rest("started", None, None), "page/0: started\n");
        check(
            rest("started", Some(("stop", 0)), None),
            "page/0: started, stop in flight\n",
        );
        check(
            rest("new", Some(("install", 2)), None),
            "page/0: new, install in flight, interrupted 2 times\n",
        );
        check(
            rest("stop_error", None, Some("it failed:\nwhy")),
            "page/0: stop_error\n  reason: it failed:\n    why\n",
        );
    }

    #[test]
    fn a_person_reads_what_runs() {
        let relation = RelationStatus {
            id: "db:1".into(),
            rest: rest("down", None, None),
            watching: false,
            executing: false,
            queued: 2,
        };
        let status = Status {
            relations: BTreeMap::from([("db".into(), relation)]),
            config: Some(Map::from_iter([("port".to_owned(), 80.into())])),
            config_error: None,
            ..status(rest("new", None, None))
        };
        assert_eq!(
            status.to_string(),
            "page/0: new\n\
             \x20 agent:         not running\n\
             \x20 hook executor: running\n\
             \x20 lifecycle:     stopped\n\
             \x20 config:        port = 80\n\
             \x20 relation:      db:1: down, 2 changes wait\n"
        );
    }
}
