//! The clauses of transitions.

use super::Node;
use super::docs::Docs;
use super::found::Found;
use super::hint;
use super::reader::{Reader, is_closed, word};
use crate::grammar::Rule;
use crate::syntax::{Call, Clause, ClauseKind, Handler, Transition, Word};

impl<'a> Reader<'a, '_> {
    /// Reads `{ .. }` after a transition; whether some of it is illegible, too.
    /// The first mistake may follow from what stands before it.
    pub(super) fn clauses(&mut self, node: Node<'a>, follows: bool) -> (Vec<Clause<'a>>, bool) {
        let outer = std::mem::replace(&mut self.torn, false);
        let clauses = self.legible_clauses(node, follows);
        let torn = std::mem::replace(&mut self.torn, outer);
        self.torn |= torn;
        (clauses, torn)
    }

    fn legible_clauses(&mut self, node: Node<'a>, follows: bool) -> Vec<Clause<'a>> {
        let mut clauses = Vec::new();
        let mut docs = Docs::default();
        let mut stumbled = follows;
        let mut after_junk = false;
        let mut opened = None;
        for inner in node.inner() {
            if self.doc(&inner, &mut docs) {
                continue;
            }
            let before = self.reported();
            let closed = is_closed(&inner);
            match inner.rule() {
                // It belongs to the `retries 3` that has been reported.
                Rule::backoff if after_junk => self.skip(inner),
                // `on interrupt retry 3` has been reported.
                Rule::retry if self.stumbled_at == Some(inner.span().start) => {}
                Rule::open => {
                    opened = Some(inner.span());
                    continue;
                }
                Rule::junk_allow => {
                    docs.take();
                    self.junk(inner, false, |found| hint::clause(Rule::junk_allow, found));
                }
                Rule::junk_clause => {
                    docs.take();
                    self.junk(inner, stumbled, |found| {
                        hint::clause(Rule::junk_clause, found)
                    });
                    stumbled = false;
                    after_junk = true;
                    continue;
                }
                Rule::automatic
                | Rule::alias
                | Rule::when
                | Rule::run
                | Rule::retry
                | Rule::backoff
                | Rule::timeout
                | Rule::after
                | Rule::on_interrupt
                | Rule::on_error => {
                    clauses.extend(self.clause(inner, &mut docs));
                    self.no_docs(&mut docs);
                }
                Rule::close => self.no_docs(&mut docs),
                _ => {
                    self.no_docs(&mut docs);
                    self.expected_after(&inner, opened);
                }
            }
            stumbled = self.reported() > before && !closed;
            after_junk = false;
        }
        clauses
    }

    fn clause(&mut self, node: Node<'a>, docs: &mut Docs) -> Option<Clause<'a>> {
        let rule = node.rule();
        let mut nodes = node.inner();
        let keyword = nodes.next()?.span();
        let kind = match rule {
            Rule::automatic => ClauseKind::Automatic,
            Rule::alias => ClauseKind::Alias(self.call(nodes).map(|call| call.name)),
            Rule::when => {
                let mut nodes = nodes.peekable();
                let negated = nodes.next_if(|next| next.rule() == Rule::kw_not).is_some();
                let is_guard = nodes.peek().is_none_or(|name| self.is_guard(name));
                let guard = is_guard.then(|| self.call(nodes)).flatten();
                ClauseKind::When { negated, guard }
            }
            Rule::run => ClauseKind::Do(self.call(nodes)),
            Rule::retry => ClauseKind::Retry(self.retry(nodes)),
            Rule::backoff => {
                self.waits(nodes);
                ClauseKind::Backoff
            }
            Rule::timeout => ClauseKind::Timeout(self.durations(nodes).first().copied()),
            Rule::after => ClauseKind::After(self.durations(nodes).first().copied()),
            Rule::on_interrupt => ClauseKind::OnInterrupt(self.policy(nodes)),
            _ => ClauseKind::OnError(self.handler(nodes, docs)),
        };
        Some(Clause { keyword, kind })
    }

    /// Whether a guard is named, and no value compared.
    fn is_guard(&mut self, node: &Node<'a>) -> bool {
        let found = Found {
            source: self.source,
            span: node.span(),
        };
        if node.rule() != Rule::word || !hint::is_value(found) {
            return true;
        }
        self.torn = true;
        // What is compared is reported at the operator.
        if !hint::is_compared(found) {
            self.expected_as(node, Rule::need_guard, &|found| {
                hint::clause(Rule::need_guard, found)
            });
        }
        false
    }

    fn handler(
        &mut self,
        nodes: impl Iterator<Item = Node<'a>>,
        docs: &mut Docs,
    ) -> Option<Handler<'a>> {
        let mut handler = None;
        let mut is_error = false;
        for node in nodes {
            match node.rule() {
                Rule::kw_error => is_error = true,
                Rule::fire | Rule::inline_error if !is_error => self.skip(node),
                Rule::fire => {
                    handler = self.fire(node).map(Handler::Fire);
                }
                Rule::inline_error => {
                    let error = self.inline_error(node, docs.take());
                    handler = error.map(|error| Handler::Inline(Box::new(error)));
                }
                rule => self.expected_or(&node, |found| hint::clause(rule, found)),
            }
        }
        handler
    }

    fn fire(&mut self, node: Node<'a>) -> Option<Call<'a>> {
        let mut name = None;
        let mut arguments = None;
        for inner in node.inner() {
            match inner.rule() {
                Rule::kw_fire => {}
                Rule::word => name = word(&inner),
                Rule::arguments => arguments = Some(self.arguments(inner)),
                rule => {
                    let name = name.map(|name: Word<'_>| name.text);
                    self.junk(inner, false, |found| hint::fire(rule, found, name));
                }
            }
        }
        Some(Call {
            name: name?,
            arguments,
        })
    }

    /// Reads an error transition; without an arrow it is none.
    fn inline_error(&mut self, node: Node<'a>, docs: Vec<String>) -> Option<Transition<'a>> {
        let words = node.clone();
        let mut arrow = true;
        let mut transition = Transition::begin(docs, node.span());
        for inner in node.inner() {
            match inner.rule() {
                Rule::word => transition.name = word(&inner),
                Rule::was => transition.was = self.was(inner),
                Rule::arrow => {}
                Rule::error_target => transition.target = self.target(inner),
                Rule::body => {
                    (transition.clauses, transition.torn) = self.clauses(inner, false);
                    if let Some(target) = transition.target.as_mut() {
                        target.torn |= transition.torn;
                    }
                }
                rule => {
                    arrow &= rule != Rule::need_arrow;
                    let name = transition.name.map(|name| name.text);
                    self.expected_or(&inner, |found| hint::inline_error(rule, found, name));
                }
            }
        }
        if !arrow {
            self.skip(words);
            return None;
        }
        Some(transition)
    }
}
