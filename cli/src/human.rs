//! Reports for reading.

use std::sync::Arc;

use inflight_dsl::position::LineIndex;
use miette::{
    GraphicalReportHandler, GraphicalTheme, MietteError, MietteSpanContents, Report, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::source::Source;

/// Where long messages are broken.
const WIDTH: usize = 100;

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
    for diagnostic in &source.compiled.diagnostics {
        let report = Report::new(diagnostic.clone()).with_source_code(Arc::clone(&shared));
        // Writing to a string cannot fail.
        let _ = handler.render_report(&mut text, report.as_ref());
        text.push('\n');
    }
    text + &format!("{}: {}\n", source.name, summary(source))
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
