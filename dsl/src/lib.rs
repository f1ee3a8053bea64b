//! The Inflight workflow language: text to checked model, diagnostics, diagrams.

pub mod code;
pub mod diagnostic;
pub mod diagram;
pub mod model;
pub mod position;
pub mod report;
pub mod span;

mod generated;
mod lower;
mod parse;
mod resolve;
mod suggest;
mod syntax;

pub use code::Code;
pub use diagnostic::{Diagnostic, Label, Severity};

use diagnostic::Diagnostics;
use model::Model;

/// What became of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// What the text means, if it has no mistakes.
    pub model: Option<Model>,
    /// Its mistakes, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles the text of one file.
pub fn compile(source: &str) -> Compiled {
    let mut diagnostics = Diagnostics::default();
    let model = model(source, &mut diagnostics);
    Compiled {
        model: model.filter(|_| diagnostics.is_empty()),
        diagnostics: diagnostics.finish(),
    }
}

fn model(source: &str, diagnostics: &mut Diagnostics) -> Option<Model> {
    let file = parse::parse(source, diagnostics)?;
    let graphs = resolve::resolve(&file, diagnostics);
    let workflows = graphs
        .iter()
        .map(|graph| lower::lower(graph, &file, diagnostics))
        .collect();
    Some(Model {
        docs: file.docs.clone(),
        workflows,
    })
}
