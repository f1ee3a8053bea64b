//! Layers: which boxes stand below which, and where along its layer each stands. The
//! library decides; how high a layer is and where lines run is decided elsewhere.

use std::collections::BTreeSet;

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, layout};

/// Room between boxes, and between lines.
const NODE_GAP: f64 = 26.0;
const LINE_GAP: f64 = 18.0;

/// How much a line wants to be short: from a box to its label, and on from there.
const NEAR: i32 = 2;
const FAR: i32 = 1;

/// Something that takes room in a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A place in a layer: how far to the right, and in which one, from above.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) layer: usize,
}

/// An arrow between two boxes, by their numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: Size,
}

/// Where everything stands.
#[derive(Debug, Default)]
pub(super) struct Layers {
    pub(super) nodes: Vec<Place>,
    pub(super) links: Vec<Course>,
}

/// The layers that an arrow passes between its two boxes, and which of them has its label.
#[derive(Debug, Default)]
pub(super) struct Course {
    pub(super) points: Vec<Place>,
    pub(super) label: Place,
}

/// Places boxes and arrows. No arrow leads from a box to itself. `roots` are the boxes to
/// begin with, above others if arrows go in circles.
pub(super) fn arrange(nodes: &[Size], links: &[Link], roots: &[usize]) -> Layers {
    let is_back = back_links(nodes.len(), links, roots);
    let mut graph = Graph::with_options(GraphOptions {
        directed: true,
        multigraph: true,
        compound: false,
    });
    for (number, size) in nodes.iter().enumerate() {
        graph.set_node(node_key(number), Some(node(*size)));
    }
    for (number, (link, is_back)) in links.iter().zip(&is_back).enumerate() {
        let label = label_key(number);
        graph.set_node(label.clone(), Some(node(link.label)));
        let (from, to) = (node_key(link.from), node_key(link.to));
        // A label stands near to where its arrow begins.
        if *is_back {
            graph.set_edge(to, label.clone(), Some(edge(FAR)), None);
            graph.set_edge(label, from, Some(edge(NEAR)), None);
        } else {
            graph.set_edge(from, label.clone(), Some(edge(NEAR)), None);
            graph.set_edge(label, to, Some(edge(FAR)), None);
        }
    }
    layout(
        &mut graph,
        Some(LayoutOptions {
            nodesep: NODE_GAP,
            edgesep: LINE_GAP,
            // So the same drawing comes out on every run.
            tie_keep_first: true,
            ..LayoutOptions::default()
        }),
    );
    read(&graph, nodes.len(), links, &is_back)
}

/// How many places there are: boxes, labels, and the layers that lines pass.
pub(super) fn places(nodes: usize, links: &[Link], roots: &[usize]) -> usize {
    let is_back = back_links(nodes, links, roots);
    let forward = links
        .iter()
        .zip(&is_back)
        .map(|(link, is_back)| match is_back {
            true => (link.to, link.from),
            false => (link.from, link.to),
        });
    let forward: Vec<(usize, usize)> = forward.collect();
    let layers = least_layers(nodes, &forward);
    let layer = |node: usize| layers.get(node).copied().unwrap_or_default();
    let passed = forward
        .iter()
        .map(|&(upper, lower)| layer(lower).saturating_sub(layer(upper)));
    passed.sum::<usize>() + nodes
}

/// The layer of each node, if each stands as high as it can: below all that lead to it.
fn least_layers(nodes: usize, links: &[(usize, usize)]) -> Vec<usize> {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    let mut waiting = vec![0_usize; nodes];
    for &(upper, lower) in links {
        if let (Some(leaving), Some(count)) = (leaving.get_mut(upper), waiting.get_mut(lower)) {
            leaving.push(lower);
            *count += 1;
        }
    }
    let mut layers = vec![0; nodes];
    let mut free: Vec<usize> = (0..nodes)
        .filter(|node| waiting.get(*node) == Some(&0))
        .collect();
    while let Some(upper) = free.pop() {
        let below = layers.get(upper).map_or(0, |layer| layer + 2);
        for &lower in leaving.get(upper).into_iter().flatten() {
            if let (Some(layer), Some(count)) = (layers.get_mut(lower), waiting.get_mut(lower)) {
                *layer = below.max(*layer);
                *count -= 1;
                if *count == 0 {
                    free.push(lower);
                }
            }
        }
    }
    layers
}

