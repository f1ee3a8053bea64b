//! PlantUML. Automatic transitions are bold, timed ones dotted, error transitions dashed.
//! A transition from a state to itself is a line in the state's box, as in the other
//! formats, since Graphviz lays the picture out.

use std::fmt::Write as _;

use crate::diagram::drawing::{Drawing, EVERY, Edge, EdgeKind, Node, NodeKind};

const PREAMBLE: &str = "\
hide empty description
skinparam shadowing false
skinparam stateBackgroundColor #ffffff
skinparam stateBorderColor #3d444d
skinparam stateArrowColor #3d444d

";

pub(super) fn render(drawing: &Drawing) -> String {
    let mut text = format!("@startuml\ntitle {}\n{PREAMBLE}", escaped(&drawing.title()));
    let loops = drawing.loops();
    for node in &drawing.nodes {
        let (id, title) = (id(&node.name), escaped(&node.title()));
        let _ = writeln!(text, "state \"{title}\" as {id}{}", look_of_node(node));
        let details = node.lines.iter().map(ToString::to_string);
        let loops = loops.get(node.name.as_str()).into_iter().flatten();
        let loops = loops.map(|edge| format!("↻ {}", edge.label().join(" ")));
        for line in details.chain(loops) {
            let _ = writeln!(text, "{id} : {}", escaped(&line));
        }
    }
    text.push('\n');
    for node in drawing
        .nodes
        .iter()
        .filter(|it| it.kind == NodeKind::Initial)
    {
        let _ = writeln!(text, "[*] --> {}", id(&node.name));
    }
    for edge in drawing.edges.iter().filter(|edge| !edge.is_loop()) {
        let (from, to, arrow) = (id(&edge.from), id(&edge.to), arrow(edge));
        let lines: Vec<_> = edge.label().iter().map(|line| escaped(line)).collect();
        let _ = writeln!(text, "{from} {arrow} {to} : {}", lines.join("\\n"));
    }
    for node in drawing.nodes.iter().filter(|it| it.kind == NodeKind::Final) {
        let _ = writeln!(text, "{} --> [*]", id(&node.name));
    }
    text.push_str("@enduml\n");
    text
}

/// A fill for errors and marks, and the line around it.
fn look_of_node(node: &Node) -> String {
    let (fill, line) = match node.kind {
        NodeKind::Error => (Some("#fdecea"), Some("[dashed]b3261e")),
        NodeKind::Every | NodeKind::Outside { .. } => (None, Some("[dotted]3d444d")),
        NodeKind::Initial | NodeKind::Ordinary | NodeKind::Final => (None, None),
    };
    let marked = node
        .mark
        .stroke()
        .map(|stroke| stroke.replace('#', "[bold]"));
    let fill = (node.marked_fill().or(fill)).map(|fill| format!(" {fill}"));
    let line = (marked.as_deref().or(line)).map(|line| format!(" ##{line}"));
    format!("{}{}", fill.unwrap_or_default(), line.unwrap_or_default())
}

fn arrow(edge: &Edge) -> String {
    let error = (edge.kind == EdgeKind::Error).then_some("#b3261e");
    let style = match edge.kind {
        EdgeKind::Fired => None,
        EdgeKind::Timed => Some("dotted"),
        EdgeKind::Automatic => Some("bold"),
        EdgeKind::Error => Some("dashed"),
    };
    let look: Vec<_> = (edge.mark.stroke().or(error).into_iter())
        .chain(style)
        .collect();
    match look.as_slice() {
        [] => "-->".to_owned(),
        look => format!("-[{}]->", look.join(",")),
    }
}

/// The name, which may be a word that PlantUML knows.
fn id(name: &str) -> String {
    if name == EVERY {
        "Any".to_owned()
    } else {
        name.to_owned()
    }
}

/// Text in which PlantUML sees no syntax: what it could take for some is spelt by number.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut previous = ' ';
    for character in text.chars() {
        let plain = match character {
            '_' => previous.is_alphanumeric(),
            '/' | '-' | '.' => previous != character,
            ' ' | ',' | '(' | ')' | '[' | ']' | '=' | '?' => true,
            _ => character.is_alphanumeric() || "«»…▶↻−".contains(character),
        };
        if plain {
            escaped.push(character);
        } else {
            let _ = write!(escaped, "<U+{:04X}>", u32::from(character));
        }
        previous = character;
    }
    escaped
}
