//! `inflight explain`, as a user meets it.

mod command;

use command::Folder;
use inflight_dsl::Code;
use insta::assert_snapshot;

#[test]
fn a_code_is_explained() {
    let folder = Folder::new::<&str>(&[]);
    let output = folder
        .command("explain unreachable_state")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, Code::UnreachableState.page().as_bytes());
}

#[test]
fn a_misspelt_code_is_misuse() {
    let folder = Folder::new::<&str>(&[]);
    assert_snapshot!(folder.run("explain unreachable_states"), @"
    exit 2
    ---- stderr
    inflight: there is no code `unreachable_states`
    help: did you mean `unreachable_state`?
    ");
    assert_snapshot!(folder.run("explain everything"), @"
    exit 2
    ---- stderr
    inflight: there is no code `everything`
    help: `inflight explain` lists all codes
    ");
}

#[test]
fn without_a_code_all_are_listed() {
    let folder = Folder::new::<&str>(&[]);
    let shown = folder.run("explain");
    assert!(shown.starts_with("exit 0\nErrors:\n  syntax  "), "{shown}");
    let listed = shown
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let known: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(listed.collect::<Vec<_>>(), known);
    assert!(
        shown.contains("\n\nWarnings:\n  unused_action  "),
        "{shown}"
    );
}
