//! Doc comments on their way to what they document.

use super::Node;
use super::reader::Reader;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::span::Span;

/// The `///` lines read so far, which belong to the next item.
#[derive(Default)]
pub(super) struct Docs(Vec<(String, Span)>);

impl Docs {
    pub(super) fn add(&mut self, node: &Node<'_>) {
        self.0.push((line(node), node.span()));
    }

    /// Hands the lines to the item they stand before.
    pub(super) fn take(&mut self) -> Vec<String> {
        self.0.drain(..).map(|(line, _)| line).collect()
    }
}

impl<'a> Reader<'a, '_> {
    /// Reads a node that may be a doc comment; whether it was one.
    pub(super) fn doc(&mut self, node: &Node<'a>, docs: &mut Docs) -> bool {
        match node.rule() {
            Rule::doc => docs.add(node),
            Rule::inner_doc => self.diagnostics.report(
                Diagnostic::error(
                    Code::StrayDoc,
                    node.span(),
                    "`//!` documents the file, and stands before everything else",
                )
                .label("not at the top of the file")
                .help("write `///` to document the next item, `//` for a comment"),
            ),
            _ => return false,
        }
        true
    }

    /// Reports doc comments that stand before nothing that can have them.
    pub(super) fn no_docs(&mut self, docs: &mut Docs) {
        let lines = std::mem::take(&mut docs.0);
        if let (Some((_, first)), Some((_, last))) = (lines.first(), lines.last()) {
            self.diagnostics.report(
                Diagnostic::error(
                    Code::StrayDoc,
                    first.to(*last),
                    "this doc comment documents nothing",
                )
                .label("nothing that follows can have it")
                .help("put it before an item, or write `//` for a comment"),
            );
        }
    }
}

/// The text of a doc comment without its marker and the blank after it.
pub(super) fn line(node: &Node<'_>) -> String {
    let text = node.text().get(3..).unwrap_or_default();
    text.strip_prefix(' ').unwrap_or(text).to_string()
}
