//! `inflight diagram`, as a user meets it.

mod command;

use command::{BAD, Folder, GOOD, shown};
use insta::assert_snapshot;

const WINDOW: &str = "
workflow window {
    initial state whole
    final state broken
    transition hit: whole -> broken
}
";

#[test]
fn mermaid_is_the_default() {
    let folder = Folder::new(&[("door.workflow", GOOD)]);
    assert_snapshot!(folder.run("diagram door.workflow"), @r#"
    exit 0
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

        state "open" as open
        class open initial
        state "shut" as shut
        class shut final

        [*] --> open
        open --> shut : close
        shut --> [*]
    ---- stderr
    "#);
    assert_eq!(
        folder.run("diagram door.workflow"),
        folder.run("diagram --format mermaid door.workflow")
    );
}

#[test]
fn all_workflows_of_a_file_are_drawn_in_its_order() {
    let folder = Folder::new(&[("house.workflow", format!("{GOOD}{WINDOW}"))]);
    assert_snapshot!(folder.run("diagram --format mermaid house.workflow"), @r#"
    exit 0
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

        state "open" as open
        class open initial
        state "shut" as shut
        class shut final

        [*] --> open
        open --> shut : close
        shut --> [*]

    ---
    title: window
    config:
      flowchart:
        curve: rounded
    ---
    stateDiagram-v2
        classDef initial stroke-width:3px
        classDef error fill:#fdecea,stroke:#b3261e,color:#410e0b,stroke-dasharray:6 3
        classDef final stroke-width:3px

        state "whole" as whole
        class whole initial
        state "broken" as broken
        class broken final

        [*] --> whole
        whole --> broken : hit
        broken --> [*]
    ---- stderr
    "#);
    assert_snapshot!(folder.run("diagram --format dot house.workflow"), @r#"
    exit 0
    digraph "door" {
        label="door"
        labelloc=t; fontname="Helvetica"; ranksep=0.6
        node [shape=box, style=rounded, fontname="Helvetica"]
        edge [fontname="Helvetica", fontsize=11]

        "[*]" [shape=point, width=0.2, label=""]
        "open" [label="open"]
        "shut" [label="shut", peripheries=2]

        "[*]" -> "open"
        "open" -> "shut" [label=" close "]
    }

    digraph "window" {
        label="window"
        labelloc=t; fontname="Helvetica"; ranksep=0.6
        node [shape=box, style=rounded, fontname="Helvetica"]
        edge [fontname="Helvetica", fontsize=11]

        "[*]" [shape=point, width=0.2, label=""]
        "whole" [label="whole"]
        "broken" [label="broken", peripheries=2]

        "[*]" -> "whole"
        "whole" -> "broken" [label=" hit "]
    }
    ---- stderr
    "#);
    assert_snapshot!(folder.run("diagram --format table house.workflow"), @"
    exit 0
    ## door

    | state | kind    | variables |
    | ----- | ------- | --------- |
    | open  | initial |           |
    | shut  | final   |           |

    | transition | from | to   | when | do | on error | alias |
    | ---------- | ---- | ---- | ---- | -- | -------- | ----- |
    | close      | open | shut |      |    |          |       |

    ## window

    | state  | kind    | variables |
    | ------ | ------- | --------- |
    | whole  | initial |           |
    | broken | final   |           |

    | transition | from  | to     | when | do | on error | alias |
    | ---------- | ----- | ------ | ---- | -- | -------- | ----- |
    | hit        | whole | broken |      |    |          |       |
    ---- stderr
    ");
}

#[test]
fn one_workflow_can_be_picked() {
    let folder = Folder::new(&[("house.workflow", format!("{GOOD}{WINDOW}"))]);
    assert_snapshot!(
        folder.run("diagram --format table --workflow window house.workflow"),
        @"
    exit 0
    ## window

    | state  | kind    | variables |
    | ------ | ------- | --------- |
    | whole  | initial |           |
    | broken | final   |           |

    | transition | from  | to     | when | do | on error | alias |
    | ---------- | ----- | ------ | ---- | -- | -------- | ----- |
    | hit        | whole | broken |      |    |          |       |
    ---- stderr
    "
    );
    assert_snapshot!(folder.run("diagram --workflow roof house.workflow"), @"
    exit 2
    ---- stderr
    inflight: there is no workflow `roof` in `house.workflow`
    help: it has `door`, `window`
    ");
}

#[test]
fn a_file_with_mistakes_is_not_drawn() {
    let folder = Folder::new(&[("door.workflow", BAD)]);
    assert_snapshot!(folder.run("diagram door.workflow"), @"
    exit 1
    ---- stderr
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
    ");
    assert_snapshot!(folder.run("diagram gone.workflow"), @"
    exit 2
    ---- stderr
    inflight: cannot read `gone.workflow`: No such file or directory (os error 2)
    ");
}

#[test]
fn a_dash_is_standard_input() {
    let folder = Folder::new::<&str>(&[]);
    assert_snapshot!(shown(&folder.run_with("diagram --format table -", GOOD)), @"
    exit 0
    ## door

    | state | kind    | variables |
    | ----- | ------- | --------- |
    | open  | initial |           |
    | shut  | final   |           |

    | transition | from | to   | when | do | on error | alias |
    | ---------- | ---- | ---- | ---- | -- | -------- | ----- |
    | close      | open | shut |      |    |          |       |
    ---- stderr
    ");
}
