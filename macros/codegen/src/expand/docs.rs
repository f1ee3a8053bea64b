//! Doc comments.

use inflight_dsl::model::Field;
use proc_macro2::TokenStream;

use super::text;

/// The doc comment of an item; the default where the file has none, for the user's
/// crate may deny missing ones.
pub(super) fn docs(lines: &[String], default: impl FnOnce() -> String) -> TokenStream {
    text::tokens(&doc_text(lines, default))
}

/// The same as text.
pub(super) fn doc_text(lines: &[String], default: impl FnOnce() -> String) -> String {
    if lines.is_empty() {
        return doc(&default());
    }
    lines.iter().map(|line| doc(line)).collect()
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
    text::tokens(&gap.into_iter().chain(items).collect::<String>())
}

fn doc(line: &str) -> String {
    let line = match line {
        "" => String::new(),
        line => format!(" {line}"),
    };
    format!("#[doc = {line:?}] ")
}
