//! Why an action fails.

use std::convert::Infallible;
use std::error::Error;
use std::fmt::Display;

/// The error of an action.
///
/// Its text is what `failure` means in a workflow, and what is persisted with the
/// error transition.
///
/// ```
/// #[derive(Debug)]
/// enum HookError {
///     Exit(i32),
///     ShuttingDown,
/// }
///
/// impl std::fmt::Display for HookError {
///     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
///         match self {
///             HookError::Exit(code) => write!(f, "the hook exited with {code}"),
///             HookError::ShuttingDown => f.write_str("the agent is shutting down"),
///         }
///     }
/// }
///
/// impl inflight::Failure for HookError {
///     fn is_interruption(&self) -> bool {
///         matches!(self, HookError::ShuttingDown)
///     }
/// }
/// # assert!(inflight::Failure::is_interruption(&HookError::ShuttingDown));
/// # assert!(!inflight::Failure::is_interruption(&HookError::Exit(1)));
/// ```
pub trait Failure: Display + Send + 'static {
    /// Whether the action was interrupted rather than failed: it takes no error
    /// transition, the transition stays in flight, and `synchronize` runs it again.
    fn is_interruption(&self) -> bool {
        false
    }
}

impl Failure for Infallible {}
impl Failure for String {}
impl Failure for &'static str {}
impl Failure for std::io::Error {}
impl Failure for Box<dyn Error + Send + Sync> {}

/// The most bytes of a failure's text that are kept.
const KEPT: usize = 4096;

/// The text of a failure, cut to what is kept.
pub(crate) fn text(failure: &impl Display) -> String {
    let mut text = failure.to_string();
    text.truncate(text.floor_char_boundary(KEPT));
    text
}

#[cfg(test)]
mod tests {
    use super::{KEPT, text};

    #[test]
    fn a_failure_is_cut_between_characters() {
        let long = format!("x{}", "é".repeat(KEPT));
        let kept = text(&long);
        assert_eq!(kept.len(), KEPT - 1);
        assert!(long.starts_with(&kept));
    }
}
