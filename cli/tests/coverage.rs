//! `inflight coverage`, as a user meets it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests")]

mod command;

use std::fs;

use command::{Folder, shown};
use inflight_dsl::compile;
use insta::assert_snapshot;

const PUMP: &str = "
workflow pump {
    initial state dry
    state wet
    error state broken
    action run
    guard primed
    transition start: dry | broken -> wet {
        when primed
        do run
        retry 2 backoff 1s
        timeout 5s
        on interrupt probe
        on error start_failed -> broken
    }
    transition drain: wet -> dry { do run on interrupt ask }
    transition jam: wet -> broken { after 1h }
    transition stop: * -> dry
}
";

/// A folder with the workflow, and what tests have noted: each thing in a line.
fn folder(notes: &[&str]) -> Folder {
    let model = compile(PUMP).model.unwrap();
    let version = model.workflows.first().unwrap().fingerprint();
    let noted: String = (notes.iter())
        .map(|note| format!("pump {version:016x} {note}\n"))
        .collect();
    let folder = Folder::new(&[("pump.workflow", PUMP)]);
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::write(folder.path().join("data/1.notes"), noted).unwrap();
    folder
}

const SOME: [&str; 8] = [
    "dry start taken",
    "dry start failed",
    "dry start_failed taken",
    "dry start interrupted",
    "dry start found_done",
    "wet drain taken",
    "wet stop taken",
    "dry stop taken",
];

fn check(notes: &[&str], arguments: &str) -> String {
    folder(notes).run(&format!("coverage --data data {arguments} pump.workflow"))
}

