//! Drawings of a workflow, as text: Mermaid, DOT, PlantUML, SVG, and tables in Markdown.
//!
//! They are meant to be checked in and read as a diff. So they have one line for each
//! transition wherever the format allows it, stay in source order, and are the same
//! bytes on every run. Colour is never the only difference between two kinds of
//! transition or state, nor between what is marked and what is not.
//!
//! Labels follow UML: `name(input) [guard] / action(argument=value)`, and
//! `«automatic»`, `«after 10m»` or `«error of ...»` before the name.
//!
//! [`render`] draws a whole workflow. A [`Drawing`] can also be cut and marked before it
//! is rendered, and can show the difference of two workflows:
//!
//! ```
//! # let source = "workflow door { initial state open final state shut
//! #     transition close: open -> shut }";
//! # let model = inflight_dsl::compile(source).model.unwrap();
//! # let workflow = &model.workflows[0];
//! use inflight_dsl::diagram::{Drawing, Format, Mark};
//!
//! let mut drawing = Drawing::of(workflow);
//! assert!(drawing.mark_state("open", Mark::Highlighted));
//! assert!(drawing.render(Format::Mermaid).contains("class open highlighted"));
//! ```

mod difference;
mod dot;
mod drawing;
pub(crate) mod label;
mod mark;
mod mermaid;
mod plantuml;
mod rows;
mod sequence;
mod svg;
mod table;
pub(crate) mod value;
mod view;

pub use drawing::Drawing;
pub use mark::Mark;
pub use value::duration;
pub use view::UnknownState;

use crate::model::Workflow;

/// The forms in which a workflow can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A Mermaid `stateDiagram-v2`, which code hosts show as a picture.
    Mermaid,
    /// A Graphviz `digraph`.
    Dot,
    /// A state diagram for PlantUML.
    PlantUml,
    /// A picture. No other program is needed to see it.
    Svg,
    /// Tables in Markdown, of states, transitions and what else there is. They have what a
    /// picture has no room for: types, documentation, and where values come from.
    Table,
}

/// Draws one workflow. The text ends with a new line.
pub fn render(workflow: &Workflow, format: Format) -> String {
    Drawing::of(workflow).render(format)
}
