//! Workflows between the brackets of the macro: where mistakes are underlined, and what
//! visibility modules get.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

mod support;

use std::path::Path;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use support::{errors, modules};

fn expand(source: &str) -> TokenStream {
    inflight_codegen::workflow(source.parse().unwrap(), Path::new(""))
}

/// Checks that the mistakes of a source are underlined as `expect` shows: each is the
/// underlined text, a colon, and the message.
fn check(source: &str, expect: &[&str]) {
    let tokens: TokenStream = source.parse().unwrap();
    let expansion = inflight_codegen::workflow(tokens.clone(), Path::new(""));
    let shown: Vec<String> = errors(expansion)
        .into_iter()
        .map(|error| format!("{}: {}", &source[error.place], error.message))
        .collect();
    assert_eq!(shown, expect);

    // An editor may give all tokens the same place: the mistakes are the same.
    let nowhere = inflight_codegen::workflow(without_places(tokens), Path::new(""));
    let messages: Vec<String> = errors(nowhere).into_iter().map(|e| e.message).collect();
    assert_eq!(messages.len(), expect.len());
    for (message, expect) in messages.iter().zip(expect) {
        assert!(expect.ends_with(message), "{message}");
    }
}

fn without_places(tokens: TokenStream) -> TokenStream {
    let tokens = tokens.into_iter().map(|token| {
        let mut token = match token {
            TokenTree::Group(group) => {
                let inner = without_places(group.stream());
                TokenTree::Group(Group::new(group.delimiter(), inner))
            }
            token => token,
        };
        token.set_span(Span::call_site());
        token
    });
    tokens.collect()
}

#[test]
fn a_mistake_is_underlined_where_it_is() {
    check(
        "workflow unit {
            initial state new
            final state stopped
            transition stop: new -> stoped
        }",
        &["stoped: there is no state `stoped` [unknown_state]\nhelp: did you mean `stopped`?"],
    );
}

#[test]
fn what_is_missing_at_the_end_is_underlined_at_the_last_token() {
    check(
        "workflow unit",
        &[
            "unit: expected `{`, found the end of the file [syntax]\nhelp: write `{`, and `}` at the end",
        ],
    );
}

#[test]
fn every_mistake_is_an_error_and_names_the_other_place() {
    check(
        "workflow unit {
            initial state new
            state new
            final state stopped
            transition stop(count: inf): new -> stopped
        }",
        &[
            "new: there are two states named `new` [duplicate_state]\nnote: the first: `new`\nhelp: rename one of them, or drop it",
            "inf: there is no type `inf` [unknown_type]\nhelp: did you mean `int`?",
        ],
    );
}

#[test]
fn docs_and_visibilities_are_read_before_each_workflow() {
    let expansion = expand(
        "//! About both.
        /// The first.
        pub workflow one { initial state off final state on transition go: off -> on }
        pub(crate) workflow two { initial state off final state on transition go: off -> on }
        workflow three { initial state off final state on transition go: off -> on }",
    );
    assert_eq!(
        modules(expansion),
        ["pub mod one", "pub (crate) mod two", "mod three"]
    );
}

#[test]
fn a_visibility_is_not_part_of_the_language() {
    check(
        "pub state new",
        &[
            "pub: expected `workflow`, found `pub` [syntax]\nhelp: workflows stand in a file, all else within one: `workflow NAME { .. }`",
        ],
    );
}

#[test]
fn a_generated_name_stands_where_the_user_wrote_it() {
    let source = "workflow unit { initial state new final state done transition go: new -> done }";
    let expansion = expand(source);
    let module = expansion.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == "unit" => Some(ident.span().byte_range()),
        _ => None,
    });
    assert_eq!(&source[module.unwrap()], "unit");
}
