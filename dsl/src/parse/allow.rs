//! `allow` on its way to the item that it stands before.

use super::Node;
use super::reader::{Reader, word};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::span::Span;
use crate::syntax::{Allow, Word};

/// The codes read so far, which belong to the next item.
#[derive(Default)]
pub(super) struct Allowed<'a> {
    codes: Vec<Word<'a>>,
    /// From the first keyword to the last code.
    place: Option<Span>,
}

impl<'a> Reader<'a, '_> {
    /// Reads a node that may be an `allow`; whether it was one.
    pub(super) fn allow(&mut self, node: &Node<'a>) -> bool {
        if node.rule() != Rule::allow {
            return false;
        }
        let place = node.span();
        let first = self.allowed.place.unwrap_or(place);
        self.allowed.place = Some(first.to(place));
        for inner in node.inner() {
            match inner.rule() {
                Rule::kw_allow | Rule::comma => {}
                Rule::word => self.allowed.codes.extend(word(&inner)),
                _ => self.expected(&inner),
            }
        }
        true
    }

    /// Hands the codes to the node that follows them, if that is an item.
    pub(super) fn allowed_in(&mut self, node: &Node<'a>) -> Option<Allow<'a>> {
        let place = self.allowed.place?;
        let allowed = std::mem::take(&mut self.allowed);
        match node.rule() {
            Rule::close | Rule::EOI => {
                self.diagnostics.report(
                    Diagnostic::error(Code::Syntax, place, "this `allow` stands before nothing")
                        .label("no item follows")
                        .help("put it before the item that gives the warning"),
                );
                None
            }
            _ => Some(Allow {
                codes: allowed.codes,
                scope: node.span(),
            }),
        }
    }
}