#[test]
fn a_table_is_the_default() {
    assert_snapshot!(check(&SOME, "--workflow pump"), @"
    exit 0
    ## pump

    8 of 19 exercised, 42 %

    | transition   | taken from          | failed | retried | timed out | refused | interrupted                          |
    | ------------ | ------------------- | ------ | ------- | --------- | ------- | ------------------------------------ |
    | start        | ✓ dry ✗ broken      | ✓      | ✗       | ✗         | ✗       | ✓ probe: ✓ done ✗ not done ✗ unknown |
    | start_failed | ✓ dry ✗ broken      |        |         |           |         |                                      |
    | drain        | ✓ wet               | ✗      |         |           |         | ✗ ask                                |
    | jam          | ✗ wet               |        |         |           |         |                                      |
    | stop         | ✓ dry, wet ✗ broken |        |         |           |         |                                      |
    ---- stderr
    ");
}

#[test]
fn programs_read_json() {
    let lines = check(&SOME, "--format json");
    let of_stop: Vec<_> = lines.lines().filter(|line| line.contains("stop")).collect();
    assert_snapshot!(of_stop.join("\n"), @r#"
    {"workflow":"pump","transition":"stop","what":"taken","from":"dry","exercised":true}
    {"workflow":"pump","transition":"stop","what":"taken","from":"wet","exercised":true}
    {"workflow":"pump","transition":"stop","what":"taken","from":"broken","exercised":false}
    "#);
    assert!(lines.contains(r#""what":"found_done","from":null,"exercised":true}"#));
}

#[test]
fn drawings_are_marked() {
    assert_snapshot!(check(&SOME, "--format mermaid"), @r##"
    exit 0
    ---
    title: pump
    config:
      flowchart:
        curve: rounded
    ---
    stateDiagram-v2
        classDef initial stroke-width:3px
        classDef error fill:#fdecea,stroke:#b3261e,color:#410e0b,stroke-dasharray:6 3
        classDef final stroke-width:3px

        state "dry" as dry
        class dry initial
        state "wet" as wet
        state "broken" as broken
        class broken error

        [*] --> dry
        dry --> wet : #126; start<br/>[primed]<br/>/ run<br/>retry 2 backoff 1s<br/>timeout 5s<br/>on interrupt probe
        broken --> wet : #10007; start<br/>[primed]<br/>/ run<br/>retry 2 backoff 1s<br/>timeout 5s<br/>on interrupt probe
        dry --> broken : #10003; «error of start»<br/>start_failed
        broken : ↻ #10007; «error of start» start_failed
        wet --> dry : #126; drain<br/>/ run<br/>on interrupt ask
        wet --> broken : #10007; «after 1h»<br/>jam
        dry : ↻ #10003; stop
        wet --> dry : #10003; stop
        broken --> dry : #10007; stop
    ---- stderr
    "##);
    assert!(check(&SOME, "--format svg").contains("✗ "));
    let failed = check(&["broken start failed"], "--format mermaid");
    assert!(
        failed.contains("broken --> wet : #126; start<br/>"),
        "{failed}"
    );
    assert!(
        failed.contains("dry --> wet : #10007; start<br/>"),
        "{failed}"
    );
}

/// What LANGUAGE.md shows, of its first workflow.
#[test]
fn the_document_shows_what_is_printed() {
    let language = include_str!("../../LANGUAGE.md");
    let mut blocks = language.split("\n```");
    let deploy = blocks
        .find_map(|block| block.strip_prefix("workflow\n"))
        .unwrap();
    let model = compile(deploy).model.unwrap();
    let version = model.workflows.first().unwrap().fingerprint();
    let folder = Folder::new(&[("deploy.workflow", deploy)]);
    let noted: String = [
        "new unpack taken",
        "new unpack failed",
        "new unpack_failed taken",
        "failed unpack taken",
    ]
    .map(|note| format!("deploy {version:016x} {note}\n"))
    .concat();
    fs::write(folder.path().join("1.notes"), noted).unwrap();
    let said = folder.run("coverage --data . deploy.workflow");
    let table: Vec<_> = said.lines().filter(|line| line.starts_with('|')).collect();
    let table = table.join("\n");
    assert!(language.contains(&table), "{table}");
}

#[test]
fn notes_of_several_processes_count_together() {
    let folder = folder(&["dry start taken"]);
    let first = fs::read_to_string(folder.path().join("data/1.notes")).unwrap();
    let second = first.replace("dry start", "wet drain");
    fs::write(folder.path().join("data/2.notes"), second).unwrap();
    // Cut short, as nobody leaves it; and what is no note.
    fs::write(folder.path().join("data/3.notes"), "pump 00").unwrap();
    fs::write(folder.path().join("data/README"), "pump").unwrap();
    let said = folder.run("coverage --data data pump.workflow");
    assert!(said.contains("2 of 19 exercised, 10 %"), "{said}");
}

#[test]
fn notes_on_another_version_do_not_count() {
    let folder = folder(&["dry start taken"]);
    fs::write(
        folder.path().join("data/2.notes"),
        "pump 0123456789abcdef wet drain taken\n",
    )
    .unwrap();
    let said = folder.run("coverage --data data pump.workflow");
    let (_, stderr) = said.split_once("---- stderr").unwrap();
    assert_snapshot!(stderr.trim(), @"
    inflight: some tests exercised another version of `pump`, which does not count
    help: empty the folder, and run them again
    ");
    assert!(said.contains("1 of 19"), "{said}");
}

#[test]
fn too_little_is_denied() {
    let said = check(&SOME, "--deny-below 80");
    assert!(said.starts_with("exit 1"), "{said}");
    assert!(
        said.contains("42 % of `pump` is exercised, and 80 % is wanted"),
        "{said}"
    );
    assert!(check(&SOME, "--deny-below 42").starts_with("exit 0"));
}

#[test]
fn misuse_is_told() {
    let empty = folder(&[]);
    let mut unsaid = empty.command("coverage pump.workflow");
    let unsaid = unsaid.env_remove("INFLIGHT_COVERAGE").output().unwrap();
    assert_snapshot!(shown(&unsaid), @"
    exit 2
    ---- stderr
    inflight: it is not said where the data is
    help: name the folder with `--data FOLDER`, the one that INFLIGHT_COVERAGE named when the tests ran
    ");
    assert_snapshot!(folder(&[]).run("coverage --data nowhere pump.workflow"), @"
    exit 2
    ---- stderr
    inflight: cannot read `nowhere`: No such file or directory (os error 2)
    help: run the tests with INFLIGHT_COVERAGE naming it, in full
    ");
    assert_snapshot!(check(&[], "--workflow pomp"), @"
    exit 2
    ---- stderr
    inflight: there is no workflow `pomp` in the file
    ");
}
