//! Syntax tree to graph: every name is looked up once, here.
//!
//! The graph keeps holes where something is unknown or illegible, so that the checks
//! can go on around them; what has a hole has been reported.

mod activity;
mod clause;
mod declare;
mod former;
pub(crate) mod graph;
mod inputs;
pub(crate) mod names;
mod rust_path;
mod source;
mod spelling;
mod step;
pub(crate) mod types;

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::span::Span;
use crate::syntax::File;
use graph::Graph;
use names::Names;

/// Looks up the names of all workflows of a file.
pub(crate) fn resolve<'a>(file: &'a File<'a>, diagnostics: &mut Diagnostics) -> Vec<Graph<'a>> {
    if file.workflows.is_empty() && !file.torn {
        no_workflow(diagnostics);
    }
    let mut names = Names::default();
    file.workflows
        .iter()
        .map(|workflow| {
            if let Some(name) = workflow.name {
                spelling::check(name, "workflow", diagnostics);
                spelling::shadows(name, diagnostics);
                names.declare(name, Code::DuplicateWorkflow, "workflow", diagnostics);
            }
            declare::graph(file, workflow, diagnostics)
        })
        .collect()
}

/// A file declares at least one workflow.
fn no_workflow(diagnostics: &mut Diagnostics) {
    diagnostics.report(
        Diagnostic::error(
            Code::NoWorkflow,
            Span { start: 0, end: 0 },
            "this file declares no workflow",
        )
        .label("no workflow")
        .help("write `workflow NAME { initial state new .. }`"),
    );
}
