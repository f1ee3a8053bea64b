//! What stands between the brackets of `workflow!`.

use proc_macro2::{Literal, TokenStream, TokenTree};

use crate::literal::string;

/// The two ways to hand a workflow to the macro.
pub(crate) enum Input {
    /// `pub "path"`
    File {
        /// The visibility of the generated modules.
        visibility: TokenStream,
        /// The path, as it is written.
        literal: Literal,
        /// The path.
        path: String,
    },
    /// `workflow unit { .. }`
    Inline(TokenStream),
}

impl Input {
    /// Tells the ways apart: a string literal, with at most a visibility before it, is a
    /// path; anything else is for the grammar of the language to judge.
    pub(crate) fn new(tokens: TokenStream) -> Self {
        file(tokens.clone()).unwrap_or(Input::Inline(tokens))
    }
}

fn file(tokens: TokenStream) -> Option<Input> {
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let (literal, path) = string(&tokens.pop()?)?;
    is_visibility(&tokens).then(|| Input::File {
        visibility: tokens.into_iter().collect(),
        literal,
        path,
    })
}

/// Whether tokens are nothing, `pub`, or `pub(..)`.
pub(crate) fn is_visibility(tokens: &[TokenTree]) -> bool {
    match tokens {
        [] => true,
        [TokenTree::Ident(word)] => word == "pub",
        [TokenTree::Ident(word), TokenTree::Group(scope)] => {
            word == "pub" && scope.delimiter() == proc_macro2::Delimiter::Parenthesis
        }
        // A visibility that a `macro_rules!` macro handed on.
        [TokenTree::Group(group)] => {
            let inner: Vec<_> = group.stream().into_iter().collect();
            group.delimiter() == proc_macro2::Delimiter::None && is_visibility(&inner)
        }
        _ => false,
    }
}
