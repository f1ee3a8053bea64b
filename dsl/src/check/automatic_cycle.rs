//! Automatic transitions that go round for ever.

use super::guard_set::known;
use super::path::SHOWN;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::StateId;
use crate::resolve::graph::{Graph, Step};
use std::collections::HashSet;

/// A cycle of automatic transitions, and of the error transitions they fail into, has
/// an automatic one with a guard.
pub(super) fn none(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut search = Search {
        edges: edges(graph),
        marks: vec![Mark::New; graph.states.len()],
        path: Vec::new(),
        taken: Vec::new(),
    };
    let mut reported = HashSet::new();
    for start in graph.state_ids() {
        search.begin(start);
        while let Some(cycle) = search.next_cycle() {
            let ends = cycle.last().map(|edge| (edge.source, edge.target));
            if reported.insert(ends) {
                report(graph, &cycle, diagnostics);
            }
        }
    }
}

/// From a state to another, without a person or a guard on the way.
#[derive(Clone, Copy)]
struct Edge {
    source: StateId,
    /// The automatic transition that fires.
    fires: usize,
    /// The transition that arrives: the automatic one, or the error transition.
    step: usize,
    target: StateId,
}

/// The edges out of each state.
fn edges(graph: &Graph<'_>) -> Vec<Vec<Edge>> {
    let mut edges: Vec<Vec<Edge>> = vec![Vec::new(); graph.states.len()];
    for (number, automatic) in graph.steps.iter().enumerate() {
        // Where a guard may say no, no error path begins either.
        let fires =
            automatic.automatic.is_some() && automatic.guards.is_empty() && known(automatic);
        if !fires || automatic.sources.states.is_empty() {
            continue;
        }
        let mut known = HashSet::new();
        let mut next = Some(number);
        while let Some((arrives, step)) =
            next.and_then(|number| Some((number, graph.steps.get(number)?)))
        {
            // The guards of an error transition are not asked.
            if !known.insert(arrives) {
                break;
            }
            for source in &automatic.sources.states {
                let target = step.target_from(*source);
                if let (Some(edges), Some(target)) = (edges.get_mut(source.0), target) {
                    edges.push(Edge {
                        source: *source,
                        fires: number,
                        step: arrives,
                        target,
                    });
                }
            }
            next = step.handler.as_ref().and_then(|handler| handler.step);
        }
    }
    edges
}

/// A walk through the graph, deep before wide, that meets each edge once.
struct Search {
    edges: Vec<Vec<Edge>>,
    marks: Vec<Mark>,
    /// The states on the way here, each with the number of edges tried.
    path: Vec<(StateId, usize)>,
    /// The edges between them.
    taken: Vec<Edge>,
}

#[derive(Clone, Copy)]
enum Mark {
    New,
    /// On the path, at this depth.
    OnPath(usize),
    Done,
}

impl Search {
    fn begin(&mut self, state: StateId) {
        self.taken.clear();
        self.enter(state);
    }

    /// Puts a new state on the path; whether it was new.
    fn enter(&mut self, state: StateId) -> bool {
        match self.marks.get_mut(state.0) {
            Some(mark @ Mark::New) => {
                *mark = Mark::OnPath(self.path.len());
                self.path.push((state, 0));
                true
            }
            _ => false,
        }
    }

    /// Walks on until an edge leads back to the path, and returns the edges between.
    fn next_cycle(&mut self) -> Option<Vec<Edge>> {
        while let Some((state, tried)) = self.path.last_mut() {
            let leaving = self.edges.get(state.0);
            let Some(edge) = leaving.and_then(|edges| edges.get(*tried)).copied() else {
                if let Some(mark) = self.marks.get_mut(state.0) {
                    *mark = Mark::Done;
                }
                self.path.pop();
                self.taken.pop();
                continue;
            };
            *tried += 1;
            if self.enter(edge.target) {
                self.taken.push(edge);
            } else if let Some(Mark::OnPath(depth)) = self.marks.get(edge.target.0) {
                let cycle = self.taken.iter().skip(*depth).chain([&edge]);
                return Some(cycle.copied().collect());
            }
        }
        None
    }
}

fn report(graph: &Graph<'_>, cycle: &[Edge], diagnostics: &mut Diagnostics) {
    let Some((first, rest)) = cycle.split_first() else {
        return;
    };
    let mut path = format!("`{}`", graph.state_name(first.source));
    for edge in cycle.iter().take(SHOWN) {
        let name = graph.step_name(edge.step);
        path.push_str(&format!(" -({name})-> `{}`", graph.state_name(edge.target)));
    }
    if cycle.len() > SHOWN {
        path.push_str(&format!(" -..-> `{}`", graph.state_name(first.source)));
    }
    let place = |step: usize| graph.steps.get(step).map(Step::place);
    let Some(span) = place(first.step) else {
        return;
    };
    let begun = Diagnostic::error(
        Code::AutomaticCycle,
        span,
        format!("these transitions fire by themselves for ever: {path}"),
    )
    .label(leads(graph, first))
    .help("put a guard on an automatic one of them, or drop one `automatic`");
    let failing = |edge: &Edge| match place(edge.fires) {
        Some(place) if edge.step != edge.fires => Some((place, "if this fails".to_owned())),
        _ => None,
    };
    let arriving = |edge: &Edge| Some((place(edge.step)?, format!("then {}", leads(graph, edge))));
    let rest = rest.iter().take(SHOWN - 1);
    let rest = rest.flat_map(|edge| failing(edge).into_iter().chain(arriving(edge)));
    let places = failing(first).into_iter().chain(rest);
    diagnostics.report(places.fold(begun, |diagnostic, (place, text)| {
        diagnostic.related(place, text)
    }));
}

/// What an edge does, under the name of the transition that arrives.
fn leads(graph: &Graph<'_>, edge: &Edge) -> String {
    format!(
        "from `{}` to `{}`",
        graph.state_name(edge.source),
        graph.state_name(edge.target)
    )
}
