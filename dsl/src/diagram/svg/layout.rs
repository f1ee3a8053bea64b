//! The geometry of a picture: boxes, labels and the ways of arrows.
//!
//! Boxes and labels stand in layers; between layers is a gap that only lines cross. An
//! arrow is upright within a layer, where neighbours keep their distance from it, and
//! turns aside in gaps. So no line crosses a box or a label, and no label another.

use std::collections::HashMap;

use crate::diagram::drawing::{Drawing, Edge, Node, NodeKind};
use crate::diagram::mark::Mark;
use crate::diagram::svg::bands::{Bands, middle};
use crate::diagram::svg::block::{Block, STATE};
use crate::diagram::svg::course::{crossings, stops};
use crate::diagram::svg::layers::{Link, Size, arrange, places};
use crate::diagram::svg::tracks::Crossing;
use crate::diagram::svg::way::{self, Way};

/// The room around the text of a box and of a label.
const BOX_MARGIN: Size = Size {
    width: 14.0,
    height: 9.0,
};
const LABEL_MARGIN: Size = Size {
    width: 5.0,
    height: 3.0,
};

/// The least size of a box.
const BOX: Size = Size {
    width: 84.0,
    height: 38.0,
};

/// The dot from which an arrow leads to the initial state.
pub(super) const DOT: f64 = 14.0;

/// How long that is.
const START: f64 = 26.0;

/// What each arrow adds to the width of a box.
const PORT: f64 = 12.0;

/// Between the states that lead to themselves and the label of that.
pub(super) const LOOP: Size = Size {
    width: 30.0,
    height: 26.0,
};

/// How many places may be taken: to lay out so many takes a few seconds.
const MOST: usize = 4_000;

/// Where everything is; the picture begins at zero.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) nodes: Vec<PlacedNode<'a>>,
    pub(super) edges: Vec<PlacedEdge<'a>>,
    /// The dots before initial states, and the arrows from there.
    pub(super) starts: Vec<(Rect, Way)>,
    pub(super) size: Size,
}

#[derive(Debug)]
pub(super) struct PlacedNode<'a> {
    pub(super) node: &'a Node,
    pub(super) text: Block,
    pub(super) rect: Rect,
}

#[derive(Debug)]
pub(super) struct PlacedEdge<'a> {
    pub(super) edge: &'a Edge,
    pub(super) text: Block,
    pub(super) label: Rect,
    pub(super) way: Way,
}

/// An area, by its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Rect {
    pub(super) fn right(self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.height
    }

    pub(super) fn center(self) -> f64 {
        self.x + self.width / 2.0
    }
}

/// A box before it is placed: itself, with the arrow that begins the workflow on its left,
/// and the arrows to itself on its right.
struct Sized<'a> {
    node: &'a Node,
    text: Block,
    size: Size,
    whole: Size,
    /// The room on its left.
    before: f64,
    loops: Vec<(&'a Edge, Block)>,
}

/// The boxes by number: which arrows lead from which to which, and which are initial.
struct Net<'a> {
    edges: Vec<(&'a Edge, usize, usize)>,
    initial: Vec<usize>,
}

impl<'a> Net<'a> {
    fn of(drawing: &'a Drawing) -> Self {
        let nodes = || drawing.nodes.iter().zip(0..);
        let numbers: HashMap<_, _> = nodes().map(|(node, it)| (node.name.as_str(), it)).collect();
        let number = |name: &String| numbers.get(name.as_str()).copied();
        let edges = drawing.edges.iter().filter(|edge| !edge.is_loop());
        Self {
            edges: edges
                .filter_map(|edge| Some((edge, number(&edge.from)?, number(&edge.to)?)))
                .collect(),
            initial: nodes()
                .filter(|(node, _)| node.kind == NodeKind::Initial)
                .map(|(_, number)| number)
                .collect(),
        }
    }
}

