//! Whether states can be left.

use super::path::Paths;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{StateId, StateKind};
use crate::resolve::graph::{Destination, Graph, Step};
use crate::syntax::Source;
use std::cell::OnceCell;

/// Every state that is not final can be left for another, and an error state by a
/// transition of its own: what leaves `*` does not resolve it.
pub(super) fn from_every_state(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    if graph.torn() || graph.holes.states {
        return;
    }
    let own = own_ways_out(graph);
    let shared = Shared::of(graph);
    let paths = OnceCell::new();
    for (number, name) in graph.state_names.numbered() {
        let id = StateId(number);
        let Some(state) = graph.state(id).filter(|_| own.get(number) == Some(&false)) else {
            continue;
        };
        let example = format!("write `transition NAME: {} -> ..`", name.text);
        let reached = |diagnostic| {
            let paths = paths.get_or_init(|| Paths::of(graph));
            paths.show(graph, id, diagnostic)
        };
        match state.kind() {
            StateKind::Final => {}
            StateKind::Error => diagnostics.report(reached(
                Diagnostic::error(
                    Code::ErrorWithoutWayOut,
                    name.span,
                    format!("nothing resolves the error state `{}`", name.text),
                )
                .label("no way out of its own")
                .help(format!("{example}: `*` does not count")),
            )),
            StateKind::Initial | StateKind::Ordinary if shared.leaves(id) => {}
            StateKind::Initial | StateKind::Ordinary => diagnostics.report(reached(
                Diagnostic::error(
                    Code::NoWayOut,
                    name.span,
                    format!("no transition leaves `{}` for another state", name.text),
                )
                .label("no way out")
                .help(format!("{example}, or declare a `final state`")),
            )),
        }
    }
}

/// Which states a transition that names them leaves for another.
fn own_ways_out(graph: &Graph<'_>) -> Vec<bool> {
    let mut out = vec![false; graph.states.len()];
    for step in graph.steps.iter().filter(|step| !step.sources.any) {
        for source in &step.sources.states {
            if leads_away(step, *source)
                && let Some(out) = out.get_mut(source.0)
            {
                *out = true;
            }
        }
    }
    out
}

fn leads_away(step: &Step<'_>, source: StateId) -> bool {
    step.target_from(source) != Some(source)
}

/// The targets of `*`, of which two different ones leave every state.
struct Shared {
    first: Option<StateId>,
    another: bool,
}

impl Shared {
    fn of(graph: &Graph<'_>) -> Shared {
        let mut shared = Shared {
            first: None,
            another: false,
        };
        for step in graph.steps.iter().filter(|step| step.sources.any) {
            if let Some(Destination::State(target)) = step.target {
                let first = *shared.first.get_or_insert(target);
                shared.another |= first != target;
            }
        }
        shared
    }

    fn leaves(&self, state: StateId) -> bool {
        self.another || self.first.is_some_and(|target| target != state)
    }
}

/// Nothing leaves a final state.
pub(super) fn none_from_final(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    for step in &graph.steps {
        for source in step.syntax.sources.iter().flatten() {
            let Source::Named(word) = source else {
                continue;
            };
            let Some(state) = graph.state_names.find(word.text).map(StateId) else {
                continue;
            };
            let is_final = graph
                .state(state)
                .is_some_and(|state| state.kind() == StateKind::Final);
            if let Some(declared) = graph.state_names.first(word.text).filter(|_| is_final) {
                diagnostics.report(
                    Diagnostic::error(
                        Code::FinalWithWayOut,
                        word.span,
                        format!(
                            "the transition `{}` leaves the final state `{}`",
                            step.name(),
                            word.text
                        ),
                    )
                    .label("final")
                    .related(declared.span, "declared final")
                    .help("drop this source, or drop `final` from the state"),
                );
            }
        }
    }
}
