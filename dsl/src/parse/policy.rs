//! What clauses say of time and of failure: `retry`, `backoff`, `timeout`, `after` and
//! `on interrupt`.

use super::Node;
use super::hint;
use super::reader::Reader;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::grammar::Rule;
use crate::model::{Backoff, OnInterrupt, Retry};
use crate::syntax::ValueKind;

impl<'a> Reader<'a, '_> {
    /// Reads what follows `retry`.
    pub(super) fn retry(&mut self, nodes: impl Iterator<Item = Node<'a>>) -> Option<Retry> {
        let mut times = None;
        let mut backoff = None;
        let mut intact = true;
        for node in nodes {
            match node.rule() {
                Rule::number => {
                    times = self.count(&node, "drop the clause, or write a number from 1")
                }
                Rule::backoff => {
                    backoff = self.waits(node.inner());
                    intact &= backoff.is_some();
                }
                rule => self.expected_or(&node, |found| hint::clause(rule, found)),
            }
        }
        Some(Retry {
            times: times.filter(|_| intact)?,
            backoff,
        })
    }

    /// Reads what follows `backoff`: one wait, or the first and the longest.
    pub(super) fn waits(&mut self, nodes: impl Iterator<Item = Node<'a>>) -> Option<Backoff> {
        let nodes: Vec<Node<'a>> = nodes.collect();
        let place = nodes
            .iter()
            .map(Node::span)
            .reduce(|first, last| first.to(last));
        let waits = self.durations(nodes.into_iter());
        let backoff = match waits.as_slice() {
            [wait] => Backoff {
                first: *wait,
                longest: *wait,
            },
            [first, longest] => Backoff {
                first: *first,
                longest: *longest,
            },
            _ => return None,
        };
        if backoff.longest < backoff.first {
            self.diagnostics.report(
                Diagnostic::error(
                    Code::OutOfRange,
                    place?,
                    "the longest wait is shorter than the first",
                )
                .label("grows from the first to the longest")
                .help("write the shorter one first"),
            );
            return None;
        }
        Some(backoff)
    }

    /// Reads the durations among the nodes of a clause; all of them, or none.
    pub(super) fn durations(&mut self, nodes: impl Iterator<Item = Node<'a>>) -> Vec<u64> {
        let mut durations = Vec::new();
        let mut intact = true;
        for node in nodes {
            match node.rule() {
                Rule::number => match self.duration(&node) {
                    Some(duration) => durations.push(duration),
                    None => intact = false,
                },
                Rule::range | Rule::kw_backoff => {}
                rule => {
                    intact = false;
                    self.expected_or(&node, |found| hint::clause(rule, found));
                }
            }
        }
        if !intact {
            durations.clear();
        }
        durations
    }

    /// Reads what follows `on`, if it is `interrupt`.
    pub(super) fn policy(&mut self, nodes: impl Iterator<Item = Node<'a>>) -> Option<OnInterrupt> {
        let mut policy = None;
        for node in nodes {
            match node.rule() {
                Rule::kw_fail => policy = Some(OnInterrupt::Fail),
                Rule::kw_ask => policy = Some(OnInterrupt::Ask),
                Rule::kw_probe => policy = Some(OnInterrupt::Probe),
                Rule::number => {
                    let never = "write `on interrupt fail`, or a number from 1";
                    policy = self.count(&node, never).map(OnInterrupt::Rerun);
                }
                Rule::kw_interrupt | Rule::kw_rerun => {}
                rule => self.expected_or(&node, |found| hint::clause(rule, found)),
            }
        }
        policy
    }

    /// How many times something is done again: at least once, and what to write for never.
    fn count(&mut self, node: &Node<'a>, never: &str) -> Option<u32> {
        let place = node.span();
        let text = place.text(self.source);
        let (code, message, help) = match self.number(node) {
            ValueKind::Broken => return None,
            ValueKind::Int(count) => match u32::try_from(count) {
                Ok(count) if count > 0 => return Some(count),
                Ok(_) => (
                    Code::OutOfRange,
                    format!("`{text}` times is never"),
                    never.to_owned(),
                ),
                Err(_) => (
                    Code::OutOfRange,
                    format!("`{text}` is no number of times"),
                    format!("write a number from 1 to {}", u32::MAX),
                ),
            },
            _ => (
                Code::BadNumber,
                format!("`{text}` is no number of times"),
                "write a whole number such as `3`".to_owned(),
            ),
        };
        self.diagnostics.report(
            Diagnostic::error(code, place, message)
                .label("how many times?")
                .help(help),
        );
        None
    }

    /// A length of time that is not null.
    fn duration(&mut self, node: &Node<'a>) -> Option<u64> {
        let place = node.span();
        let text = place.text(self.source);
        let (code, message, help) = match self.number(node) {
            ValueKind::Broken => return None,
            ValueKind::Duration(0) => (
                Code::OutOfRange,
                "this is no time at all".to_owned(),
                "write a longer duration, such as `1s`".to_owned(),
            ),
            ValueKind::Duration(length) => return Some(length),
            ValueKind::Int(count) if count > 0 => (
                Code::BadNumber,
                format!("`{text}` has no unit"),
                format!("write `{text}s` for seconds; other units are `ms`, `m`, `h` and `d`"),
            ),
            _ => (
                Code::BadNumber,
                format!("`{text}` is no duration"),
                "write a duration such as `500ms`, `30s`, `5m`, `12h` or `7d`".to_owned(),
            ),
        };
        self.diagnostics.report(
            Diagnostic::error(code, place, message)
                .label("not a duration")
                .help(help),
        );
        None
    }
}
