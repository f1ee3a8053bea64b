//! Graphviz. Automatic transitions are bold, error transitions dashed; error states
//! are dashed, final states have a double border, and a dot points at the initial one.
//! A transition from a state to itself is a line in the state's box, since Graphviz
//! draws other arrows across the labels of loops.

use std::fmt::Write as _;

use crate::diagram::arrow::{Arrow, arrows};
use crate::diagram::label;
use crate::model::{State, StateKind, Workflow};

/// The node that points at the initial state. No state can have this name.
const START: &str = "\"[*]\"";

const PREAMBLE: &str = "    labelloc=t; fontname=\"Helvetica\"; ranksep=0.6
    node [shape=box, style=rounded, fontname=\"Helvetica\"]
    edge [fontname=\"Helvetica\", fontsize=11]

";

pub(super) fn render(workflow: &Workflow) -> String {
    let name = quoted(&workflow.name.text);
    let mut text = format!("digraph {name} {{\n    label={name}\n{PREAMBLE}");
    let arrows = arrows(workflow);
    let _ = writeln!(text, "    {START} [shape=point, width=0.2, label=\"\"]");
    for state in &workflow.states {
        let loops = (arrows.iter())
            .filter(|arrow| arrow.is_loop() && std::ptr::eq(arrow.from, state))
            .map(|arrow| format!("↻ {}", label::lines(workflow, arrow).join(" ")));
        let label = state_label(state, loops);
        let _ = writeln!(text, "    {} [{label}{}]", id(state), look_of_state(state));
    }
    text.push('\n');
    for state in &workflow.states {
        if state.kind == StateKind::Initial {
            let _ = writeln!(text, "    {START} -> {}", id(state));
        }
    }
    for arrow in arrows.iter().filter(|arrow| !arrow.is_loop()) {
        let (from, to) = (id(arrow.from), id(arrow.to));
        // The blanks keep the label clear of lines that pass beside it.
        let lines = label::lines(workflow, arrow).join(" \n ");
        let label = quoted(&format!(" {lines} "));
        let _ = writeln!(
            text,
            "    {from} -> {to} [label={label}{}]",
            look_of_arrow(arrow)
        );
    }
    text.push_str("}\n");
    text
}

/// The name, and under it the transitions that lead from the state to itself, each
/// ended by the mark that aligns a line left.
fn state_label(state: &State, loops: impl Iterator<Item = String>) -> String {
    let mut label = escaped(&state.name.text);
    for (index, line) in loops.enumerate() {
        let gap = if index == 0 { "\\n\\n" } else { "" };
        let _ = write!(label, "{gap}{}\\l", escaped(&line));
    }
    format!("label=\"{label}\"")
}

fn look_of_state(state: &State) -> &'static str {
    match state.kind {
        StateKind::Initial | StateKind::Ordinary => "",
        StateKind::Error => {
            ", style=\"rounded,dashed,filled\", color=\"#b3261e\", fillcolor=\"#fdecea\""
        }
        StateKind::Final => ", peripheries=2",
    }
}

/// Error before automatic: a failure is what a reader must not miss.
fn look_of_arrow(arrow: &Arrow<'_>) -> &'static str {
    if !arrow.error_of.is_empty() {
        ", style=dashed, color=\"#b3261e\", fontcolor=\"#b3261e\""
    } else if arrow.transition.automatic {
        ", style=bold"
    } else {
        ""
    }
}

fn id(state: &State) -> String {
    quoted(&state.name.text)
}

/// Always quoted, since a name may be a keyword of DOT.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

/// Text for a quoted string; Graphviz reads the entities of HTML in it.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            '"' => escaped.push_str("\\\""),
            '\n' => escaped.push_str("\\n"),
            '&' => escaped.push_str("&amp;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
