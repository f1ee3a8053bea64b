//! SVG, laid out here: no other program is needed.
//!
//! Kinds of transition differ in stroke, dashes and head, kinds of state in outline, and
//! a legend names those that occur. The picture is made for light pages and has rules for
//! dark ones; where a host drops these, it brings its own ground. All text is text.

mod bands;
mod block;
mod course;
mod layers;
mod layout;
mod legend;
mod look;
mod measure;
mod ports;
mod shape;
mod spoken;
mod tracks;
mod way;
mod write;

use std::fmt::Write as _;

use crate::diagram::drawing::{Drawing, NodeKind};
use crate::diagram::mark::Mark;
use crate::diagram::rows::Table;
use crate::diagram::svg::block::{ASIDE, Block, Style, Text};
use crate::diagram::svg::layers::Size;
use crate::diagram::svg::layout::{Layout, PlacedEdge, PlacedNode, Rect, layout};
use crate::diagram::svg::legend::Legend;
use crate::diagram::svg::look::{Look, STYLES};
use crate::diagram::svg::write::{attribute, number, text};

/// The room around the picture.
const MARGIN: f64 = 24.0;

/// The least width, so that a title has room.
const NARROWEST: f64 = 300.0;

const TITLE: Style = Style {
    size: 18.0,
    bold: true,
    quiet: false,
};

/// Whether a picture of it can be laid out, and looked at.
pub(super) fn fits(drawing: &Drawing) -> bool {
    layout::fits(drawing)
}

pub(super) fn render(drawing: &Drawing) -> String {
    if !fits(drawing) {
        return too_large(drawing);
    }
    let layout = layout(drawing);
    let width = layout.size.width.max(NARROWEST);
    let head = head(drawing, width);
    let legend = Legend::of(drawing, width);
    let top = MARGIN + head.height + 14.0;
    let whole = Size {
        width: width + 2.0 * MARGIN,
        height: top + layout.size.height + 20.0 + legend.height + MARGIN,
    };
    let mut svg = opening(drawing, whole);
    svg.push_str("<g class=\"head\">\n");
    lines(&mut svg, &head, MARGIN, MARGIN, None);
    svg.push_str("</g>\n");
    let left = MARGIN + ((width - layout.size.width) / 2.0).floor();
    let _ = writeln!(
        svg,
        "<g transform=\"translate({} {})\">",
        number(left),
        number(top)
    );
    body(&mut svg, drawing, &layout);
    svg.push_str("</g>\n");
    let below = top + layout.size.height + 20.0;
    let _ = writeln!(
        svg,
        "<g class=\"legend\" transform=\"translate({} {})\">",
        number(MARGIN),
        number(below)
    );
    legend.draw(&mut svg);
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// What stands in the place of a picture that nobody could read.
fn too_large(drawing: &Drawing) -> String {
    let mut head = head(drawing, NARROWEST);
    let states = drawing.nodes.len();
    let note = format!("With {states} states it is too large for one picture.");
    head.push_within(&note, Mark::None, ASIDE, NARROWEST);
    let whole = Size {
        width: NARROWEST + 2.0 * MARGIN,
        height: head.height + 2.0 * MARGIN,
    };
    let mut svg = opening(drawing, whole);
    lines(&mut svg, &head, MARGIN, MARGIN, None);
    svg.push_str("</svg>\n");
    svg
}

/// The name of the workflow, and below it what it is about.
fn head(drawing: &Drawing, width: f64) -> Block {
    let mut head = Block::default();
    head.push_within(&drawing.title(), Mark::None, TITLE, width);
    let style = Style {
        size: 12.0,
        ..ASIDE
    };
    for note in [&drawing.about].into_iter().chain(&drawing.notes) {
        if !note.is_empty() {
            head.push_within(note, Mark::None, style, width);
        }
    }
    head
}

fn opening(drawing: &Drawing, size: Size) -> String {
    let (width, height) = (number(size.width), number(size.height));
    let name = &drawing.name;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\" \
         aria-labelledby=\"{name}-title {name}-desc\" \
         font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" fill=\"#1f2328\">\n"
    );
    let title = text(&spoken::title(drawing));
    let _ = writeln!(svg, "<title id=\"{name}-title\">{title}</title>");
    let description = text(&spoken::description(drawing));
    let _ = writeln!(svg, "<desc id=\"{name}-desc\">{description}</desc>");
    let _ = writeln!(svg, "<style>{STYLES}</style>");
    let _ = writeln!(
        svg,
        "<rect class=\"ground\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>"
    );
    svg
}

