//! Whether states can be reached.

use super::path::SHOWN;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{StateId, StateKind};
use crate::resolve::graph::{Destination, Graph};
use std::collections::HashMap;

/// Transitions lead from the initial state to every other, in one step or many.
///
/// Of several states that only lead to each other, the first of them is reported.
pub(super) fn every_state(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let Some(initial) = graph
        .state_ids()
        .find(|id| is(graph, *id, StateKind::Initial))
    else {
        return;
    };
    if graph.torn() || graph.holes.states {
        return;
    }
    let mut ways = Ways::of(graph);
    ways.follow(graph, initial);
    let lost: Vec<StateId> = graph
        .state_names
        .numbered()
        .map(|(number, _)| StateId(number))
        .filter(|id| !ways.reached(*id) && !is(graph, *id, StateKind::Initial))
        .collect();
    let entered = ways.entered_from(&lost);
    let entering = entering(graph, &lost);
    let (behind, first): (Vec<StateId>, Vec<StateId>) = lost
        .into_iter()
        .partition(|id| entered.get(id.0) == Some(&true));
    for id in first.into_iter().chain(behind) {
        if !ways.reached(id) {
            let with_it = ways.follow(graph, id);
            let mut found = unreachable(graph, initial, id);
            found = found.map(|found| would_lead_here(graph, id, &entering, found));
            if let Some(found) = found {
                diagnostics.report(not_either(graph, id, &with_it, found));
            }
        }
    }
}

fn is(graph: &Graph<'_>, id: StateId, kind: StateKind) -> bool {
    graph.state(id).is_some_and(|state| state.kind() == kind)
}

fn unreachable(graph: &Graph<'_>, initial: StateId, id: StateId) -> Option<Diagnostic> {
    let name = graph.state(id)?.syntax.name?;
    let message = format!(
        "no transition leads from the initial state to `{}`",
        name.text
    );
    let help = format!(
        "write `transition NAME: {} -> {}`, or drop the state",
        graph.state_name(initial),
        name.text
    );
    let found = Diagnostic::error(Code::UnreachableState, name.span, message);
    Some(found.label("unreachable").help(help))
}

/// Adds the transitions that would lead to a state, and why they never fire.
fn would_lead_here(
    graph: &Graph<'_>,
    id: StateId,
    entering: &HashMap<StateId, Vec<usize>>,
    found: Diagnostic,
) -> Diagnostic {
    let steps = entering.get(&id).into_iter().flatten();
    let steps = steps.filter_map(|number| graph.steps.get(*number));
    steps.fold(found, |found, step| {
        let other = step.sources.states.iter().find(|source| **source != id);
        let text = match other {
            Some(source) => {
                let source = graph.state_name(*source);
                format!("would lead here from `{source}`, which is not reached either")
            }
            None => format!("leads here from `{}` itself", graph.state_name(id)),
        };
        found.related(step.place(), text)
    })
}

/// Adds the states to which only this one leads.
fn not_either(
    graph: &Graph<'_>,
    id: StateId,
    with_it: &[StateId],
    found: Diagnostic,
) -> Diagnostic {
    let others = with_it.iter().filter(|other| **other != id).take(SHOWN);
    let names = others.filter_map(|other| graph.state(*other)?.syntax.name);
    names.fold(found, |found, name| {
        let only = format!("reached only through `{}`", graph.state_name(id));
        found.related(name.span, only)
    })
}

/// For each of these states the transitions that lead there, the first of many.
fn entering(graph: &Graph<'_>, states: &[StateId]) -> HashMap<StateId, Vec<usize>> {
    let mut entering: HashMap<StateId, Vec<usize>> =
        states.iter().map(|state| (*state, Vec::new())).collect();
    for (number, step) in graph.steps.iter().enumerate() {
        if let Some(Destination::State(target)) = step.target
            && let Some(steps) = entering.get_mut(&target)
            && steps.len() < SHOWN
        {
            steps.push(number);
        }
    }
    entering
}

/// Where the states lead, and which of them have been reached.
struct Ways {
    /// The targets of each state.
    targets: Vec<Vec<StateId>>,
    /// The targets of `*`, which leave whatever is reached first.
    shared: Vec<StateId>,
    reached: Vec<bool>,
}

impl Ways {
    fn of(graph: &Graph<'_>) -> Ways {
        let mut ways = Ways {
            targets: vec![Vec::new(); graph.states.len()],
            shared: Vec::new(),
            reached: vec![false; graph.states.len()],
        };
        for step in &graph.steps {
            let Some(Destination::State(target)) = step.target else {
                continue;
            };
            if step.sources.any {
                ways.shared.push(target);
                continue;
            }
            for source in &step.sources.states {
                if let Some(targets) = ways.targets.get_mut(source.0) {
                    targets.push(target);
                }
            }
        }
        ways
    }

    fn reached(&self, state: StateId) -> bool {
        self.reached.get(state.0) == Some(&true)
    }

    /// Marks a state and all that it leads to as reached, and returns those which were not
    /// before.
    fn follow(&mut self, graph: &Graph<'_>, from: StateId) -> Vec<StateId> {
        let mut waiting = vec![from];
        let mut fresh = Vec::new();
        while let Some(state) = waiting.pop() {
            match self.reached.get_mut(state.0) {
                Some(reached) if !*reached => *reached = true,
                _ => continue,
            }
            fresh.push(state);
            waiting.extend(self.targets.get(state.0).into_iter().flatten());
            if !is(graph, state, StateKind::Final) {
                waiting.append(&mut self.shared);
            }
        }
        fresh.sort_unstable();
        fresh
    }

    /// Which states are targets of these, other than of themselves.
    fn entered_from(&self, states: &[StateId]) -> Vec<bool> {
        let mut entered = vec![false; self.targets.len()];
        for source in states {
            for target in self.targets.get(source.0).into_iter().flatten() {
                if let Some(entered) = entered.get_mut(target.0).filter(|_| target != source) {
                    *entered = true;
                }
            }
        }
        entered
    }
}
