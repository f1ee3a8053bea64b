//! Doc comments.

use proc_macro2::TokenStream;

/// The doc comment of an item; the default where the file has none, for the user's
/// crate may deny missing ones.
pub(super) fn docs(lines: &[String], default: impl FnOnce() -> String) -> TokenStream {
    if lines.is_empty() {
        return doc(&default());
    }
    lines.iter().map(|line| doc(line)).collect()
}

fn doc(line: &str) -> TokenStream {
    let line = match line {
        "" => String::new(),
        line => format!(" {line}"),
    };
    generate! { #[doc = #line] }
}
