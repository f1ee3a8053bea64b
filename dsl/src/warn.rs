//! What a reviewer would ask about a workflow that is without mistakes: one warning, one
//! function.

mod end;
mod error_state;
mod forgotten;
mod placeholder;
mod unused;

use crate::diagnostic::Diagnostics;
use crate::model::Model;

/// Runs all of them.
pub(crate) fn warn(model: &Model, diagnostics: &mut Diagnostics) {
    for workflow in &model.workflows {
        unused::actions(workflow, diagnostics);
        unused::guards(workflow, diagnostics);
        unused::inputs(workflow, diagnostics);
        end::reachable(workflow, diagnostics);
        error_state::documented(workflow, diagnostics);
        forgotten::variables(workflow, diagnostics);
        placeholder::none(workflow, diagnostics);
    }
}
