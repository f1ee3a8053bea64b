//! The way of an arrow: a path, and the head at its end.

use std::fmt::Write as _;

use crate::diagram::svg::bands::Band;
use crate::diagram::svg::layers::Place;
use crate::diagram::svg::layout::{LOOP, Rect};
use crate::diagram::svg::tracks::NEAR;
use crate::diagram::svg::write::number;

/// How long a head is.
pub(super) const HEAD: f64 = 9.0;

/// The radius of corners.
const ROUND: f64 = 12.0;

/// A line of straight and bent pieces, which ends at a head.
#[derive(Clone, Debug, Default)]
pub(super) struct Way {
    start: (f64, f64),
    pieces: Vec<Piece>,
    /// The tip of the head, and where it points.
    pub(super) tip: (f64, f64),
    pub(super) points: Direction,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    Line((f64, f64)),
    /// A bend that begins and ends upright.
    Bend((f64, f64)),
    /// A quarter of a turn, around the corner that it cuts.
    Corner((f64, f64), (f64, f64)),
    /// Half a circle of this radius.
    Turn(f64, (f64, f64)),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Direction {
    Up,
    #[default]
    Down,
    Left,
    Right,
}

impl Way {
    /// The path, as the attribute `d` has it.
    pub(super) fn path(&self) -> String {
        let point = |(x, y): (f64, f64)| format!("{},{}", number(x), number(y));
        let mut path = format!("M{}", point(self.start));
        let mut at = self.start;
        for piece in &self.pieces {
            let to = match *piece {
                Piece::Line(to) => {
                    let _ = write!(path, "L{}", point(to));
                    to
                }
                Piece::Bend(to) => {
                    let middle = f64::midpoint(at.1, to.1);
                    let (first, second) = (point((at.0, middle)), point((to.0, middle)));
                    let _ = write!(path, "C{first} {second} {}", point(to));
                    to
                }
                Piece::Corner(corner, to) => {
                    let _ = write!(path, "Q{} {}", point(corner), point(to));
                    to
                }
                Piece::Turn(radius, to) => {
                    let radius = number(radius);
                    let _ = write!(path, "A{radius},{radius} 0 0 1 {}", point(to));
                    to
                }
            };
            at = to;
        }
        path
    }

    /// How far to the left and right it goes.
    pub(super) fn width(&self) -> (f64, f64) {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Line(to) | Piece::Bend(to) | Piece::Corner(_, to) => to.0,
            Piece::Turn(radius, to) => to.0 + radius,
        });
        let start = (self.start.0, self.start.0);
        pieces.fold(start, |(low, high), x| (low.min(x), high.max(x)))
    }

    /// Moves it to the right.
    pub(super) fn shift(&mut self, by: f64) {
        self.start.0 += by;
        self.tip.0 += by;
        for piece in &mut self.pieces {
            match piece {
                Piece::Line(to) | Piece::Bend(to) | Piece::Turn(_, to) => to.0 += by,
                Piece::Corner(corner, to) => {
                    corner.0 += by;
                    to.0 += by;
                }
            }
        }
    }

    /// Goes on in a straight line, unless it is there.
    fn line(&mut self, to: (f64, f64)) {
        if self.end() != to {
            self.pieces.push(Piece::Line(to));
        }
    }

    /// Goes on to another layer.
    fn bend(&mut self, to: (f64, f64)) {
        let straight = (self.end().0 - to.0).abs() < 0.5;
        match self.pieces.last_mut() {
            Some(Piece::Line(last)) if straight => *last = to,
            _ if straight => self.pieces.push(Piece::Line(to)),
            _ => self.pieces.push(Piece::Bend(to)),
        }
    }

    /// Goes on to another layer, upright but for a level piece at this height.
    fn step(&mut self, level: f64, to: (f64, f64)) {
        let from = self.end();
        let radius = (ROUND.min((to.0 - from.0).abs() / 2.0))
            .min((level - from.1).abs())
            .min((to.1 - level).abs());
        let aside = radius.copysign(to.0 - from.0);
        let on = radius.copysign(to.1 - from.1);
        self.line((from.0, level - on));
        let turn = Piece::Corner((from.0, level), (from.0 + aside, level));
        self.pieces.push(turn);
        self.line((to.0 - aside, level));
        let turn = Piece::Corner((to.0, level), (to.0, level + on));
        self.pieces.push(turn);
        self.line(to);
    }

    fn end(&self) -> (f64, f64) {
        match self.pieces.last() {
            Some(Piece::Line(to) | Piece::Bend(to) | Piece::Turn(_, to) | Piece::Corner(_, to)) => {
                *to
            }
            None => self.start,
        }
    }
}

/// The way through these places, from the border of the first box to that of the last,
/// across each gap on its track.
pub(super) fn through(bands: &[Band], stops: &[Place], tracks: &[f64], ends: [Rect; 2]) -> Way {
    let mut way = Way::default();
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else {
        return way;
    };
    let pairs = stops.iter().zip(stops.iter().skip(1)).zip(tracks);
    for (number, ((from, to), track)) in (1..).zip(pairs) {
        let down = from.layer < to.layer;
        let sides = |place: &Place| bands.get(place.layer).map(|band| (band.top, band.bottom));
        let (Some((top, bottom)), Some((next_top, next_bottom))) = (sides(from), sides(to)) else {
            continue;
        };
        let (leave, mut enter) = match down {
            true => (bottom, next_top),
            false => (top, next_bottom),
        };
        if number == 1 {
            let [rect, _] = ends;
            way.start = (first.x, if down { rect.bottom() } else { rect.y });
        }
        way.points = if down { Direction::Down } else { Direction::Up };
        if number + 1 == stops.len() {
            let [_, rect] = ends;
            way.tip = (last.x, if down { rect.y } else { rect.bottom() });
            // The head begins in the gap if the box fills its layer.
            enter = match down {
                true => enter.min(way.tip.1 - HEAD),
                false => enter.max(way.tip.1 + HEAD),
            };
        }
        way.line((from.x, leave));
        if (from.x - to.x).abs() < NEAR {
            way.bend((to.x, enter));
        } else {
            way.step(*track, (to.x, enter));
        }
    }
    let back = match way.points {
        Direction::Up => HEAD,
        Direction::Down | Direction::Left | Direction::Right => -HEAD,
    };
    way.line((last.x, way.tip.1 + back));
    way
}

/// The way from the right side of a box out and back to it.
pub(super) fn turn(side: f64, middle: f64) -> Way {
    let radius = 8.0;
    let out = side + LOOP.width - radius - 5.0;
    Way {
        start: (side, middle - radius),
        pieces: vec![
            Piece::Line((out, middle - radius)),
            Piece::Turn(radius, (out, middle + radius)),
            Piece::Line((side + HEAD, middle + radius)),
        ],
        tip: (side, middle + radius),
        points: Direction::Left,
    }
}

/// A way straight to the right.
pub(super) fn straight(x: f64, y: f64, length: f64) -> Way {
    Way {
        start: (x, y),
        pieces: vec![Piece::Line((x + length - HEAD, y))],
        tip: (x + length, y),
        points: Direction::Right,
    }
}
