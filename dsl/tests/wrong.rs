//! Mistakes, each with its code marked beneath the text responsible.
//!
//! `tests/wrong/*.workflow` are workflows with mistakes. A line such as
//! `//    ^^^^^ unknown_state` says what is reported in the line above it, and where;
//! where the mark would begin left of its own `//`, the columns are written out:
//! `//@1-8 syntax`. Nothing else may be reported.
//!
//! UPDATE_EXPECT=1 cargo test -p inflight-dsl --test wrong
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use inflight_dsl::position::LineIndex;
use inflight_dsl::report::report;
use inflight_dsl::{Code, Diagnostic, compare, compile};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn mistakes_are_reported_where_they_are() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    for path in fixtures() {
        let kept = fs::read_to_string(&path).unwrap();
        let fresh = marked(&unmarked(&kept));
        if kept != fresh {
            wrong.push(format!("{}\n{fresh}", path.display()));
            if update {
                fs::write(&path, &fresh).unwrap();
            }
        }
    }
    assert!(
        update || wrong.is_empty(),
        "reported otherwise:\n{}",
        wrong.join("\n")
    );
}

/// So that no mistake is shown by one accident alone.
#[test]
fn every_code_has_two_fixtures() {
    let mut files: BTreeMap<Code, usize> = BTreeMap::new();
    for path in fixtures() {
        let codes: BTreeSet<Code> = diagnostics(&path).iter().map(|found| found.code).collect();
        for code in codes {
            *files.entry(code).or_default() += 1;
        }
    }
    // Its fixture would have 65,535 states: see `many.rs`.
    let mut elsewhere = vec![Code::TooMany];
    // These need two versions: see `compare`.
    elsewhere.extend(compare::CODES);
    let few: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| files.get(code).is_none_or(|files| *files < 2))
        .filter(|code| !elsewhere.contains(code))
        .map(|code| code.as_str())
        .collect();
    assert_eq!(few, [""; 0]);
    let all = fixtures().len();
    assert!(all >= 150, "only {all} files");
}

#[test]
fn every_mistake_comes_with_help() {
    for path in fixtures() {
        for diagnostic in diagnostics(&path) {
            let message = &diagnostic.message;
            assert!(!diagnostic.label.is_empty(), "no label: {message}");
            assert_eq!(diagnostic.severity, diagnostic.code.severity(), "{message}");
            assert!(!message.ends_with('.'), "full stop: {message}");
            let begins_lower = !message.starts_with(|first: char| first.is_uppercase());
            assert!(begins_lower || message.starts_with("Rust"), "{message}");
            for rule in ["need_", "junk_", "kw_"] {
                assert!(!message.contains(rule), "grammar in a message: {message}");
            }
            assert!(diagnostic.help.is_some(), "no help: {message}");
        }
    }
}

/// What people read, for one mistake of each code, is kept in `messages.txt`.
#[test]
fn messages_read_well() {
    let mut shown = BTreeMap::new();
    for path in fixtures() {
        let source = unmarked(&fs::read_to_string(&path).unwrap());
        let file = path.file_name().unwrap().to_str().unwrap();
        for diagnostic in diagnostics(&path) {
            let text = || report(file, &source, &diagnostic);
            shown.entry(diagnostic.code).or_insert_with(text);
        }
    }
    let fresh = shown.into_values().collect::<Vec<_>>().join("\n");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &fresh).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(kept.replace("\r\n", "\n"), fresh);
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wrong");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

fn diagnostics(path: &Path) -> Vec<Diagnostic> {
    compile(&unmarked(&fs::read_to_string(path).unwrap())).diagnostics
}

/// The text without its marks.
fn unmarked(text: &str) -> String {
    text.split_inclusive('\n')
        .filter(|line| !is_mark(line))
        .collect()
}

fn is_mark(line: &str) -> bool {
    line.strip_prefix("//")
        .is_some_and(|rest| rest.starts_with('@') || rest.trim_start().starts_with('^'))
}

/// The text with a mark for each mistake that is reported.
fn marked(source: &str) -> String {
    let lines = LineIndex::new(source);
    let mut marks: BTreeMap<usize, String> = BTreeMap::new();
    for diagnostic in compile(source).diagnostics {
        let start = lines.position(diagnostic.span.start);
        let end = lines.position(diagnostic.span.end);
        let length = if end.line == start.line {
            (end.column - start.column).max(1)
        } else {
            let line = lines.line(start.line).unwrap_or_default();
            line.chars().count().saturating_sub(start.column - 1)
        };
        let code = diagnostic.code;
        let mark = match start.column.checked_sub(3) {
            Some(blanks) => format!("//{:blanks$}{} {code}\n", "", "^".repeat(length)),
            None => format!("//@{}-{} {code}\n", start.column, start.column + length),
        };
        marks.entry(start.line).or_default().push_str(&mark);
    }
    let mut text = String::new();
    for (number, line) in (1..).zip(source.split_inclusive('\n')) {
        text.push_str(line);
        if let Some(marks) = marks.remove(&number) {
            if !line.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(&marks);
        }
    }
    text.extend(marks.into_values());
    text
}
