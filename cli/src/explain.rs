//! `inflight explain`

use std::io::Result;

use inflight_dsl::{Code, Severity};

use crate::arguments::Explain;
use crate::exit::Exit;
use crate::output::Output;

/// Prints the page of a code, or the list of all codes.
pub(crate) fn run(explain: &Explain, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let Some(name) = &explain.code else {
        out.write(&list())?;
        return Ok(Exit::Clean);
    };
    let Some(code) = Code::named(name) else {
        let help = match Code::nearest(name) {
            Some(code) => format!("did you mean `{code}`?"),
            None => "`inflight explain` lists all codes".to_owned(),
        };
        err.write(&format!(
            "inflight: there is no code `{name}`\nhelp: {help}\n"
        ))?;
        return Ok(Exit::Misuse);
    };
    out.write(code.page())?;
    Ok(Exit::Clean)
}

/// All codes, each with what it is about.
fn list() -> String {
    let names = Code::ALL.iter().map(|code| code.as_str().len());
    let width = names.max().unwrap_or_default();
    let mut text = String::new();
    for (title, severity) in [("Errors", Severity::Error), ("Warnings", Severity::Warning)] {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{title}:\n"));
        let all = Code::ALL.iter().copied();
        for code in all.filter(|code| code.severity() == severity) {
            let summary = code.summary().trim_end_matches('.');
            text.push_str(&format!("  {:width$}  {summary}\n", code.as_str()));
        }
    }
    text
}
