//! Workflows in files: how the macro finds them, and what it says of their mistakes.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use std::fs;

use proc_macro2::TokenStream;
use support::{errors, modules};

/// Expands a call of the macro in a crate whose folder holds one file.
fn expand(call: &str, content: &[u8]) -> TokenStream {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("workflows")).unwrap();
    fs::write(root.path().join("workflows/unit.workflow"), content).unwrap();
    inflight_codegen::workflow(call.parse().unwrap(), root.path())
}

/// Checks what is said of a file's content.
fn check(call: &str, content: &[u8], expect: &[&str]) {
    let messages: Vec<String> = errors(expand(call, content))
        .into_iter()
        .map(|error| error.message)
        .collect();
    assert_eq!(messages, expect);
}

const CALL: &str = "\"workflows/unit.workflow\"";
const GOOD: &[u8] = b"workflow unit {
    initial state new
    final state done
    transition go: new -> done
}
workflow twin {
    initial state new
    final state done
    transition go: new -> done
}";

#[test]
fn a_file_becomes_its_modules() {
    let check = |call: &str, expect: [&str; 2]| {
        let expansion = expand(call, GOOD);
        assert!(
            expansion.to_string().contains(":: core :: include_str ! (:: core :: concat ! (:: core :: env ! (\"CARGO_MANIFEST_DIR\") , \"/\" , \"workflows/unit.workflow\"))"),
            "an edit of the file rebuilds the crate"
        );
        assert_eq!(modules(expansion), expect);
    };
    check(CALL, ["mod unit", "mod twin"]);
    check(&format!("pub {CALL}"), ["pub mod unit", "pub mod twin"]);
    check(
        &format!("pub(in crate::a) {CALL}"),
        [
            "pub (in crate :: a) mod unit",
            "pub (in crate :: a) mod twin",
        ],
    );
}

#[test]
fn two_expansions_are_the_same() {
    let once = expand(CALL, GOOD).to_string();
    assert_eq!(once, expand(CALL, GOOD).to_string());
}

#[test]
fn a_mistake_is_shown_with_its_frame() {
    check(
        CALL,
        b"workflow unit {
    initial state new
    final state done
    transition go: new -> dome
}",
        &["there is no state `dome` [unknown_state]
 --> workflows/unit.workflow:4:27
  |
4 |     transition go: new -> dome
  |                           ^^^^ unknown
  |
  = help: did you mean `done`?"],
    );
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    check(
        "\"unit.workflow\"",
        GOOD,
        &[
            "there is no file `unit.workflow`\nhelp: the path is relative to the folder of the crate's `Cargo.toml`",
        ],
    );
    check(
        "\"workflows\"",
        GOOD,
        &[
            "cannot read `workflows`: is a directory\nhelp: the path is relative to the folder of the crate's `Cargo.toml`",
        ],
    );
    check(
        "\"/unit.workflow\"",
        GOOD,
        &[
            "`/unit.workflow` is an absolute path\nhelp: the path is relative to the folder of the crate's `Cargo.toml`",
        ],
    );
}

#[test]
fn a_file_that_is_not_text_is_refused_at_its_line() {
    check(
        CALL,
        b"//! one\n//! tw\xff",
        &["`workflows/unit.workflow` is not UTF-8: see line 2\nhelp: save it as UTF-8"],
    );
}
