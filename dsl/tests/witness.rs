//! Findings about the graph show the way: each step of it at its place.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use inflight_dsl::{Code, compile};
use insta::assert_snapshot;

/// What is said of a code in a workflow of these items: the text in question and each step,
/// with its line.
fn shown(code: Code, items: &str) -> String {
    let source = format!("workflow w {{\n{items}\n}}");
    let compiled = compile(&source);
    let found = compiled.diagnostics.iter().find(|found| found.code == code);
    let found = found.unwrap();
    let place = |start: usize, end: usize, text: &str| {
        let line = 1 + source.get(..start).unwrap().matches('\n').count();
        format!("{line}: {} {text}\n", source.get(start..end).unwrap())
    };
    let mut shown = format!("{}\n", found.message);
    shown += &place(found.span.start, found.span.end, &found.label);
    for label in &found.related {
        shown += &place(label.span.start, label.span.end, &label.text);
    }
    shown
}

#[test]
fn an_unreachable_state_shows_what_would_have_led_there() {
    let check = |items| shown(Code::UnreachableState, items);
    assert_snapshot!(check(
        "initial state a
        state lost
        final state z
        transition end: a | lost -> z"
    ), @"
    no transition leads from the initial state to `lost`
    3: lost unreachable
    ");
    assert_snapshot!(check(
        "initial state a
        state lost
        state behind
        state far
        final state z
        transition stay: lost -> lost
        transition on: lost -> behind
        transition more: behind -> far
        transition back: behind | far -> lost
        transition end: a | behind -> z"
    ), @"
    no transition leads from the initial state to `lost`
    3: lost unreachable
    7: stay leads here from `lost` itself
    10: back would lead here from `behind`, which is not reached either
    4: behind reached only through `lost`
    5: far reached only through `lost`
    ");
    assert_snapshot!(check(
        "initial state a
        error state lost
        final state z
        action go
        transition try: lost -> a { do go on error failed -> lost }
        transition end: a -> z"
    ), @"
    no transition leads from the initial state to `lost`
    3: lost unreachable
    6: failed leads here from `lost` itself
    ");
}

#[test]
fn a_trap_shows_how_one_gets_there() {
    let check = |items| shown(Code::NoWayOut, items);
    assert_snapshot!(check(
        "initial state a
        state trap
        transition go: a -> trap"
    ), @"
    no transition leaves `trap` for another state
    3: trap no way out
    4: go leads here from `a`
    ");
    assert_snapshot!(check(
        "initial state a
        state b
        state c
        state trap
        action go
        transition one: a -> b
        transition late: c -> trap
        transition two: b -> c { do go on error back -> a }
        transition three: a | b -> c
        transition stay: trap -> same"
    ), @"
    no transition leaves `trap` for another state
    5: trap no way out
    10: three leads from `a` to `c`
    8: late then here
    ");
    assert_snapshot!(check("initial state a transition stay: a -> a"), @"
    no transition leaves `a` for another state
    2: a no way out
    ");
    assert_snapshot!(shown(
        Code::ErrorWithoutWayOut,
        "initial state a
        error state broken
        final state z
        transition fall: * -> broken
        transition end: * -> z"
    ), @"
    nothing resolves the error state `broken`
    3: broken no way out of its own
    5: fall leads here from `a`
    ");
}

#[test]
fn of_a_long_way_the_end_is_shown() {
    let states: String = (1..20).map(|number| format!("state s{number} ")).collect();
    let steps: String = (1..20)
        .map(|number| format!("\ntransition t{number}: s{} -> s{number}", number - 1))
        .collect();
    let found = shown(Code::NoWayOut, &format!("initial state s0 {states}{steps}"));
    assert_snapshot!(found, @"
    no transition leaves `s19` for another state
    2: s19 no way out
    14: t12 leads from `s11` to `s12`
    15: t13 then to `s13`
    16: t14 then to `s14`
    17: t15 then to `s15`
    18: t16 then to `s16`
    19: t17 then to `s17`
    20: t18 then to `s18`
    21: t19 then here
    ");
}

#[test]
fn an_automatic_cycle_shows_each_step() {
    let check = |items| shown(Code::AutomaticCycle, items);
    assert_snapshot!(check(
        "initial state a
        state b
        state c
        transition go: a -> b
        transition one: b -> c { automatic }
        transition two: c -> b { automatic }"
    ), @"
    these transitions fire by themselves for ever: `b` -(one)-> `c` -(two)-> `b`
    6: one from `b` to `c`
    7: two then from `c` to `b`
    ");
    assert_snapshot!(check(
        "initial state a
        state b
        final state z
        action work
        transition try: a -> z {
            automatic
            do work
            on error failed -> b
        }
        transition again: b -> a { automatic }"
    ), @"
    these transitions fire by themselves for ever: `a` -(failed)-> `b` -(again)-> `a`
    9: failed from `a` to `b`
    6: try if this fails
    11: again then from `b` to `a`
    ");
    assert_snapshot!(check("initial state a final state z transition stay: a -> a { automatic } transition end: a -> z"), @"
    these transitions fire by themselves for ever: `a` -(stay)-> `a`
    2: stay from `a` to `a`
    ");
}

#[test]
fn a_cycle_of_error_transitions_shows_each_step() {
    assert_snapshot!(shown(
        Code::ErrorCycle,
        "initial state a
        final state z
        action work
        transition one: a -> z {
            do work
            on error two -> a {
                do work
                on error fire three
            }
        }
        transition three: a -> z { do work on error fire one }"
    ), @"
    these error transitions go round: `one` -> `two` -> `three` -> `one`
    12: one back again where `three` fails
    7: two where `one` fails
    9: three where `two` fails
    ");
}
