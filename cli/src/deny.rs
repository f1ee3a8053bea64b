//! Warnings that count as errors.

use inflight_dsl::{Code, Severity};

use crate::source::Source;

/// What `--deny` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deny {
    /// `warnings`: all of them.
    Warnings,
    /// One warning.
    Code(Code),
}

/// Reads a value of `--deny`; the error is for the user.
pub(crate) fn parse(text: &str) -> Result<Deny, String> {
    if text == "warnings" {
        return Ok(Deny::Warnings);
    }
    match Code::named(text) {
        Some(code) if code.severity() == Severity::Warning => Ok(Deny::Code(code)),
        Some(code) => Err(format!("`{code}` is an error anyway")),
        None => Err(match Code::nearest(text) {
            Some(code) => format!("there is no code `{text}`; did you mean `{code}`?"),
            None => format!("there is no code `{text}`; `warnings` denies all of them"),
        }),
    }
}

/// Makes errors of the warnings that are denied.
pub(crate) fn apply(denied: &[Deny], source: &mut Source) {
    for diagnostic in &mut source.compiled.diagnostics {
        let code = diagnostic.code;
        if denied
            .iter()
            .any(|deny| matches!(deny, Deny::Warnings) || *deny == Deny::Code(code))
        {
            diagnostic.severity = Severity::Error;
        }
    }
}
