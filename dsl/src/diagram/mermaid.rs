//! Mermaid. It cannot style single arrows of a state diagram, so the kinds of
//! transition differ by the words in their label, and marks by the sign before it. Of
//! several arrows from a state to itself it shows only the last, so such transitions are
//! lines in the state's box.

use std::fmt::Write as _;

use crate::diagram::drawing::{Drawing, EVERY, Node, NodeKind};
use crate::diagram::mark::Mark;

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

pub(super) fn render(drawing: &Drawing) -> String {
    let mut text = format!("---\ntitle: {}\n{PREAMBLE}", drawing.title());
    for (class, look) in looks(drawing) {
        let _ = writeln!(text, "    classDef {class} {look}");
    }
    text.push('\n');
    for node in &drawing.nodes {
        let id = id(node);
        let _ = writeln!(text, "    state \"{}\" as {id}", escaped(&node.title()));
        for class in [class(node.kind), mark_class(node)] {
            if !class.is_empty() {
                let _ = writeln!(text, "    class {id} {class}");
            }
        }
        for line in &node.lines {
            let _ = writeln!(text, "    {id} : {}", escaped(&line.to_string()));
        }
    }
    text.push('\n');
    for node in drawing
        .nodes
        .iter()
        .filter(|it| it.kind == NodeKind::Initial)
    {
        let _ = writeln!(text, "    [*] --> {}", id(node));
    }
    for edge in &drawing.edges {
        let lines: Vec<_> = edge.label().iter().map(|line| escaped(line)).collect();
        let from = id_of(&edge.from);
        let _ = if edge.is_loop() {
            writeln!(text, "    {from} : ↻ {}", lines.join(" "))
        } else {
            let to = id_of(&edge.to);
            writeln!(text, "    {from} --> {to} : {}", lines.join("<br/>"))
        };
    }
    for node in drawing.nodes.iter().filter(|it| it.kind == NodeKind::Final) {
        let _ = writeln!(text, "    {} --> [*]", id(node));
    }
    text
}

fn class(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Initial => "initial",
        NodeKind::Ordinary => "",
        NodeKind::Error => "error",
        NodeKind::Final => "final",
        NodeKind::Every => "every",
        NodeKind::Outside { .. } => "outside",
    }
}

/// The classes that only some drawings need.
fn looks(drawing: &Drawing) -> Vec<(&'static str, String)> {
    let kinds = [
        ("every", "stroke-dasharray:2 2"),
        ("outside", "stroke-dasharray:2 4"),
    ];
    let has = |name: &str| drawing.nodes.iter().any(|node| class(node.kind) == name);
    let kinds = (kinds.into_iter())
        .filter(|(name, _)| has(name))
        .map(|(name, look)| (name, look.to_owned()));
    let marks = drawing.marks().map(|mark| (mark.word(), look(mark)));
    let highlighted_error = drawing
        .nodes
        .iter()
        .any(|node| mark_class(node) == HIGHLIGHTED_ERROR);
    let stroke = Mark::Highlighted.stroke().unwrap_or_default();
    let outline = format!("stroke:{stroke},stroke-width:3px");
    kinds
        .chain(marks)
        .chain(highlighted_error.then_some((HIGHLIGHTED_ERROR, outline)))
        .collect()
}

/// The class of a highlighted error state, which keeps its colour.
const HIGHLIGHTED_ERROR: &str = "highlighted_error";

fn mark_class(node: &Node) -> &'static str {
    match node.marked_fill() {
        None if node.mark == Mark::Highlighted => HIGHLIGHTED_ERROR,
        _ => node.mark.word(),
    }
}

fn look(mark: Mark) -> String {
    let stroke = mark.stroke().unwrap_or_default();
    match mark.fill() {
        Some(fill) => format!("fill:{fill},stroke:{stroke},color:#1f2328,stroke-width:3px"),
        None => format!("stroke:{stroke},color:{stroke}"),
    }
}

fn id(node: &Node) -> String {
    id_of(&node.name)
}

/// The name where Mermaid accepts it, otherwise one that no other state can have,
/// since names have no capitals.
fn id_of(name: &str) -> String {
    if name == EVERY {
        "Any".to_owned()
    } else if RESERVED.contains(&name) {
        format!("S_{name}")
    } else {
        name.to_owned()
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
