//! Drawings of a workflow, as text: Mermaid, DOT, and a table in Markdown.
//!
//! They are meant to be checked in and read as a diff. So they have one line for each
//! transition wherever the format allows it, stay in source order, and are the same
//! bytes on every run. Colour is never the only difference between two kinds of
//! transition or state.
//!
//! Labels follow UML: `name [guard] / action(argument=value)`, and `«automatic»` or
//! `«error of ...»` before the name.

mod arrow;
mod dot;
mod label;
mod mermaid;
mod table;
mod value;

use crate::model::Workflow;

/// The forms in which a workflow can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A Mermaid `stateDiagram-v2`, which code hosts show as a picture.
    Mermaid,
    /// A Graphviz `digraph`, which lays out large workflows best.
    Dot,
    /// Two tables in Markdown, of states and of transitions. They have what a picture
    /// has no room for: types, inputs, and where values come from.
    Table,
}

/// Draws one workflow. The text ends with a new line.
pub fn render(workflow: &Workflow, format: Format) -> String {
    match format {
        Format::Mermaid => mermaid::render(workflow),
        Format::Dot => dot::render(workflow),
        Format::Table => table::render(workflow),
    }
}
