//! The picture in words, for those who cannot see it.

use crate::diagram::drawing::{Drawing, EVERY, Edge, NodeKind};

/// `Workflow unit: from first install to stop`
pub(super) fn title(drawing: &Drawing) -> String {
    let title = format!("Workflow {}", drawing.title());
    if drawing.about.is_empty() {
        title
    } else {
        format!("{title}: {}", drawing.about)
    }
}

/// How many states there are and of which kind, and each transition.
pub(super) fn description(drawing: &Drawing) -> String {
    let of_kind = |kind: NodeKind| {
        let nodes = drawing.nodes.iter().filter(|node| node.kind == kind);
        nodes.map(|node| node.title()).collect::<Vec<_>>()
    };
    let states = drawing
        .nodes
        .iter()
        .filter(|node| node.is_state(&node.name));
    let mut sentences = vec![format!("States: {}.", states.count())];
    let kinds = [
        (NodeKind::Initial, "Initial"),
        (NodeKind::Final, "Final"),
        (NodeKind::Error, "Error states"),
    ];
    for (kind, name) in kinds {
        let nodes = of_kind(kind);
        if !nodes.is_empty() {
            sentences.push(format!("{name}: {}.", nodes.join(", ")));
        }
    }
    sentences.push(format!("Transitions: {}.", drawing.transitions.rows.len()));
    sentences.extend(drawing.edges.iter().map(sentence));
    sentences.join(" ")
}

/// `From new to installed: «automatic» install / install(hooks=true).`
fn sentence(edge: &Edge) -> String {
    let from = match edge.from.as_str() {
        EVERY => "any state",
        name => name,
    };
    let to = match edge.to.as_str() {
        EVERY => "itself",
        to if to == from => "itself",
        to => to,
    };
    format!("From {from} to {to}: {}.", edge.label().join(" "))
}
