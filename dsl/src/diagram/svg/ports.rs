//! Ports: where on its upper or lower side an arrow meets a box.

use crate::diagram::svg::layout::Rect;

/// How far ports keep from a corner, and from each other where there is room.
const CORNER: f64 = 14.0;
const APART: f64 = 16.0;

/// One end of an arrow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Port {
    /// The arrow, and whether it leaves the box or enters it.
    pub(super) link: usize,
    pub(super) leaves: bool,
    pub(super) node: usize,
    pub(super) side: Side,
    /// Where it would best be: above or below the next place of the arrow.
    pub(super) x: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    #[default]
    Top,
    Bottom,
}

/// Moves ports onto their boxes and apart from each other, in the order of where they
/// lead, so that arrows do not cross at a box.
pub(super) fn spread(ports: &mut [Port], rects: &[Rect]) {
    ports.sort_by(|left, right| {
        (left.node, left.side)
            .cmp(&(right.node, right.side))
            .then(left.x.total_cmp(&right.x))
            .then(left.link.cmp(&right.link))
    });
    let same_side = |left: &Port, right: &Port| (left.node, left.side) == (right.node, right.side);
    for side in ports.chunk_by_mut(same_side) {
        let Some(rect) = side.first().and_then(|port| rects.get(port.node)) else {
            continue;
        };
        let corner = CORNER.min(rect.width / 2.0);
        let (left, right) = (rect.x + corner, rect.right() - corner);
        let count = u32::try_from(side.len()).unwrap_or(u32::MAX);
        let apart = APART.min((right - left) / f64::from(count.max(2) - 1));
        let mut least = left;
        for port in side.iter_mut() {
            port.x = port.x.clamp(left, right).max(least);
            least = port.x + apart;
        }
        let mut most = right;
        for port in side.iter_mut().rev() {
            port.x = port.x.min(most);
            most = port.x - apart;
        }
    }
}
