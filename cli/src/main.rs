//! The command `inflight`: checks, draws and formats workflow files, serves editors, and shows
//! operators what stands in a store.

mod against;
mod arguments;
mod check;
mod coverage;
mod deny;
mod diagram;
mod diff;
mod exit;
mod explain;
mod format;
mod git;
mod github;
mod human;
mod json;
mod lsp;
mod operate;
mod output;
mod replace;
mod sarif;
mod source;
mod version;

use std::process::ExitCode;

use clap::{ColorChoice, Parser as _};

use crate::arguments::{Arguments, Command};
use crate::output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::try_parse().unwrap_or_else(|error| refuse(&error));
    let color = arguments.color;
    let mut out = Output::new(std::io::stdout(), color);
    let mut err = Output::new(std::io::stderr(), color);
    let ended = match arguments.command {
        Command::Check(check) => check::run(&check, &mut out, &mut err),
        Command::Coverage(coverage) => coverage::run(&coverage, &mut out, &mut err),
        Command::Diagram(diagram) => diagram::run(&diagram, &mut out, &mut err),
        Command::Diff(diff) => diff::run(&diff, &mut out, &mut err),
        Command::Explain(explain) => explain::run(&explain, &mut out, &mut err),
        Command::Fmt(fmt) => format::run(&fmt, &mut out, &mut err),
        Command::Lsp => lsp::run(&mut err),
        Command::Operate(operate) => operate::run(&operate, &mut out, &mut err),
    };
    let exit = ended.unwrap_or_else(|error| {
        // Where even this cannot be written, the exit code says it.
        let _ = err.write(&format!("inflight: cannot write: {error}\n"));
        exit::Exit::Misuse
    });
    exit.into()
}

/// Says what is wrong with the arguments, or prints the help that was asked for, and ends.
fn refuse(error: &clap::Error) -> ! {
    let is_for_programs = std::env::args_os().any(|argument| argument == "--json");
    match operate::Refusal::of_arguments(error).json() {
        Ok(json) if is_for_programs && error.use_stderr() => {
            let mut err = Output::new(std::io::stderr(), ColorChoice::Never);
            // Where even this cannot be written, the exit code says it.
            let _ = err.write(&json);
            std::process::exit(error.exit_code())
        }
        _ => error.exit(),
    }
}
