//! Two workflows in one drawing: what was added, removed and changed, told by a sign.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use inflight_dsl::compile;
use inflight_dsl::diagram::{Drawing, Format};
use inflight_dsl::model::Workflow;

const OLD: &str = include_str!("rendering/old.workflow");

const NEW: &str = include_str!("rendering/new.workflow");

fn workflow(source: &str) -> Workflow {
    let compiled = compile(source);
    assert_eq!(compiled.diagnostics, []);
    compiled.model.unwrap().workflows.remove(0)
}

fn difference(old: &str, new: &str, format: Format) -> String {
    Drawing::between(&workflow(old), &workflow(new)).render(format)
}

#[test]
fn mermaid() {
    insta::assert_snapshot!(difference(OLD, NEW, Format::Mermaid), @r##"
    ---
    title: unit
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
        classDef changed fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-width:3px

        state "new" as new
        class new initial
        state "#126; up" as up
        class up changed
        up : port#58; int
        up : #43; host#58; string
        state "#8722; gone_soon" as gone_soon
        class gone_soon removed
        state "#43; paused" as paused
        class paused added
        state "broken" as broken
        class broken error
        broken : why#58; string
        state "end" as S_end
        class S_end final

        [*] --> new
        new --> up : #126; start<br/>#8722; / start(hooks=true)<br/>#43; / start(hooks=false)
        new --> broken : #126; «error of start»<br/>failed
        up --> gone_soon : #8722; slow
        gone_soon --> S_end : #8722; leave
        broken --> S_end : #8722; mend
        up --> paused : #43; pause
        paused --> up : #43; «automatic»<br/>resume
        broken --> new : #43; mend
        up --> S_end : stop
        S_end --> [*]
    "##);
}

#[test]
fn dot() {
    insta::assert_snapshot!(difference(OLD, NEW, Format::Dot), @r##"
    digraph "unit" {
        label="unit"
        labelloc=t; fontname="Helvetica"; ranksep=0.6
        node [shape=box, style=rounded, fontname="Helvetica"]
        edge [fontname="Helvetica", fontsize=11]

        "[*]" [shape=point, width=0.2, label=""]
        "new" [label="new"]
        "up" [label="~ up\n\nport: int\l+ host: string\l", style="rounded,filled", color="#9a6700", fillcolor="#fff8c5", penwidth=2]
        "gone_soon" [label="− gone_soon", style="rounded,filled", color="#b3261e", fillcolor="#fdecea", penwidth=2]
        "paused" [label="+ paused", style="rounded,filled", color="#1a7f37", fillcolor="#dafbe1", penwidth=2]
        "broken" [label="broken\n\nwhy: string\l", style="rounded,dashed,filled", color="#b3261e", fillcolor="#fdecea"]
        "end" [label="end", peripheries=2]

        "[*]" -> "new"
        "new" -> "up" [label=" ~ start \n − / start(hooks=true) \n + / start(hooks=false) ", color="#9a6700", fontcolor="#9a6700", penwidth=2]
        "new" -> "broken" [label=" ~ «error of start» \n failed ", style=dashed, color="#9a6700", fontcolor="#9a6700", penwidth=2]
        "up" -> "gone_soon" [label=" − slow ", color="#b3261e", fontcolor="#b3261e", penwidth=2]
        "gone_soon" -> "end" [label=" − leave ", color="#b3261e", fontcolor="#b3261e", penwidth=2]
        "broken" -> "end" [label=" − mend ", color="#b3261e", fontcolor="#b3261e", penwidth=2]
        "up" -> "paused" [label=" + pause ", color="#1a7f37", fontcolor="#1a7f37", penwidth=2]
        "paused" -> "up" [label=" + «automatic» \n resume ", style=bold, color="#1a7f37", fontcolor="#1a7f37", penwidth=2]
        "broken" -> "new" [label=" + mend ", color="#1a7f37", fontcolor="#1a7f37", penwidth=2]
        "up" -> "end" [label=" stop "]
    }
    "##);
}

#[test]
fn plantuml() {
    insta::assert_snapshot!(difference(OLD, NEW, Format::PlantUml), @r#"
    @startuml
    title unit
    hide empty description
    skinparam shadowing false
    skinparam stateBackgroundColor #ffffff
    skinparam stateBorderColor #3d444d
    skinparam stateArrowColor #3d444d

    state "new" as new
    state "<U+007E> up" as up #fff8c5 ##[bold]9a6700
    up : port<U+003A> int
    up : <U+002B> host<U+003A> string
    state "− gone_soon" as gone_soon #fdecea ##[bold]b3261e
    state "<U+002B> paused" as paused #dafbe1 ##[bold]1a7f37
    state "broken" as broken #fdecea ##[dashed]b3261e
    broken : why<U+003A> string
    state "end" as end

    [*] --> new
    new -[#9a6700]-> up : <U+007E> start\n− / start(hooks=true)\n<U+002B> / start(hooks=false)
    new -[#9a6700,dashed]-> broken : <U+007E> «error of start»\nfailed
    up -[#b3261e]-> gone_soon : − slow
    gone_soon -[#b3261e]-> end : − leave
    broken -[#b3261e]-> end : − mend
    up -[#1a7f37]-> paused : <U+002B> pause
    paused -[#1a7f37,bold]-> up : <U+002B> «automatic»\nresume
    broken -[#1a7f37]-> new : <U+002B> mend
    up --> end : stop
    end --> [*]
    @enduml
    "#);
}

#[test]
fn table() {
    insta::assert_snapshot!(difference(OLD, NEW, Format::Table), @r#"
    ## unit

    |         | state     | kind    | variables               |
    | ------- | --------- | ------- | ----------------------- |
    |         | new       | initial |                         |
    | before  | up        |         | port: int               |
    | changed | up        |         | port: int, host: string |
    | removed | gone_soon |         |                         |
    | added   | paused    |         |                         |
    |         | broken    | error   | why: string             |
    |         | end       | final   |                         |

    |         | transition | from      | to                       | when           | do                  | on error |
    | ------- | ---------- | --------- | ------------------------ | -------------- | ------------------- | -------- |
    | before  | start      | new       | up(port: 80)             |                | start(hooks: true)  | failed   |
    | changed | start      | new       | up(port: 80, host: "a")  |                | start(hooks: false) | failed   |
    | before  | failed     | new       | broken(why: failure)     | error of start |                     |          |
    | changed | failed     | new       | broken(why: "it failed") | error of start |                     |          |
    | removed | slow       | up        | gone_soon                |                |                     |          |
    | removed | leave      | gone_soon | end                      |                |                     |          |
    | added   | pause      | up        | paused                   |                |                     |          |
    | added   | resume     | paused    | up(port: 80, host: "a")  | automatic      |                     |          |
    | before  | mend       | broken    | end                      |                |                     |          |
    | changed | mend       | broken    | new                      |                |                     |          |
    |         | stop       | up        | end                      |                |                     |          |
    "#);
}

#[test]
fn a_workflow_and_itself_do_not_differ() {
    for format in [
        Format::Mermaid,
        Format::Dot,
        Format::PlantUml,
        Format::Table,
    ] {
        let whole = Drawing::of(&workflow(NEW)).render(format);
        assert_eq!(difference(NEW, NEW, format), whole);
    }
}

#[test]
fn another_state_does_not_change_what_leaves_every_state() {
    let with = |states: &str| {
        format!(
            "workflow w {{ initial state a {states} final state end
         transition on: a -> b transition on_b: b -> c transition on_c: c -> d
         transition stop: * -> end }}"
        )
    };
    let old = with("state b state c state d");
    let new = with("state b state c state d state e")
        .replace("transition stop", "transition on_d: d -> e transition stop");
    let dot = difference(&old, &new, Format::Dot);
    assert!(dot.contains(r#""*" -> "end" [label=" stop "]"#), "{dot}");
}
