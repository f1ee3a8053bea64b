//! Parts of a workflow: the neighbourhood of a state, the error paths, a highlighted state.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use inflight_dsl::compile;
use inflight_dsl::diagram::{Drawing, Format, Mark};

const LINE: &str = r#"
    workflow line {
        initial state a
        state b
        state c { size: int }
        state d
        allow undocumented_error_state
        error state broken { why: string }
        final state end
        action work
        transition ab: a -> b
        transition bc(size: int): b -> c { do work on error fail_bc -> broken(why: failure) }
        transition cd: c -> d
        transition cd_fast: c -> d
        transition stay: c -> same
        transition de: d -> end
        transition mend: broken -> b
        transition stop: * -> end
    }
"#;

fn drawing(source: &str) -> Drawing {
    let compiled = compile(source);
    assert_eq!(compiled.diagnostics, []);
    Drawing::of(&compiled.model.unwrap().workflows.remove(0))
}

/// What is drawn, without the head, which is the same for all.
fn shown(drawing: &Drawing) -> String {
    let text = drawing.render(Format::Mermaid);
    let text = text.split_once("stateDiagram-v2").unwrap();
    let title = text.0.lines().nth(1).unwrap();
    let shown = text.1.lines().filter(|line| !line.contains("classDef"));
    title.to_owned() + &shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_highlighted_state_is_told_by_a_sign() {
    let mut drawing = drawing(LINE);
    drawing.highlight("c").unwrap();
    assert!(
        drawing
            .render(Format::Mermaid)
            .contains(r##"state "#9654; c" as c"##)
    );
    assert!(drawing.render(Format::Dot).contains(r#""c" [label="▶ c"#));
    assert!(
        drawing
            .render(Format::PlantUml)
            .contains(r#"state "▶ c" as c"#)
    );
    assert!(drawing.render(Format::Table).contains("| highlighted | c "));
}

#[test]
fn a_highlighted_error_state_goes_on_to_look_wrong() {
    let mut drawing = drawing(LINE);
    drawing.highlight("broken").unwrap();
    let holds = |format, text: &str| {
        let picture = drawing.render(format);
        assert!(picture.contains(text), "no {text} in {picture}");
    };
    holds(Format::Mermaid, "class broken error");
    holds(Format::Mermaid, "class broken highlighted_error");
    holds(
        Format::Dot,
        r##"color="#b3261e", fillcolor="#fdecea", color="#0b57d0", penwidth=2"##,
    );
    holds(Format::PlantUml, "#fdecea ##[bold]0b57d0");
    holds(Format::Svg, r#"class="state highlighted wrong""#);
}

#[test]
fn a_focus_keeps_what_is_near() {
    let mut near = drawing(LINE);
    near.focus("c", 1).unwrap();
    insta::assert_snapshot!(shown(&near), @r#"
    title: line (within 1 transition of c)

        state "a …" as a
        class a outside
        state "b" as b
        state "c" as c
        c : size#58; int
        state "d" as d
        state "broken …" as broken
        class broken outside
        state "end" as S_end
        class S_end final
        state "any state" as Any
        class Any every

        a --> b : ab
        b --> c : bc(size)<br/>/ work
        b --> broken : fail_bc
        c --> d : cd
        c --> d : cd_fast
        c : ↻ stay
        d --> S_end : de
        broken --> b : mend
        Any --> S_end : stop
        S_end --> [*]
    "#);
    insta::assert_snapshot!(near.render(Format::Table), @r"
    ## line (within 1 transition of c)

    | state | kind  | variables |
    | ----- | ----- | --------- |
    | b     |       |           |
    | c     |       | size: int |
    | d     |       |           |
    | end   | final |           |

    | transition    | from   | to                   | when        | do   | on error |
    | ------------- | ------ | -------------------- | ----------- | ---- | -------- |
    | ab            | a      | b                    |             |      |          |
    | bc(size: int) | b      | c                    |             | work | fail_bc  |
    | fail_bc       | b      | broken(why: failure) | error of bc |      |          |
    | cd            | c      | d                    |             |      |          |
    | cd_fast       | c      | d                    |             |      |          |
    | stay          | c      | same                 |             |      |          |
    | de            | d      | end                  |             |      |          |
    | mend          | broken | b                    |             |      |          |
    | stop          | \*     | end                  |             |      |          |
    ");
    let mut alone = drawing(LINE);
    alone.focus("a", 0).unwrap();
    insta::assert_snapshot!(shown(&alone), @r#"
    title: line (within 0 transitions of a)

        state "a" as a
        class a initial
        state "b …" as b
        class b outside

        [*] --> a
        a --> b : ab
    "#);
    let mut whole = drawing(LINE);
    whole.focus("a", usize::MAX).unwrap();
    assert_eq!(
        shown(&whole).split_once('\n').unwrap().1,
        shown(&drawing(LINE)).split_once('\n').unwrap().1
    );
}

#[test]
fn only_errors_are_what_leads_to_and_from_them() {
    let mut errors = drawing(LINE);
    errors.only_errors();
    insta::assert_snapshot!(shown(&errors), @r#"
    title: line (error paths only)

        state "b" as b
        state "broken" as broken
        class broken error
        broken : why#58; string

        b --> broken : «error of bc»<br/>fail_bc
        broken --> b : mend
    "#);
}

#[test]
fn a_workflow_without_errors_leaves_nothing() {
    let mut errors = drawing("workflow w { initial state a final state b transition ab: a -> b }");
    errors.only_errors();
    assert!(errors.is_empty());
}

#[test]
fn parts_of_parts() {
    let mut part = drawing(LINE);
    part.focus("c", 1).unwrap();
    part.only_errors();
    part.highlight("c").unwrap_err();
    insta::assert_snapshot!(shown(&part), @r#"
    title: line (within 1 transition of c, error paths only)

        state "b" as b
        state "broken …" as broken
        class broken outside

        b --> broken : fail_bc
        broken --> b : mend
    "#);
}

#[test]
fn an_unknown_state_is_told_with_the_nearest() {
    let check = |name: &str, help: &str| {
        let unknown = drawing(LINE).focus(name, 1).unwrap_err();
        assert_eq!(unknown.to_string(), format!("there is no state `{name}`"));
        assert_eq!(unknown.help(), help);
    };
    check("brokne", "did you mean `broken`?");
    check("*", "the states are `a`, `b`, `c`, `d`, `broken`, `end`");
}

#[test]
fn marks_are_taken_by_what_is_drawn() {
    let mut marked = drawing(LINE);
    assert!(marked.mark_transition("stop", Mark::Dimmed));
    assert!(!marked.mark_transition("sotp", Mark::Dimmed));
    assert!(!marked.mark_state("stop", Mark::Dimmed));
    assert!(
        marked
            .render(Format::Dot)
            .contains(r##""*" -> "end" [label=" stop ", color="#a0a7b0""##)
    );
}

#[test]
fn a_transition_is_marked_where_it_leaves_one_state() {
    let mut drawing = drawing(LINE);
    assert!(drawing.mark_edge("stop", None, Mark::Missed));
    assert!(!drawing.mark_edge("stop", Some("a"), Mark::Exercised));
    assert!(drawing.mark_edge("fail_bc", Some("b"), Mark::Partly));
    assert!(!drawing.mark_edge("fail_bc", None, Mark::Partly));
    let shown = shown(&drawing);
    let marked: Vec<_> = (shown.lines())
        .filter(|line| line.contains("#10007;") || line.contains("#126;"))
        .map(str::trim)
        .collect();
    let expect = [
        "b --> broken : #126; «error of bc»<br/>fail_bc",
        "Any --> S_end : #10007; stop",
    ];
    assert_eq!(marked, expect);
}

#[test]
fn an_error_path_is_drawn_from_where_it_is_one() {
    let source = r#"
        workflow w {
            initial state a state b state c state d final state end
            action act
            transition ab: a -> b { do act on error fire give_up }
            transition bc: b -> c
            transition cd: c -> d
            transition give_up: * -> end
        }
    "#;
    let text = shown(&drawing(source));
    let arrows: Vec<_> = text
        .lines()
        .filter(|line| line.contains("give_up"))
        .collect();
    assert_eq!(
        arrows,
        [
            "    Any --> S_end : give_up",
            "    a --> S_end : «error of ab»<br/>give_up"
        ]
    );
}
