//! Expands the macro for every workflow file of the examples, into the folder of its
//! example: the generated code, formatted, to be reviewed as a diff when a workflow or
//! the generation changes. Of the gallery's it is enough that it is Rust.

#![allow(
    clippy::unwrap_used,
    reason = "a file that cannot be read fails the test"
)]

mod support;

use std::path::Path;

use insta::{assert_snapshot, with_settings};
use quote::quote;
use support::{EXAMPLES, workflow_files};

#[test]
fn examples() {
    for file in workflow_files(Path::new(EXAMPLES)) {
        let file = file.strip_prefix(EXAMPLES).unwrap();
        let example = file.iter().next().unwrap();
        let path = file.to_str().unwrap();
        let expansion = inflight_codegen::workflow(quote! { pub #path }, Path::new(EXAMPLES));
        let code = prettyplease::unparse(&syn::parse2(expansion).unwrap());
        if example == "gallery" {
            continue;
        }
        let name = file.file_stem().unwrap().to_str().unwrap();
        with_settings!({
            snapshot_path => Path::new("..").join(example),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            assert_snapshot!(format!("{name}.generated"), code);
        });
    }
}
