//! How far declarations reach, and what may be folded away.

use crate::grammar::Rule;
use crate::parse::Node;
use crate::span::Span;
use std::collections::HashMap;

/// The extents of one text.
#[derive(Default)]
pub(super) struct Extents {
    /// Whole declarations, by where their names begin.
    declarations: HashMap<usize, Span>,
    /// What stands in braces, braces included.
    pub(super) braces: Vec<Span>,
}

impl Extents {
    pub(super) fn of(file: &Node<'_>) -> Self {
        let mut extents = Extents::default();
        extents.add(file);
        extents
    }

    /// The declaration of the name at this place, which is the name itself if nothing
    /// more is known.
    pub(super) fn declaration(&self, name: Span) -> Span {
        self.declarations.get(&name.start).copied().unwrap_or(name)
    }

    fn add(&mut self, node: &Node<'_>) {
        if declares(node.rule()) {
            let name = node
                .clone()
                .inner()
                .find(|inner| matches!(inner.rule(), Rule::name | Rule::word));
            if let Some(name) = name {
                self.declarations.insert(name.span().start, node.span());
            }
        }
        let mut opened = None;
        for inner in node.inner() {
            match inner.rule() {
                Rule::open => opened = Some(inner.span()),
                Rule::close => {
                    let closed = inner.span();
                    self.braces
                        .extend(opened.take().map(|open| open.to(closed)));
                }
                _ => self.add(&inner),
            }
        }
    }
}

fn declares(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::workflow
            | Rule::state
            | Rule::action
            | Rule::guard
            | Rule::transition
            | Rule::inline_error
            | Rule::activity
            | Rule::retired_state
            | Rule::retired_transition
            | Rule::field
    )
}
