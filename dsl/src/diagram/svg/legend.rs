//! The legend: the kinds and marks that occur, each with its look.

use std::fmt::Write as _;

use crate::diagram::drawing::{Drawing, EdgeKind, NodeKind};
use crate::diagram::mark::Mark;
use crate::diagram::svg::block::DETAIL;
use crate::diagram::svg::layout::Rect;
use crate::diagram::svg::look::Look;
use crate::diagram::svg::measure::width;
use crate::diagram::svg::shape;
use crate::diagram::svg::way;
use crate::diagram::svg::write::{number, text};

/// The size of a sample, and of an entry without its words.
const SAMPLE: f64 = 34.0;
const BETWEEN: f64 = 24.0;
const LINE: f64 = 22.0;

/// What is explained, and where.
pub(super) struct Legend {
    entries: Vec<Entry>,
    pub(super) height: f64,
}

struct Entry {
    sample: Sample,
    words: String,
    x: f64,
    y: f64,
}

#[derive(Clone, Copy)]
enum Sample {
    Edge(EdgeKind),
    Node(NodeKind),
    Mark(Mark),
}

const EDGES: [(EdgeKind, &str); 4] = [
    (EdgeKind::Fired, "fired by a caller"),
    (EdgeKind::Automatic, "automatic"),
    (EdgeKind::Timed, "after a time"),
    (EdgeKind::Error, "on error"),
];

const NODES: [(NodeKind, &str); 3] = [
    (NodeKind::Error, "error state"),
    (NodeKind::Final, "final state"),
    (NodeKind::Every, "every state but final ones"),
];

impl Legend {
    /// What occurs in the drawing, in lines of this width.
    pub(super) fn of(drawing: &Drawing, widest: f64) -> Self {
        let mut samples = Vec::new();
        for (kind, words) in EDGES {
            if drawing.edges.iter().any(|edge| edge.kind == kind) {
                samples.push((Sample::Edge(kind), words.to_owned()));
            }
        }
        for (kind, words) in NODES {
            if drawing.nodes.iter().any(|node| node.kind == kind) {
                samples.push((Sample::Node(kind), words.to_owned()));
            }
        }
        let is_outside = |kind| matches!(kind, NodeKind::Outside { .. });
        if let Some(node) = drawing.nodes.iter().find(|node| is_outside(node.kind)) {
            samples.push((Sample::Node(node.kind), "outside of this part".to_owned()));
        }
        let marks = Mark::SHOWN.into_iter().filter(|mark| {
            drawing.nodes.iter().any(|node| node.mark == *mark)
                || drawing.edges.iter().any(|edge| edge.mark == *mark)
        });
        samples.extend(marks.map(|mark| {
            (
                Sample::Mark(mark),
                format!("{}{}", mark.sign(), mark.word()),
            )
        }));
        let (mut x, mut y) = (0.0, 0.0);
        let mut entries = Vec::new();
        for (sample, words) in samples {
            let room = SAMPLE + 8.0 + width(&words, DETAIL.size, false);
            if x > 0.0 && x + room > widest {
                (x, y) = (0.0, y + LINE);
            }
            entries.push(Entry {
                sample,
                words,
                x,
                y,
            });
            x += (room + BETWEEN).ceil();
        }
        let height = if entries.is_empty() { 0.0 } else { y + LINE };
        Self { entries, height }
    }

    pub(super) fn draw(&self, svg: &mut String) {
        for entry in &self.entries {
            let middle = entry.y + LINE / 2.0;
            match entry.sample {
                Sample::Edge(kind) => {
                    let way = way::straight(entry.x, middle, SAMPLE);
                    shape::arrow(svg, &way, Look::of_edge_kind(kind));
                }
                Sample::Node(kind) => {
                    outline(svg, kind, Look::of_node_kind(kind), entry.x, middle);
                }
                Sample::Mark(mark) => {
                    outline(
                        svg,
                        NodeKind::Ordinary,
                        Look::of_mark(mark),
                        entry.x,
                        middle,
                    );
                }
            }
            let _ = writeln!(
                svg,
                "<text class=\"quiet\" fill=\"#59636e\" x=\"{}\" y=\"{}\" font-size=\"{}\">{}</text>",
                number(entry.x + SAMPLE + 8.0),
                number(middle + 4.0),
                number(DETAIL.size),
                text(&entry.words)
            );
        }
    }
}

/// A small state.
fn outline(svg: &mut String, kind: NodeKind, look: Look, x: f64, middle: f64) {
    let rect = Rect {
        x: x + 4.0,
        y: middle - 9.0,
        width: SAMPLE - 4.0,
        height: 18.0,
    };
    let _ = write!(svg, "<g class=\"{}\">", look.class);
    shape::outline(svg, kind, rect, look);
    svg.push_str("</g>\n");
}
