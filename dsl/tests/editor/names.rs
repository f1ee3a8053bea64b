//! Where names are declared and used, what they are, and what the file declares.

use inflight_dsl::editor::{Document, Item};
use inflight_dsl::span::Span;

use super::{marked, unit};

/// The lines of the places, each with its line number.
fn lines(document: &Document, spans: &[Span]) -> Vec<String> {
    let text = document.text();
    let line = |span: &Span| {
        let before = &text[..span.start];
        let number = before.matches('\n').count() + 1;
        let line = text.lines().nth(number - 1).unwrap().trim();
        format!("{number}: {line} [{}]", &text[span.start..span.end])
    };
    spans.iter().map(line).collect()
}

/// Where the name at the mark is declared, and used.
fn check(text: &str, declared: &[&str], used: &[&str]) {
    let (document, place) = marked(text);
    let found = lines(&document, &document.definitions(place));
    assert_eq!(found, declared, "{text}");
    let found = lines(&document, &document.references(place, false));
    assert_eq!(found, used, "{text}");
}

#[test]
fn names_lead_to_their_declarations_and_uses() {
    check(
        &unit("").replace("-> removed", "-> remo$ved"),
        &["14: final state removed [removed]"],
        &["32: transition remove: * -> removed [removed]"],
    );
    check(
        &unit("").replace("action install", "action install$"),
        &["17: action install(hooks: bool, label: string?) [install]"],
        &["23: do install(hooks: true, label: null) [install]"],
    );
    check(
        &unit("").replace("do install(hooks", "do install(ho$oks"),
        &["17: action install(hooks: bool, label: string?) [hooks]"],
        &["23: do install(hooks: true, label: null) [hooks]"],
    );
    check(
        &unit("").replace("source.revision", "source.$revision"),
        &["7: state started { revision: int } [revision]"],
        &["29: when newer(revision: source.revision) [revision]"],
    );
    check(
        &unit(
            "transition lose(reason: string): started -> removed { on error fire give_up(reason: $reason) }",
        ),
        &[
            "33: transition lose(reason: string): started -> removed { on error fire give_up(reason: reason) } [reason]",
        ],
        &[
            "33: transition lose(reason: string): started -> removed { on error fire give_up(reason: reason) } [reason]",
        ],
    );
    check(
        &unit("transition lose: started -> removed { on error fire give_up($reason: failure) }"),
        &["26: transition give_up(reason: string): started -> failed [reason]"],
        &[
            "33: transition lose: started -> removed { on error fire give_up(reason: failure) } [reason]",
        ],
    );
    check(
        &unit("transition lose: started -> removed { on error fire install_failed$ }"),
        &["24: on error install_failed -> failed(reason: failure) [install_failed]"],
        &[
            "33: transition lose: started -> removed { on error fire install_failed } [install_failed]",
        ],
    );
    check(
        &unit("transition more: failed -> same { alias $again }"),
        &["28: alias again [again]"],
        &["33: transition more: failed -> same { alias again } [again]"],
    );
    check(&unit("// fail$ed"), &[], &[]);
    check(&unit("transition same_again: started -> sa$me"), &[], &[]);
}

#[test]
fn one_name_may_read_several_variables() {
    let text = unit(
        "error state worn { revision: int }
    transition wear: started -> worn(revision: source.revision)
    transition mend: started | worn -> started(revision: source.re$vision)",
    );
    let (document, place) = marked(&text);
    let declared = lines(&document, &document.definitions(place));
    assert_eq!(
        declared,
        [
            "7: state started { revision: int } [revision]",
            "33: error state worn { revision: int } [revision]"
        ]
    );
}

#[test]
fn what_is_whole_is_known_in_a_broken_text() {
    check(
        &unit("transition half: star$ted -> \n transition other: new -> removed { do }"),
        &["7: state started { revision: int } [started]"],
        &[
            "18: action look -> started [started]",
            "22: transition install(revision: int): new | failed -> started { [started]",
            "26: transition give_up(reason: string): started -> failed [started]",
            "27: transition refresh: started -> started { [started]",
            "27: transition refresh: started -> started { [started]",
            "33: transition half: started -> [started]",
        ],
    );
    for text in [
        "",
        "$",
        "workflow",
        "workflow w {",
        "workflow w { state",
        "}{",
        "\u{feff}",
        "\"é",
    ] {
        let document = Document::new(text);
        for offset in 0..=text.len() + 2 {
            document.definitions(offset);
            document.hover(offset);
            document.complete(offset);
        }
        document.outline();
    }
}

