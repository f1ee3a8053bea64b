//! What is said of the difference between two versions, one edit at a time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod persisted;
mod properties;
mod run;

use inflight_dsl::compare::{Change, Edit, compare};
use inflight_dsl::model::Model;
use inflight_dsl::{Severity, compile};

const BASE: &str = r#"
workflow unit {
    initial state new
    state started      { revision: int }
    state idle         { revision: int, note: string? }
    error state failed { reason: string }
    error state broken { reason: string }
    final state removed

    action install(hooks: bool)
    action look -> idle
    guard newer(revision: int)

    transition install(revision: int): new | failed -> started {
        do install(hooks: true)
        on error install_failed -> failed(reason: failure)
    }
    transition upgrade(revision: int): started -> started {
        when newer(revision: revision)
        do install(hooks: false)
        on error fire break_down(reason: failure)
    }
    transition rest: started -> idle(revision: source.revision) {
        alias go
        do look
    }
    transition wake: idle -> started(revision: source.revision) { automatic when newer(revision: 3) }
    transition break_down(reason: string): started | idle -> broken
    transition mend: broken -> started(revision: 1)
    transition remove: * -> removed
}
"#;

fn model(source: &str) -> Model {
    let compiled = compile(source);
    let errors = compiled.diagnostics.iter();
    let errors: Vec<_> = errors.filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{source}");
    compiled.model.unwrap()
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "there is no `{from}` in {text}");
        text.replace(from, to)
    })
}

/// A change as a line: `!` for what strands records, then what became of what.
fn line(change: &Change) -> String {
    let sign = match change.edit {
        Edit::Added => "+",
        Edit::Removed => "-",
        Edit::Renamed => "=",
        Edit::Changed => "~",
    };
    match &change.stranding {
        None => format!("{sign} {}", change.sentence),
        Some(diagnostic) => {
            assert_eq!(diagnostic.message, change.sentence);
            let help = diagnostic.help.as_deref().unwrap();
            format!("! {sign} {} [{}: {help}]", change.sentence, diagnostic.code)
        }
    }
}

fn lines(old: &str, new: &str) -> Vec<String> {
    let comparisons = compare(&model(old), &model(new));
    let changes = comparisons.iter().flat_map(|it| &it.changes);
    changes.map(line).collect()
}

/// Checks what is said of some edits of the base.
fn check(edits: &[(&str, &str)], expect: &[&str]) {
    assert_eq!(lines(BASE, &edited(edits)), expect, "{edits:#?}");
}

#[test]
fn layout_order_and_docs_are_no_difference() {
    check(&[], &[]);
    check(
        &[
            ("\n", "\n\n"),
            ("state started", "/// Runs.\n state started"),
        ],
        &[],
    );
    let moved = "    transition remove: * -> removed\n";
    check(
        &[
            (moved, ""),
            (
                "    action look",
                "    transition remove: * -> removed\n action look",
            ),
        ],
        &[],
    );
    check(&[("new | failed", "failed | new")], &[]);
}
