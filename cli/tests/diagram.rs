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

    | transition | from | to   |
    | ---------- | ---- | ---- |
    | close      | open | shut |

    ## window

    | state  | kind    | variables |
    | ------ | ------- | --------- |
    | whole  | initial |           |
    | broken | final   |           |

    | transition | from  | to     |
    | ---------- | ----- | ------ |
    | hit        | whole | broken |
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

    | transition | from  | to     |
    | ---------- | ----- | ------ |
    | hit        | whole | broken |
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

    | transition | from | to   |
    | ---------- | ---- | ---- |
    | close      | open | shut |
    ---- stderr
    ");
}

const PUMP: &str = "\
workflow pump {
    initial state idle
    state running
    error state jammed { why: string }
    final state scrapped
    action turn
    transition start: idle -> running { do turn on error jam -> jammed(why: failure) }
    transition clear: jammed -> idle
    transition stop: running -> idle
    transition scrap: jammed -> scrapped
}
";

/// A file with the pump and the door.
fn works() -> Folder {
    Folder::new(&[("works.workflow", format!("{PUMP}{GOOD}"))])
}

#[test]
fn a_part_is_drawn_of_the_workflows_that_have_it() {
    assert_snapshot!(works().run("diagram --highlight running --focus idle works.workflow"), @r##"
    exit 0
    ---
    title: pump (within 1 transition of idle)
    config:
      flowchart:
        curve: rounded
    ---
    stateDiagram-v2
        classDef initial stroke-width:3px
        classDef error fill:#fdecea,stroke:#b3261e,color:#410e0b,stroke-dasharray:6 3
        classDef final stroke-width:3px
        classDef outside stroke-dasharray:2 4
        classDef highlighted fill:#d3e3fd,stroke:#0b57d0,color:#1f2328,stroke-width:3px

        state "idle" as idle
        class idle initial
        state "#9654; running" as running
        class running highlighted
        state "jammed" as jammed
        class jammed error
        jammed : why#58; string
        state "scrapped …" as scrapped
        class scrapped outside

        [*] --> idle
        idle --> running : start<br/>/ turn
        idle --> jammed : «error of start»<br/>jam
        jammed --> idle : clear
        running --> idle : stop
        jammed --> scrapped : scrap
    ---- stderr
    "##);
    assert_snapshot!(works().run("diagram --format plantuml --only errors works.workflow"), @r#"
    exit 0
    @startuml
    title pump (error paths only)
    hide empty description
    skinparam shadowing false
    skinparam stateBackgroundColor #ffffff
    skinparam stateBorderColor #3d444d
    skinparam stateArrowColor #3d444d

    state "idle" as idle
    state "jammed" as jammed #fdecea ##[dashed]b3261e
    jammed : why<U+003A> string
    state "scrapped" as scrapped

    [*] --> idle
    idle -[#b3261e,dashed]-> jammed : «error of start»\njam
    jammed --> idle : clear
    jammed --> scrapped : scrap
    scrapped --> [*]
    @enduml
    ---- stderr
    "#);
}

#[test]
fn what_is_not_there_is_refused_with_what_is() {
    assert_snapshot!(works().run("diagram --focus runing works.workflow"), @"
    exit 2
    ---- stderr
    inflight: there is no state `runing` in `works.workflow`
    help: did you mean `running`?
    ");
    assert_snapshot!(works().run("diagram --workflow door --highlight roof works.workflow"), @"
    exit 2
    ---- stderr
    inflight: there is no state `roof` in `works.workflow`
    help: the states are `open`, `shut`
    ");
    assert_snapshot!(works().run("diagram --focus scrapped --highlight idle works.workflow"), @"
    exit 2
    ---- stderr
    inflight: the state `idle` is outside the part to draw in `works.workflow`
    help: draw a larger part, or highlight another state
    ");
    assert_snapshot!(works().run("diagram --workflow door --only errors works.workflow"), @"
    exit 2
    ---- stderr
    inflight: there are no error paths to draw in `works.workflow`
    help: draw it without `--only errors`
    ");
    assert_snapshot!(works().run("diagram --format svg works.workflow"), @"
    exit 2
    ---- stderr
    inflight: there are several workflows, and an SVG shows one in `works.workflow`
    help: pick it with `--workflow NAME`
    ");
    assert_snapshot!(works().run("diagram --depth 2 works.workflow"), @"
    exit 2
    ---- stderr
    error: the following required arguments were not provided:
      --focus <STATE>

    Usage: inflight diagram --focus <STATE> --depth <N> <FILE>

    For more information, try '--help'.
    ");
}

#[test]
fn a_picture_is_drawn_of_one_workflow() {
    let svg = works().run("diagram --format svg --workflow door works.workflow");
    assert!(svg.starts_with("exit 0\n<svg "), "{svg}");
    assert!(svg.ends_with("</svg>\n---- stderr\n"), "{svg}");
}