/// Whether it can be laid out while somebody waits.
pub(super) fn fits(drawing: &Drawing) -> bool {
    let net = Net::of(drawing);
    let links = net.edges.iter().map(|&(_, from, to)| Link {
        from,
        to,
        label: Size::default(),
    });
    let links: Vec<_> = links.collect();
    places(drawing.nodes.len(), &links, &net.initial) <= MOST
}

pub(super) fn layout(drawing: &Drawing) -> Layout<'_> {
    let boxes: Vec<_> = (drawing.nodes.iter())
        .map(|node| sized(drawing, node))
        .collect();
    let Net { edges, initial } = Net::of(drawing);
    let edges: Vec<_> = (edges.into_iter())
        .map(|(edge, from, to)| (edge, from, to, Block::of_lines(&edge.lines, edge.mark)))
        .collect();
    let links: Vec<Link> = (edges.iter())
        .map(|(_, from, to, text)| Link {
            from: *from,
            to: *to,
            label: padded(text, LABEL_MARGIN),
        })
        .collect();
    let sizes: Vec<Size> = boxes.iter().map(|it| it.whole).collect();
    let layers = arrange(&sizes, &links, &initial);
    let mut rects: Vec<Rect> = (layers.nodes.iter().zip(&boxes))
        .map(|(place, sized)| Rect {
            x: (place.x - sized.whole.width / 2.0 + sized.before).round(),
            ..rect(sized.size)
        })
        .collect();
    let courses = stops(&layers, &links, &rects);
    let crossings: Vec<Crossing> = courses.iter().flat_map(|stops| crossings(stops)).collect();
    let bands = Bands::of(&layers, &sizes, &links, &crossings);
    for (rect, place) in rects.iter_mut().zip(&layers.nodes) {
        rect.y = (middle(&bands.layers, place.layer) - rect.height / 2.0).round();
    }
    let mut tracks = bands.tracks.iter().copied();
    let ways = (courses.iter().zip(&links)).map(|(stops, link)| {
        let tracks: Vec<f64> = tracks.by_ref().take(stops.len() - 1).collect();
        let ends = [link.from, link.to].map(|node| rects.get(node).copied().unwrap_or_default());
        way::through(&bands.layers, stops, &tracks, ends)
    });
    let ways: Vec<Way> = ways.collect();
    let mut placed: Vec<_> = (edges.into_iter().zip(&layers.links).zip(ways))
        .map(|(((edge, _, _, text), course), way)| {
            let size = padded(&text, LABEL_MARGIN);
            let label = Rect {
                x: (course.label.x - size.width / 2.0).round(),
                y: (middle(&bands.layers, course.label.layer) - size.height / 2.0).round(),
                ..rect(size)
            };
            PlacedEdge {
                edge,
                text,
                label,
                way,
            }
        })
        .collect();
    let starts = initial.iter().filter_map(|number| rects.get(*number));
    let starts: Vec<_> = starts.map(|rect| start(*rect)).collect();
    let mut nodes = Vec::new();
    for (sized, rect) in boxes.into_iter().zip(&rects) {
        placed.extend(loops(sized.loops, *rect));
        nodes.push(PlacedNode {
            node: sized.node,
            text: sized.text,
            rect: *rect,
        });
    }
    let layout = Layout {
        nodes,
        edges: placed,
        starts,
        size: Size::default(),
    };
    moved_to_zero(layout)
}

fn rect(size: Size) -> Rect {
    Rect {
        width: size.width,
        height: size.height,
        ..Rect::default()
    }
}

fn padded(text: &Block, margin: Size) -> Size {
    Size {
        width: (text.width + 2.0 * margin.width).ceil(),
        height: (text.height + 2.0 * margin.height).ceil(),
    }
}

