//! How states are reached: the witness for what is said of them.

use crate::diagnostic::Diagnostic;
use crate::model::{StateId, StateKind};
use crate::resolve::graph::{Graph, Step};
use std::collections::VecDeque;

/// How many transitions of a path are shown.
pub(super) const SHOWN: usize = 8;

/// A shortest path from the initial state to each that is reached.
pub(super) struct Paths {
    /// The state before, and the transition between.
    before: Vec<Option<(StateId, usize)>>,
}

impl Paths {
    pub(super) fn of(graph: &Graph<'_>) -> Self {
        let mut paths = Paths {
            before: vec![None; graph.states.len()],
        };
        let initial = graph.state_ids().find(|id| {
            let state = graph.state(*id);
            state.is_some_and(|state| state.kind() == StateKind::Initial)
        });
        let (leaving, mut shared) = leaving(graph);
        let mut waiting = VecDeque::from_iter(initial);
        while let Some(state) = waiting.pop_front() {
            // What leaves `*` leaves the initial state already.
            let shared = std::mem::take(&mut shared);
            let own = leaving.get(state.0).into_iter().flatten().copied();
            for number in own.chain(shared) {
                let step = graph.steps.get(number);
                let Some(target) = step.and_then(|step| step.target_from(state)) else {
                    continue;
                };
                if let Some(before @ None) = paths.before.get_mut(target.0)
                    && Some(target) != initial
                {
                    *before = Some((state, number));
                    waiting.push_back(target);
                }
            }
        }
        paths
    }

    /// Adds to a diagnostic on a state how it is reached, each transition at its place: of a
    /// long path its end.
    pub(super) fn show(
        &self,
        graph: &Graph<'_>,
        to: StateId,
        diagnostic: Diagnostic,
    ) -> Diagnostic {
        let mut path = Vec::new();
        let mut at = to;
        while let Some((source, step)) = self.before.get(at.0).copied().flatten() {
            if path.len() == SHOWN {
                break;
            }
            path.push((source, step, at));
            at = source;
        }
        let length = path.len();
        let shown = path.into_iter().rev().enumerate();
        shown.fold(diagnostic, |diagnostic, (index, (source, step, target))| {
            let Some(place) = graph.steps.get(step).map(Step::place) else {
                return diagnostic;
            };
            let source = graph.state_name(source);
            let last = index + 1 == length;
            let text = match (index, last) {
                (0, true) => format!("leads here from `{source}`"),
                (0, false) => format!("leads from `{source}` to `{}`", graph.state_name(target)),
                (_, true) => "then here".to_owned(),
                (_, false) => format!("then to `{}`", graph.state_name(target)),
            };
            diagnostic.related(place, text)
        })
    }
}

/// The transitions that name each state as a source, and those that leave `*`.
fn leaving(graph: &Graph<'_>) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); graph.states.len()];
    let mut shared = Vec::new();
    for (number, step) in graph.steps.iter().enumerate() {
        if step.sources.any {
            shared.push(number);
            continue;
        }
        for source in &step.sources.states {
            if let Some(steps) = leaving.get_mut(source.0) {
                steps.push(number);
            }
        }
    }
    (leaving, shared)
}
