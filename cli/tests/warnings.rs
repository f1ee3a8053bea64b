//! Warnings, and how they are denied.

mod command;

use command::{BAD, Folder, GOOD};
use insta::assert_snapshot;

/// A workflow without mistakes that a reviewer would ask about.
const ASKED: &str = "\
workflow door {
    initial state open
    final state shut
    action lock
    transition close(hard: bool): open -> shut
}
";

#[test]
fn a_warning_stops_nothing() {
    let folder = Folder::new(&[("door.workflow", ASKED)]);
    assert_snapshot!(folder.run("check door.workflow"), @"
    exit 0
    unused_action

      ⚠ no transition runs the action `lock`
       ╭─[door.workflow:4:12]
     3 │     final state shut
     4 │     action lock
       ·            ──┬─
       ·              ╰── unused
     5 │     transition close(hard: bool): open -> shut
       ╰────
      help: write `do lock` in a transition, or drop the action

    unused_input

      ⚠ nothing in `close` uses the input `hard`
       ╭─[door.workflow:5:22]
     4 │     action lock
     5 │     transition close(hard: bool): open -> shut
       ·                      ──┬─
       ·                        ╰── unused
     6 │ }
       ╰────
      help: give it to a variable, an action or a guard, or drop it

    door.workflow: 1 workflow, 2 states, 1 transition, 2 warnings
    `inflight explain CODE` says more, such as of `unused_action`
    ---- stderr
    ");
    assert_snapshot!(folder.run("check --format json door.workflow"), @r#"
    exit 0
    {"code":"unused_action","severity":"warning","message":"no transition runs the action `lock`","file":"door.workflow","line":4,"column":12,"end":{"line":4,"column":16},"help":"write `do lock` in a transition, or drop the action"}
    {"code":"unused_input","severity":"warning","message":"nothing in `close` uses the input `hard`","file":"door.workflow","line":5,"column":22,"end":{"line":5,"column":26},"help":"give it to a variable, an action or a guard, or drop it"}
    ---- stderr
    "#);
    assert_snapshot!(folder.run("diagram --format table door.workflow"), @"
    exit 0
    ## door

    | state | kind    | variables |
    | ----- | ------- | --------- |
    | open  | initial |           |
    | shut  | final   |           |

    | transition        | from | to   |
    | ----------------- | ---- | ---- |
    | close(hard: bool) | open | shut |
    ---- stderr
    ");
}

#[test]
fn what_is_denied_is_an_error() {
    let folder = Folder::new(&[("door.workflow", ASKED)]);
    assert_snapshot!(folder.run("check --deny unused_input door.workflow"), @"
    exit 1
    unused_action

      ⚠ no transition runs the action `lock`
       ╭─[door.workflow:4:12]
     3 │     final state shut
     4 │     action lock
       ·            ──┬─
       ·              ╰── unused
     5 │     transition close(hard: bool): open -> shut
       ╰────
      help: write `do lock` in a transition, or drop the action

    unused_input

      × nothing in `close` uses the input `hard`
       ╭─[door.workflow:5:22]
     4 │     action lock
     5 │     transition close(hard: bool): open -> shut
       ·                      ──┬─
       ·                        ╰── unused
     6 │ }
       ╰────
      help: give it to a variable, an action or a guard, or drop it

    door.workflow: 1 error, 1 warning
    `inflight explain CODE` says more, such as of `unused_action`
    ---- stderr
    ");
    let check = |arguments: &str, exit| {
        let output = folder.command(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(exit), "{arguments}");
    };
    check("check --deny warnings door.workflow", 1);
    check(
        "check --deny unused_guard --deny unused_action door.workflow",
        1,
    );
    check("check --deny unused_guard,unused_action door.workflow", 1);
    check("check --deny unused_guard door.workflow", 0);
    check("check --deny warnings --format json door.workflow", 1);
}

#[test]
fn what_is_allowed_cannot_be_denied() {
    let text = format!("allow unused_action, unused_input {ASKED}");
    let folder = Folder::new(&[("door.workflow", text)]);
    assert!(
        folder
            .run("check --deny warnings door.workflow")
            .starts_with("exit 0")
    );
}

#[test]
fn only_the_code_of_a_warning_can_be_denied() {
    let folder = Folder::new(&[("good.workflow", GOOD), ("bad.workflow", BAD)]);
    assert_snapshot!(folder.run("check --deny unused_inputs good.workflow"), @"
    exit 2
    ---- stderr
    error: invalid value 'unused_inputs' for '--deny <CODE>': there is no code `unused_inputs`; did you mean `unused_input`?

    For more information, try '--help'.
    ");
    assert_snapshot!(folder.run("check --deny unknown_state good.workflow"), @"
    exit 2
    ---- stderr
    error: invalid value 'unknown_state' for '--deny <CODE>': `unknown_state` is an error anyway

    For more information, try '--help'.
    ");
    assert_snapshot!(folder.run("check --deny everything good.workflow"), @"
    exit 2
    ---- stderr
    error: invalid value 'everything' for '--deny <CODE>': there is no code `everything`; `warnings` denies all of them

    For more information, try '--help'.
    ");
}
