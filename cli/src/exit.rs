//! How the command ends.

use std::process::ExitCode;

/// What the exit code tells. The worst of several files counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing to complain about.
    Clean,
    /// What was asked for is done, and what followed by itself failed.
    Followed,
    /// What was asked for waits for somebody else.
    Pending,
    /// Errors in a workflow file, or warnings that are denied; a store that is damaged, fails or
    /// is in use; a change that was refused, or failed.
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
            Exit::Pending => ExitCode::from(3),
            Exit::Followed => ExitCode::from(4),
        }
    }
}
