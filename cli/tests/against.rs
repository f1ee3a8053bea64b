//! `inflight check --against`, as a user meets it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod command;

use std::process::Command;

use command::{BAD, Folder, GOOD};
use insta::assert_snapshot;

/// The good door under other names, with a key.
const NEW: &str = "\
workflow door {
    initial state open
    final state locked { key: string }
    transition lock(key: string): open -> locked
}
";

/// The same, so that records of the good door can be read.
const KEPT: &str = "\
workflow door {
    initial state open
    final state locked was shut { key: string = \"none\" }
    transition lock was close: open -> locked
}
";

#[test]
fn what_would_strand_records_is_a_mistake() {
    let folder = Folder::new(&[("old.workflow", GOOD), ("new.workflow", NEW)]);
    assert_snapshot!(folder.run("check --against old.workflow new.workflow"), @"
    exit 1
    removed_state

      × state `shut` is gone
       ╭─[new.workflow:1:10]
     1 │ workflow door {
       ·          ──┬─
       ·            ╰── records may rest in it
     2 │     initial state open
     3 │     final state locked { key: string }
       ·                 ───┬──
       ·                    ╰── this under a new name?
     4 │     transition lock(key: string): open -> locked
       ╰────
      help: if it was renamed, write `final state locked was shut`; if not, say where its records
            lead: `retired state shut -> STATE`

    removed_transition

      × transition `close` from `open` to `shut` is gone
       ╭─[new.workflow:1:10]
     1 │ workflow door {
       ·          ──┬─
       ·            ╰── records may have it in flight
     2 │     initial state open
       ╰────
      help: if it was renamed, write `was close` after its new name; if not, add `retired transition
            close`: what has it in flight then stays in its state

    new.workflow: 2 errors
    `inflight explain CODE` says more, such as of `removed_state`
    ---- stderr
    ");
    assert_snapshot!(folder.run("check --against old.workflow --format json new.workflow"), @r#"
    exit 1
    {"code":"removed_state","severity":"error","message":"state `shut` is gone","file":"new.workflow","line":1,"column":10,"end":{"line":1,"column":14},"help":"if it was renamed, write `final state locked was shut`; if not, say where its records lead: `retired state shut -> STATE`"}
    {"code":"removed_transition","severity":"error","message":"transition `close` from `open` to `shut` is gone","file":"new.workflow","line":1,"column":10,"end":{"line":1,"column":14},"help":"if it was renamed, write `was close` after its new name; if not, add `retired transition close`: what has it in flight then stays in its state"}
    ---- stderr
    "#);
    assert_snapshot!(folder.run("check --against old.workflow old.workflow"), @"
    exit 0
    old.workflow: 1 workflow, 2 states, 1 transition
    ---- stderr
    ");
}

#[test]
fn what_keeps_records_is_none() {
    let folder = Folder::new(&[("old.workflow", GOOD), ("new.workflow", KEPT)]);
    assert_snapshot!(folder.run("check --against old.workflow new.workflow"), @"
    exit 0
    new.workflow: 1 workflow, 2 states, 1 transition
    ---- stderr
    ");
}

#[test]
fn git_keeps_the_older_version() {
    let folder = Folder::new(&[("door.workflow", GOOD)]);
    let git = |arguments: &str| {
        let mut git = Command::new("git");
        git.current_dir(folder.path()).args(arguments.split(' '));
        assert!(git.status().unwrap().success(), "git {arguments}");
    };
    git("init --quiet");
    git("add --all");
    git("-c user.name=x -c user.email=x commit --quiet --message x");
    std::fs::write(folder.path().join("door.workflow"), NEW).unwrap();
    std::fs::write(folder.path().join("gate.workflow"), GOOD).unwrap();
    let check = |arguments: &str, expect: &str| {
        let said = folder.run(arguments);
        assert!(said.contains(expect), "{arguments}: {said}");
    };
    check(
        "check --against HEAD door.workflow",
        "door.workflow: 2 errors",
    );
    check(
        "check --against HEAD:door.workflow door.workflow",
        "2 errors",
    );
    assert_snapshot!(folder.run("check --against HEAD gate.workflow"), @"
    exit 0
    gate.workflow: 1 workflow, 2 states, 1 transition
    ---- stderr
    inflight: `gate.workflow` is new since `HEAD`: there is nothing to compare it with
    ");
    assert_snapshot!(folder.run("check --against HEAD:gate.workflow gate.workflow"), @"
    exit 2
    gate.workflow: 1 workflow, 2 states, 1 transition
    ---- stderr
    inflight: there is no `gate.workflow` in revision `HEAD`
    ");
    assert_snapshot!(folder.run("check --against v9 gate.workflow"), @"
    exit 2
    gate.workflow: 1 workflow, 2 states, 1 transition
    ---- stderr
    inflight: there is no file and no git revision `v9`
    ");
}

#[test]
fn a_version_with_mistakes_is_not_compared() {
    let folder = Folder::new(&[("good.workflow", GOOD), ("bad.workflow", BAD)]);
    assert_snapshot!(folder.run("check --against bad.workflow good.workflow"), @"
    exit 2
    good.workflow: 1 workflow, 2 states, 1 transition
    ---- stderr
    inflight: cannot compare with `bad.workflow`, which has errors
    help: `inflight check` shows them
    ");
    let said = folder.run("check --against good.workflow bad.workflow");
    assert!(said.contains("bad.workflow: 1 error"), "{said}");
}
