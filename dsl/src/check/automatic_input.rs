//! Inputs that nobody gives.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::resolve::graph::Graph;

/// A transition that fires by itself has no inputs: no caller gives them.
pub(super) fn none(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    for step in &graph.steps {
        let (Some(clause), Some(input)) = (step.fires_itself(), step.syntax.inputs.first()) else {
            continue;
        };
        diagnostics.report(
            Diagnostic::error(
                Code::InputWithoutSource,
                input.name.span,
                format!(
                    "nobody gives `{}` to a transition that fires by itself",
                    input.name.text
                ),
            )
            .label("without a value")
            .related(clause, "it fires by itself")
            .help(match step.automatic {
                Some(_) => "drop the input, or drop `automatic`",
                None => "drop the input, or drop `after`",
            }),
        );
    }
}
