//! Mermaid. It cannot style single arrows of a state diagram, so the kinds of
//! transition differ by the mark in their label. Of several arrows from a state to
//! itself it shows only the last, so such transitions are lines in the state's box.

use std::fmt::Write as _;

use crate::diagram::arrow::arrows;
use crate::diagram::label;
use crate::model::{State, StateKind, Workflow};

/// Names that cannot stand for themselves: keywords, and names that Mermaid gives to
/// parts of its own.
const RESERVED: [&str; 18] = [
    "accdescr",
    "acctitle",
    "class",
    "classdef",
    "click",
    "constructor",
    "default",
    "direction",
    "end",
    "href",
    "note",
    "root",
    "root_end",
    "root_start",
    "scale",
    "state",
    "statediagram",
    "style",
];

/// What stands above the states. With curved lines Mermaid moves labels away from the
/// places that it has kept free for them, onto each other.
const PREAMBLE: &str = "\
config:
  flowchart:
    curve: rounded
---
stateDiagram-v2
    classDef initial stroke-width:3px
    classDef error fill:#fdecea,stroke:#b3261e,color:#410e0b,stroke-dasharray:6 3
    classDef final stroke-width:3px

";

pub(super) fn render(workflow: &Workflow) -> String {
    let mut text = format!("---\ntitle: {}\n{PREAMBLE}", workflow.name.text);
    for state in &workflow.states {
        let _ = writeln!(
            text,
            "    state \"{}\" as {}",
            escaped(&state.name.text),
            id(state)
        );
        if let Some(class) = class(state) {
            let _ = writeln!(text, "    class {} {class}", id(state));
        }
    }
    text.push('\n');
    for state in &workflow.states {
        if state.kind == StateKind::Initial {
            let _ = writeln!(text, "    [*] --> {}", id(state));
        }
    }
    for arrow in arrows(workflow) {
        let lines = label::lines(workflow, &arrow);
        let lines: Vec<_> = lines.iter().map(|line| escaped(line)).collect();
        let from = id(arrow.from);
        let _ = if arrow.is_loop() {
            writeln!(text, "    {from} : ↻ {}", lines.join(" "))
        } else {
            writeln!(
                text,
                "    {from} --> {} : {}",
                id(arrow.to),
                lines.join("<br/>")
            )
        };
    }
    for state in &workflow.states {
        if state.kind == StateKind::Final {
            let _ = writeln!(text, "    {} --> [*]", id(state));
        }
    }
    text
}

fn class(state: &State) -> Option<&'static str> {
    match state.kind {
        StateKind::Initial => Some("initial"),
        StateKind::Ordinary => None,
        StateKind::Error => Some("error"),
        StateKind::Final => Some("final"),
    }
}

/// The name where Mermaid accepts it, otherwise one that no other state can have,
/// since names have no capitals.
fn id(state: &State) -> String {
    let name = &state.name.text;
    if RESERVED.contains(&name.as_str()) {
        format!("S_{name}")
    } else {
        name.clone()
    }
}

/// Text for a label, with what Mermaid or Markdown would take for syntax as character
/// codes.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut previous = ' ';
    for character in text.chars() {
        let syntax = match character {
            // `_text_` is emphasis.
            '_' => !previous.is_alphanumeric(),
            // A line that has `direction LR` anywhere is a command.
            ' ' => ends_with_direction(&escaped),
            // `[text](address)` is a link.
            '(' => escaped.ends_with(']'),
            ',' | '.' | ')' | '[' | ']' | '/' | '-' | '=' | '?' | '«' | '»' | '…' => false,
            _ => !character.is_alphanumeric(),
        };
        if syntax {
            let _ = write!(escaped, "#{};", u32::from(character));
        } else {
            escaped.push(character);
        }
        previous = character;
    }
    escaped
}

fn ends_with_direction(text: &str) -> bool {
    let start = text.len().saturating_sub("direction".len());
    (text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case("direction"))
}
