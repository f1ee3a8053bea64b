//! Mistakes, as the Rust compiler is told of them.

use inflight_dsl::diagnostic::Diagnostic;
use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// A build error that underlines everything from the first place to the last.
pub(crate) fn error((first, last): (Span, Span), message: &str) -> TokenStream {
    let path = quote_spanned! { first => ::core::compile_error! };
    // The compiler underlines an invocation from its first token to its last.
    let arguments = quote_spanned! { last => { #message } };
    quote_spanned! { last => #path #arguments }
}

/// What is wrong, in a line: the compiler says itself that it is an error.
pub(crate) fn head(diagnostic: &Diagnostic) -> String {
    format!("{} [{}]", diagnostic.message, diagnostic.code)
}
