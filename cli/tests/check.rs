//! `inflight check`, as a user meets it.

mod command;

use command::{BAD, Folder, GOOD, shown};
use insta::assert_snapshot;

#[test]
fn a_file_without_mistakes_gets_one_line() {
    let folder = Folder::new(&[("door.workflow", GOOD)]);
    assert_snapshot!(folder.run("check door.workflow"), @"
    exit 0
    door.workflow: 1 workflow, 2 states, 1 transition
    ---- stderr
    ");
    assert_snapshot!(folder.run("check --format json door.workflow"), @"
    exit 0
    ---- stderr
    ");
}

#[test]
fn a_mistake_is_shown_with_its_line() {
    let folder = Folder::new(&[("door.workflow", BAD)]);
    assert_snapshot!(folder.run("check door.workflow"), @"
    exit 1
    unknown_state

      × there is no state `shutt`
       ╭─[door.workflow:4:31]
     3 │     final state shut
     4 │     transition close: open -> shutt
       ·                               ──┬──
       ·                                 ╰── unknown
     5 │ }
       ╰────
      help: did you mean `shut`?

    door.workflow: 1 error
    `inflight explain unknown_state` says more
    ---- stderr
    ");
    assert_snapshot!(folder.run("check --format json door.workflow"), @r#"
    exit 1
    {"code":"unknown_state","severity":"error","message":"there is no state `shutt`","file":"door.workflow","line":4,"column":31,"end":{"line":4,"column":36},"help":"did you mean `shut`?"}
    ---- stderr
    "#);
}

#[test]
fn all_files_are_checked() {
    let folder = Folder::new(&[("bad.workflow", BAD), ("good.workflow", GOOD)]);
    assert_snapshot!(folder.run("check bad.workflow good.workflow"), @"
    exit 1
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
    good.workflow: 1 workflow, 2 states, 1 transition
    `inflight explain unknown_state` says more
    ---- stderr
    ");
    assert_snapshot!(folder.run("check --format json bad.workflow good.workflow bad.workflow"), @r#"
    exit 1
    {"code":"unknown_state","severity":"error","message":"there is no state `shutt`","file":"bad.workflow","line":4,"column":31,"end":{"line":4,"column":36},"help":"did you mean `shut`?"}
    {"code":"unknown_state","severity":"error","message":"there is no state `shutt`","file":"bad.workflow","line":4,"column":31,"end":{"line":4,"column":36},"help":"did you mean `shut`?"}
    ---- stderr
    "#);
}

#[test]
fn a_file_that_cannot_be_read_keeps_no_other_from_being_checked() {
    let folder = Folder::new(&[("good.workflow", GOOD.as_bytes()), ("not_text", b"wo\xff")]);
    assert_snapshot!(folder.run("check gone.workflow not_text good.workflow"), @"
    exit 2
    good.workflow: 1 workflow, 2 states, 1 transition
    ---- stderr
    inflight: cannot read `gone.workflow`: No such file or directory (os error 2)
    inflight: cannot read `not_text`: byte 2 is not UTF-8
    ");
    let folder = Folder::new(&[("bad.workflow", BAD)]);
    assert_snapshot!(folder.run("check --format json gone.workflow bad.workflow"), @r#"
    exit 2
    {"code":"unknown_state","severity":"error","message":"there is no state `shutt`","file":"bad.workflow","line":4,"column":31,"end":{"line":4,"column":36},"help":"did you mean `shut`?"}
    ---- stderr
    inflight: cannot read `gone.workflow`: No such file or directory (os error 2)
    "#);
}

#[test]
fn a_dash_is_standard_input() {
    let folder = Folder::new::<&str>(&[]);
    assert_snapshot!(shown(&folder.run_with("check -", GOOD)), @"
    exit 0
    <stdin>: 1 workflow, 2 states, 1 transition
    ---- stderr
    ");
    assert_snapshot!(shown(&folder.run_with("check --format json -", BAD)), @r#"
    exit 1
    {"code":"unknown_state","severity":"error","message":"there is no state `shutt`","file":"<stdin>","line":4,"column":31,"end":{"line":4,"column":36},"help":"did you mean `shut`?"}
    ---- stderr
    "#);
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let folder = Folder::new(&[("bad.workflow", BAD)]);
    let check = |arguments, colored| {
        assert_eq!(
            folder.run(arguments).contains('\u{1b}'),
            colored,
            "{arguments}"
        );
    };
    check("check bad.workflow", false);
    check("check --color never bad.workflow", false);
    check("check --color always bad.workflow", true);
}

#[test]
fn a_mistake_far_to_the_right_is_shown() {
    for blank in [" ", "\t"] {
        let text = BAD.replace("-> shutt", &format!("->{}shutt", blank.repeat(66_000)));
        let folder = Folder::new(&[("door.workflow", &text)]);
        let output = folder.command("check door.workflow").output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(shown.starts_with("error[unknown_state]: there is no state `shutt`\n"));
        assert!(shown.contains("\ndoor.workflow: 1 error\n"));
    }
}

#[test]
fn of_two_places_far_apart_only_their_own_lines_are_shown() {
    let blank = "\n".repeat(100);
    let text = GOOD.replacen("{", &format!("{{{blank}state a{blank}state a"), 1);
    let folder = Folder::new(&[("apart.workflow", text.as_bytes())]);
    let shown = folder.run("check apart.workflow");
    let report = shown
        .find("duplicate_state")
        .map(|at| &shown[at..])
        .unwrap();
    let end = report.find("help:").unwrap();
    assert!(report[..end].lines().count() < 20, "{report}");
}

#[test]
fn a_cycle_is_shown_step_by_step() {
    let text = "\
workflow pump {
    initial state empty
    state full
    action fill
    transition fill: empty -> empty {
        automatic
        do fill
        on error overflow -> full
    }
    transition drain: full -> empty { automatic }
    transition pour: empty | full -> empty
}
";
    let folder = Folder::new(&[("pump.workflow", text)]);
    assert_snapshot!(folder.run("check pump.workflow"), @"
    exit 1
    automatic_cycle

      × these transitions fire by themselves for ever: `empty` -(fill)-> `empty`
       ╭─[pump.workflow:5:16]
     4 │     action fill
     5 │     transition fill: empty -> empty {
       ·                ──┬─
       ·                  ╰── from `empty` to `empty`
     6 │         automatic
       ╰────
      help: put a guard on an automatic one of them, or drop one `automatic`

    automatic_cycle

      × these transitions fire by themselves for ever: `empty` -(overflow)-> `full` -(drain)-> `empty`
        ╭─[pump.workflow:8:18]
      4 │     action fill
      5 │     transition fill: empty -> empty {
        ·                ──┬─
        ·                  ╰── if this fails
      6 │         automatic
      7 │         do fill
      8 │         on error overflow -> full
        ·                  ────┬───
        ·                      ╰── from `empty` to `full`
      9 │     }
     10 │     transition drain: full -> empty { automatic }
        ·                ──┬──
        ·                  ╰── then from `full` to `empty`
     11 │     transition pour: empty | full -> empty
        ╰────
      help: put a guard on an automatic one of them, or drop one `automatic`

    pump.workflow: 2 errors
    `inflight explain automatic_cycle` says more
    ---- stderr
    ");
}
