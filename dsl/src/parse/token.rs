//! Single tokens, for what must be known outside the grammar: how deep braces nest,
//! and what stands where something else was expected.

use crate::span::Span;

/// What kind of token it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Word,
    Number,
    String,
    Doc,
    Symbol,
}

/// The first token at or after `offset`, if there is one.
pub(crate) fn token_at(source: &str, offset: usize) -> Option<(TokenKind, Span)> {
    let mut start = offset;
    loop {
        let rest = source.get(start..)?;
        let blank = rest.len()
            - rest
                .trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}'])
                .len();
        start += blank;
        let rest = source.get(start..)?;
        if rest.starts_with("//") && !is_doc(rest) {
            start += line_length(rest);
            continue;
        }
        let first = rest.chars().next()?;
        let (kind, length) = if rest.starts_with("//") {
            (TokenKind::Doc, line_length(rest))
        } else if first == '"' {
            (TokenKind::String, string_length(rest))
        } else if first.is_ascii_digit() {
            (TokenKind::Number, word_length(rest))
        } else if is_word(first) {
            (TokenKind::Word, word_length(rest))
        } else if [
            "->", "=>", "::", "..", "/*", "&&", "||", "==", "!=", "<=", ">=",
        ]
        .iter()
        .any(|symbol| rest.starts_with(symbol))
        {
            (TokenKind::Symbol, 2)
        } else {
            (TokenKind::Symbol, first.len_utf8())
        };
        return Some((
            kind,
            Span {
                start,
                end: start + length,
            },
        ));
    }
}

/// All tokens, in order.
pub(crate) fn tokens(source: &str) -> impl Iterator<Item = (TokenKind, Span)> {
    let mut offset = 0;
    std::iter::from_fn(move || {
        let token = token_at(source, offset)?;
        offset = token.1.end;
        Some(token)
    })
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn is_doc(line: &str) -> bool {
    line.starts_with("//!") || (line.starts_with("///") && !line.starts_with("////"))
}

fn word_length(text: &str) -> usize {
    text.find(|character| !is_word(character))
        .unwrap_or(text.len())
}

fn line_length(text: &str) -> usize {
    text.find(['\r', '\n']).unwrap_or(text.len())
}

/// Up to the closing quote, or to the end of the line if there is none.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            '\r' | '\n' => return index,
            '"' if !escaped => return index + 1,
            _ => escaped = character == '\\' && !escaped,
        }
    }
    text.len()
}
