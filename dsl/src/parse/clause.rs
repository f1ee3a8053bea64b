//! The clauses of transitions.

use super::Node;
use super::docs::Docs;
use super::reader::{Reader, is_closed, span, word};
use crate::generated::parser::Rule;
use crate::syntax::{Clause, ClauseKind, Handler, Transition};

impl<'a> Reader<'a, '_> {
    /// Reads `{ .. }` after a transition.
    pub(super) fn clauses(&mut self, node: Node<'a>) -> Vec<Clause<'a>> {
        let mut clauses = Vec::new();
        let mut docs = Docs::default();
        let mut stumbled = false;
        let mut opened = None;
        for inner in node.into_inner() {
            if self.doc(&inner, &mut docs) {
                continue;
            }
            let before = self.reported();
            let closed = is_closed(&inner);
            match inner.as_rule() {
                Rule::open => opened = Some(span(&inner)),
                Rule::junk_clause => {
                    docs.take();
                    self.junk(inner, stumbled);
                    stumbled = false;
                    continue;
                }
                Rule::later_clause => {
                    docs.take();
                    self.later(inner);
                }
                Rule::automatic | Rule::alias | Rule::when | Rule::run | Rule::on_error => {
                    clauses.extend(self.clause(inner, &mut docs));
                    self.no_docs(&mut docs);
                }
                Rule::close => self.no_docs(&mut docs),
                _ => {
                    self.no_docs(&mut docs);
                    self.expected_after(&inner, opened.map(|span| (span, "to close this")));
                }
            }
            stumbled = self.reported() > before && !closed;
        }
        clauses
    }

    fn clause(&mut self, node: Node<'a>, docs: &mut Docs) -> Option<Clause<'a>> {
        let rule = node.as_rule();
        let mut nodes = node.into_inner();
        let keyword = span(&nodes.next()?);
        let kind = match rule {
            Rule::automatic => ClauseKind::Automatic,
            Rule::alias => ClauseKind::Alias(self.call(nodes).map(|call| call.name)),
            Rule::when => {
                let mut nodes = nodes.peekable();
                let negated = nodes
                    .next_if(|next| next.as_rule() == Rule::kw_not)
                    .is_some();
                ClauseKind::When {
                    negated,
                    guard: self.call(nodes),
                }
            }
            Rule::run => ClauseKind::Do(self.call(nodes)),
            _ => ClauseKind::OnError(self.handler(nodes, docs)),
        };
        Some(Clause { keyword, kind })
    }

    fn handler(
        &mut self,
        nodes: impl Iterator<Item = Node<'a>>,
        docs: &mut Docs,
    ) -> Option<Handler<'a>> {
        let mut handler = None;
        let mut is_error = false;
        for node in nodes {
            match node.as_rule() {
                Rule::kw_error => is_error = true,
                Rule::fire | Rule::inline_error if !is_error => self.skip(node),
                Rule::fire => {
                    let call = node.into_inner().skip(1);
                    handler = self.call(call).map(Handler::Fire);
                }
                Rule::inline_error => {
                    let error = self.inline_error(node, docs.take());
                    handler = Some(Handler::Inline(Box::new(error)));
                }
                _ => self.expected(&node),
            }
        }
        handler
    }

    fn inline_error(&mut self, node: Node<'a>, docs: Vec<String>) -> Transition<'a> {
        let mut transition = Transition {
            name: None,
            docs,
            inputs: Vec::new(),
            sources: Vec::new(),
            target: None,
            clauses: Vec::new(),
            span: span(&node),
        };
        for inner in node.into_inner() {
            match inner.as_rule() {
                Rule::word => transition.name = word(&inner),
                Rule::arrow => {}
                Rule::error_target => transition.target = self.target(inner),
                Rule::body => transition.clauses = self.clauses(inner),
                _ => self.expected(&inner),
            }
        }
        transition
    }
}
