//! Inputs that nobody gives.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::resolve::graph::Graph;

/// A transition that fires by itself has no inputs: no caller gives them.
pub(super) fn none(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    for step in &graph.steps {
        let (Some(automatic), Some(input)) = (step.automatic, step.syntax.inputs.first()) else {
            continue;
        };
        diagnostics.report(
            Diagnostic::error(
                Code::InputWithoutSource,
                input.name.span,
                format!(
                    "nobody gives `{}` to an automatic transition",
                    input.name.text
                ),
            )
            .label("without a value")
            .related(automatic, "it fires by itself")
            .help("drop the input, or drop `automatic`"),
        );
    }
}
