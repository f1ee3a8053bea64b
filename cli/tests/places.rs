//! The places in JSON, found again in the text without the code that made them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails"
)]

mod command;

use command::Folder;
use serde_json::Value;

/// The text that each diagnostic points at, by its line, column and end.
fn pointed_at(text: &str) -> Vec<String> {
    let folder = Folder::new(&[("some.workflow", text)]);
    let output = folder
        .command("check --format json some.workflow")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let lines = String::from_utf8(output.stdout).unwrap();
    (lines.lines())
        .map(|line| {
            let object: Value = serde_json::from_str(line).unwrap();
            let mut keys: Vec<_> = object.as_object().unwrap().keys().collect();
            keys.sort();
            assert_eq!(
                keys,
                [
                    "code", "column", "end", "file", "help", "line", "message", "severity"
                ]
            );
            let start = offset(text, &object);
            let end = offset(text, &object["end"]);
            text[start..end].to_owned()
        })
        .collect()
}

/// The byte at a line and column, by walking there.
fn offset(text: &str, place: &Value) -> usize {
    let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    let lines: Vec<_> = text.split_inclusive('\n').chain([""]).collect();
    let before: usize = lines[..number("line") - 1]
        .iter()
        .map(|line| line.len())
        .sum();
    let line = lines[number("line") - 1];
    let columns = line
        .char_indices()
        .map(|(index, _)| index)
        .chain([line.len()]);
    before + columns.collect::<Vec<_>>()[number("column") - 1]
}

fn check(text: &str, expect: &[&str]) {
    assert_eq!(pointed_at(text), expect, "{text:?}");
}

#[test]
fn places_hold_whatever_stands_before() {
    let rest = "final state end transition go: start -> nowhere transition stop: start -> end }";
    let nowhere = |before: &str| {
        check(
            &format!("{before}workflow w {{ initial state start {rest}"),
            &["nowhere"],
        );
    };
    nowhere("");
    nowhere("// ünï ⚡ 日本語 🦀\n");
    nowhere("\t\t");
    nowhere("// one\r\n\r\n\t");
    nowhere("\n\n// x\n/// docs 日\n");
    check(
        &format!("workflow w {{ initial state start {rest} // 🦀"),
        &["nowhere"],
    );
    check(
        "workflow w {\r\n\tinitial state start\r\n\tfinal state \"日本\"\r\n}\r\n",
        &["\"日本\""],
    );
}

#[test]
fn several_on_a_line_are_kept_apart() {
    check(
        "workflow w { initial state a final state b transition é: a -> b transition c: ä -> b }",
        &["é", "ä"],
    );
}

#[test]
fn the_end_of_the_file_is_a_place() {
    check("", &[""]);
    check("// nothing\n", &[""]);
    check("workflow w { initial state a", &["a"]);
}
