//! Doc comments.

use inflight_dsl::model::Field;
use proc_macro2::TokenStream;

/// The doc comment of an item; the default where the file has none, for the user's
/// crate may deny missing ones.
pub(super) fn docs(lines: &[String], default: impl FnOnce() -> String) -> TokenStream {
    if lines.is_empty() {
        return doc(&default());
    }
    let lines = lines.iter().map(|line| doc(line));
    generate! { #(#lines)* }
}

/// The doc comments of parameters, as a list that follows those of their method.
pub(super) fn parameter_docs(parameters: &[Field]) -> TokenStream {
    let documented = parameters.iter().filter(|field| !field.docs.is_empty());
    let items = documented.map(|field| {
        let text = field.docs.join("\n   ");
        doc(&format!("- `{}`: {}", field.name.text, text.trim()))
    });
    let mut items = items.peekable();
    let gap = items.peek().is_some().then(|| doc(""));
    generate! { #gap #(#items)* }
}

fn doc(line: &str) -> TokenStream {
    let line = match line {
        "" => String::new(),
        line => format!(" {line}"),
    };
    generate! { #[doc = #line] }
}
