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

/// An error transition belongs to an action: without one, nothing can fail.
pub(super) fn handlers(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    for step in &graph.steps {
        let Some(handler) = step.handler.as_ref().filter(|_| step.action.is_none()) else {
            continue;
        };
        diagnostics.report(
            Diagnostic::error(
                Code::NeverFires,
                handler.keyword,
                format!("`{}` runs no action, so nothing can fail", step.name()),
            )
            .label("never taken")
            .related(step.place(), "no `do` in this transition")
            .help("add `do ACTION`, or drop the error transition"),
        );
    }
}
