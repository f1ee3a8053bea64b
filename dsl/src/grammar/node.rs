//! What rules have matched, as a tree.

use super::rules::Rule;
use super::walk::walk;
use crate::span::Span;
use std::rc::Rc;

/// What a rule has matched in a text.
#[derive(Clone)]
pub(crate) struct Node<'a> {
    tree: Tree<'a>,
    index: usize,
    record: Record,
}

impl<'a> Node<'a> {
    /// Takes a whole file apart.
    pub(crate) fn file(source: &'a str) -> Option<Self> {
        let records = walk(Rule::file, source)?.into();
        Tree { source, records }.node(0)
    }

    /// The rule that matched.
    pub(crate) fn rule(&self) -> Rule {
        self.record.rule
    }

    /// Where it stands, without the blanks and comments that were skipped at its end.
    pub(crate) fn span(&self) -> Span {
        self.record.span
    }

    /// The text that stands there.
    pub(crate) fn text(&self) -> &'a str {
        self.span().text(self.tree.source)
    }

    /// The nodes in it, without those in them.
    pub(crate) fn inner(&self) -> Inner<'a> {
        Inner {
            tree: self.tree.clone(),
            index: self.index + 1,
            end: self.record.next,
        }
    }

    /// All nodes in it.
    pub(crate) fn descendants(&self) -> impl Iterator<Item = Node<'a>> {
        (self.index + 1..self.record.next).filter_map(|index| self.tree.node(index))
    }
}

/// The nodes in a node.
pub(crate) struct Inner<'a> {
    tree: Tree<'a>,
    index: usize,
    end: usize,
}

impl<'a> Iterator for Inner<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        let node = self
            .tree
            .node(self.index)
            .filter(|_| self.index < self.end)?;
        self.index = node.record.next;
        Some(node)
    }
}

/// All nodes of a text, in its order and each before those in it.
#[derive(Clone)]
struct Tree<'a> {
    source: &'a str,
    records: Rc<[Record]>,
}

impl<'a> Tree<'a> {
    fn node(&self, index: usize) -> Option<Node<'a>> {
        Some(Node {
            tree: self.clone(),
            index,
            record: *self.records.get(index)?,
        })
    }
}

/// What is kept of a node.
#[derive(Clone, Copy)]
pub(super) struct Record {
    rule: Rule,
    span: Span,
    /// Where the next node stands that is not in this one.
    next: usize,
}

impl Record {
    pub(super) fn begin(rule: Rule, start: usize) -> Self {
        Record {
            rule,
            span: Span { start, end: start },
            next: 0,
        }
    }

    /// Ends a node, which is the last that began and has not ended.
    pub(super) fn end(records: &mut [Record], index: usize, end: usize) {
        let mut last = end;
        let mut inner = index + 1;
        while let Some(record) = records.get(inner) {
            if record.span.start < record.span.end {
                last = record.span.end;
            }
            inner = record.next;
        }
        if let Some(record) = records.get_mut(index) {
            record.span.end = last;
            record.next = inner;
        }
    }
}
