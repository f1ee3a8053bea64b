//! `inflight diff`, as a user meets it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod command;

use std::fs;
use std::process::Command;

use command::{BAD, Folder, GOOD, shown};
use insta::assert_snapshot;

/// The good door, with a lock.
const LOCKED: &str = "\
workflow door {
    initial state open
    state closed
    final state locked { key: string }
    transition close: open -> closed
    transition lock(key: string): closed -> locked
}
";

/// A repository with the good door in a folder, and a gate beside it.
fn repository() -> Folder {
    let folder = Folder::new(&[("gate.workflow", GOOD.replace("door", "gate"))]);
    fs::create_dir(folder.path().join("doors")).unwrap();
    write(&folder, "doors/front.workflow", GOOD);
    git(&folder, "init --quiet --initial-branch main");
    commit(&folder, "v1");
    folder
}

fn write(folder: &Folder, path: &str, text: &str) {
    fs::write(folder.path().join(path), text).unwrap();
}

fn commit(folder: &Folder, tag: &str) {
    git(folder, "add --all");
    git(
        folder,
        "-c user.name=x -c user.email=x commit --quiet --message x",
    );
    git(folder, &format!("tag {tag}"));
}

fn git(folder: &Folder, arguments: &str) {
    let mut git = Command::new("git");
    git.current_dir(folder.path()).args(arguments.split(' '));
    assert!(git.status().unwrap().success(), "git {arguments}");
}

