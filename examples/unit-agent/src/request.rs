//! What a person asks of an agent: written down by one process, carried out once by
//! another.

mod queue;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) use queue::{Pending, RequestQueue};

/// A request as it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Request {
    /// Identifies it for ever; the cause of the transition that it fires.
    pub(crate) id: String,
    /// The unit it is for, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<String>,
    /// What is asked for.
    pub(crate) command: Command,
}

/// Values by name, as they were written.
pub(crate) type Values = BTreeMap<String, String>;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Command {
    /// Get out of an error state.
    Resolved {
        /// Whether to run the failed hook again.
        retry_hooks: bool,
        /// The relation to resolve, instead of the unit.
        relation: Option<String>,
    },
    /// Upgrade the charm.
    Upgrade {
        /// The folder of the new charm.
        charm: PathBuf,
        /// Whether to replace files even if the unit is not started.
        force: bool,
    },
    /// Set configuration.
    Configure {
        /// What to set.
        values: Values,
    },
    /// Stop the unit.
    Stop {},
    /// Something about a relation.
    Relation {
        /// The relation's name.
        name: String,
        /// What about it.
        change: RelationCommand,
    },
}

/// What is asked of a relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum RelationCommand {
    /// A remote unit has joined.
    Join {
        /// The remote unit.
        remote: String,
        /// Its settings.
        settings: Values,
    },
    /// A remote unit has changed its settings.
    Change {
        /// The remote unit.
        remote: String,
        /// The settings that have changed.
        settings: Values,
    },
    /// A remote unit has departed.
    Depart {
        /// The remote unit.
        remote: String,
    },
    /// The relation is removed.
    Remove {},
}

impl Request {
    /// A new request.
    pub(crate) fn new(unit: Option<String>, command: Command) -> Self {
        Self {
            id: Uuid::now_v7().to_string(),
            unit,
            command,
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Command::Resolved {
                retry_hooks,
                relation,
            } => {
                f.write_str("resolved")?;
                if *retry_hooks {
                    f.write_str(" --retry-hooks")?;
                }
                match relation {
                    Some(relation) => write!(f, " --relation {relation}"),
                    None => Ok(()),
                }
            }
            Command::Upgrade { charm, force } => {
                write!(f, "upgrade --charm {}", charm.display())?;
                f.write_str(if *force { " --force" } else { "" })
            }
            Command::Configure { values } => {
                f.write_str("configure")?;
                pairs(f, values)
            }
            Command::Stop {} => f.write_str("stop"),
            Command::Relation { name, change } => match change {
                RelationCommand::Join { remote, settings } => {
                    write!(f, "relation join {name} --remote {remote}")?;
                    pairs(f, settings)
                }
                RelationCommand::Change { remote, settings } => {
                    write!(f, "relation change {name} --remote {remote}")?;
                    pairs(f, settings)
                }
                RelationCommand::Depart { remote } => {
                    write!(f, "relation depart {name} --remote {remote}")
                }
                RelationCommand::Remove {} => write!(f, "relation remove {name}"),
            },
        }
    }
}

fn pairs(f: &mut fmt::Formatter<'_>, values: &Values) -> fmt::Result {
    values
        .iter()
        .try_for_each(|(name, value)| match value.contains(char::is_whitespace) {
            true => write!(f, " {name}={value:?}"),
            false => write!(f, " {name}={value}"),
        })
}
