//! Tokens on one line.

use super::tree::{List, ListKind, Part};
use crate::grammar::Rule;

/// A line as it grows.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) code: String,
    /// The token at its end, if something may be joined to it.
    last: Option<Rule>,
}

impl Text {
    /// Adds a token, with a blank before it where one belongs.
    pub(super) fn token(&mut self, rule: Rule, text: &str) {
        if self.last.is_some_and(|last| !joined(last, rule)) {
            self.code.push(' ');
        }
        self.code.push_str(text);
        self.last = Some(rule);
    }

    /// Adds a whole list.
    fn list(&mut self, list: &List<'_>) -> Option<()> {
        let entries = entries(list)?;
        let (first, text, last) = match list.kind {
            ListKind::Arguments => (
                Rule::paren,
                format!("({})", entries.join(", ")),
                Rule::paren_close,
            ),
            ListKind::Sources => (Rule::word, entries.join(" | "), Rule::word),
            ListKind::Variables => (
                Rule::open,
                format!("{{ {} }}", entries.join(", ")),
                Rule::close,
            ),
            ListKind::Clauses => match entries.as_slice() {
                [clause] => (Rule::open, format!("{{ {clause} }}"), Rule::close),
                _ => return None,
            },
            ListKind::Items if entries.is_empty() => (Rule::open, "{}".to_owned(), Rule::close),
            ListKind::Items | ListKind::File => return None,
        };
        self.token(first, &text);
        self.last = Some(last);
        Some(())
    }

    /// Adds tokens and lists; `None` if some of it cannot stand on one line.
    pub(super) fn parts(&mut self, parts: &[Part<'_>]) -> Option<()> {
        for part in parts {
            match part {
                Part::Token(rule, text) => self.token(*rule, text),
                Part::List(list) => self.list(list)?,
            }
        }
        Some(())
    }
}

/// The text of parts on one line, whatever its width.
pub(super) fn flat(parts: &[Part<'_>]) -> Option<String> {
    let mut text = Text::default();
    text.parts(parts)?;
    Some(text.code)
}

/// Whether a list can stand on one line.
pub(super) fn is_flat(list: &List<'_>) -> bool {
    Text::default().list(list).is_some()
}

fn entries(list: &List<'_>) -> Option<Vec<String>> {
    if list.opened.is_some() || !list.below.is_empty() {
        return None;
    }
    let nested = |element: &super::tree::Element<'_>| {
        list.kind == ListKind::Clauses && element.clauses().is_some()
    };
    (list.elements.iter())
        .map(|element| {
            let alone = element.commented() || nested(element);
            if alone { None } else { flat(&element.parts) }
        })
        .collect()
}

/// Whether no blank belongs between two tokens.
fn joined(last: Rule, next: Rule) -> bool {
    let clings = matches!(
        next,
        Rule::comma
            | Rule::colon
            | Rule::dot
            | Rule::range
            | Rule::question
            | Rule::angle
            | Rule::angle_close
            | Rule::paren
    );
    clings || matches!(last, Rule::angle | Rule::dot | Rule::minus | Rule::range)
}