fn sized<'a>(drawing: &'a Drawing, node: &'a Node) -> Sized<'a> {
    let mut text = Block::default();
    text.push(&node.title(), node.mark, STATE);
    let lines = Block::of_lines(&node.lines, Mark::None);
    text.width = text.width.max(lines.width);
    text.height += lines.height;
    text.lines.extend(lines.lines);
    let loops: Vec<_> = (drawing.edges.iter())
        .filter(|edge| edge.is_loop() && edge.from == node.name)
        .map(|edge| (edge, Block::of_lines(&edge.lines, edge.mark)))
        .collect();
    let ports = (drawing.edges.iter())
        .filter(|edge| !edge.is_loop() && [&edge.from, &edge.to].contains(&&node.name));
    let ports = u32::try_from(ports.count()).unwrap_or(u32::MAX);
    let own = padded(&text, BOX_MARGIN);
    let beside = loops.iter().map(|(_, text)| padded(text, LABEL_MARGIN));
    let (wide, high) = beside.fold((0.0_f64, 0.0), |(wide, high), size| {
        (
            wide.max(size.width + LOOP.width),
            high + size.height.max(LOOP.height),
        )
    });
    let size = Size {
        width: own
            .width
            .max(BOX.width)
            .max(PORT * f64::from(ports) + BOX_MARGIN.width),
        height: own.height.max(BOX.height).max(high),
    };
    let before = match node.kind {
        NodeKind::Initial => DOT + START,
        _ => 0.0,
    };
    Sized {
        node,
        text,
        size,
        before,
        whole: Size {
            width: before + size.width + wide,
            ..size
        },
        loops,
    }
}

/// The dot on the left of the initial state, and its arrow.
fn start(rect: Rect) -> (Rect, Way) {
    let middle = (rect.y + rect.height / 2.0).round();
    let dot = Rect {
        x: rect.x - DOT - START,
        y: middle - DOT / 2.0,
        width: DOT,
        height: DOT,
    };
    (dot, way::straight(dot.right(), middle, START))
}

/// The arrows from a box to itself, one below the other on its right.
fn loops<'a>(loops: Vec<(&'a Edge, Block)>, rect: Rect) -> impl Iterator<Item = PlacedEdge<'a>> {
    let heights = |text: &Block| padded(text, LABEL_MARGIN).height.max(LOOP.height);
    let whole: f64 = loops.iter().map(|(_, text)| heights(text)).sum();
    let mut top = rect.y + (rect.height - whole) / 2.0;
    loops.into_iter().map(move |(edge, text)| {
        let size = padded(&text, LABEL_MARGIN);
        let slot = heights(&text);
        let middle = (top + slot / 2.0).round();
        top += slot;
        PlacedEdge {
            edge,
            label: Rect {
                x: rect.right() + LOOP.width,
                y: middle - (size.height / 2.0).round(),
                width: size.width,
                height: size.height,
            },
            text,
            way: way::turn(rect.right(), middle),
        }
    })
}

/// Moves everything so that the picture begins at zero, and measures it.
fn moved_to_zero(mut layout: Layout<'_>) -> Layout<'_> {
    let (mut left, mut right, mut bottom) = (f64::MAX, f64::MIN, 0.0_f64);
    let rects = (layout.nodes.iter().map(|node| node.rect))
        .chain(layout.edges.iter().map(|edge| edge.label))
        .chain(layout.starts.iter().map(|(dot, _)| *dot));
    for rect in rects {
        left = left.min(rect.x);
        right = right.max(rect.right());
        bottom = bottom.max(rect.bottom());
    }
    for (low, high) in layout.edges.iter().map(|edge| edge.way.width()) {
        left = left.min(low - 2.0);
        right = right.max(high + 2.0);
    }
    if left > right {
        return layout;
    }
    let by = -left.floor();
    for rect in (layout.nodes.iter_mut().map(|node| &mut node.rect))
        .chain(layout.edges.iter_mut().map(|edge| &mut edge.label))
        .chain(layout.starts.iter_mut().map(|(dot, _)| dot))
    {
        rect.x += by;
    }
    for way in (layout.edges.iter_mut().map(|edge| &mut edge.way))
        .chain(layout.starts.iter_mut().map(|(_, way)| way))
    {
        way.shift(by);
    }
    layout.size = Size {
        width: (right + by).ceil(),
        height: bottom.ceil(),
    };
    layout
}
