//! Workflows of a size that nobody writes by hand.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use inflight_dsl::{Code, compile};
use std::fmt::Write;

/// A ring of states, each of which can end.
fn ring(states: usize) -> String {
    let mut text = String::from("workflow ring {\ninitial state s0\nfinal state end\n");
    for number in 1..states {
        writeln!(text, "state s{number}").unwrap();
    }
    for number in 0..states {
        let next = (number + 1) % states;
        writeln!(text, "transition t{number}: s{number} -> s{next}").unwrap();
    }
    text + "transition end: * -> end\n}\n"
}

fn codes(text: &str) -> Vec<Code> {
    let diagnostics = compile(text).diagnostics;
    diagnostics.iter().map(|one| one.code).collect()
}

#[test]
fn thousands_of_states_compile() {
    let model = compile(&ring(5_000)).model.unwrap();
    assert_eq!(model.workflows[0].states.len(), 5_001);
    assert_eq!(model.workflows[0].transitions[5_000].sources.len(), 5_000);
}

#[test]
fn states_and_transitions_are_numbered_in_16_bits() {
    assert_eq!(codes(&ring(65_533)), []);
    assert_eq!(codes(&ring(65_534)), [Code::TooMany, Code::TooMany]);
}

#[test]
fn sources_are_counted_together() {
    let mut text = ring(4_001).replace("}\n", "");
    for number in 0..1_000 {
        writeln!(text, "transition u{number}: * -> end").unwrap();
    }
    assert_eq!(codes(&(text + "}\n")), [Code::TooMany]);
}

#[test]
fn an_automatic_ring_is_one_mistake() {
    let text = ring(2_000).replace("transition t", "transition u");
    let text = text.lines().fold(String::new(), |text, line| {
        let automatic = line.starts_with("transition u");
        text + line + if automatic { " { automatic }\n" } else { "\n" }
    });
    assert_eq!(codes(&text), [Code::AutomaticCycle]);
}

#[test]
fn a_ring_of_error_transitions_is_one_short_mistake() {
    let mut text =
        String::from("workflow ring {\naction act\ninitial state new\nfinal state end\n");
    for number in 0..2_000 {
        let next = (number + 1) % 2_000;
        writeln!(
            text,
            "transition t{number}: new -> end {{ do act on error fire t{next} }}"
        )
        .unwrap();
    }
    let diagnostics = compile(&(text + "}\n")).diagnostics;
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(
        diagnostics[0].message,
        "these error transitions go round: \
         `t0` -> `t1` -> `t2` -> `t3` -> `t4` -> `t5` -> `t6` -> `t7` -> .. -> `t0`"
    );
}

#[test]
fn thousands_of_mistakes_are_all_reported() {
    let text = ring(5_000).replace("-> s", "-> x");
    assert_eq!(codes(&text), [Code::UnknownState; 5_000]);
}