#[test]
fn two_files_are_compared_in_words() {
    let folder = Folder::new(&[("old.workflow", GOOD), ("new.workflow", LOCKED)]);
    assert_snapshot!(folder.run("diff old.workflow new.workflow"), @"
    exit 1
    old.workflow -> new.workflow: `door`: 5 changes, 1 strands records
      ! state `shut` is gone
        help: if it was renamed, write `final state locked was shut`; if not, say where its records lead: `retired state shut -> STATE`
      + state `closed` is new
      + final state `locked` is new
      ~ transition `close` now leads to `closed` instead of `shut`
      + transition `lock` from `closed` to `locked` is new
    ---- stderr
    ");
    assert_snapshot!(folder.run("diff old.workflow old.workflow"), @"
    exit 0
    old.workflow -> old.workflow: no change
    ---- stderr
    ");
    assert_snapshot!(folder.run("diff --color always old.workflow new.workflow"), @"
    exit 1
    old.workflow -> new.workflow: `door`: 5 changes, 1 strands records
      [1;31m![0m state `shut` is gone
        help: if it was renamed, write `final state locked was shut`; if not, say where its records lead: `retired state shut -> STATE`
      [32m+[0m state `closed` is new
      [32m+[0m final state `locked` is new
      [33m~[0m transition `close` now leads to `closed` instead of `shut`
      [32m+[0m transition `lock` from `closed` to `locked` is new
    ---- stderr
    ");
}

#[test]
fn programs_get_a_line_for_each_change() {
    let folder = Folder::new(&[("old.workflow", GOOD), ("new.workflow", LOCKED)]);
    assert_snapshot!(folder.run("diff --format json old.workflow new.workflow"), @r#"
    exit 1
    {"file":"new.workflow","workflow":"door","edit":"removed","subject":"state","name":"shut","sentence":"state `shut` is gone","strands":"removed_state","help":"if it was renamed, write `final state locked was shut`; if not, say where its records lead: `retired state shut -> STATE`","old":{"line":3,"column":17},"new":null}
    {"file":"new.workflow","workflow":"door","edit":"added","subject":"state","name":"closed","sentence":"state `closed` is new","strands":null,"help":null,"old":null,"new":{"line":3,"column":11}}
    {"file":"new.workflow","workflow":"door","edit":"added","subject":"state","name":"locked","sentence":"final state `locked` is new","strands":null,"help":null,"old":null,"new":{"line":4,"column":17}}
    {"file":"new.workflow","workflow":"door","edit":"changed","subject":"transition","name":"close","sentence":"transition `close` now leads to `closed` instead of `shut`","strands":null,"help":null,"old":{"line":4,"column":16},"new":{"line":5,"column":16}}
    {"file":"new.workflow","workflow":"door","edit":"added","subject":"transition","name":"lock","sentence":"transition `lock` from `closed` to `locked` is new","strands":null,"help":null,"old":null,"new":{"line":6,"column":16}}
    ---- stderr
    "#);
    assert_snapshot!(folder.run("diff --format json old.workflow old.workflow"), @"
    exit 0
    ---- stderr
    ");
}

#[test]
fn both_versions_are_drawn_in_one_picture() {
    let folder = Folder::new(&[("old.workflow", GOOD), ("new.workflow", LOCKED)]);
    assert_snapshot!(folder.run("diff --format mermaid old.workflow new.workflow"), @r##"
    exit 1
    ---
    title: door
    config:
      flowchart:
        curve: rounded
    ---
    stateDiagram-v2
        classDef initial stroke-width:3px
        classDef error fill:#fdecea,stroke:#b3261e,color:#410e0b,stroke-dasharray:6 3
        classDef final stroke-width:3px
        classDef added fill:#dafbe1,stroke:#1a7f37,color:#1f2328,stroke-width:3px
        classDef removed fill:#fdecea,stroke:#b3261e,color:#1f2328,stroke-width:3px

        state "open" as open
        class open initial
        state "#8722; shut" as shut
        class shut final
        class shut removed
        state "#43; closed" as closed
        class closed added
        state "#43; locked" as locked
        class locked final
        class locked added
        locked : key#58; string

        [*] --> open
        open --> shut : #8722; close
        open --> closed : #43; close
        closed --> locked : #43; lock(key)
        shut --> [*]
        locked --> [*]
    ---- stderr
    "##);
    for format in ["dot", "plantuml", "svg", "table"] {
        let drawn = folder.run(&format!("diff --format {format} old.workflow new.workflow"));
        let has = |word: &str| assert!(drawn.contains(word), "{word} in {drawn}");
        ["exit 1", "shut", "closed", "locked"]
            .iter()
            .for_each(|word| has(word));
        let unchanged = folder.run(&format!("diff --format {format} old.workflow old.workflow"));
        assert_eq!(unchanged, "exit 0\n---- stderr\n");
    }
}

#[test]
fn a_renamed_state_is_marked() {
    let renamed = GOOD
        .replace("state shut", "state locked was shut")
        .replace("-> shut", "-> locked");
    let folder = Folder::new(&[("old", GOOD), ("new", &renamed)]);
    let drawn = folder.run("diff --format mermaid old new");
    assert!(drawn.contains("class locked changed"), "{drawn}");
}

#[test]
fn an_svg_is_a_single_picture() {
    let twice = |text: &str| text.to_owned() + &text.replace("door", "gate");
    let folder = Folder::new(&[("old", twice(GOOD)), ("new", twice(LOCKED))]);
    assert_snapshot!(folder.run("diff --format svg old new"), @"
    exit 2
    ---- stderr
    inflight: several workflows have changed, and an SVG shows one
    help: pick it with `--workflow NAME`, or name a file
    ");
    let gate = folder.run("diff --format svg --workflow gate old new");
    assert_eq!(gate.matches("<svg").count(), 1, "{gate}");
}

#[test]
fn a_revision_is_compared_with_the_file_that_lies_there() {
    let folder = repository();
    write(&folder, "doors/front.workflow", LOCKED);
    let said = folder.run("diff v1 doors/front.workflow");
    assert_snapshot!(said, @"
    exit 1
    doors/front.workflow: `door`: 5 changes, 1 strands records
      ! state `shut` is gone
        help: if it was renamed, write `final state locked was shut`; if not, say where its records lead: `retired state shut -> STATE`
      + state `closed` is new
      + final state `locked` is new
      ~ transition `close` now leads to `closed` instead of `shut`
      + transition `lock` from `closed` to `locked` is new
    ---- stderr
    ");
    let head = "doors/front.workflow: `door`: ";
    for arguments in [
        "diff v1:doors/front.workflow doors/front.workflow",
        "diff HEAD:./doors/front.workflow doors/front.workflow",
        "diff main doors/front.workflow gate.workflow",
        "diff v1",
    ] {
        assert!(folder.run(arguments).contains(head), "{arguments}");
    }
    commit(&folder, "v2");
    for arguments in [
        "diff v1 v2",
        "diff v1 v2 doors/front.workflow",
        "diff v1 v2:doors/front.workflow",
        "diff v1:doors/front.workflow v2",
    ] {
        assert!(folder.run(arguments).contains(head), "{arguments}");
    }
    assert_snapshot!(folder.run("diff v2"), @"
    exit 0
    no workflow file differs
    ---- stderr
    ");
}

#[test]
fn all_files_that_differ_are_compared() {
    let folder = repository();
    git(&folder, "mv gate.workflow fence.workflow");
    write(
        &folder,
        "doors/front.workflow",
        &GOOD.replace("final", "\n final"),
    );
    write(&folder, "barn.workflow", &GOOD.replace("door", "barn"));
    write(&folder, "notes.txt", "no workflow");
    commit(&folder, "v2");
    assert_snapshot!(folder.run("diff v1 v2"), @"
    exit 0
    barn.workflow: `barn`: 1 change
      + workflow `barn` is new

    doors/front.workflow: no change

    fence.workflow: no change
    ---- stderr
    ");
    assert_snapshot!(folder.run("diff v2 v1"), @"
    exit 1
    barn.workflow: `barn`: 1 change, 1 strands records
      ! workflow `barn` is gone
        help: keep its name: instances are stored under it; drop a workflow after its last instance

    doors/front.workflow: no change

    gate.workflow: no change
    ---- stderr
    ");
    assert_snapshot!(folder.run("diff --workflow barn v1 v2"), @"
    exit 0
    barn.workflow: `barn`: 1 change
      + workflow `barn` is new
    ---- stderr
    ");
}

#[test]
fn a_file_that_is_not_there_may_be_an_empty_one() {
    let folder = Folder::new(&[("door.workflow", GOOD), ("none", "")]);
    assert_snapshot!(folder.run("diff none door.workflow"), @"
    exit 0
    none -> door.workflow: `door`: 1 change
      + workflow `door` is new
    ---- stderr
    ");
    assert_snapshot!(folder.run("diff door.workflow none"), @"
    exit 1
    door.workflow -> none: `door`: 1 change, 1 strands records
      ! workflow `door` is gone
        help: keep its name: instances are stored under it; drop a workflow after its last instance
    ---- stderr
    ");
    let mermaid = folder.run("diff --format mermaid none door.workflow");
    assert!(mermaid.contains("class shut added"), "{mermaid}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = Folder::new(&[("good.workflow", GOOD), ("bad.workflow", BAD)]);
    assert_snapshot!(folder.run("diff good.workflow bad.workflow"), @"
    exit 1
    ---- stderr
    unknown_state

      × there is no state `shutt`
       ╭─[bad.workflow:4:31]
     3 │     final state shut
     4 │     transition close: open -> shutt
       ·                               ──┬──
       ·                                 ╰── unknown
     5 │ }
       ╰────
      help: did you mean `shut`?

    bad.workflow: 1 error
    ");
    assert_snapshot!(folder.run("diff good.workflow"), @"
    exit 2
    ---- stderr
    inflight: nothing to compare `good.workflow` with
    help: name a second file, or a git revision before it
    ");
    assert_snapshot!(folder.run("diff good.workflow good.workflow good.workflow"), @"
    exit 2
    ---- stderr
    inflight: more than two versions
    help: files are named after two revisions, or after one
    ");
    assert_snapshot!(folder.run("diff --workflow gate good.workflow good.workflow"), @"
    exit 2
    ---- stderr
    inflight: there is no workflow `gate` in either version
    ");
    let mut alone = folder.command("diff HEAD good.workflow");
    alone.env("GIT_CEILING_DIRECTORIES", folder.path());
    assert_snapshot!(shown(&alone.output().unwrap()), @"
    exit 2
    ---- stderr
    inflight: there is no file `HEAD`, and no git repository to look for a revision in
    ");

    let folder = repository();
    assert_snapshot!(folder.run("diff v7 gate.workflow"), @"
    exit 2
    ---- stderr
    inflight: there is no file and no git revision `v7`
    ");
    assert_snapshot!(folder.run("diff v1:gone.workflow gate.workflow"), @"
    exit 2
    ---- stderr
    inflight: there is no `gone.workflow` in revision `v1`
    ");
    assert_snapshot!(folder.run("diff v1 -"), @"
    exit 2
    ---- stderr
    inflight: cannot tell which file of revision `v1` is meant
    help: write `v1:PATH`
    ");
    let mut gitless = folder.command("diff v1 gate.workflow");
    gitless.env("PATH", "");
    assert_snapshot!(shown(&gitless.output().unwrap()), @"
    exit 2
    ---- stderr
    inflight: cannot ask git: there is no program `git`
    help: install it, or name a file in place of the revision
    ");
}

#[test]
fn a_workflow_is_compared_with_the_one_of_its_name_in_another_file() {
    let folder = repository();
    git(&folder, "rm --quiet gate.workflow");
    let lights = "// Nothing here is like it was.\n".repeat(40)
        + &LOCKED.replace("door", "gate").replace("closed", "to");
    write(&folder, "fence.workflow", &lights);
    write(&folder, "doors/front.workflow", BAD);
    git(&folder, "add --all");
    assert_snapshot!(folder.run("diff v1"), @"
    exit 1
    fence.workflow: `gate`: 5 changes, 1 strands records
      ! state `shut` is gone
        help: if it was renamed, write `final state locked was shut`; if not, say where its records lead: `retired state shut -> STATE`
      + state `to` is new
      + final state `locked` is new
      ~ transition `close` now leads to `to` instead of `shut`
      + transition `lock` from `to` to `locked` is new
    ---- stderr
    inflight: `doors/front.workflow` is not compared: 1 error
    ");
}
