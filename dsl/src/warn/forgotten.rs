//! Variables that are lost on the way.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Field, Target, Transition, Workflow};

/// A variable that every source has is handed on, or is given its default or null in so
/// many words.
pub(super) fn variables(workflow: &Workflow, diagnostics: &mut Diagnostics) {
    for transition in &workflow.transitions {
        let Target::State(target, _) = &transition.target else {
            continue;
        };
        let Some(target) = workflow.states.get(target.0) else {
            continue;
        };
        let unset = transition
            .unset
            .iter()
            .filter_map(|index| target.variables.get(*index));
        let lost: Vec<&Field> = unset
            .filter(|variable| every_source_has(workflow, transition, variable))
            .collect();
        let Some(first) = lost.first() else {
            continue;
        };
        let names: Vec<String> = lost
            .iter()
            .map(|one| format!("`{}`", one.name.text))
            .collect();
        let kept: Vec<String> = lost
            .iter()
            .map(|one| format!("{0}: source.{0}", one.name.text))
            .collect();
        let instead = match first.default {
            Some(_) => "or the default",
            None => "or `null`",
        };
        diagnostics.report(
            Diagnostic::warning(
                Code::ForgottenVariable,
                transition.name.span,
                format!(
                    "`{}` does not hand on {}, which its sources have too",
                    transition.name.text,
                    names.join(", ")
                ),
            )
            .label("forgotten?")
            .related(first.name.span, "this gets its default")
            .help(format!(
                "write `-> {}({})` to keep it, {instead} if that is meant",
                target.name.text,
                kept.join(", ")
            )),
        );
    }
}

fn every_source_has(workflow: &Workflow, transition: &Transition, variable: &Field) -> bool {
    let mut sources = transition
        .sources
        .iter()
        .map(|source| workflow.states.get(source.0));
    !transition.sources.is_empty()
        && sources.all(|source| {
            source.is_some_and(|source| {
                source
                    .variables
                    .iter()
                    .any(|own| own.name.text == variable.name.text && own.ty == variable.ty)
            })
        })
}
