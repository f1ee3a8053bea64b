//! Turns nodes into the tree, and remembers what went wrong on the way.

use super::Node;
use super::allow::Allowed;
use super::expected::expected;
use super::found::Found;
use super::hint;
use super::token::{TokenKind, token_at, tokens};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::grammar::Rule;
use crate::span::Span;
use crate::suggest::nearest;
use crate::syntax::{ITEM_WORDS, Skipped, Word};

pub(super) struct Reader<'a, 'd> {
    pub(super) source: &'a str,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) skipped: Skipped<'a>,
    /// What `allow` has said that belongs to the next item.
    pub(super) allowed: Allowed<'a>,
    /// Whether something of the current workflow could not be read.
    pub(super) torn: bool,
    /// How many braces of states within states are still to be closed.
    pub(super) nested: usize,
    /// Where the token stands that was reported last: what else is missing in front of
    /// the same token follows from the first.
    pub(super) stumbled_at: Option<usize>,
}

impl<'a, 'd> Reader<'a, 'd> {
    pub(super) fn new(source: &'a str, diagnostics: &'d mut Diagnostics) -> Self {
        Reader {
            source,
            diagnostics,
            skipped: Skipped::default(),
            allowed: Allowed::default(),
            torn: false,
            nested: 0,
            stumbled_at: None,
        }
    }

    /// Reports a node that stands for something missing or out of place.
    pub(super) fn expected(&mut self, node: &Node<'a>) {
        self.expected_or(node, |_| None);
    }

    /// The same, with the place of what it would have completed.
    pub(super) fn expected_after(&mut self, node: &Node<'a>, begun: Option<Span>) {
        let before = self.reported();
        self.expected(node);
        let closes = matches!(node.rule(), Rule::need_close | Rule::need_paren_close);
        if let Some(begun) = begun.filter(|_| closes && self.reported() > before) {
            self.diagnostics.remark(begun, "to close this");
        }
    }

    /// The same, with a hint on what stands there instead.
    pub(super) fn expected_or(
        &mut self,
        node: &Node<'a>,
        hint: impl Fn(Found<'a>) -> Option<String>,
    ) {
        self.expected_as(node, node.rule(), &hint);
    }

    /// The same, where the node was taken for something else.
    pub(super) fn expected_as(
        &mut self,
        node: &Node<'a>,
        rule: Rule,
        hint: &dyn Fn(Found<'a>) -> Option<String>,
    ) {
        let Some(what) = expected(rule) else {
            return;
        };
        self.torn = true;
        let (found, span) = self.found(node.span().start);
        if self.stumbled_at.replace(span.start) == Some(span.start) {
            return;
        }
        let place = Found {
            source: self.source,
            span,
        };
        let (span, label) = match place.last_on_line_before() {
            Some(last) if is_of_a_header(rule) => (last, format!("expected {what} after this")),
            _ => (span, format!("expected {what}")),
        };
        self.diagnostics.report(
            Diagnostic::error(
                Code::Syntax,
                span,
                format!("expected {what}, found {found}"),
            )
            .label(label)
            .maybe_help(hint::choices(rule))
            .maybe_meant(keyword_meant(rule, place.text()))
            .maybe_help(hint(place))
            .maybe_help(hint::anywhere(rule, place)),
        );
    }

    /// Reports a value that has no name.
    pub(super) fn nameless(&mut self, value: Span) {
        self.torn = true;
        let (_, next) = self.found(value.end);
        self.stumbled_at = Some(next.start);
        let place = Found {
            source: self.source,
            span: value,
        };
        self.diagnostics.report(
            Diagnostic::error(Code::Syntax, value, "values are given by name")
                .label("without a name")
                .help(format!("write `NAME: {}`", place.until(&[",", ")"]))),
        );
    }

    /// Takes note of skipped text, and reports it, with a hint, unless it follows from
    /// what was reported before it.
    pub(super) fn junk(
        &mut self,
        node: Node<'a>,
        follows: bool,
        hint: impl Fn(Found<'a>) -> Option<String>,
    ) {
        if follows {
            self.torn = true;
        } else {
            self.expected_or(&node, hint);
        }
        self.skip(node);
    }

    /// Remembers the words of skipped text.
    pub(super) fn skip(&mut self, node: Node<'a>) {
        let words = node.descendants();
        let words = words.filter(|inner| inner.rule() == Rule::word);
        self.skipped.words.extend(words.map(|word| word.text()));
    }

    /// How many diagnostics there are, to see whether reading something added one.
    pub(super) fn reported(&self) -> usize {
        self.diagnostics.len()
    }

    /// What stands at a place, in words, and where exactly.
    pub(super) fn found(&self, offset: usize) -> (String, Span) {
        match token_at(self.source, offset) {
            Some((TokenKind::String, span)) => ("a string".into(), span),
            Some((TokenKind::Doc, span)) => ("a doc comment".into(), span),
            Some((_, span)) => {
                let text: String = span.text(self.source).chars().take(40).collect();
                // A quote is no secret.
                let text = match text.as_str() {
                    "'" | "\"" | "\\" => text,
                    _ => text.escape_debug().to_string(),
                };
                (format!("`{text}`"), span)
            }
            None => {
                let last = tokens(self.source).last().map(|(_, span)| span);
                let span = last.unwrap_or(Span { start: 0, end: 0 });
                ("the end of the file".into(), span)
            }
        }
    }
}

/// Whether what is missing belongs to the line before, if it ends there.
fn is_of_a_header(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::need_colon | Rule::need_source | Rule::need_arrow | Rule::need_target
    )
}

/// What keywords are called elsewhere.
const ELSEWHERE: [(&str, &str); 4] = [
    ("retries", "retry"),
    ("attempts", "retry"),
    ("delay", "after"),
    ("wait", "after"),
];

/// The keyword that was probably meant by a word where an item or clause should begin.
pub(super) fn keyword_meant(rule: Rule, word: &str) -> Option<&'static str> {
    let keywords: &[&'static str] = match rule {
        Rule::junk_file => &["workflow"],
        Rule::junk_item | Rule::junk_header | Rule::need_state => &ITEM_WORDS,
        Rule::junk_clause => &[
            "automatic",
            "alias",
            "when",
            "do",
            "retry",
            "timeout",
            "after",
            "on",
        ],
        _ => return None,
    };
    let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == word);
    let elsewhere = elsewhere.map(|(_, ours)| *ours);
    elsewhere
        .filter(|ours| keywords.contains(ours))
        .or_else(|| nearest(word, keywords.iter().copied()))
}

/// Whether a node ends in a brace: whatever is wrong within, what follows is not its
/// fault.
pub(super) fn is_closed(node: &Node<'_>) -> bool {
    node.text().ends_with('}')
}

/// The word that a node is or begins with.
pub(super) fn word<'a>(node: &Node<'a>) -> Option<Word<'a>> {
    let node = match node.rule() {
        Rule::word => node.clone(),
        _ => node
            .clone()
            .inner()
            .find(|inner| inner.rule() == Rule::word)?,
    };
    Some(Word {
        text: node.text(),
        span: node.span(),
    })
}
