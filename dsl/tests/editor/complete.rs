//! What may be written, by place.

use super::{marked, unit};

/// The names that are offered at the mark, in order.
fn check(text: &str, expect: &[&str]) {
    let (document, place) = marked(&unit(text));
    let offered = document.complete(place).map(|offered| offered.items);
    let offered: Vec<String> = offered
        .into_iter()
        .flatten()
        .map(|item| item.text)
        .collect();
    assert_eq!(offered, expect, "{text}");
}

const STATES: [&str; 4] = ["new", "started", "failed", "removed"];
const STATES_OR_STAR: [&str; 5] = ["new", "started", "failed", "removed", "*"];
const STATES_OR_SAME: [&str; 5] = ["new", "started", "failed", "removed", "same"];
const ITEMS: [&str; 11] = [
    "transition",
    "state",
    "initial state",
    "error state",
    "final state",
    "action",
    "guard",
    "activity",
    "retired state",
    "retired transition",
    "allow",
];
const CLAUSES: [&str; 10] = [
    "do",
    "on error",
    "when",
    "when not",
    "automatic",
    "alias",
    "after",
    "retry",
    "timeout",
    "on interrupt",
];

#[test]
fn states_stand_around_the_arrow() {
    check("transition a: $", &STATES_OR_STAR);
    check("transition a: sta$", &STATES_OR_STAR);
    check("transition a: new | $", &["started", "failed", "removed"]);
    check(
        "transition a(x: int): new |$",
        &["started", "failed", "removed"],
    );
    check("transition a: new -> $", &STATES_OR_SAME);
    check("transition a: new ->$ { do install }", &STATES_OR_SAME);
    check("transition a: new -> st$arted", &STATES_OR_SAME);
    check(
        "transition a: new -> same { on error b -> $ }",
        &STATES_OR_SAME,
    );
    check("action a -> $", &STATES);
    check("retired state old -> $", &STATES);
    check("activity a in $", &STATES_OR_STAR);
    check("activity a in new, $", &STATES);
    check("transition $", &[]);
    check("transition a $", &["was"]);
}

#[test]
fn activities_and_what_is_gone_name_states_and_transitions() {
    check("activity a $", &["in"]);
    check(
        "activity a in * except $",
        &["new", "started", "failed", "removed", "during"],
    );
    check(
        "activity a in * except new, $",
        &["new", "started", "failed", "removed", "during"],
    );
    check(
        "activity a in * except during $",
        &["install", "install_failed", "give_up", "refresh", "remove"],
    );
    check("retired $", &["state", "transition"]);
    check(
        "retired state old { why: string, when: timestamp } -> $",
        &STATES,
    );
    check(
        "retired state old { why: string } -> failed($",
        &["reason", "since"],
    );
    check(
        "retired state old { why: string, when: timestamp } -> failed(reason: source.$",
        &["why", "when"],
    );
    check("state up $", &[&["was"][..], &ITEMS].concat());
}

#[test]
fn clauses_name_what_they_run_and_ask() {
    let clause = |text: &str, expect| {
        check(
            &format!("transition a: started -> same {{ {text} }}"),
            expect,
        )
    };
    clause("$", &CLAUSES);
    clause("d$", &CLAUSES);
    clause("do look $", &CLAUSES);
    clause("do $", &["install", "look"]);
    clause("do in$stall(hooks: true)", &["install", "look"]);
    clause("when $", &["newer", "not"]);
    clause("when not $", &["newer"]);
    clause("alias $", &["again"]);
    clause("on $", &["error", "interrupt"]);
    clause("on interrupt $", &["rerun", "fail", "ask", "probe"]);
    clause("on error $", &["fire"]);
    clause(
        "on error fire $",
        &[
            "install",
            "install_failed",
            "give_up",
            "refresh",
            "remove",
            "a",
        ],
    );
    clause(
        "do look on error b -> failed(reason: failure) { $ }",
        &["do", "on error", "retry", "timeout", "on interrupt"],
    );
    clause("retry $", &[]);
    clause("timeout 3s $", &CLAUSES);
    clause("on error b $", &["was"]);
    clause("on error b was c $", &[]);
}

