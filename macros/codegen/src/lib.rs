//! What `inflight::workflow!` expands to.
//!
//! A library of its own, so that it can be tested and its output read: a proc macro
//! crate exports nothing but its macros.
//!
//! ```text
//! tokens -- input --> file, inline -- inflight_dsl::compile --> expand --> tokens
//! ```

extern crate proc_macro;

mod error;
mod expand;
mod file;
mod inline;
mod input;
mod literal;
mod spans;

use std::path::Path;

use proc_macro2::TokenStream;

use input::Input;

/// Expands a call of the macro. Paths are relative to `root`, the folder of the user's
/// crate.
pub fn workflow(tokens: TokenStream, root: &Path) -> TokenStream {
    match Input::new(tokens) {
        Input::File {
            visibility,
            literal,
            path,
        } => file::expand(root, &visibility, &literal, &path),
        Input::Inline(tokens) => inline::expand(tokens),
    }
}
