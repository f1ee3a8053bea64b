//! Calls, their arguments, and values.

use super::Node;
use super::docs::Docs;
use super::hint;
use super::reader::{Reader, word};
use super::token::token_at;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::span::Span;
use crate::syntax::{Argument, Arguments, Call, Value, ValueKind, Word};

impl<'a> Reader<'a, '_> {
    /// Reads `NAME(..)` out of the nodes of a clause.
    pub(super) fn call(&mut self, nodes: impl Iterator<Item = Node<'a>>) -> Option<Call<'a>> {
        let mut name = None;
        let mut arguments = None;
        for node in nodes {
            match node.rule() {
                Rule::word => name = word(&node),
                // `when (ready)` has been reported.
                Rule::arguments if name.is_none() => self.skip(node),
                Rule::arguments => arguments = Some(self.arguments(node)),
                rule => self.expected_or(&node, |found| hint::clause(rule, found)),
            }
        }
        Some(Call {
            name: name?,
            arguments,
        })
    }

    pub(super) fn arguments(&mut self, node: Node<'a>) -> Arguments<'a> {
        let span_of_all = node.span();
        let mut list = Vec::new();
        let mut docs = Docs::default();
        let mut stumbled = false;
        let mut opened = None;
        let mut of_function = false;
        let outer = std::mem::replace(&mut self.torn, false);
        for inner in node.inner() {
            if self.doc(&inner, &mut docs) {
                continue;
            }
            self.no_docs(&mut docs);
            let before = self.reported();
            let rule = inner.rule();
            match rule {
                Rule::paren => opened = Some(inner.span()),
                Rule::argument if of_function => self.skip(inner),
                Rule::argument => {
                    list.extend(self.argument(inner));
                    stumbled = false;
                }
                Rule::junk_entry | Rule::junk_after => {
                    let nameless = literal(&inner).filter(|_| !stumbled);
                    if let Some(value) = nameless {
                        self.nameless(value);
                    }
                    let follows = stumbled || nameless.is_some();
                    if inner.text().starts_with('(') {
                        of_function = true;
                        no_input(&mut list);
                    }
                    self.junk(inner, follows, |found| hint::arguments(rule, found));
                }
                Rule::comma => stumbled = false,
                _ => self.expected_after(&inner, opened),
            }
            stumbled |= self.reported() > before;
        }
        let torn = std::mem::replace(&mut self.torn, outer);
        self.torn |= torn;
        Arguments {
            list,
            span: span_of_all,
            torn,
        }
    }

    fn argument(&mut self, node: Node<'a>) -> Option<Argument<'a>> {
        let mut name: Option<Word<'a>> = None;
        let mut value = None;
        for inner in node.inner() {
            match inner.rule() {
                Rule::word => name = word(&inner),
                Rule::value => value = self.value(inner),
                Rule::junk_value => self.skip(inner),
                Rule::need_colon if self.ends_argument(&inner) => {
                    self.nameless(name?.span);
                    return None;
                }
                rule => {
                    let name = name.map(|name| name.text);
                    self.expected_or(&inner, |found| hint::argument(rule, found, name));
                }
            }
        }
        Some(Argument { name: name?, value })
    }

    /// Whether an argument ends here, or goes on as only a value does.
    fn ends_argument(&self, node: &Node<'a>) -> bool {
        token_at(self.source, node.span().start)
            .is_some_and(|(_, next)| [",", ")", "."].contains(&next.text(self.source)))
    }

    pub(super) fn value(&mut self, node: Node<'a>) -> Option<Value<'a>> {
        let inner = node.inner().next()?;
        let place = inner.span();
        let kind = match inner.rule() {
            Rule::string => self
                .string(inner)
                .map_or(ValueKind::Broken, ValueKind::String),
            Rule::number => self.number(&inner),
            _ => self.reference(inner),
        };
        Some(Value { kind, span: place })
    }

    /// Reads a literal that is a word, an input, or `source.VAR`.
    fn reference(&mut self, node: Node<'a>) -> ValueKind<'a> {
        let place = node.span();
        let mut words = Vec::new();
        for inner in node.inner() {
            match inner.rule() {
                Rule::word => words.push(inner.text()),
                Rule::dot => {}
                _ => {
                    self.expected(&inner);
                    return ValueKind::Broken;
                }
            }
        }
        match words.as_slice() {
            ["true"] => ValueKind::Bool(true),
            ["false"] => ValueKind::Bool(false),
            ["null"] => ValueKind::Null,
            ["failure"] => ValueKind::Failure,
            ["source", "failure"] => self.no_value(place, "write `failure`"),
            ["source", variable] => ValueKind::Source(variable),
            ["source"] => {
                self.torn = true;
                self.diagnostics.report(
                    Diagnostic::error(Code::Syntax, place, "`source` names no variable")
                        .label("which variable?")
                        .help("write `source.VARIABLE`"),
                );
                ValueKind::Broken
            }
            [input] => ValueKind::Input(input),
            ["error" | "err" | "failure" | "exception" | "e", ..] => {
                self.no_value(place, "write `failure`: it is the text of the error")
            }
            ["input" | "inputs" | "args" | "params", input] => {
                self.no_value(place, &format!("write `{input}`: inputs stand alone"))
            }
            [_, variable] => self.no_value(
                place,
                &format!("write `source.{variable}`: only variables of the source have a dot"),
            ),
            _ => self.no_value(
                place,
                "only variables of the source have a dot: `source.VARIABLE`",
            ),
        }
    }

    fn no_value(&mut self, place: Span, help: &str) -> ValueKind<'a> {
        self.torn = true;
        let text = place.text(self.source);
        self.diagnostics.report(
            Diagnostic::error(Code::Syntax, place, format!("`{text}` is no value"))
                .label("not a value")
                .help(help),
        );
        ValueKind::Broken
    }
}

/// What was read as an input is the name of a function.
fn no_input(list: &mut [Argument<'_>]) {
    let value = list.last_mut().and_then(|last| last.value.as_mut());
    if let Some(value) = value.filter(|value| matches!(value.kind, ValueKind::Input(_))) {
        value.kind = ValueKind::Broken;
    }
}

/// The string or number that skipped text begins with.
fn literal(node: &Node<'_>) -> Option<Span> {
    let first = node.inner().next()?;
    matches!(first.rule(), Rule::string | Rule::number).then(|| first.span())
}
