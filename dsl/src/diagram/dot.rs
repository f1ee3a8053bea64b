//! Graphviz. Automatic transitions are bold, timed ones dotted, error transitions dashed;
//! error states are dashed, final states have a double border, and a dot points at the
//! initial one. A transition from a state to itself is a line in the state's box, since
//! Graphviz draws other arrows across the labels of loops.

use std::fmt::Write as _;

use crate::diagram::drawing::{Drawing, Edge, EdgeKind, Node, NodeKind};
use crate::diagram::mark::Mark;

/// The node that points at the initial state. No state can have this name.
const START: &str = "\"[*]\"";

const PREAMBLE: &str = "    labelloc=t; fontname=\"Helvetica\"; ranksep=0.6
    node [shape=box, style=rounded, fontname=\"Helvetica\"]
    edge [fontname=\"Helvetica\", fontsize=11]

";

pub(super) fn render(drawing: &Drawing) -> String {
    let (name, title) = (quoted(&drawing.name), quoted(&drawing.title()));
    let mut text = format!("digraph {name} {{\n    label={title}\n{PREAMBLE}");
    let initial = || (drawing.nodes.iter()).filter(|node| node.kind == NodeKind::Initial);
    if initial().next().is_some() {
        let _ = writeln!(text, "    {START} [shape=point, width=0.2, label=\"\"]");
    }
    let loops = drawing.loops();
    for node in &drawing.nodes {
        let loops = loops.get(node.name.as_str()).map(Vec::as_slice);
        let label = label_of_node(node, loops.unwrap_or_default());
        let id = quoted(&node.name);
        let _ = writeln!(text, "    {id} [{label}{}]", look_of_node(node));
    }
    text.push('\n');
    for node in initial() {
        let _ = writeln!(text, "    {START} -> {}", quoted(&node.name));
    }
    for edge in drawing.edges.iter().filter(|edge| !edge.is_loop()) {
        let (from, to) = (quoted(&edge.from), quoted(&edge.to));
        // The blanks keep the label clear of lines that pass beside it.
        let label = quoted(&format!(" {} ", edge.label().join(" \n ")));
        let look = look_of_edge(edge);
        let _ = writeln!(text, "    {from} -> {to} [label={label}{look}]");
    }
    text.push_str("}\n");
    text
}

/// The name, and under it what is said of it and the transitions that lead from the state
/// to itself, each ended by the mark that aligns a line left.
fn label_of_node(node: &Node, loops: &[&Edge]) -> String {
    let mut label = escaped(&node.title());
    let details = node.lines.iter().map(ToString::to_string);
    let loops = loops
        .iter()
        .map(|edge| format!("↻ {}", edge.label().join(" ")));
    for (index, line) in details.chain(loops).enumerate() {
        let gap = if index == 0 { "\\n\\n" } else { "" };
        let _ = write!(label, "{gap}{}\\l", escaped(&line));
    }
    format!("label=\"{label}\"")
}

/// The mark has the last word on colours: of an attribute given twice, the second counts.
fn look_of_node(node: &Node) -> String {
    let (mut styles, mut attributes) = (vec!["rounded"], String::new());
    match node.kind {
        NodeKind::Initial | NodeKind::Ordinary => {}
        NodeKind::Error => {
            styles.extend(["dashed", "filled"]);
            attributes.push_str(", color=\"#b3261e\", fillcolor=\"#fdecea\"");
        }
        NodeKind::Final => attributes.push_str(", peripheries=2"),
        NodeKind::Every | NodeKind::Outside { .. } => styles.push("dotted"),
    }
    if let Some(stroke) = node.mark.stroke() {
        let _ = write!(attributes, ", color=\"{stroke}\"");
    }
    match node.marked_fill() {
        Some(fill) => {
            styles.extend((node.kind != NodeKind::Error).then_some("filled"));
            let _ = write!(attributes, ", fillcolor=\"{fill}\", penwidth=2");
        }
        None if node.mark == Mark::Highlighted => attributes.push_str(", penwidth=2"),
        None if node.mark == Mark::Dimmed => attributes.push_str(", fontcolor=\"#6e7781\""),
        None => {}
    }
    match styles.as_slice() {
        ["rounded"] => attributes,
        styles => format!(", style=\"{}\"{attributes}", styles.join(",")),
    }
}

fn look_of_edge(edge: &Edge) -> String {
    let style = match edge.kind {
        EdgeKind::Error => ", style=dashed",
        EdgeKind::Automatic => ", style=bold",
        EdgeKind::Timed => ", style=dotted",
        EdgeKind::Fired => "",
    };
    let error = (edge.kind == EdgeKind::Error).then_some("#b3261e");
    let width = match edge.mark {
        Mark::None | Mark::Dimmed => "",
        _ => ", penwidth=2",
    };
    match edge.mark.stroke().or(error) {
        Some(color) => format!("{style}, color=\"{color}\", fontcolor=\"{color}\"{width}"),
        None => style.to_owned(),
    }
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