#[test]
fn values_are_given_by_name() {
    let clause = |text: &str, expect| {
        check(
            &format!("transition a(why: string, on: bool): started -> same {{ {text} }}"),
            expect,
        );
    };
    clause("do install($)", &["hooks", "label"]);
    clause("do install(hooks: true, $)", &["label"]);
    clause("do install(hooks: true, l$abel: null)", &["label"]);
    clause(
        "do install(hooks: $)",
        &["on", "why", "source.revision", "true", "false"],
    );
    clause(
        "do install(label: $)",
        &["why", "on", "source.revision", "null"],
    );
    clause("do install(label: source.$)", &["revision"]);
    clause("when newer(revision: $)", &["source.revision", "why", "on"]);
    clause("on error b -> failed($)", &["reason", "since"]);
    clause(
        "on error b -> failed(reason: $)",
        &["why", "on", "source.revision", "failure"],
    );
    clause("on error fire give_up($", &["reason"]);
    clause(
        "on error fire give_up(reason: $",
        &["why", "on", "source.revision", "failure"],
    );
    check(
        "transition a(revision: int): started -> same { when newer(revision: $) }",
        &["revision", "source.revision"],
    );
    check(
        "transition a(why: string): started | new -> failed(reason: $",
        &["why"],
    );
    check(
        "transition a: started -> failed(reason: \"x\", $)",
        &["since"],
    );
}

#[test]
fn types_stand_behind_colons() {
    let types = [
        "bool",
        "int",
        "float",
        "string",
        "bytes",
        "json",
        "timestamp",
        "duration",
        "list",
        "map",
    ];
    check("state a { x: $", &types);
    check("state a { x: int, y: l$ }", &types);
    check("state a { x: list<$", &types);
    check("transition a(x: $", &types);
    check("action a(x: $)", &types);
    check("state a { $", &[]);
    check("state a { x $", &["was"]);
    check("state a { x was y: $", &types);
    check("state a { x: bool = $", &["true", "false", "null"]);
}

#[test]
fn items_begin_where_nothing_else_is_wanted() {
    check("$", &ITEMS);
    check("tran$", &ITEMS);
    check("guard x $", &ITEMS);
    check("initial $", &["state"]);
    check("error s$", &["state"]);
    // What is left open before does not matter to a line that begins an item.
    check(
        "transition a: new -> same { do install(\n transition b: $",
        &STATES_OR_STAR,
    );
    check("guard a(x: \n action b -> $", &STATES);
    check(
        "transition a: new -> \n transition b: new -> $",
        &STATES_OR_SAME,
    );
}

#[test]
fn a_bracket_that_closes_nothing_changes_nothing() {
    check(
        "transition a: new -> same { do look) when $",
        &["newer", "not"],
    );
    check(
        "transition a: new -> same) state b) action c -> $",
        &["new", "started", "failed", "removed", "b"],
    );
}

#[test]
fn nothing_is_said_in_comments_and_strings() {
    check("// transition a: $", &[]);
    check("/// transition a: $", &[]);
    check("transition a: started -> failed(reason: \"do $\")", &[]);
    check("transition a: started -> // $\n new", &[]);
    check("transition a: started -> // x\n $new", &STATES_OR_SAME);
}

#[test]
fn warnings_may_be_allowed() {
    for text in ["allow $", "allow unused_input, unused_$"] {
        let (document, place) = marked(&unit(text));
        let items = document.complete(place).unwrap().items;
        assert!(items.iter().any(|item| item.text == "unused_action"));
        assert!(items.iter().all(|item| item.text != "syntax"));
        let (document, place) = marked(text);
        assert_eq!(document.complete(place).unwrap().items, items);
    }
}

#[test]
fn a_file_has_workflows() {
    let (document, place) = marked("$");
    let offered = document.complete(place).unwrap();
    assert_eq!(offered.items[0].text, "workflow");
    assert_eq!(offered.replace.start, 0);
}

#[test]
fn what_is_begun_is_replaced() {
    let (document, place) = marked(&unit("transition a: new -> sta$rted"));
    let replace = document.complete(place).unwrap().replace;
    assert_eq!(&document.text()[replace.start..replace.end], "started");
}

#[test]
fn arguments_come_with_what_is_called() {
    let (document, place) = marked(&unit("transition a: new -> same { do $ }"));
    let items = document.complete(place).unwrap().items;
    assert_eq!(items[0].arguments, ["hooks", "label"]);
    assert_eq!(items[0].detail, "(hooks: bool, label: string?)");
    assert_eq!(items[0].docs, ["Runs the install hook."]);
}
