//! Drives one charm unit through its life, and survives kill -9 on the way.

mod activity;
mod agent;
mod charm;
mod cli;
mod config;
mod durable;
mod folder;
mod hook;
mod log;
mod relation;
mod request;
mod unit;
mod view;
mod workflow;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, Command};
use crate::folder::DataFolder;
use crate::request::{Request, RequestQueue};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let data = match cli.data() {
        Ok(data) => data,
        Err(error) => error.exit(),
    };
    let result = DataFolder::at(&data)
        .map_err(Into::into)
        .and_then(|folder| run(cli, folder));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&*error);
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn run(cli: Cli, folder: DataFolder) -> Result<(), Box<dyn Error>> {
    let unit = cli.unit.as_deref();
    match cli.command {
        Command::Run { charm, until_idle } => {
            log::begin();
            agent::run(folder, unit, charm.as_deref(), until_idle).await?;
        }
        Command::Status { json } => {
            let status = view::status(&folder, unit).await?;
            if json {
                print(&format!("{}\n", serde_json::to_string(&status)?))?;
            } else {
                print(&status.to_string())?;
            }
        }
        Command::History { relation, json } => {
            let history = view::history(&folder, unit, relation.as_deref()).await?;
            print(&if json {
                history.json()?
            } else {
                history.to_string()
            })?;
        }
        Command::Request(request) => {
            folder.unit(unit)?;
            let request = Request::new(cli.unit, request.into_command()?);
            folder.create()?;
            RequestQueue::open(&folder)?.add(&request)?;
        }
    }
    Ok(())
}

fn print(text: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()
}

/// Tells why the program fails, with all that led to it. Where that cannot be told, the
/// exit code still says it.
fn tell(error: &dyn Error) {
    let mut text = format!("error: {error}\n");
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text += &format!("  because: {cause_text}\n");
        }
        source = cause.source();
    }
    let _ = io::stderr().write_all(text.as_bytes());
}
