//! What an editor is told about a text, at a place that the text marks with `$`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails")]

mod complete;
mod gallery;
mod mend;
mod names;
mod rename;

use inflight_dsl::editor::Document;

/// A text and the place that it marks.
fn marked(text: &str) -> (Document, usize) {
    let place = text
        .find('$')
        .unwrap_or_else(|| panic!("no place in {text}"));
    (Document::new(text.replacen('$', "", 1)), place)
}

/// The unit that most tests ask about, with `text` before its closing brace.
fn unit(text: &str) -> String {
    format!(
        "//! Units.

/// One unit.
workflow unit {{
    initial state new
    /// Runs.
    state started {{ revision: int }}
    /// Came to grief.
    error state failed {{
        /// Why.
        reason: string,
        since: timestamp?,
    }}
    final state removed

    /// Runs the install hook.
    action install(hooks: bool, label: string?)
    action look -> started
    guard newer(revision: int)

    /// Installs.
    transition install(revision: int): new | failed -> started {{
        do install(hooks: true, label: null)
        on error install_failed -> failed(reason: failure)
    }}
    transition give_up(reason: string): started -> failed
    transition refresh: started -> started {{
        alias again
        when newer(revision: source.revision)
        do look
    }}
    transition remove: * -> removed
    {text}
}}
"
    )
}
