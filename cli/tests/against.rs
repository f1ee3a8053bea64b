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
    std::fs::write(
        folder.path().join("gate.workflow"),
        GOOD.replace("door", "gate"),
    )
    .unwrap();
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

/// A repository in which `lamp` and `door` are committed.
fn repository() -> Folder {
    let lamp = GOOD.replace("door", "lamp");
    let folder = Folder::new(&[("lamp.workflow", lamp.as_str()), ("door.workflow", GOOD)]);
    git(&folder, "init --quiet");
    git(&folder, "add --all");
    git(
        &folder,
        "-c user.name=x -c user.email=x commit --quiet --message x",
    );
    folder
}

fn git(folder: &Folder, arguments: &str) {
    let mut git = Command::new("git");
    git.current_dir(folder.path()).args(arguments.split(' '));
    assert!(git.status().unwrap().success(), "git {arguments}");
}

/// Checks against the commit; what is expected is part of what is said.
fn check(folder: &Folder, files: &str, expect: &str) {
    let said = folder.run(&format!("check --against HEAD {files}"));
    assert!(said.contains(expect), "{files}: {said}");
}

#[test]
fn a_workflow_is_found_by_name_in_a_file_of_another_name() {
    let folder = repository();
    git(&folder, "mv lamp.workflow lights.workflow");
    let both = "door.workflow lights.workflow";
    check(&folder, both, "lights.workflow: 1 workflow");
    let renamed = GOOD.replace("door", "lamp").replace("shut", "out");
    std::fs::write(folder.path().join("lights.workflow"), renamed).unwrap();
    check(&folder, both, "state `shut` is gone");
    check(&folder, "lights.workflow", "state `shut` is gone");
    check(
        &folder,
        "door.workflow",
        "exit 0\ndoor.workflow: 1 workflow, 2 states, 1 transition\n---- stderr\n",
    );
}

#[test]
fn a_workflow_that_is_gone_is_a_mistake_where_all_that_is_left_is_checked() {
    let folder = repository();
    std::fs::write(
        folder.path().join("gate.workflow"),
        GOOD.replace("door", "gate"),
    )
    .unwrap();
    git(&folder, "rm --quiet lamp.workflow");
    assert_snapshot!(folder.run("check --against HEAD door.workflow gate.workflow"), @"
    exit 1
    door.workflow: 1 workflow, 2 states, 1 transition
    removed_workflow

      × workflow `lamp` is gone: it was in `HEAD:lamp.workflow`
       ╭─[gate.workflow:1:10]
     1 │ workflow gate {
       ·          ──┬─
       ·            ╰── its instances are not found
     2 │     initial state open
       ╰────
      help: keep its name: instances are stored under it; drop a workflow after its last instance

    gate.workflow: 1 error
    `inflight explain removed_workflow` says more
    ---- stderr
    inflight: `gate.workflow` is new since `HEAD`: there is nothing to compare it with
    ");
    check(&folder, "door.workflow", "exit 0");
    // It has moved to a file that is not checked.
    let both = GOOD.to_owned() + &GOOD.replace("door", "lamp");
    std::fs::write(folder.path().join("house.workflow"), both).unwrap();
    std::fs::remove_file(folder.path().join("gate.workflow")).unwrap();
    git(&folder, "rm --quiet door.workflow");
    check(&folder, "house.workflow", "exit 0");
    std::fs::write(
        folder.path().join("door.workflow"),
        GOOD.replace("door", "gate"),
    )
    .unwrap();
    check(
        &folder,
        "door.workflow",
        "`door` is in `house.workflow` now, which is not checked",
    );
}

#[test]
fn another_mistake_hides_nothing_that_strands_records() {
    let wrong = NEW.replace("-> locked", "-> locked(kez: key)");
    let folder = Folder::new(&[("old.workflow", GOOD), ("new.workflow", &wrong)]);
    let said = folder.run("check --against old.workflow --format json new.workflow");
    let codes = ["unknown_variable", "removed_state", "removed_transition"];
    assert!(codes.iter().all(|code| said.contains(code)), "{said}");
    // What could not be read may be what seems to be gone.
    let torn = NEW.replace("final state locked", "final stat shut; stat e");
    let folder = Folder::new(&[("old.workflow", GOOD), ("new.workflow", &torn)]);
    let said = folder.run("check --against old.workflow --format json new.workflow");
    assert!(!said.contains("removed_state"), "{said}");
}
