//! Reports for reading.

use std::collections::BTreeSet;
use std::sync::Arc;

use inflight_dsl::position::LineIndex;
use inflight_dsl::report::report as plain;
use inflight_dsl::{Code, Diagnostic, Severity};
use miette::{
    GraphicalReportHandler, GraphicalTheme, MietteError, MietteSpanContents, Report, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use textwrap::WordSeparator;

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
    .with_width(WIDTH)
    // Elsewhere a line may end within a quotation, such as after the `?` of `T?`.
    .with_word_separator(WordSeparator::AsciiSpace);
    let shared = Arc::new(Named::new(source));
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

/// Where more is said of these codes, if there are any.
pub(crate) fn more(codes: &BTreeSet<Code>) -> String {
    match (codes.first(), codes.len()) {
        (None, _) => String::new(),
        (Some(code), 1) => format!("`inflight explain {code}` says more\n"),
        (Some(code), _) => format!("`inflight explain CODE` says more, such as of `{code}`\n"),
    }
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

/// What the file holds, or how many mistakes; and how many warnings.
pub(crate) fn summary(source: &Source) -> String {
    let mut parts = Vec::new();
    match (source.count(Severity::Error), &source.compiled.model) {
        (0, Some(model)) => {
            let workflows = &model.workflows;
            let states = workflows.iter().map(|it| it.states.len()).sum();
            let transitions = workflows.iter().map(|it| it.transitions.len()).sum();
            parts.push(count(workflows.len(), "workflow"));
            parts.push(count(states, "state"));
            parts.push(count(transitions, "transition"));
        }
        (errors, _) => parts.push(count(errors, "error")),
    }
    match source.count(Severity::Warning) {
        0 => {}
        warnings => parts.push(count(warnings, "warning")),
    }
    parts.join(", ")
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
    /// Where its lines begin.
    starts: Vec<usize>,
}

impl SourceCode for Named {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Only the lines around the mistake are read: a file may have thousands.
        let first = self.line(span.offset()).saturating_sub(lines_before);
        let last = self.line(span.offset() + span.len()) + lines_after;
        let (begin, end) = (self.begin(first), self.begin(last + 1));
        let lines = self.text.get(begin..end).unwrap_or_default();
        let within = SourceSpan::from((span.offset() - begin, span.len()));
        let read = lines.read_span(&within, lines_before, lines_after)?;
        let column = match lines_before {
            0 => LineIndex::new(lines).position(within.offset()).column - 1,
            _ => read.column(),
        };
        let (start, length) = (read.span().offset() + begin, read.span().len());
        // Of two places, miette shows all that lies between if their lines touch; it
        // counts lines from the top of the file, so they nearly always would.
        let count = 1 + self.line(start + length.saturating_sub(1)) - self.line(start);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            read.data(),
            SourceSpan::from((start, length)),
            read.line() + first,
            column,
            count,
        )))
    }
}

impl Named {
    fn new(source: &Source) -> Self {
        let text = source.text.clone();
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        });
        let ends = ends.map(|(end, _)| end + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Self {
            name: source.name.clone(),
            text,
            starts,
        }
    }

    /// The line of a byte, counted from 0.
    fn line(&self, offset: usize) -> usize {
        let lines = self.starts.partition_point(|start| *start <= offset);
        lines.saturating_sub(1)
    }

    /// Where a line begins; behind the last, where the text ends.
    fn begin(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }
}
