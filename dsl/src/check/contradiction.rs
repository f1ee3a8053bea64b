//! Transitions that can never fire.

use super::guard_set::same_question;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::resolve::graph::Graph;

/// No transition wants a guard both to hold and not to hold, nor asks it twice.
pub(super) fn guards(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    for step in &graph.steps {
        for (number, guard) in step.guards.iter().enumerate() {
            let Some(first) = step
                .guards
                .iter()
                .take(number)
                .find(|first| same_question(first, guard))
            else {
                continue;
            };
            diagnostics.report(if first.negated == guard.negated {
                Diagnostic::error(
                    Code::DuplicateClause,
                    guard.keyword,
                    "this transition asks the same guard twice",
                )
                .label("the second")
                .related(first.keyword, "the first")
                .help("keep one of them")
            } else {
                Diagnostic::error(
                    Code::NeverFires,
                    guard.keyword,
                    format!("the transition `{}` can never fire", step.name()),
                )
                .label("contradicts the other guard")
                .related(first.keyword, "the other guard")
                .help("drop one of the two guards")
            });
        }
    }
}
