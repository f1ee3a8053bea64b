//! Text to syntax tree.
//!
//! The grammar accepts every text (see `grammar.pest`); this stage turns its nodes into
//! the tree and reports those that say "missing here" or "belongs nowhere".

mod allow;
mod clause;
mod docs;
mod expected;
mod field;
mod found;
mod habit;
mod hint;
mod item;
mod literal;
mod nesting;
mod policy;
pub(crate) mod reader;
#[cfg(test)]
mod tests;
pub(crate) mod token;
mod transition;
mod value;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
pub(crate) use crate::grammar::Node;
use crate::span::Span;
use crate::syntax::File;
use reader::Reader;

/// Reads a whole file; `None` if nothing of it can be made out.
pub(crate) fn parse<'a>(source: &'a str, diagnostics: &mut Diagnostics) -> Option<File<'a>> {
    let node = node(source, diagnostics)?;
    Some(file(source, node, diagnostics))
}

/// Takes a whole file apart by the grammar.
pub(crate) fn node<'a>(source: &'a str, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
    if let Some(refused) = nesting::too_deep(source) {
        diagnostics.report(refused);
        return None;
    }
    let node = Node::file(source);
    if node.is_none() {
        // The grammar accepts every text, so this is a second line of defence.
        let whole = Span {
            start: 0,
            end: source.len(),
        };
        let refused = Diagnostic::error(Code::Syntax, whole, "this file cannot be read");
        diagnostics.report(refused);
    }
    node
}

/// Makes the syntax tree of a file that was taken apart.
pub(crate) fn file<'a>(source: &'a str, node: Node<'a>, diagnostics: &mut Diagnostics) -> File<'a> {
    Reader::new(source, diagnostics).file(node)
}
