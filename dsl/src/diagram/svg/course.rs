//! The course of an arrow: the places that it passes, and the gaps that it crosses.

use crate::diagram::svg::layers::{Layers, Link, Place};
use crate::diagram::svg::layout::Rect;
use crate::diagram::svg::ports::{Port, Side, spread};
use crate::diagram::svg::tracks::Crossing;

/// The places of each arrow from its port at one box to that at the other.
pub(super) fn stops(layers: &Layers, links: &[Link], rects: &[Rect]) -> Vec<Vec<Place>> {
    let mut ports = Vec::new();
    let layer = |node: usize| layers.nodes.get(node).map_or(0, |place| place.layer);
    for (number, (course, link)) in layers.links.iter().zip(links).enumerate() {
        let mut port = |node: usize, next: Option<&Place>, leaves: bool| {
            let next = next.copied().unwrap_or_default();
            ports.push(Port {
                link: number,
                leaves,
                node,
                side: if next.layer > layer(node) {
                    Side::Bottom
                } else {
                    Side::Top
                },
                x: next.x,
            });
        };
        port(link.from, course.points.first(), true);
        port(link.to, course.points.last(), false);
    }
    spread(&mut ports, rects);
    // Each link made two, in this order.
    ports.sort_by_key(|port| (port.link, !port.leaves));
    let stop = |port: &Port| Place {
        x: port.x,
        layer: layer(port.node),
    };
    (layers.links.iter().zip(ports.chunks(2)))
        .map(|(course, ports)| {
            (ports.first().map(stop).into_iter())
                .chain(course.points.iter().copied())
                .chain(ports.last().map(stop))
                .collect()
        })
        .collect()
}

/// The gaps that an arrow crosses on its way.
pub(super) fn crossings(stops: &[Place]) -> impl Iterator<Item = Crossing> {
    (stops.iter().zip(stops.iter().skip(1))).map(|(from, to)| {
        let (upper, lower) = if from.layer < to.layer {
            (from, to)
        } else {
            (to, from)
        };
        Crossing {
            gap: upper.layer,
            upper: upper.x,
            lower: lower.x,
        }
    })
}
