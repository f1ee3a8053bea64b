//! Mistakes and warnings, as the Rust compiler is told of them.

use inflight_dsl::Severity;
use inflight_dsl::diagnostic::Diagnostic;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

/// What a diagnostic is for the compiler: a build error or a warning.
pub(crate) fn told(place: (Span, Span), diagnostic: &Diagnostic, message: &str) -> TokenStream {
    match diagnostic.severity {
        Severity::Warning => warning(place.0, diagnostic.code.as_str(), message),
        _ => error(place, message),
    }
}

/// A warning that underlines a token: stable Rust lets macros warn by the use of something
/// deprecated alone. The compiler shows its name, so that is the code.
fn warning(place: Span, code: &str, message: &str) -> TokenStream {
    let code = Ident::new(code, place);
    quote_spanned! { place =>
        const _: fn() = {
            #[deprecated(note = #message)]
            fn #code() {}
            #code
        };
    }
}

/// A build error that underlines everything from the first place to the last.
pub(crate) fn error((first, last): (Span, Span), message: &str) -> TokenStream {
    let path = quote_spanned! { first => ::core::compile_error! };
    // The compiler underlines an invocation from its first token to its last.
    let arguments = quote_spanned! { last => { #message } };
    quote_spanned! { last => #path #arguments }
}

/// What is wrong, in a line. The compiler says itself that it is an error; of a warning it
/// says the code, too.
pub(crate) fn head(diagnostic: &Diagnostic) -> String {
    match diagnostic.severity {
        Severity::Warning => diagnostic.message.clone(),
        _ => format!("{} [{}]", diagnostic.message, diagnostic.code),
    }
}
