//! Ways out of mistakes.

use inflight_dsl::editor::{Document, edited};
use inflight_dsl::span::Span;

use super::unit;

/// The lines that are new or changed after each way out, under its title.
fn check(text: &str, expect: &[(&str, &[&str])]) {
    let document = Document::new(unit(text));
    let whole = Span {
        start: 0,
        end: document.text().len(),
    };
    let before: Vec<&str> = document.text().lines().collect();
    let mends: Vec<(String, Vec<String>)> = (document.mends(whole).into_iter())
        .map(|mend| {
            let after = edited(document.text(), &mend.edits);
            let new = after.lines().filter(|line| !before.contains(line));
            (mend.title, new.map(|line| line.trim().to_owned()).collect())
        })
        .collect();
    let mends: Vec<(&str, Vec<&str>)> = (mends.iter())
        .map(|(title, lines)| (title.as_str(), lines.iter().map(String::as_str).collect()))
        .collect();
    let expect: Vec<(&str, Vec<&str>)> = expect
        .iter()
        .map(|(title, lines)| (*title, lines.to_vec()))
        .collect();
    assert_eq!(mends, expect, "{text}");
}

#[test]
fn a_slip_is_put_right() {
    check(
        "transition a: starded -> same",
        &[
            ("change to `started`", &["transition a: started -> same"]),
            ("declare `state starded`", &["state starded"]),
        ],
    );
    check(
        "transition aB: started -> same",
        &[("rename to `a_b`", &["transition a_b: started -> same"])],
    );
    check(
        "transition a: started -> failed(raeson: \"\")",
        &[(
            "change to `reason`",
            &["transition a: started -> failed(reason: \"\")"],
        )],
    );
}

#[test]
fn what_is_missing_is_declared() {
    check(
        "transition a(n: int): started -> same { do tell(count: n, note: \"x\", at: source.revision) }",
        &[(
            "declare `action tell(count: int, note: string, at: int)`",
            &["action tell(count: int, note: string, at: int)"],
        )],
    );
    check(
        "transition a: started -> same { when idle }",
        &[("declare `guard idle`", &["guard idle"])],
    );
    check("transition a: started -> same", &[]);
}

#[test]
fn a_warning_is_allowed_where_it_stands() {
    check(
        "/// Nobody does.\n    action rest",
        &[("allow `unused_action` here", &["allow unused_action"])],
    );
    check(
        "allow unused_guard\n    transition rest(why: int): started -> same\n    guard idle",
        &[
            ("drop `unused_guard`", &[]),
            (
                "allow `unused_input` here",
                &["allow unused_guard, unused_input"],
            ),
            ("allow `unused_guard` here", &[]),
        ],
    );
}

#[test]
fn a_code_that_turns_nothing_off_is_dropped() {
    let drop = |codes: &str, code: &str, expect: &[&str]| {
        let title = format!("drop `{code}`");
        check(
            &format!("allow {codes}\n    transition rest(why: int): started -> same"),
            &[(&title, expect)],
        );
    };
    drop(
        "unused_input, unused_guard",
        "unused_guard",
        &["allow unused_input"],
    );
    drop(
        "unused_guard, unused_input",
        "unused_guard",
        &["allow unused_input"],
    );
    let document = Document::new(unit(
        "allow unused_guard // why\n\n    transition rest: started -> same",
    ));
    let whole = Span {
        start: 0,
        end: document.text().len(),
    };
    let after = edited(document.text(), &document.mends(whole)[0].edits);
    assert!(
        after.contains("    // why\n\n    transition rest"),
        "{after}"
    );
}

#[test]
fn a_declaration_goes_behind_the_last_of_its_kind() {
    let text = "workflow w {\n  initial state a // first\n  transition go: a -> b\n}\n";
    let document = Document::new(text);
    let place = text.find("b\n").unwrap();
    let mends = document.mends(Span {
        start: place,
        end: place,
    });
    assert_eq!(
        edited(text, &mends[0].edits),
        "workflow w {\n  initial state a // first\n  state b\n  transition go: a -> b\n}\n"
    );
    let text = "workflow w { transition go: a -> a }";
    let document = Document::new(text);
    let place = text.find("a ->").unwrap();
    let mends = document.mends(Span {
        start: place,
        end: place,
    });
    assert_eq!(
        edited(text, &mends[0].edits),
        "workflow w {\n    state a transition go: a -> a }"
    );
}
