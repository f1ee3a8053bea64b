//! What people know of an error state.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{StateKind, Workflow};

/// Every error state says what has gone wrong: whoever has to resolve it reads that.
pub(super) fn documented(workflow: &Workflow, diagnostics: &mut Diagnostics) {
    for state in &workflow.states {
        let documented = state.docs.iter().any(|line| !line.trim().is_empty());
        if state.kind == StateKind::Error && !documented {
            diagnostics.report(
                Diagnostic::warning(
                    Code::UndocumentedErrorState,
                    state.name.span,
                    format!("the error state `{}` has no doc comment", state.name.text),
                )
                .label("what has gone wrong here?")
                .help("write `/// ..` in the line above: what it means, and what resolves it"),
            );
        }
    }
}
