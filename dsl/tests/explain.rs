//! The pages that explain the codes: their examples are what they say.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use inflight_dsl::compare::{CODES, compare};
use inflight_dsl::format::format;
use inflight_dsl::{Code, Compiled, compile};

/// The blocks of a page with the tag `workflow WORD`.
fn blocks(page: &str, word: &str) -> Vec<String> {
    let opened = format!("\n```workflow {word}\n");
    let blocks = page.split(&opened).skip(1);
    blocks
        .map(|rest| rest.split_once("```").unwrap().0.to_owned())
        .collect()
}

/// The codes of what is said of a text.
fn codes(compiled: &Compiled) -> Vec<Code> {
    compiled.diagnostics.iter().map(|one| one.code).collect()
}

/// The codes of what a new version strands.
fn stranded(older: &str, newer: &Compiled) -> Vec<Code> {
    let older = compile(older).model.unwrap();
    let newer = newer.model.as_ref().unwrap();
    let compared = compare(&older, newer);
    let changes = compared.iter().flat_map(|one| &one.changes);
    changes
        .filter_map(|change| Some(change.stranding.as_ref()?.code))
        .collect()
}

#[test]
fn a_wrong_example_gives_its_code_and_nothing_else() {
    let mut otherwise = Vec::new();
    // Its example would have 65,535 states: see `many.rs`.
    let all = Code::ALL.iter().copied();
    for code in all.filter(|code| *code != Code::TooMany) {
        let wrong = blocks(code.page(), "wrong");
        let older = blocks(code.page(), "older");
        assert_eq!(wrong.len(), 1, "{code}");
        assert_eq!(older.len(), usize::from(CODES.contains(&code)), "{code}");
        let compiled = compile(&wrong[0]);
        let told = match older.first() {
            Some(older) => [codes(&compiled), stranded(older, &compiled)].concat(),
            None => codes(&compiled),
        };
        if told != [code] {
            otherwise.push((code, told));
        }
    }
    assert_eq!(otherwise, []);
}

#[test]
fn a_right_example_is_without_mistakes_and_warnings() {
    for code in Code::ALL.iter().copied() {
        let right = blocks(code.page(), "right");
        assert_eq!(right.len(), 1, "{code}");
        let compiled = compile(&right[0]);
        assert_eq!(codes(&compiled), [], "{code}");
        for older in blocks(code.page(), "older") {
            assert_eq!(compile(&older).diagnostics, [], "{code}");
            assert_eq!(stranded(&older, &compiled), [], "{code}");
        }
    }
}

#[test]
fn examples_are_in_canonical_form() {
    for code in Code::ALL.iter().copied() {
        for word in ["older", "wrong", "right"] {
            for text in blocks(code.page(), word) {
                // Mistakes of syntax have none.
                if let Ok(form) = format(&text) {
                    assert_eq!(text, form, "{code}");
                }
            }
        }
    }
}

#[test]
fn a_page_is_named_by_its_code() {
    for code in Code::ALL.iter().copied() {
        let page = code.page();
        assert!(page.starts_with(&format!("# `{code}`\n\n")), "{code}");
        assert!(page.ends_with('\n') && !page.contains("\n\n\n"), "{code}");
        let wide = page.lines().find(|line| line.chars().count() > 120);
        assert!(wide.is_none() || code == Code::TooDeep, "{code}: {wide:?}");
    }
}
