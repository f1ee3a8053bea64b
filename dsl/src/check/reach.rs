//! Whether states can be reached.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{StateId, StateKind};
use crate::resolve::graph::{Destination, Graph};

/// Transitions lead from the initial state to every other, in one step or many.
pub(super) fn every_state(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let Some(initial) = graph.state_ids().find(|id| {
        graph
            .state(*id)
            .is_some_and(|state| state.kind() == StateKind::Initial)
    }) else {
        return;
    };
    if graph.torn() || graph.holes.states {
        return;
    }
    let reached = reached(graph, initial);
    for (state, reached) in graph.states.iter().zip(reached) {
        let Some(name) = state.syntax.name.filter(|_| !reached) else {
            continue;
        };
        let declared_twice = graph
            .state_names
            .first(name.text)
            .is_some_and(|first| first.span != name.span);
        if state.kind() == StateKind::Initial || declared_twice {
            continue;
        }
        diagnostics.report(
            Diagnostic::error(
                Code::UnreachableState,
                name.span,
                format!(
                    "no transition leads from the initial state to `{}`",
                    name.text
                ),
            )
            .label("unreachable")
            .help(format!(
                "write `transition NAME: {} -> {}`, or drop the state",
                graph.state_name(initial),
                name.text
            )),
        );
    }
}

fn reached(graph: &Graph<'_>, initial: StateId) -> Vec<bool> {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); graph.states.len()];
    // `*` leaves whatever is reached, so it is taken once and not once a state.
    let mut anywhere = Vec::new();
    for (number, step) in graph.steps.iter().enumerate() {
        if step.sources.any {
            anywhere.push(number);
            continue;
        }
        for source in &step.sources.states {
            if let Some(steps) = leaving.get_mut(source.0) {
                steps.push(number);
            }
        }
    }
    let mut reached = vec![false; graph.states.len()];
    let mut waiting = vec![initial];
    while let Some(state) = waiting.pop() {
        match reached.get_mut(state.0) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        let own = leaving.get(state.0).map_or(&[][..], Vec::as_slice);
        let is_final = graph
            .state(state)
            .is_some_and(|state| state.kind() == StateKind::Final);
        let any = if is_final {
            Vec::new()
        } else {
            std::mem::take(&mut anywhere)
        };
        for step in own
            .iter()
            .chain(&any)
            .filter_map(|step| graph.steps.get(*step))
        {
            if let Some(Destination::State(target)) = step.target {
                waiting.push(target);
            }
        }
    }
    reached
}
