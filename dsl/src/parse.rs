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
use crate::generated::parser::{Grammar, Rule};
use crate::span::Span;
use crate::syntax::File;
use pest::Parser;
use pest::iterators::Pair;
use reader::Reader;

/// A node of the grammar.
pub(crate) type Node<'a> = Pair<'a, Rule>;

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
    match Grammar::parse(Rule::file, source) {
        Ok(mut nodes) => nodes.next(),
        // The grammar accepts every text, so this is a second line of defence.
        Err(_) => {
            let whole = Span {
                start: 0,
                end: source.len(),
            };
            diagnostics.report(Diagnostic::error(
                Code::Syntax,
                whole,
                "this file cannot be read",
            ));
            None
        }
    }
}

/// Makes the syntax tree of a file that was taken apart.
pub(crate) fn file<'a>(source: &'a str, node: Node<'a>, diagnostics: &mut Diagnostics) -> File<'a> {
    Reader::new(source, diagnostics).file(node)
}
