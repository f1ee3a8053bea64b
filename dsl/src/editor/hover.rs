//! What is to be said of a name.

use super::Document;
use super::index::Index;
use super::symbol::{Arrow, Landing, Symbol, SymbolId, SymbolKind};
use crate::span::Span;

/// How many ways in or out are told one by one.
const SHOWN: usize = 12;

/// A remark on a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The name.
    pub span: Span,
    /// The remark, in Markdown.
    pub text: String,
}

pub(super) fn hover(document: &Document, offset: usize) -> Option<Hover> {
    let occurrence = document.index.at(offset)?;
    let texts: Vec<String> = (occurrence.symbols.iter())
        .filter_map(|id| remark(document, *id))
        .collect();
    Some(Hover {
        span: occurrence.span,
        text: texts.join("\n\n---\n\n"),
    })
}

fn remark(document: &Document, id: SymbolId) -> Option<String> {
    let index = &document.index;
    let symbol = index.symbol(id)?;
    let mut parts = vec![format!(
        "```workflow\n{}\n```",
        declaration(document, symbol)
    )];
    parts.extend(belongs_to(index, symbol));
    if !symbol.docs.is_empty() {
        parts.push(symbol.docs.join("\n"));
    }
    if symbol.kind == SymbolKind::State {
        parts.extend(neighbourhood(index, id));
    }
    Some(parts.join("\n\n"))
}

/// The declaration as it is written, without what it is indented by.
fn declaration(document: &Document, symbol: &Symbol) -> String {
    match symbol.kind {
        SymbolKind::Workflow => return format!("workflow {}", symbol.name),
        SymbolKind::Alias => return format!("alias {}", symbol.name),
        _ => {}
    }
    let text = &document.text;
    let before = text.get(..symbol.span.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indent = line.len() - line.trim_start().len();
    let mut lines = symbol.span.text(text).lines();
    let mut shown = lines.next().unwrap_or_default().to_string();
    for line in lines {
        let blank = line.len() - line.trim_start().len();
        shown.push('\n');
        shown.push_str(line.get(blank.min(indent)..).unwrap_or_default());
    }
    shown
}

fn belongs_to(index: &Index, symbol: &Symbol) -> Option<String> {
    let owner = index.symbol(symbol.parent?)?;
    let kind = symbol.kind.as_str();
    match symbol.kind {
        SymbolKind::Variable
        | SymbolKind::Input
        | SymbolKind::Parameter
        | SymbolKind::ErrorTransition => Some(format!(
            "{kind} of the {} `{}`",
            owner.kind.as_str(),
            owner.name
        )),
        _ => None,
    }
}

/// The transitions that enter and leave a state.
fn neighbourhood(index: &Index, state: SymbolId) -> Option<String> {
    let ways_in: Vec<String> = (index.arrows.iter())
        .filter(|arrow| arrow.target == Some(Landing::State(state)))
        .map(|arrow| {
            let from = names(index, &arrow.sources);
            format!("- {} from {from}", way(index, arrow))
        })
        .collect();
    let ways_out: Vec<String> = (index.arrows.iter())
        .filter(|arrow| arrow.sources.contains(&state))
        .map(|arrow| {
            let to = match arrow.target {
                Some(Landing::State(target)) => format!("to `{}`", index.name(target)),
                Some(Landing::Same) => "stays here".into(),
                None => "leads nowhere yet".into(),
            };
            format!("- {} {to}", way(index, arrow))
        })
        .collect();
    let lists = [("Entered by", ways_in), ("Left by", ways_out)];
    let shown: Vec<String> = lists
        .into_iter()
        .filter(|(_, ways)| !ways.is_empty())
        .map(|(title, ways)| format!("**{title}**\n\n{}", short(&ways)))
        .collect();
    (!shown.is_empty()).then(|| shown.join("\n\n"))
}

/// A transition, and what makes it fire if no caller does.
fn way(index: &Index, arrow: &Arrow) -> String {
    let name = format!("`{}`", index.name(arrow.transition));
    let symbol = index.symbol(arrow.transition);
    let failing = symbol
        .filter(|symbol| symbol.kind == SymbolKind::ErrorTransition)
        .and_then(|symbol| symbol.parent);
    match (failing, &arrow.fires) {
        (Some(failing), _) => format!("{name} (on error of `{}`)", index.name(failing)),
        (None, Some(fires)) => format!("{name} ({fires})"),
        (None, None) => name,
    }
}

fn names(index: &Index, states: &[SymbolId]) -> String {
    let names = states.iter().take(SHOWN);
    let mut names: Vec<String> = names.map(|id| format!("`{}`", index.name(*id))).collect();
    if states.len() > SHOWN {
        names.push(format!("{} more", states.len() - SHOWN));
    }
    names.join(", ")
}

fn short(ways: &[String]) -> String {
    let shown: Vec<&str> = ways.iter().take(SHOWN).map(String::as_str).collect();
    match ways.len() - shown.len() {
        0 => shown.join("\n"),
        more => format!("{}\n- {more} more", shown.join("\n")),
    }
}
