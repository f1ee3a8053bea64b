//! Why a hook did not do its work.

use std::fmt;

use crate::charm::CharmError;
use crate::durable::FileError;

/// A hook that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HookFailure {
    /// Its name.
    pub(crate) hook: String,
    /// How it ended.
    pub(crate) exit: Exit,
    /// The end of what it printed.
    pub(crate) output: String,
}

/// How a hook ended, other than well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// With this exit code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}

/// Why a hook did not do its work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HookError {
    /// It failed.
    #[error(transparent)]
    Failed(#[from] HookFailure),
    /// The charm does not say what to tell its hooks.
    #[error(transparent)]
    Charm(#[from] CharmError),
    /// The agent was told to end.
    #[error("the agent was told to end")]
    Interrupted,
    /// The agent could not do its own part.
    #[error(transparent)]
    File(#[from] FileError),
}

impl HookError {
    /// Whether the hook is not to blame, so that it is to be run again.
    pub(crate) fn is_interruption(&self) -> bool {
        match self {
            HookError::Failed(_) | HookError::Charm(_) => false,
            HookError::Interrupted | HookError::File(_) => true,
        }
    }
}

impl std::error::Error for HookFailure {}

impl fmt::Display for HookFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "hook `{}` failed with {}", self.hook, self.exit)?;
        match self.output.trim_end() {
            "" => Ok(()),
            output => write!(f, ":\n{output}"),
        }
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exit::Code(code) => write!(f, "exit code {code}"),
            Exit::Signal(signal) => write!(f, "signal {signal}"),
        }
    }
}