fn node_key(number: usize) -> String {
    number.to_string()
}

fn label_key(number: usize) -> String {
    format!("label {number}")
}

fn node(size: Size) -> NodeLabel {
    NodeLabel {
        width: size.width,
        height: size.height,
        ..NodeLabel::default()
    }
}

fn edge(weight: i32) -> EdgeLabel {
    EdgeLabel {
        weight,
        ..EdgeLabel::default()
    }
}

/// The links that lead back up to where one has come from. Without them there are no
/// circles.
fn back_links(nodes: usize, links: &[Link], roots: &[usize]) -> Vec<bool> {
    let mut leaving: Vec<Vec<(usize, usize)>> = vec![Vec::new(); nodes];
    for (number, link) in links.iter().enumerate() {
        if let Some(leaving) = leaving.get_mut(link.from) {
            leaving.push((number, link.to));
        }
    }
    let mut is_back = vec![false; links.len()];
    let mut visits = vec![Visit::No; nodes];
    for root in roots.iter().copied().chain(0..nodes) {
        if visits.get(root) != Some(&Visit::No) {
            continue;
        }
        // Each node on the path, and how many of its links have been followed.
        let mut path = vec![(root, 0)];
        set(&mut visits, root, Visit::Now);
        while let Some((node, followed)) = path.last_mut() {
            let next = leaving.get(*node).and_then(|links| links.get(*followed));
            let Some(&(link, to)) = next else {
                set(&mut visits, *node, Visit::Done);
                path.pop();
                continue;
            };
            *followed += 1;
            match visits.get(to) {
                Some(Visit::No) => {
                    set(&mut visits, to, Visit::Now);
                    path.push((to, 0));
                }
                Some(Visit::Now) => set(&mut is_back, link, true),
                Some(Visit::Done) | None => {}
            }
        }
    }
    is_back
}

/// Whether a node has been visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visit {
    No,
    Now,
    Done,
}

fn set<T>(list: &mut [T], index: usize, value: T) {
    if let Some(slot) = list.get_mut(index) {
        *slot = value;
    }
}

/// The result, with layers in place of heights. There is a layer where a box or label is.
fn read(
    graph: &Graph<NodeLabel, EdgeLabel>,
    nodes: usize,
    links: &[Link],
    is_back: &[bool],
) -> Layers {
    let at = |key: String| {
        let node = graph.node(&key);
        node.map_or((0.0, 0.0), |node| {
            (node.x.unwrap_or(0.0), node.y.unwrap_or(0.0))
        })
    };
    let nodes: Vec<_> = (0..nodes).map(|number| at(node_key(number))).collect();
    let labels: Vec<_> = (0..links.len())
        .map(|number| at(label_key(number)))
        .collect();
    let heights: BTreeSet<i64> = (nodes.iter().chain(&labels))
        .map(|(_, y)| height(*y))
        .collect();
    let heights: Vec<i64> = heights.into_iter().collect();
    let place = |(x, y): (f64, f64)| {
        let layer = heights.binary_search(&height(y)).ok()?;
        Some(Place { x, layer })
    };
    // The library puts a point on the border of each box before and after those between.
    let between = |from: &str, to: &str| {
        let edge = graph.edge(from, to, None);
        let points = edge.map_or(&[][..], |edge| &edge.points);
        let inner = points.get(1..points.len().saturating_sub(1));
        let places = inner.unwrap_or_default().iter();
        places
            .filter_map(|point| place((point.x, point.y)))
            .collect::<Vec<_>>()
    };
    let mut courses = Vec::new();
    for (number, (link, is_back)) in links.iter().zip(is_back).enumerate() {
        let (upper, lower) = match is_back {
            true => (link.to, link.from),
            false => (link.from, link.to),
        };
        let key = label_key(number);
        let label = place(at(key.clone())).unwrap_or_default();
        let mut points = between(&node_key(upper), &key);
        points.push(label);
        points.extend(between(&key, &node_key(lower)));
        if *is_back {
            points.reverse();
        }
        courses.push(Course { points, label });
    }
    Layers {
        links: courses,
        nodes: (nodes.into_iter())
            .map(|at| place(at).unwrap_or_default())
            .collect(),
    }
}

/// A height that is equal where it should be.
#[allow(clippy::cast_possible_truncation, reason = "no drawing is that high")]
fn height(y: f64) -> i64 {
    (y * 16.0).round() as i64
}
