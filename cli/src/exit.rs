//! How the command ends.

use std::process::ExitCode;

/// What the exit code tells. The worst of several files counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing to complain about.
    Clean,
    /// Errors in a workflow file, or warnings that are denied.
    Errors,
    /// The command could not do what it was asked to do.
    Misuse,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => ExitCode::SUCCESS,
            Exit::Errors => ExitCode::from(1),
            Exit::Misuse => ExitCode::from(2),
        }
    }
}
