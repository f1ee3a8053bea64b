//! Clauses on an action that is not there.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::resolve::graph::Graph;

/// Only what runs an action is retried, timed out or interrupted.
pub(super) fn needs_action(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    if graph.torn() {
        return;
    }
    for step in graph.steps.iter().filter(|step| step.action.is_none()) {
        let clauses = [
            (step.retry.map(|clause| clause.keyword), "retry"),
            (step.timeout.map(|clause| clause.keyword), "timeout"),
            (
                step.on_interrupt.map(|clause| clause.keyword),
                "on interrupt",
            ),
        ];
        for (keyword, clause) in clauses {
            if let Some(keyword) = keyword {
                diagnostics.report(
                    Diagnostic::error(
                        Code::MisplacedClause,
                        keyword,
                        format!(
                            "`{clause}` is about an action, and `{}` runs none",
                            step.name()
                        ),
                    )
                    .label("of which action?")
                    .help("add `do ACTION`, or drop the clause"),
                );
            }
        }
    }
}
