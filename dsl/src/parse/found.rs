//! What stands where something else was expected, as far as a hint repeats it.

use super::token::{TokenKind, token_at};
use crate::span::Span;

/// A token where something else was expected.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) source: &'a str,
    pub(super) span: Span,
}

/// How much of the text is repeated in a hint.
const SHOWN: usize = 60;

impl<'a> Found<'a> {
    pub(super) fn text(self) -> &'a str {
        self.span.text(self.source)
    }

    pub(super) fn is_word(self) -> bool {
        self.is(TokenKind::Word)
    }

    pub(super) fn is_string(self) -> bool {
        self.is(TokenKind::String)
    }

    pub(super) fn is_number(self) -> bool {
        self.is(TokenKind::Number)
    }

    fn is(self, kind: TokenKind) -> bool {
        token_at(self.source, self.span.start).is_some_and(|(found, _)| found == kind)
    }

    /// The text from here on.
    pub(super) fn rest(self) -> &'a str {
        self.source.get(self.span.start..).unwrap_or_default()
    }

    /// From here to the end of the line.
    pub(super) fn line(self) -> &'a str {
        let rest = self.rest();
        rest.split(['\r', '\n']).next().unwrap_or_default()
    }

    /// The text before it, without the blanks in between.
    pub(super) fn before(self) -> &'a str {
        let before = self.source.get(..self.span.start);
        before.unwrap_or_default().trim_end()
    }

    /// The word or symbol that ends an earlier line, if this begins one.
    pub(super) fn last_on_line_before(self) -> Option<Span> {
        let before = self.before();
        let between = self.source.get(before.len()..self.span.start)?;
        let line = before.rsplit('\n').next()?;
        if !between.contains('\n') || line.contains("//") {
            return None;
        }
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let word = before.trim_end_matches(is_word).len();
        let symbol = before.chars().next_back()?.len_utf8();
        Some(Span {
            start: word.min(before.len() - symbol),
            end: before.len(),
        })
    }

    /// The token after this one.
    pub(super) fn after(self) -> Option<Found<'a>> {
        let (_, span) = token_at(self.source, self.span.end)?;
        Some(Found { span, ..self })
    }

    /// The word after this one.
    pub(super) fn word_after(self) -> Option<&'a str> {
        let next = self.after().filter(|next| next.is_word())?;
        Some(next.text())
    }

    /// Whether `}` or a list follows.
    pub(super) fn ends_clause(self) -> bool {
        self.after()
            .is_some_and(|next| ["}", "("].contains(&next.text()))
    }

    /// A name with its arguments, which begins here.
    pub(super) fn call(self) -> String {
        let name = self.text();
        let Some(open) = self.after().filter(|next| next.text() == "(") else {
            return name.into();
        };
        let list = open.until(&["{", "}"]);
        match list.find(')') {
            Some(end) if list.starts_with('(') => {
                format!("{name}{}", list.get(..=end).unwrap_or_default())
            }
            _ => format!("{name}(..)"),
        }
    }

    /// The text from here up to one of these tokens, or the end of the line. What is in
    /// parentheses is whole, or `(..)`; where the text goes on, it ends with `..`.
    pub(super) fn until(self, ends: &[&str]) -> String {
        let start = self.span.start;
        let line_end = start + self.line().len();
        let mut end = start;
        let mut depth = 0_usize;
        let mut next = Some(self);
        let mut cut = false;
        while let Some(token) = next.filter(|token| token.span.end <= line_end) {
            if token.is(TokenKind::Doc) || (depth == 0 && ends.contains(&token.text())) {
                break;
            }
            if token.span.end - start > SHOWN {
                cut = true;
                break;
            }
            match token.text() {
                "(" => depth += 1,
                ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            next = token.after();
            // Neither a list nor `source.NAME` is shown in part.
            let goes_on = token.text() == "." || next.is_some_and(|next| next.text() == ".");
            if depth == 0 && !goes_on {
                end = token.span.end;
            }
        }
        let whole = self.source.get(start..end).unwrap_or_default();
        match (whole, depth > 0) {
            ("", _) => "..".into(),
            (whole, true) => format!("{whole}(..)"),
            (whole, false) if cut => format!("{whole} .."),
            (whole, false) => whole.into(),
        }
    }
}
