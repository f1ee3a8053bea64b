//! Text to nodes, by the rules of `grammar.pest`.
//!
//! The rules are kept as a table ([`rules`]), which is made from the grammar ahead of time,
//! and which one function [walks](walk): users of the macro pay neither for pest's generator
//! nor for compiling a function for each rule. A test compares what it makes of texts with
//! what pest itself makes of them.

mod node;
#[rustfmt::skip]
mod rules;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use node::Node;
pub(crate) use rules::Rule;

/// What a rule makes of the text that it matches.
#[derive(Clone, Copy)]
enum Kind {
    /// A node. Between its parts, blanks and comments are skipped.
    Normal,
    /// Nothing: its parts stand where it does.
    Silent,
    /// A node with nothing in it, and nothing is skipped.
    Atomic,
    /// A node with others in it, and nothing is skipped.
    Compound,
}

/// What text can match.
enum Part {
    /// The beginning of the file.
    Start,
    /// The end of the file.
    End,
    /// This text.
    Text(&'static str),
    /// This text, in small letters or capitals.
    Letters(&'static str),
    /// One character of some kind.
    One(fn(char) -> bool),
    /// Anything up to one of these texts, or to the end of the file.
    Until(&'static [&'static str]),
    /// What a rule matches.
    By(Rule),
    /// One after the other.
    All(&'static [Part]),
    /// The first of these that matches.
    First(&'static [Part]),
    /// This, or nothing.
    Maybe(&'static Part),
    /// This, as often as it matches.
    Many(&'static Part),
    /// Nothing, if this follows.
    Ahead(&'static Part),
    /// Nothing, unless this follows.
    Not(&'static Part),
}

/// What the grammar uses without saying what it is, by pest's names.
mod builtin {
    use super::Part;

    pub(super) const SOI: Part = Part::Start;
    pub(super) const ANY: Part = Part::One(|_| true);
    pub(super) const NEWLINE: Part =
        Part::First(&[Part::Text("\n"), Part::Text("\r\n"), Part::Text("\r")]);
    pub(super) const ALPHABETIC: Part = Part::One(char::is_alphabetic);
    pub(super) const ASCII_ALPHA: Part = Part::One(|it| it.is_ascii_alphabetic());
    pub(super) const ASCII_ALPHANUMERIC: Part = Part::One(|it| it.is_ascii_alphanumeric());
    pub(super) const ASCII_DIGIT: Part = Part::One(|it| it.is_ascii_digit());
}