/// Lines first, then what stands on them.
fn body(svg: &mut String, drawing: &Drawing, layout: &Layout<'_>) {
    for (dot, way) in &layout.starts {
        let look = Look::of_start();
        shape::dot(svg, dot);
        shape::arrow(svg, way, look);
    }
    for edge in &layout.edges {
        shape::arrow(svg, &edge.way, Look::of_edge(edge.edge));
    }
    for edge in &layout.edges {
        label(svg, drawing, edge);
    }
    for node in &layout.nodes {
        state(svg, drawing, node);
    }
}

fn label(svg: &mut String, drawing: &Drawing, edge: &PlacedEdge<'_>) {
    let look = Look::of_edge(edge.edge);
    let _ = writeln!(svg, "<g class=\"transition {}\">", look.class);
    tooltip(svg, &drawing.transitions, &edge.edge.transition);
    let Rect {
        x,
        y,
        width,
        height,
    } = edge.label;
    let _ = writeln!(
        svg,
        "<rect class=\"ground\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\" \
         fill=\"#ffffff\"/>",
        number(x),
        number(y),
        number(width),
        number(height)
    );
    let top = y + ((height - edge.text.height) / 2.0).round();
    if edge.edge.is_loop() {
        lines(svg, &edge.text, x + 3.0, top, look.ink());
    } else {
        centered(svg, &edge.text, edge.label.center(), top, look.ink());
    }
    svg.push_str("</g>\n");
}

fn state(svg: &mut String, drawing: &Drawing, node: &PlacedNode<'_>) {
    let look = Look::of_node(node.node);
    let _ = writeln!(svg, "<g class=\"state {}\">", look.class);
    if node.node.kind != NodeKind::Every {
        tooltip(svg, &drawing.states, &node.node.name);
    }
    shape::outline(svg, node.node.kind, node.rect, look);
    let top = node.rect.y + ((node.rect.height - node.text.height) / 2.0).round();
    centered(svg, &node.text, node.rect.center(), top, look.ink());
    svg.push_str("</g>\n");
}

/// What its doc comment says, where a pointer rests on it.
fn tooltip(svg: &mut String, table: &Table, name: &str) {
    let row = table.rows.iter().find(|row| row.name == name);
    let about = row.and_then(|row| table.cell(&row.cells, "about"));
    if let Some(about) = about.filter(|about| !about.is_empty()) {
        let _ = writeln!(svg, "<title>{}</title>", text(about));
    }
}

/// Lines that begin at `left`.
fn lines(svg: &mut String, block: &Block, left: f64, top: f64, ink: Option<Look>) {
    let mut y = top;
    for line in &block.lines {
        write_line(svg, line, left, y, ink);
        y += line.style.leading();
    }
}

/// Lines with their middle at `center`.
fn centered(svg: &mut String, block: &Block, center: f64, top: f64, ink: Option<Look>) {
    let mut y = top;
    for line in &block.lines {
        write_line(svg, line, center - line.width / 2.0, y, ink);
        y += line.style.leading();
    }
}

/// A line with its top at `y`. Its width is told, so that every font fits.
fn write_line(svg: &mut String, line: &Text, x: f64, y: f64, ink: Option<Look>) {
    let base = y + line.style.size + (line.style.leading() - line.style.size) / 2.0 - 2.0;
    let look = match line.mark {
        Mark::None => ink,
        mark => Some(Look::of_mark(mark)),
    };
    let mut attributes = String::new();
    let (class, fill) = match look {
        Some(look) => (look.class, Some(look.text)),
        None if line.style.quiet => ("quiet", Some("#59636e")),
        None => ("", None),
    };
    attribute(&mut attributes, "class", class);
    attribute(&mut attributes, "fill", fill.unwrap_or_default());
    if line.style.bold {
        attribute(&mut attributes, "font-weight", "700");
    }
    if line.mark == Mark::Removed {
        attribute(&mut attributes, "text-decoration", "line-through");
    }
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" textLength=\"{}\"{attributes}>{}</text>",
        number(x),
        number(base),
        number(line.style.size),
        number(line.width),
        text(&line.text)
    );
}
