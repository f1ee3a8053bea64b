//! Reports for programs.

use inflight_dsl::position::{LineIndex, Position};
use serde::Serialize;

use crate::source::Source;

/// A diagnostic, as `inflight check --help` describes it.
#[derive(Serialize)]
struct Line<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end: End,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct End {
    line: usize,
    column: usize,
}

/// One object a line, for each mistake of the file.
pub(crate) fn report(source: &Source) -> serde_json::Result<String> {
    let index = LineIndex::new(&source.text);
    let mut text = String::new();
    for diagnostic in &source.compiled.diagnostics {
        let Position { line, column } = index.position(diagnostic.span.start);
        let end = index.position(diagnostic.span.end);
        text += &serde_json::to_string(&Line {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity.as_str(),
            message: &diagnostic.message,
            file: &source.name,
            line,
            column,
            end: End {
                line: end.line,
                column: end.column,
            },
            help: diagnostic.help.as_deref(),
        })?;
        text.push('\n');
    }
    Ok(text)
}