#[test]
fn activities_and_what_is_gone_refer_too() {
    check(
        &unit("activity watch in fai$led, started except new, during refresh"),
        &["9: error state failed { [failed]"],
        &[
            "22: transition install(revision: int): new | failed -> started { [failed]",
            "24: on error install_failed -> failed(reason: failure) [failed]",
            "26: transition give_up(reason: string): started -> failed [failed]",
            "33: activity watch in failed, started except new, during refresh [failed]",
        ],
    );
    check(
        &unit("activity watch in * except failed, during ref$resh"),
        &["27: transition refresh: started -> started { [refresh]"],
        &["33: activity watch in * except failed, during refresh [refresh]"],
    );
    let retired = "retired state old { why: string } -> failed(reason: source.why)";
    check(
        &unit(&retired.replace("source.", "source.$")),
        &["33: retired state old { why: string } -> failed(reason: source.why) [why]"],
        &["33: retired state old { why: string } -> failed(reason: source.why) [why]"],
    );
    check(
        &unit(&retired.replace("(reason", "($reason")),
        &["11: reason: string, [reason]"],
        &[
            "24: on error install_failed -> failed(reason: failure) [reason]",
            "33: retired state old { why: string } -> failed(reason: source.why) [reason]",
        ],
    );
    // A former name names nothing.
    check(&unit("state up was st$arted"), &[], &[]);
}

fn hover(text: &str) -> String {
    let (document, place) = marked(text);
    document
        .hover(place)
        .map_or_else(String::new, |hover| hover.text)
}

#[test]
fn a_state_is_shown_with_what_is_around_it() {
    insta::assert_snapshot!(hover(&unit("").replace("-> failed(", "-> fai$led(")), @r"
    ```workflow
    error state failed {
        /// Why.
        reason: string,
        since: timestamp?,
    }
    ```

    Came to grief.

    **Entered by**

    - `install_failed` (on error of `install`) from `new`, `failed`
    - `give_up` from `started`

    **Left by**

    - `install` to `started`
    - `install_failed` (on error of `install`) to `failed`
    - `remove` to `removed`
    ");
}

#[test]
fn other_names_are_shown_as_declared() {
    insta::assert_snapshot!(hover(&unit("").replace("do install(", "do ins$tall(")), @r"
    ```workflow
    action install(hooks: bool, label: string?)
    ```

    Runs the install hook.
    ");
    insta::assert_snapshot!(hover(&unit("").replace("do install(hooks", "do install(h$ooks")), @r"
    ```workflow
    hooks: bool
    ```

    parameter of the action `install`
    ");
    insta::assert_snapshot!(hover(&unit("").replace("error install_failed", "error $install_failed")), @r"
    ```workflow
    install_failed -> failed(reason: failure)
    ```

    error transition of the transition `install`
    ");
    insta::assert_snapshot!(hover(&unit("").replace("workflow unit", "workflow u$nit")), @r"
    ```workflow
    workflow unit
    ```

    One unit.
    ");
}

#[test]
fn what_is_declared_is_nested() {
    fn show(items: &[Item], depth: usize, shown: &mut String) {
        for item in items {
            let symbol = &item.symbol;
            let (kind, name, detail) = (symbol.kind.as_str(), &symbol.name, &symbol.detail);
            let line = format!("{}{kind} {name} {detail}", "  ".repeat(depth));
            *shown += line.trim_end();
            *shown += "\n";
            assert!(symbol.span.start <= symbol.name_span.start);
            assert!(symbol.name_span.end <= symbol.span.end);
            for child in &item.children {
                assert!(symbol.span.start <= child.symbol.span.start);
                assert!(child.symbol.span.end <= symbol.span.end);
            }
            show(&item.children, depth + 1, shown);
        }
    }
    let mut shown = String::new();
    show(&Document::new(unit("")).outline(), 0, &mut shown);
    insta::assert_snapshot!(shown, @r"
    workflow unit
      state new
      state started { revision: int }
        variable revision int
      state failed { reason: string, since: timestamp?, }
        variable reason string
        variable since timestamp?
      state removed
      action install (hooks: bool, label: string?)
        parameter hooks bool
        parameter label string?
      action look -> started
      guard newer (revision: int)
        parameter revision int
      transition install (revision: int): new | failed -> started
        input revision int
        error transition install_failed -> failed(reason: failure)
      transition give_up (reason: string): started -> failed
        input reason string
      transition refresh : started -> started
      transition remove : * -> removed
    ");
}
