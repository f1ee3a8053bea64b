//! Whether states can be reached.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{StateId, StateKind};
use crate::resolve::graph::{Destination, Graph};

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
    let (behind, first): (Vec<StateId>, Vec<StateId>) = lost
        .into_iter()
        .partition(|id| entered.get(id.0) == Some(&true));
    for id in first.into_iter().chain(behind) {
        if !ways.reached(id) {
            unreachable(graph, initial, id, diagnostics);
            ways.follow(graph, id);
        }
    }
}

fn is(graph: &Graph<'_>, id: StateId, kind: StateKind) -> bool {
    graph.state(id).is_some_and(|state| state.kind() == kind)
}

fn unreachable(graph: &Graph<'_>, initial: StateId, id: StateId, diagnostics: &mut Diagnostics) {
    let Some(name) = graph.state(id).and_then(|state| state.syntax.name) else {
        return;
    };
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

    /// Marks a state and all that it leads to as reached.
    fn follow(&mut self, graph: &Graph<'_>, from: StateId) {
        let mut waiting = vec![from];
        while let Some(state) = waiting.pop() {
            match self.reached.get_mut(state.0) {
                Some(reached) if !*reached => *reached = true,
                _ => continue,
            }
            waiting.extend(self.targets.get(state.0).into_iter().flatten());
            if !is(graph, state, StateKind::Final) {
                waiting.append(&mut self.shared);
            }
        }
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
