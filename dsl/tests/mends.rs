//! Mistakes out of habit, and what the compiler says to mend them: one thing each.
//!
//! `tests/mends.txt` holds them, each followed by what is said of it. Those that do not
//! show a whole workflow stand in the one below.
//!
//! UPDATE_EXPECT=1 cargo test -p inflight-dsl --test mends
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use inflight_dsl::{Diagnostic, compile};
use std::path::Path;

const FRAME: &str = "\
workflow unit {
    initial state new
    state started { revision: int }
    error state failed { reason: string, code: int? }
    final state removed

    action install(hooks: bool)
    action tell(text: string)
    action halt
    guard newer(revision: int)
    guard ready

    transition install(revision: int): new | failed -> started {
        when ready
        do install(hooks: true)
    }
    transition upgrade(revision: int): started -> started {
        when newer(revision: revision)
        do tell(text: \"upgrade\")
        on error upgrade_failed -> failed(reason: failure) { do halt }
    }
    transition fail(reason: string): started -> failed
    transition remove: * -> removed
";

#[test]
fn every_habit_gets_one_answer_that_helps() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mends.txt");
    let kept = std::fs::read_to_string(&path).unwrap();
    let kept = kept.replace("\r\n", "\n");
    let fresh: Vec<String> = kept.split("\n\n").map(answered).collect();
    let fresh = fresh.join("\n\n") + "\n";
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    if update {
        std::fs::write(&path, &fresh).unwrap();
    }
    assert!(update || kept == fresh, "answered otherwise:\n{fresh}");
    let several = fresh.split("\n\n").filter(|mistake| {
        let answers = mistake.lines().filter(|line| line.starts_with("= "));
        answers.count() != 1 || !mistake.contains("\n? ")
    });
    assert_eq!(several.collect::<Vec<_>>(), [""; 0]);
}

/// A mistake with what is said of it.
fn answered(mistake: &str) -> String {
    let lines = mistake.lines();
    let text: Vec<&str> = lines.filter(|line| !line.starts_with(['=', '?'])).collect();
    let text = text.join("\n");
    let whole = text.starts_with("workflow ");
    let source = if whole {
        text.clone()
    } else {
        format!("{FRAME}{text}\n}}\n")
    };
    let said = compile(&source).diagnostics;
    let said: Vec<String> = said.iter().map(answer).collect();
    format!("{text}{}", said.concat())
}

fn answer(diagnostic: &Diagnostic) -> String {
    let help = diagnostic.help.iter().map(|help| format!("\n? {help}"));
    let help: String = help.collect();
    format!("\n= {}: {}{help}", diagnostic.code, diagnostic.message)
}
