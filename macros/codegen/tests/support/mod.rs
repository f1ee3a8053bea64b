//! Looks into expansions.

#![allow(dead_code, reason = "no test uses all of it")]

use std::ops::Range;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::LitStr;

/// A `compile_error!`.
pub(crate) struct Error {
    /// From its first token to its last.
    pub(crate) place: Range<usize>,
    /// Its text.
    pub(crate) message: String,
}

/// The `compile_error!`s at the top of an expansion.
pub(crate) fn errors(expansion: TokenStream) -> Vec<Error> {
    let tokens: Vec<TokenTree> = expansion.into_iter().collect();
    let invocations = tokens.windows(3).filter_map(|tokens| match tokens {
        [
            TokenTree::Ident(name),
            TokenTree::Punct(_),
            TokenTree::Group(text),
        ] if name == "compile_error" => {
            let message: LitStr = syn::parse2(text.stream()).unwrap();
            Some(Error {
                place: name.span().byte_range().start..text.span_close().byte_range().end,
                message: message.value(),
            })
        }
        _ => None,
    });
    invocations.collect()
}

/// The heads of the modules at the top of an expansion.
pub(crate) fn modules(expansion: TokenStream) -> Vec<String> {
    let mut heads = Vec::new();
    let mut head = TokenStream::new();
    for token in expansion {
        match &token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                heads.push(std::mem::take(&mut head).to_string());
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                head = TokenStream::new();
            }
            TokenTree::Punct(punct) if punct.as_char() == ';' => head = TokenStream::new(),
            _ => head.extend([token]),
        }
    }
    heads
}
