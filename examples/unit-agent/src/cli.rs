//! The command line.

use std::io;
use std::path::{self, PathBuf};

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::request::{Command as RequestCommand, RelationCommand, Values};

/// Drives one charm unit through its life, and survives kill -9 on the way.
#[derive(Debug, Parser)]
#[command(name = "unit-agent", version, max_term_width = 100)]
pub(crate) struct Cli {
    /// The data folder, where the unit's state lives
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// The unit's name; unless given, it is that of the data folder's unit, or CHARM/0 for
    /// a new one
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) unit: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the agent: carry on where the last one ended, then carry out requests
    Run {
        /// The charm to begin with; later runs use the one in the data folder
        #[arg(long, value_name = "DIR")]
        charm: Option<PathBuf>,
        /// End when there is nothing left to do
        #[arg(long)]
        until_idle: bool,
    },
    /// Show how the unit and its relations are
    Status {
        /// Print one JSON object
        #[arg(long)]
        json: bool,
    },
    /// Show every record of the unit or of a relation, oldest first
    History {
        /// The relation, by its name or by its id (such as `db:1`)
        #[arg(long, value_name = "NAME")]
        relation: Option<String>,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// What is asked of the agent.
    #[command(flatten)]
    Request(Request),
}

/// What is asked of the agent: it is written down, and carried out once.
#[derive(Debug, Subcommand)]
pub(crate) enum Request {
    /// Ask the agent to get out of an error state
    Resolved {
        /// Run the failed hook again
        #[arg(long)]
        retry_hooks: bool,
        /// Resolve this relation instead of the unit
        #[arg(long, value_name = "NAME", value_parser = relation_name)]
        relation: Option<String>,
    },
    /// Ask the agent to upgrade the charm
    Upgrade {
        /// The new charm
        #[arg(long, value_name = "DIR")]
        charm: PathBuf,
        /// If the unit is not started, replace the charm's files and run no hook
        #[arg(long)]
        force: bool,
    },
    /// Ask the agent to set configuration
    Configure {
        /// What to set
        #[arg(value_name = "KEY=VALUE", required = true, value_parser = pair)]
        values: Vec<(String, String)>,
    },
    /// Ask the agent to stop the unit
    Stop,
    /// Tell the agent of a relation
    #[command(subcommand)]
    Relation(Relation),
}

/// What to tell of a relation.
#[derive(Debug, Subcommand)]
pub(crate) enum Relation {
    /// A remote unit has joined
    Join(Settings),
    /// A remote unit has changed its settings
    Change(Settings),
    /// A remote unit has departed
    Depart {
        /// The relation
        #[arg(value_parser = relation_name)]
        name: String,
        /// The remote unit
        #[arg(long, value_name = "UNIT")]
        remote: String,
    },
    /// The relation is removed
    Remove {
        /// The relation
        #[arg(value_parser = relation_name)]
        name: String,
    },
}

/// A remote unit and its settings.
#[derive(Debug, Args)]
pub(crate) struct Settings {
    /// The relation
    #[arg(value_parser = relation_name)]
    name: String,
    /// The remote unit
    #[arg(long, value_name = "UNIT")]
    remote: String,
    /// Settings of the remote unit
    #[arg(value_name = "KEY=VALUE", value_parser = pair)]
    settings: Vec<(String, String)>,
}

impl Cli {
    /// The data folder.
    ///
    /// # Errors
    ///
    /// When it was not given. It may stand before or after the names of commands, and
    /// such an argument cannot be required otherwise.
    pub(crate) fn data(&self) -> Result<PathBuf, clap::Error> {
        self.data.clone().ok_or_else(|| {
            let missing = "the data folder is missing: write --data DIR";
            Cli::command().error(ErrorKind::MissingRequiredArgument, missing)
        })
    }
}

impl Request {
    /// The request to write down.
    pub(crate) fn into_command(self) -> io::Result<RequestCommand> {
        Ok(match self {
            Request::Resolved {
                retry_hooks,
                relation,
            } => RequestCommand::Resolved {
                retry_hooks,
                relation,
            },
            Request::Upgrade { charm, force } => RequestCommand::Upgrade {
                // The agent may run elsewhere, and the charm need not be there yet.
                charm: path::absolute(charm)?,
                force,
            },
            Request::Configure { values } => RequestCommand::Configure {
                values: values.into_iter().collect(),
            },
            Request::Stop => RequestCommand::Stop {},
            Request::Relation(relation) => {
                let (name, change) = relation.into_parts();
                RequestCommand::Relation { name, change }
            }
        })
    }
}

impl Relation {
    fn into_parts(self) -> (String, RelationCommand) {
        match self {
            Relation::Join(joined) => {
                let (name, remote, settings) = joined.into_parts();
                (name, RelationCommand::Join { remote, settings })
            }
            Relation::Change(changed) => {
                let (name, remote, settings) = changed.into_parts();
                (name, RelationCommand::Change { remote, settings })
            }
            Relation::Depart { name, remote } => (name, RelationCommand::Depart { remote }),
            Relation::Remove { name } => (name, RelationCommand::Remove {}),
        }
    }
}

impl Settings {
    fn into_parts(self) -> (String, String, Values) {
        (self.name, self.remote, self.settings.into_iter().collect())
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("write KEY=VALUE".to_owned()),
    }
}

/// A relation's name is part of the file names of its hooks.
fn relation_name(text: &str) -> Result<String, String> {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.chars().all(plain) {
        Ok(text.to_owned())
    } else {
        Err("write letters, digits, `-` and `_`, beginning with a letter".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Cli, String> {
        let words = std::iter::once("unit-agent").chain(line.split_whitespace());
        Cli::try_parse_from(words)
            .and_then(|cli| cli.data().map(|_| cli))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_stand_before_pairs() {
        let check = |line: &str, expect: &str| {
            let Command::Request(request) = parse(line).unwrap().command else {
                panic!("it should be a request")
            };
            assert_eq!(request.into_command().unwrap().to_string(), expect);
        };
        check("configure --data d a=1 b=x=y", "configure a=1 b=x=y");
        check("configure --data d --unit u a=", "configure a=");
        check("stop --data d", "stop");
        check(
            "resolved --data d --retry-hooks --relation db",
            "resolved --retry-hooks --relation db",
        );
        check(
            "upgrade --data d --charm /c --force",
            "upgrade --charm /c --force",
        );
        check(
            "relation join --data d db --remote mysql/0 a=1",
            "relation join db --remote mysql/0 a=1",
        );
        check(
            "relation change db --remote mysql/0 --data d",
            "relation change db --remote mysql/0",
        );
        check(
            "relation --data d depart db --remote mysql/0",
            "relation depart db --remote mysql/0",
        );
        check("relation remove --data d --unit u db", "relation remove db");
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let check = |line: &str, expect: &str| {
            let error = parse(line).unwrap_err();
            assert!(error.contains(expect), "{error}");
        };
        check("configure --data d", "KEY=VALUE");
        check("configure --data d =1", "write KEY=VALUE");
        check("stop", "--data DIR");
        check("relation remove --data d ../db", "beginning with a letter");
    }
}
