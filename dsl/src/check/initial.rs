//! Where instances begin.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::StateKind;
use crate::resolve::graph::{Field, Graph};

/// A workflow has exactly one initial state.
pub(super) fn one(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut initial = graph
        .states
        .iter()
        .filter(|state| state.kind() == StateKind::Initial);
    let Some(first) = initial.next() else {
        if !graph.torn() {
            let place = graph
                .syntax
                .name
                .map_or(graph.syntax.keyword, |name| name.span);
            diagnostics.report(
                Diagnostic::error(
                    Code::NoInitialState,
                    place,
                    "this workflow has no initial state",
                )
                .label("where does it begin?")
                .help("write `initial state NAME`"),
            );
        }
        return;
    };
    for other in initial {
        let (Some(name), Some(first)) = (other.syntax.name, first.syntax.name) else {
            continue;
        };
        diagnostics.report(
            Diagnostic::error(
                Code::TwoInitialStates,
                name.span,
                format!("`{}` is a second initial state", name.text),
            )
            .label("the second")
            .related(first.span, "the first")
            .help("drop `initial` from one of them"),
        );
    }
}

/// The initial state has no variables: nothing gives them a value.
pub(super) fn without_variables(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    for state in &graph.states {
        let legible = |variable: &&Field<'_>| variable.syntax.ty.is_some();
        let Some(variable) = state.variables.iter().find(legible) else {
            continue;
        };
        if state.kind() == StateKind::Initial {
            diagnostics.report(
                Diagnostic::error(
                    Code::InitialWithVariables,
                    variable.syntax.name.span,
                    format!("the initial state `{}` has variables", state.name()),
                )
                .label("nothing gives it a value")
                .help("drop the variables, or put them on the state that follows"),
            );
        }
    }
}
