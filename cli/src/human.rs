//! Reports for reading.

use std::sync::Arc;

use inflight_dsl::Diagnostic;
use inflight_dsl::position::LineIndex;
use inflight_dsl::report::report as plain;
use miette::{
    GraphicalReportHandler, GraphicalTheme, MietteError, MietteSpanContents, Report, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::source::Source;

/// Where long messages are broken.
const WIDTH: usize = 100;

/// How many bytes a line may have for miette to draw it: it pads with the width of a
/// format string, which has 16 bits, and a byte takes up to four columns.
const LONGEST: usize = u16::MAX as usize / 4;

/// Each mistake with the lines it is about, then one line on the file.
pub(crate) fn report(source: &Source, colored: bool) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme {
        characters: ThemeCharacters::unicode(),
        styles: if colored {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        },
    })
    .with_width(WIDTH);
    let shared = Arc::new(Named {
        name: source.name.clone(),
        text: source.text.clone(),
    });
    let mut text = String::new();
    let lines = LineIndex::new(&source.text);
    for diagnostic in &source.compiled.diagnostics {
        if is_too_long(diagnostic, &lines) {
            text.push_str(&plain(&source.name, &source.text, diagnostic));
            text.push('\n');
            continue;
        }
        let report = Report::new(diagnostic.clone()).with_source_code(Arc::clone(&shared));
        // Writing to a string cannot fail.
        let _ = handler.render_report(&mut text, report.as_ref());
        text.push('\n');
    }
    text + &format!("{}: {}\n", source.name, summary(source))
}

/// Whether a line that the mistake is about is too long to be drawn.
fn is_too_long(diagnostic: &Diagnostic, lines: &LineIndex<'_>) -> bool {
    let places =
        std::iter::once(diagnostic.span).chain(diagnostic.related.iter().map(|label| label.span));
    places
        .flat_map(|span| {
            let line = |offset| lines.position(offset).line;
            line(span.start)..=line(span.end)
        })
        .any(|number| lines.line(number).is_some_and(|line| line.len() > LONGEST))
}

/// What the file holds, or how many mistakes.
fn summary(source: &Source) -> String {
    match &source.compiled.model {
        None => count(source.compiled.diagnostics.len(), "error"),
        Some(model) => {
            let workflows = &model.workflows;
            let states = workflows.iter().map(|it| it.states.len()).sum();
            let transitions = workflows.iter().map(|it| it.transitions.len()).sum();
            format!(
                "{}, {}, {}",
                count(workflows.len(), "workflow"),
                count(states, "state"),
                count(transitions, "transition")
            )
        }
    }
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// A text with its name, whose columns are characters, as in JSON and in build errors;
/// miette's own are bytes.
struct Named {
    name: String,
    text: String,
}

impl SourceCode for Named {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let read = self.text.read_span(span, lines_before, lines_after)?;
        let column = match lines_before {
            0 => LineIndex::new(&self.text).position(span.offset()).column - 1,
            _ => read.column(),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            read.data(),
            *read.span(),
            read.line(),
            column,
            read.line_count(),
        )))
    }
}
