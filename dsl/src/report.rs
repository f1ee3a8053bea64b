//! Diagnostics as plain text, framed by the lines they are about.

use crate::diagnostic::Diagnostic;
use crate::position::LineIndex;
use crate::span::Span;
use std::fmt;

/// How wide a tab is shown.
const TAB: &str = "    ";

/// Shows one diagnostic: what is wrong, where, the other places, and the help.
///
/// `file` is how the reader knows the file, and `source` the text that was compiled.
///
/// ```
/// let source = "workflow unit { initial state new transition stop: new -> stoped final state stopped }";
/// let compiled = inflight_dsl::compile(source);
/// let text = inflight_dsl::report::report("unit.workflow", source, &compiled.diagnostics[0]);
/// assert!(text.starts_with("error[unknown_state]: there is no state `stoped`\n"));
/// assert!(text.contains(" --> unit.workflow:1:59\n"));
/// assert!(text.contains("^^^^^^ unknown\n"));
/// assert!(text.ends_with("help: did you mean `stopped`?\n"));
/// ```
pub fn report(file: &str, source: &str, diagnostic: &Diagnostic) -> String {
    Report {
        file,
        lines: LineIndex::new(source),
        diagnostic,
    }
    .to_string()
}

struct Report<'r> {
    file: &'r str,
    lines: LineIndex<'r>,
    diagnostic: &'r Diagnostic,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let diagnostic = self.diagnostic;
        let places = std::iter::once(diagnostic.span)
            .chain(diagnostic.related.iter().map(|label| label.span));
        let gutter = places
            .map(|span| self.lines.position(span.start).line.to_string().len())
            .max()
            .unwrap_or(1);
        writeln!(
            out,
            "{}[{}]: {}",
            diagnostic.severity.as_str(),
            diagnostic.code,
            diagnostic.message
        )?;
        self.frame(out, gutter, "-->", diagnostic.span, "^", &diagnostic.label)?;
        for label in &diagnostic.related {
            self.frame(out, gutter, ":::", label.span, "-", &label.text)?;
        }
        match &diagnostic.help {
            Some(help) => {
                writeln!(out, "{:gutter$} |", "")?;
                writeln!(out, "{:gutter$} = help: {help}", "")
            }
            None => Ok(()),
        }
    }
}

impl Report<'_> {
    /// One place: `file:line:column`, the line, and the label under the text.
    fn frame(
        &self,
        out: &mut fmt::Formatter<'_>,
        gutter: usize,
        arrow: &str,
        span: Span,
        mark: &str,
        label: &str,
    ) -> fmt::Result {
        let start = self.lines.position(span.start);
        let end = self.lines.position(span.end);
        let line = self.lines.line(start.line).unwrap_or_default();
        let before: usize = line.chars().take(start.column - 1).map(width).sum();
        let length = if end.line == start.line {
            end.column - start.column
        } else {
            line.chars().count().saturating_sub(start.column - 1)
        };
        let under: usize = line
            .chars()
            .skip(start.column - 1)
            .take(length)
            .map(width)
            .sum();
        writeln!(
            out,
            "{:gutter$}{arrow} {}:{}:{}",
            "", self.file, start.line, start.column
        )?;
        writeln!(out, "{:gutter$} |", "")?;
        write!(out, "{:>gutter$} |", start.line)?;
        if !line.is_empty() {
            write!(out, " {}", line.replace('\t', TAB))?;
        }
        writeln!(out)?;
        // A width in a format string has 16 bits, which a line may exceed.
        write!(out, "{:gutter$} | {}", "", " ".repeat(before))?;
        out.write_str(&mark.repeat(under.max(1)))?;
        if !label.is_empty() {
            write!(out, " {label}")?;
        }
        writeln!(out)
    }
}

/// How many columns of a terminal a character takes.
fn width(character: char) -> usize {
    match u32::from(character) {
        0x9 => TAB.len(),
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f680..=0x1f6ff
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}
