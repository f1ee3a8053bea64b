//! Reports for GitHub: commands of its workflow runner, which become annotations.

use inflight_dsl::Severity;
use inflight_dsl::position::LineIndex;

use crate::source::Source;

/// One command a line, for each diagnostic of the file.
pub(crate) fn report(source: &Source) -> String {
    let lines = LineIndex::new(&source.text);
    let mut text = String::new();
    for diagnostic in &source.compiled.diagnostics {
        let command = match diagnostic.severity {
            Severity::Warning => "warning",
            _ => "error",
        };
        let start = lines.position(diagnostic.span.start);
        let end = lines.position(diagnostic.span.end);
        let mut place = format!(
            "file={},line={},endLine={}",
            property(&source.name),
            start.line,
            end.line
        );
        // Columns are taken of a single line only.
        if start.line == end.line {
            place.push_str(&format!(",col={},endColumn={}", start.column, end.column));
        }
        let mut message = diagnostic.message.clone();
        for label in &diagnostic.related {
            let line = lines.position(label.span.start).line;
            message.push_str(&format!("\nline {line}: {}", label.text));
        }
        if let Some(help) = &diagnostic.help {
            message.push_str(&format!("\nhelp: {help}"));
        }
        text.push_str(&format!(
            "::{command} {place},title={}::{}\n",
            diagnostic.code,
            data(&message)
        ));
    }
    text
}

/// What stands after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What stands after `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_has_a_meaning_is_escaped() {
        let text = "50%: a,b\r\nc::d";
        assert_eq!(data(text), "50%25: a,b%0D%0Ac::d");
        assert_eq!(property(text), "50%25%3A a%2Cb%0D%0Ac%3A%3Ad");
    }
}
