//! Drawings of a workflow made of everything that a format could stumble over:
//! keywords as names, text that is syntax, several ways between two states.

use inflight_dsl::compile;
use inflight_dsl::diagram::{Format, render};

const NASTY: &str = include_str!("right/nasty.workflow");

fn drawn(format: Format) -> String {
    let compiled = compile(NASTY);
    assert_eq!(compiled.diagnostics, []);
    let workflows = compiled.model.iter().flat_map(|model| &model.workflows);
    workflows.map(|workflow| render(workflow, format)).collect()
}

#[test]
fn mermaid() {
    insta::assert_snapshot!(drawn(Format::Mermaid), @r#"
    ---
    title: graph
    config:
      flowchart:
        curve: rounded
    ---
    stateDiagram-v2
        classDef initial stroke-width:3px
        classDef error fill:#fdecea,stroke:#b3261e,color:#410e0b,stroke-dasharray:6 3
        classDef final stroke-width:3px
        classDef every stroke-dasharray:2 2

        state "state" as S_state
        class S_state initial
        state "class" as S_class
        state "note" as S_note
        S_note : default#58; string
        S_note : last#58; int?
        state "root" as S_root
        state "default" as S_default
        class S_default error
        S_default : why#58; string
        state "constructor" as S_constructor
        class S_constructor error
        S_constructor : why#58; string
        state "end" as S_end
        class S_end final
        state "final" as final
        class final final
        state "any state" as Any
        class Any every

        [*] --> S_state
        S_state --> S_class : «automatic»<br/>start<br/>[ready(after=90s) and not busy]<br/>/ say(text=#34;a#92;#34;b#92;#92;c#59;#35;d#124;e#60;f#62;#38;amp#59;#96;g#96;#42;h#42;#92;n#58;--#62; [x]#40;y) #95;z_ #36;1#36;…
        S_state --> S_default : «error of start, again»<br/>failed
        Any --> S_end : end<br/>/ say(text=#34;direction#32;LR#34;)
        S_state --> S_class : again<br/>/ tidy
        S_class --> S_note : one(default)<br/>/ weigh(float=-0.5, int=3)
        S_class --> S_note : two<br/>(alias click)
        S_class --> S_note : three<br/>/ write
        S_note --> S_class : back<br/>[busy]
        S_class : ↻ four (alias href)
        S_note : ↻ four (alias href)
        S_root : ↻ four (alias href)
        S_note : ↻ five
        S_note --> S_root : six
        S_default --> S_class : seven
        S_root --> S_constructor : fix(why)
        S_constructor : ↻ «error of eight» fix(why)
        S_constructor --> final : eight<br/>/ tidy
        S_end --> [*]
        final --> [*]
    "#);
}

#[test]
fn dot() {
    insta::assert_snapshot!(drawn(Format::Dot), @r##"
    digraph "graph" {
        label="graph"
        labelloc=t; fontname="Helvetica"; ranksep=0.6
        node [shape=box, style=rounded, fontname="Helvetica"]
        edge [fontname="Helvetica", fontsize=11]

        "[*]" [shape=point, width=0.2, label=""]
        "state" [label="state"]
        "class" [label="class\n\n↻ four (alias href)\l"]
        "note" [label="note\n\ndefault: string\llast: int?\l↻ four (alias href)\l↻ five\l"]
        "root" [label="root\n\n↻ four (alias href)\l"]
        "default" [label="default\n\nwhy: string\l", style="rounded,dashed,filled", color="#b3261e", fillcolor="#fdecea"]
        "constructor" [label="constructor\n\nwhy: string\l↻ «error of eight» fix(why)\l", style="rounded,dashed,filled", color="#b3261e", fillcolor="#fdecea"]
        "end" [label="end", peripheries=2]
        "final" [label="final", peripheries=2]
        "*" [label="any state", style="rounded,dotted"]

        "[*]" -> "state"
        "state" -> "class" [label=" «automatic» \n start \n [ready(after=90s) and not busy] \n / say(text=\"a\\\"b\\\\c;#d|e<f>&amp;amp;`g`*h*\\n:--> [x](y) _z_ $1$… ", style=bold]
        "state" -> "default" [label=" «error of start, again» \n failed ", style=dashed, color="#b3261e", fontcolor="#b3261e"]
        "*" -> "end" [label=" end \n / say(text=\"direction LR\") "]
        "state" -> "class" [label=" again \n / tidy "]
        "class" -> "note" [label=" one(default) \n / weigh(float=-0.5, int=3) "]
        "class" -> "note" [label=" two \n (alias click) "]
        "class" -> "note" [label=" three \n / write "]
        "note" -> "class" [label=" back \n [busy] "]
        "note" -> "root" [label=" six "]
        "default" -> "class" [label=" seven "]
        "root" -> "constructor" [label=" fix(why) "]
        "constructor" -> "final" [label=" eight \n / tidy "]
    }
    "##);
}

#[test]
fn table() {
    insta::assert_snapshot!(drawn(Format::Table), @r#"
    ## graph

    | state       | kind    | variables                   |
    | ----------- | ------- | --------------------------- |
    | state       | initial |                             |
    | class       |         |                             |
    | note        |         | default: string, last: int? |
    | root        |         |                             |
    | default     | error   | why: string                 |
    | constructor | error   | why: string                 |
    | end         | final   |                             |
    | final       | final   |                             |

    | transition           | from                  | to                                               | when                                   | do                                                                                        | on error          | alias |
    | -------------------- | --------------------- | ------------------------------------------------ | -------------------------------------- | ----------------------------------------------------------------------------------------- | ----------------- | ----- |
    | start                | state                 | class                                            | automatic, ready(after: 90s), not busy | say(text: "a\\"b\\\\c;#d\|e\<f\>\&amp;\`g\`\*h\*\\n:--\> \[x\](y) \_z\_ \$1\$ \\u{202e}") | failed            |       |
    | failed               | state                 | default(why: failure)                            | error of start, again                  |                                                                                           |                   |       |
    | end                  | \*                    | end                                              |                                        | say(text: "direction LR")                                                                 |                   |       |
    | again                | state                 | class                                            |                                        | tidy                                                                                      | failed            |       |
    | one(default: string) | class                 | note                                             |                                        | weigh(float: -0.5, int: 3)                                                                |                   |       |
    | two                  | class                 | note(default: "2", last: 2)                      |                                        |                                                                                           |                   | click |
    | three                | class                 | note(last: null)                                 |                                        | write                                                                                     |                   |       |
    | back                 | note                  | class                                            | busy                                   |                                                                                           |                   |       |
    | four                 | class \| note \| root | same                                             |                                        |                                                                                           |                   | href  |
    | five                 | note                  | note(default: source.default, last: source.last) |                                        |                                                                                           |                   |       |
    | six                  | note                  | root                                             |                                        |                                                                                           |                   |       |
    | seven                | default               | class                                            |                                        |                                                                                           |                   |       |
    | fix(why: string)     | root \| constructor   | constructor                                      | error of eight                         |                                                                                           |                   |       |
    | eight                | constructor           | final                                            |                                        | tidy                                                                                      | fix(why: failure) |       |
    "#);
}

#[test]
fn plantuml() {
    insta::assert_snapshot!(drawn(Format::PlantUml), @r#"
    @startuml
    title graph
    hide empty description
    skinparam shadowing false
    skinparam stateBackgroundColor #ffffff
    skinparam stateBorderColor #3d444d
    skinparam stateArrowColor #3d444d

    state "state" as state
    state "class" as class
    class : ↻ four (alias href)
    state "note" as note
    note : default<U+003A> string
    note : last<U+003A> int?
    note : ↻ four (alias href)
    note : ↻ five
    state "root" as root
    root : ↻ four (alias href)
    state "default" as default #fdecea ##[dashed]b3261e
    default : why<U+003A> string
    state "constructor" as constructor #fdecea ##[dashed]b3261e
    constructor : why<U+003A> string
    constructor : ↻ «error of eight» fix(why)
    state "end" as end
    state "final" as final
    state "any state" as Any ##[dotted]3d444d

    [*] --> state
    state -[bold]-> class : «automatic»\nstart\n[ready(after=90s) and not busy]\n/ say(text=<U+0022>a<U+005C><U+0022>b<U+005C><U+005C>c<U+003B><U+0023>d<U+007C>e<U+003C>f<U+003E><U+0026>amp<U+003B><U+0060>g<U+0060><U+002A>h<U+002A><U+005C>n<U+003A>-<U+002D><U+003E> [x](y) <U+005F>z_ <U+0024>1<U+0024>…
    state -[#b3261e,dashed]-> default : «error of start, again»\nfailed
    Any --> end : end\n/ say(text=<U+0022>direction LR<U+0022>)
    state --> class : again\n/ tidy
    class --> note : one(default)\n/ weigh(float=-0.5, int=3)
    class --> note : two\n(alias click)
    class --> note : three\n/ write
    note --> class : back\n[busy]
    note --> root : six
    default --> class : seven
    root --> constructor : fix(why)
    constructor --> final : eight\n/ tidy
    end --> [*]
    final --> [*]
    @enduml
    "#);
}
