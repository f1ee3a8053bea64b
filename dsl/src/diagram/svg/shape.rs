//! Outlines of states, and arrows.

use std::fmt::Write as _;

use crate::diagram::drawing::NodeKind;
use crate::diagram::svg::layout::{DOT, Rect};
use crate::diagram::svg::look::{Head, Look};
use crate::diagram::svg::way::{Direction, HEAD, Way};
use crate::diagram::svg::write::{attribute, number};

/// How much is cut from the corners of an error state.
const CUT: f64 = 9.0;

/// The dot where an instance begins.
pub(super) fn dot(svg: &mut String, rect: &Rect) {
    let (x, y) = (number(rect.center()), number(rect.y + DOT / 2.0));
    let radius = number(DOT / 2.0);
    let _ = writeln!(
        svg,
        "<g class=\"plain\"><circle class=\"tip\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"#57606a\"/></g>"
    );
}

/// The outline of a state: rounded; with cut corners for an error; double for a final
/// state.
pub(super) fn outline(svg: &mut String, kind: NodeKind, rect: Rect, look: Look) {
    match kind {
        NodeKind::Error => cut_corners(svg, rect, look),
        NodeKind::Every => rounded(svg, rect, rect.height / 2.0, look),
        NodeKind::Final => {
            rounded(svg, rect, 10.0, look);
            let inner = Rect {
                x: rect.x + 3.5,
                y: rect.y + 3.5,
                width: rect.width - 7.0,
                height: rect.height - 7.0,
            };
            rounded(svg, inner, 7.0, look);
        }
        NodeKind::Initial | NodeKind::Ordinary | NodeKind::Outside { .. } => {
            rounded(svg, rect, 10.0, look);
        }
    }
}

fn rounded(svg: &mut String, rect: Rect, radius: f64, look: Look) {
    let _ = writeln!(
        svg,
        "<rect class=\"line\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"{}/>",
        number(rect.x),
        number(rect.y),
        number(rect.width),
        number(rect.height),
        number(radius),
        stroke(look, look.fill)
    );
}

fn cut_corners(svg: &mut String, rect: Rect, look: Look) {
    let (left, top) = (rect.x, rect.y);
    let (right, bottom) = (rect.right(), rect.bottom());
    let corners = [
        (left + CUT, top),
        (right - CUT, top),
        (right, top + CUT),
        (right, bottom - CUT),
        (right - CUT, bottom),
        (left + CUT, bottom),
        (left, bottom - CUT),
        (left, top + CUT),
    ];
    let points = corners.map(|(x, y)| format!("{},{}", number(x), number(y)));
    let _ = writeln!(
        svg,
        "<polygon class=\"line\" points=\"{}\"{}/>",
        points.join(" "),
        stroke(look, look.fill)
    );
}

/// A line with its head.
pub(super) fn arrow(svg: &mut String, way: &Way, look: Look) {
    let class = look.class;
    let _ = writeln!(
        svg,
        "<g class=\"{class}\"><path class=\"arrow\" d=\"{}\"{}/>{}</g>",
        way.path(),
        stroke(look, "none"),
        head(way.tip, way.points, look)
    );
}

/// The head: its tip, and where it points.
pub(super) fn head(tip: (f64, f64), points: Direction, look: Look) -> String {
    let half = if look.head == Head::Filled { 4.5 } else { 5.0 };
    // Seen with its tip at zero and pointing down: how far to the side, and back.
    let place = |(side, back): (f64, f64)| {
        let (x, y) = match points {
            Direction::Down => (tip.0 + side, tip.1 - back),
            Direction::Up => (tip.0 + side, tip.1 + back),
            Direction::Left => (tip.0 + back, tip.1 + side),
            Direction::Right => (tip.0 - back, tip.1 + side),
        };
        format!("{},{}", number(x), number(y))
    };
    let path = |corners: &[(f64, f64)]| {
        let corners: Vec<_> = corners.iter().map(|corner| place(*corner)).collect();
        format!("M{}", corners.join("L"))
    };
    let triangle = |back: f64| path(&[(-half, back + HEAD), (0.0, back), (half, back + HEAD)]);
    let stroke = look.stroke;
    let tag = |d: &str, class: &str, fill: &str| {
        format!(
            "<path class=\"{class}\" d=\"{d}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.4\"/>"
        )
    };
    match look.head {
        Head::Filled => tag(&(triangle(0.0) + "Z"), "tip", stroke),
        Head::Double => tag(
            &format!("{}Z{}Z", triangle(0.0), triangle(6.0)),
            "tip",
            stroke,
        ),
        Head::Hollow => tag(&(triangle(0.0) + "Z"), "tip hollow", "#ffffff"),
        Head::Open => {
            let stem = path(&[(0.0, HEAD), (0.0, 0.0)]);
            tag(&(triangle(0.0) + &stem), "tip open", "none")
        }
    }
}

fn stroke(look: Look, fill: &str) -> String {
    let mut attributes = String::new();
    attribute(&mut attributes, "fill", fill);
    attribute(&mut attributes, "stroke", look.stroke);
    attribute(&mut attributes, "stroke-width", &number(look.width));
    attribute(&mut attributes, "stroke-dasharray", look.dashes);
    attributes
}
