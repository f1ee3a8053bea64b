//! Workflows in a file of their own.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use inflight_dsl::report::report;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::error::{error, head, told};
use crate::expand::{self, Origin};
use crate::spans::Spans;

/// Compiles a file, whose path is relative to `root`.
pub(crate) fn expand(
    root: &Path,
    visibility: &TokenStream,
    literal: &Literal,
    path: &str,
) -> TokenStream {
    let place = (literal.span(), literal.span());
    let source = match read(root, path) {
        Ok(source) => source,
        Err(message) => return error(place, &message),
    };
    let compiled = inflight_dsl::compile(&source);
    let said = compiled.diagnostics.iter().map(|diagnostic| {
        let report = report(path, &source, diagnostic);
        let (_, frame) = report.split_once('\n').unwrap_or_default();
        let message = format!("{}\n{}", head(diagnostic), frame.trim_end());
        told(place, diagnostic, &message)
    });
    // The file is named where the compiler sees it, so that an edit rebuilds the crate.
    let source = quote! {
        ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #literal))
    };
    let modules = match &compiled.model {
        Some(model) => expand::modules(model, &Spans::File, |_| Origin {
            visibility: visibility.clone(),
            source: source.clone(),
        }),
        None => quote! { const _: &str = #source; },
    };
    quote! { #(#said)* #modules }
}

/// The text of a file, or why there is none.
fn read(root: &Path, name: &str) -> Result<String, String> {
    let mend = "help: the path is relative to the folder of the crate's `Cargo.toml`";
    if Path::new(name).is_absolute() {
        return Err(format!("`{name}` is an absolute path\n{mend}"));
    }
    let bytes = fs::read(root.join(name)).map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("there is no file `{name}`\n{mend}"),
        kind => format!("cannot read `{name}`: {kind}\n{mend}"),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + error
            .as_bytes()
            .iter()
            .take(valid)
            .filter(|byte| **byte == b'\n')
            .count();
        format!("`{name}` is not UTF-8: see line {line}\nhelp: save it as UTF-8")
    })
}
