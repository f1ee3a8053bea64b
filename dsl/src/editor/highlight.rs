//! What each name of a text is, for colour.

use super::index::Index;
use super::symbol::SymbolKind;
use crate::span::Span;

/// A name and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Where it stands.
    pub span: Span,
    /// What it names.
    pub kind: SymbolKind,
    /// Whether it is declared here.
    pub declares: bool,
}

pub(super) fn highlights(index: &Index) -> Vec<Highlight> {
    let occurrences = index.occurrences.iter();
    occurrences
        .filter_map(|occurrence| {
            let first = index.symbol(*occurrence.symbols.first()?)?;
            Some(Highlight {
                span: occurrence.span,
                kind: first.kind,
                declares: occurrence.declares,
            })
        })
        .collect()
}
