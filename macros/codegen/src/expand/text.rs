//! Tokens that are written as text.
//!
//! Users build the macro without optimization. So what is generated for every state and
//! every transition is text, which the compiler reads at once, several times as fast as
//! it takes tokens one by one.

use std::fmt::Write;

use inflight_dsl::model::Name;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use super::scope::Scope;

/// What the text says in Rust.
///
/// proc-macro2 would read it once more by itself, in case that the compiler does not
/// recover from what it cannot read: a quarter of the time that a large workflow takes
/// to expand. Only names, literals and docs of the workflow are put into text of ours.
pub(super) fn tokens(text: &str) -> TokenStream {
    if proc_macro::is_available() {
        let tokens: Result<proc_macro::TokenStream, _> = text.parse();
        tokens.map(TokenStream::from).unwrap_or_default()
    } else {
        text.parse().unwrap_or_default()
    }
}

/// The elements of a list.
pub(super) fn list(elements: impl Iterator<Item = impl std::fmt::Display>) -> TokenStream {
    let mut text = String::new();
    for element in elements {
        // Writing to a string does not fail.
        let _ = write!(text, "{element},");
    }
    tokens(&text)
}

/// Text in pieces, each at the place of the name that it stands for.
pub(super) struct Pieces<'a> {
    scope: &'a Scope<'a>,
    /// What was put together already.
    tokens: TokenStream,
    /// What follows it, if all of it is at one place.
    text: String,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(scope: &'a Scope<'a>) -> Self {
        Pieces {
            scope,
            tokens: TokenStream::new(),
            text: String::new(),
        }
    }

    /// Adds what stands for a name.
    pub(super) fn add(&mut self, name: &Name, text: &str) {
        if self.scope.is_file() {
            self.text.push_str(text);
        } else {
            let place = self.scope.place(name);
            self.tokens.extend(placed(tokens(text), place));
        }
    }

    /// Adds a block with its head, which both stand for a name, as its parts do.
    pub(super) fn block<'n>(
        &mut self,
        name: &Name,
        head: &str,
        parts: impl Iterator<Item = (&'n Name, String)>,
    ) {
        self.add(name, head);
        if self.scope.is_file() {
            self.text.push('{');
            parts.for_each(|(_, part)| self.text.push_str(&part));
            self.text.push('}');
        } else {
            let mut inner = Pieces::new(self.scope);
            parts.for_each(|(name, part)| inner.add(name, &part));
            let mut block = Group::new(Delimiter::Brace, inner.finish());
            block.set_span(self.scope.place(name));
            self.tokens.extend([TokenTree::from(block)]);
        }
    }

    /// Adds what is no text.
    pub(super) fn extend(&mut self, tokens: TokenStream) {
        self.read();
        self.tokens.extend(tokens);
    }

    /// All of it.
    pub(super) fn finish(mut self) -> TokenStream {
        self.read();
        self.tokens
    }

    fn read(&mut self) {
        if !self.text.is_empty() {
            self.tokens.extend(tokens(&self.text));
            self.text.clear();
        }
    }
}

/// The same tokens, all at one place.
fn placed(tokens: TokenStream, place: Span) -> TokenStream {
    let tokens = tokens.into_iter().map(|mut token| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), placed(group.stream(), place)).into();
        }
        token.set_span(place);
        token
    });
    tokens.collect()
}
