//! The language server, driven over standard input and output as an editor drives it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails"
)]

mod answers;
mod client;
mod commands;
mod lifecycle;
mod texts;

use serde_json::{Value, json};

/// A workflow to ask about.
const UNIT: &str = "\
/// One unit. 🦀
workflow unit {
    initial state new
    /// Runs.
    state started      { revision: int }
    error state failed { reason: string }
    final state removed

    /// Runs the install hook.
    action install(hooks: bool)

    transition install(revision: int): new | failed -> started {
        do install(hooks: true)
        on error install_failed -> failed(reason: failure)
    }
    transition remove: * -> removed
}
";

/// A text without its mark `$`, and the position of the mark, in 16-bit units.
fn marked(text: &str) -> (String, Value) {
    let (before, after) = text.split_once('$').unwrap();
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
    (
        format!("{before}{after}"),
        json!({ "line": line, "character": column }),
    )
}
