//! Workflows of any size.

use std::fmt::Write;

/// A workflow has fewer transitions than 65,536.
const MOST: usize = 10_000;

/// Rings of states with two transitions from each, of which one runs an action.
pub fn of(transitions: usize) -> String {
    let whole = (0..transitions.div_ceil(MOST)).map(|number| ring(number, transitions.min(MOST)));
    whole.collect()
}

fn ring(number: usize, transitions: usize) -> String {
    let states = transitions / 2;
    let mut text = format!("workflow way_{number} {{\n    action work(number: int)\n");
    for state in 0..states {
        let kind = if state == 0 { "initial " } else { "" };
        // Writing to a string does not fail.
        let _ = writeln!(text, "    {kind}state s_{state}");
    }
    for state in 0..states {
        let next = (state + 1) % states;
        let far = (state * 7 + 3) % states;
        let _ = writeln!(text, "    transition step_{state}: s_{state} -> s_{next}");
        let _ = writeln!(
            text,
            "    transition jump_{state}: s_{state} -> s_{far} {{ do work(number: {state}) }}"
        );
    }
    text + "}\n"
}
