//! Whether what has begun can end.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{State, StateId, StateKind, Target, Transition, Workflow};

/// Where a workflow has final states, one of them can be reached from every other state. A
/// way into states from which none can is shown where it begins.
pub(super) fn reachable(workflow: &Workflow, diagnostics: &mut Diagnostics) {
    let ends = ends(workflow);
    let can_end = |id: &StateId| ends.get(id.0) == Some(&true);
    if !can_end(&workflow.initial()) {
        return;
    }
    // The first transition of those which can still end into each state that cannot.
    let mut into: Vec<Option<&Transition>> = vec![None; workflow.states.len()];
    for transition in &workflow.transitions {
        if let Target::State(target, _) = &transition.target
            && !can_end(target)
            && transition.sources.iter().any(can_end)
            && let Some(into) = into.get_mut(target.0)
        {
            into.get_or_insert(transition);
        }
    }
    for (state, into) in workflow.states.iter().zip(into) {
        if let Some(into) = into {
            diagnostics.report(
                Diagnostic::warning(
                    Code::NeverEnds,
                    state.name.span,
                    format!("no final state can be reached from `{}`", state.name.text),
                )
                .label("never ends")
                .related(into.name.span, "leads here")
                .help("let a transition lead out of it, or out of a state behind it, to an end"),
            );
        }
    }
}

/// For each state, whether a final one can be reached from it.
fn ends(workflow: &Workflow) -> Vec<bool> {
    let states = || workflow.states.iter();
    let is_final = |state: &State| state.kind == StateKind::Final;
    let mut ends: Vec<bool> = states().map(is_final).collect();
    let mut leading: Vec<Vec<usize>> = states().map(|_| Vec::new()).collect();
    for (number, transition) in workflow.transitions.iter().enumerate() {
        if let Target::State(target, _) = &transition.target
            && let Some(leading) = leading.get_mut(target.0)
        {
            leading.push(number);
        }
    }
    let mut waiting: Vec<usize> = (0..ends.len())
        .filter(|id| ends.get(*id) == Some(&true))
        .collect();
    while let Some(state) = waiting.pop() {
        for number in leading
            .get_mut(state)
            .map(std::mem::take)
            .unwrap_or_default()
        {
            let sources = workflow.transitions.get(number).map(|it| &it.sources);
            for source in sources.into_iter().flatten() {
                if let Some(ends @ false) = ends.get_mut(source.0) {
                    *ends = true;
                    waiting.push(source.0);
                }
            }
        }
    }
    ends
}
