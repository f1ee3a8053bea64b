//! Ways out of a mistake.

use super::symbol::{Missing, SymbolId, SymbolKind};
use super::{Document, Edit};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;

/// A change that mends a mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// What it does, in a few words.
    pub title: String,
    /// What it changes.
    pub edits: Vec<Edit>,
    /// The mistake that it mends, by its number among the diagnostics.
    pub diagnostic: usize,
    /// Whether it is surely what was meant.
    pub preferred: bool,
}

pub(super) fn mends(document: &Document, part: Span) -> Vec<Mend> {
    let mut mends = Vec::new();
    let diagnostics = document.compiled.diagnostics.iter().enumerate();
    for (number, diagnostic) in diagnostics.filter(|(_, one)| touches(one.span, part)) {
        mends.extend(replace(document, diagnostic, number));
        mends.extend(allow(document, diagnostic, number));
        mends.extend(drop_allowed(document, diagnostic, number));
        let missing = document.index.missing.iter();
        for missing in missing.filter(|missing| missing.span == diagnostic.span) {
            mends.extend(declare(document, missing, diagnostic, number));
        }
    }
    mends
}

fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Puts the right text in the place of the wrong one; a name that is declared there is
/// changed everywhere.
fn replace(document: &Document, diagnostic: &Diagnostic, number: usize) -> Option<Mend> {
    let text = diagnostic.replacement.as_ref()?;
    let mend = |title, edits| Mend {
        title,
        edits,
        diagnostic: number,
        preferred: true,
    };
    if diagnostic.code == Code::NotSnakeCase {
        let edits = document.rename(diagnostic.span.start, text).ok()?;
        return Some(mend(format!("rename to `{text}`"), edits));
    }
    let edit = Edit {
        span: diagnostic.span,
        text: text.clone(),
    };
    Some(mend(format!("change to `{text}`"), vec![edit]))
}

/// Turns a warning off in the item that gives it.
fn allow(document: &Document, diagnostic: &Diagnostic, number: usize) -> Option<Mend> {
    if diagnostic.severity != Severity::Warning || diagnostic.code == Code::UnusedAllow {
        return None;
    }
    let (place, code) = (diagnostic.span.start, diagnostic.code);
    let index = &document.index;
    let item = index.symbols.iter().find(|symbol| {
        let is_item = symbol.parent.is_some_and(|parent| {
            index.symbol(parent).map(|it| it.kind) == Some(SymbolKind::Workflow)
        });
        is_item && symbol.span.start <= place && place < symbol.span.end
    })?;
    let mut allowed = index.allowed.iter();
    let before = allowed.find(|allowed| allowed.scope.start == item.span.start);
    let (place, text) = match before.and_then(|allowed| allowed.codes.last()) {
        Some(last) => (last.end, format!(", {code}")),
        None => {
            let indent = indent(&document.text, item.span.start)?;
            (item.span.start, format!("allow {code}\n{indent}"))
        }
    };
    Some(Mend {
        title: format!("allow `{code}` here"),
        edits: vec![insertion(place, text)],
        diagnostic: number,
        preferred: false,
    })
}

/// Drops a code that turns nothing off.
fn drop_allowed(document: &Document, diagnostic: &Diagnostic, number: usize) -> Option<Mend> {
    if diagnostic.code != Code::UnusedAllow {
        return None;
    }
    let text = &document.text;
    let code = diagnostic.span;
    let mut allowed = document.index.allowed.iter();
    let codes = &allowed.find(|allowed| allowed.codes.contains(&code))?.codes;
    let at = codes.iter().position(|one| *one == code)?;
    let before = at.checked_sub(1).and_then(|before| codes.get(before));
    let span = match (before, codes.get(at + 1)) {
        (Some(before), _) => Span {
            start: before.end,
            end: code.end,
        },
        (None, Some(behind)) => Span {
            start: code.start,
            end: behind.start,
        },
        (None, None) => {
            let rest = text.get(code.end..)?;
            Span {
                start: text.get(..code.start)?.rfind("allow")?,
                end: text.len() - rest.trim_start().len(),
            }
        }
    };
    Some(Mend {
        title: format!("drop `{}`", code.text(text)),
        edits: vec![Edit {
            span,
            text: String::new(),
        }],
        diagnostic: number,
        preferred: true,
    })
}

/// Declares what is missing, behind the last of its kind.
fn declare(
    document: &Document,
    missing: &Missing,
    diagnostic: &Diagnostic,
    number: usize,
) -> Option<Mend> {
    let wanted = match missing.kind {
        SymbolKind::State => Code::UnknownState,
        SymbolKind::Action => Code::UnknownAction,
        _ => Code::UnknownGuard,
    };
    if diagnostic.code != wanted {
        return None;
    }
    let line = line_behind(document, missing.workflow, missing.kind)?;
    Some(Mend {
        title: format!("declare `{}`", missing.declaration),
        edits: vec![line.with(&missing.declaration)],
        diagnostic: number,
        preferred: false,
    })
}

/// Where a new item goes, and how far it is indented.
struct Line<'d> {
    behind: usize,
    indent: &'d str,
}

impl Line<'_> {
    fn with(&self, item: &str) -> Edit {
        insertion(self.behind, format!("\n{}{item}", self.indent))
    }
}

fn insertion(place: usize, text: String) -> Edit {
    Edit {
        span: Span {
            start: place,
            end: place,
        },
        text,
    }
}

/// What the line of a place is indented by.
fn indent(text: &str, place: usize) -> Option<&str> {
    let before = text.get(..place)?;
    let line = before.get(before.rfind('\n').map_or(0, |end| end + 1)..)?;
    line.get(..line.len() - line.trim_start().len())
}

/// The line behind the last item of a kind, or that behind the last state, or the first
/// of the workflow.
fn line_behind(document: &Document, workflow: SymbolId, kind: SymbolKind) -> Option<Line<'_>> {
    let index = &document.index;
    let last = |kind| {
        let children = &index.symbol(workflow)?.children;
        let symbols = children.iter().filter_map(|child| index.symbol(*child));
        symbols.rev().find(|symbol| symbol.kind == kind)
    };
    let Some(before) = last(kind).or_else(|| last(SymbolKind::State)) else {
        let whole = index.symbol(workflow)?.span;
        let brace = document
            .braces
            .iter()
            .find(|brace| whole.start <= brace.start && brace.end <= whole.end)?;
        return Some(Line {
            behind: brace.start + 1,
            indent: "    ",
        });
    };
    let text = &document.text;
    // A comment beside the item stays beside it.
    let rest = text.get(before.span.end..)?;
    let beside = rest.split(['\n', '\r']).next().unwrap_or_default();
    let comment = beside.trim_start().starts_with("//");
    Some(Line {
        behind: before.span.end + if comment { beside.len() } else { 0 },
        indent: indent(text, before.span.start)?,
    })
}
