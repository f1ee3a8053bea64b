//! Workflows between the brackets of the macro.
//!
//! The tokens are written out as text, which the grammar of files then reads; a map
//! from the text to the tokens puts every mistake, and every generated name, at its
//! exact place. Lines and columns play no part, so it makes no difference whether the
//! tokens come from a file, from `macro_rules!` or from an editor that gives them no
//! places at all.

use std::mem;
use std::ops::Range;

use inflight_dsl::diagnostic::Diagnostic;
use proc_macro2::{Delimiter, Group, Literal, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;

use crate::error::{head, told};
use crate::expand::{self, Origin};
use crate::input::is_visibility;
use crate::literal::string;
use crate::spans::Spans;

/// Compiles workflows.
pub(crate) fn expand(tokens: TokenStream) -> TokenStream {
    let mut text = Text::default();
    text.items(tokens);
    let compiled = inflight_dsl::compile(&text.text);
    let Text {
        text,
        places,
        workflows,
        ..
    } = text;
    let spans = Spans::Tokens(places);
    let said = compiled.diagnostics.iter().map(|diagnostic| {
        let place = spans.range(diagnostic.span);
        told(place, diagnostic, &message(&text, diagnostic))
    });
    let modules = compiled.model.as_ref().map(|model| {
        expand::modules(model, &spans, |workflow| {
            let name = workflow.name.span.start;
            let written = workflows.iter().find(|it| it.place.contains(&name));
            let source = written.and_then(|it| text.get(it.place.clone()));
            Origin {
                visibility: written.map(|it| it.visibility.clone()).unwrap_or_default(),
                source: Literal::string(source.unwrap_or(&text)).into_token_stream(),
            }
        })
    });
    said.chain(modules).collect()
}

/// A diagnostic without its frame, which the compiler draws.
fn message(text: &str, diagnostic: &Diagnostic) -> String {
    let mut message = head(diagnostic);
    for place in &diagnostic.related {
        let quoted = text
            .get(place.span.start..place.span.end)
            .unwrap_or_default();
        message.push_str(&format!("\nnote: {}: `{}`", place.text, quoted.trim()));
    }
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    message
}

/// A workflow among the tokens.
struct Workflow {
    /// Where it stands in the text, with its docs.
    place: Range<usize>,
    /// What was written before it.
    visibility: TokenStream,
}

/// Tokens as text.
#[derive(Default)]
struct Text {
    text: String,
    /// Where each piece of the text comes from, in order.
    places: Vec<(Range<usize>, proc_macro2::Span)>,
    /// The workflows, in order.
    workflows: Vec<Workflow>,
    /// Whether the next token follows the last without a blank.
    glued: bool,
}

impl Text {
    /// Adds what stands at the top: docs and workflows, with a visibility perhaps,
    /// which is Rust's and not the language's.
    fn items(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        let mut begin = 0;
        while !rest.is_empty() {
            if let Some((visibility, after)) = visibility(rest) {
                self.workflows.push(Workflow {
                    place: begin..begin,
                    visibility: visibility.iter().cloned().collect(),
                });
                // The keyword. What follows is the name, even if it is the same word.
                rest = self.token(after);
            }
            rest = self.token(rest);
            if let (true, Some(last)) = (self.text.ends_with('}'), self.workflows.last_mut()) {
                begin = self.text.len();
                last.place.end = begin;
            }
        }
    }

    /// Adds the first of some tokens, or the doc comment that they begin with; the rest
    /// is left.
    fn token<'t>(&mut self, tokens: &'t [TokenTree]) -> &'t [TokenTree] {
        if let Some((marker, lines, place, rest)) = doc(tokens) {
            for line in lines.lines() {
                self.add(&format!("{marker}{line}\n"), place);
            }
            return rest;
        }
        let Some((token, rest)) = tokens.split_first() else {
            return &[];
        };
        match token {
            TokenTree::Group(group) => self.group(group),
            TokenTree::Ident(word) => self.add(&word.to_string(), word.span()),
            TokenTree::Literal(literal) => self.add(&literal.to_string(), literal.span()),
            TokenTree::Punct(punct) => {
                self.add(punct.as_char().encode_utf8(&mut [0; 4]), punct.span());
                self.glued = punct.spacing() == Spacing::Joint;
            }
        }
        rest
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        self.add(open, group.span_open());
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let mut rest = tokens.as_slice();
        while !rest.is_empty() {
            rest = self.token(rest);
        }
        self.add(close, group.span_close());
    }

    fn add(&mut self, token: &str, span: proc_macro2::Span) {
        if token.is_empty() {
            return;
        }
        if !mem::take(&mut self.glued) {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(token);
        self.places.push((start..self.text.len(), span));
    }
}

/// A visibility, perhaps an empty one, before the word `workflow`; and that word and the
/// rest.
fn visibility(tokens: &[TokenTree]) -> Option<(&[TokenTree], &[TokenTree])> {
    (0..3).find_map(|length| {
        let (visibility, rest) = tokens.split_at_checked(length)?;
        let keyword = matches!(rest, [TokenTree::Ident(word), ..] if word == "workflow");
        (keyword && is_visibility(visibility)).then_some((visibility, rest))
    })
}

/// A doc comment, which Rust hands on as an attribute: its marker in the language, its
/// text and its place, and the rest.
fn doc(tokens: &[TokenTree]) -> Option<(&'static str, String, proc_macro2::Span, &[TokenTree])> {
    let is = |token: &TokenTree, char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == char);
    let (marker, group, rest) = match tokens {
        [hash, TokenTree::Group(group), rest @ ..] if is(hash, '#') => ("///", group, rest),
        [hash, bang, TokenTree::Group(group), rest @ ..] if is(hash, '#') && is(bang, '!') => {
            ("//!", group, rest)
        }
        _ => return None,
    };
    let attribute: Vec<TokenTree> = group.stream().into_iter().collect();
    match attribute.as_slice() {
        [TokenTree::Ident(doc), equals, text] if doc == "doc" && is(equals, '=') => {
            let (literal, text) = string(text)?;
            Some((marker, text, literal.span(), rest))
        }
        _ => None,
    }
}
