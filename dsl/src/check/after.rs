//! Transitions that fire by themselves after a time.

use super::guard_set::{exclude, known};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::StateId;
use crate::resolve::graph::{Graph, Step};
use std::collections::HashSet;

/// A transition fires at once or after a time, not both.
pub(super) fn not_automatic(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    for step in &graph.steps {
        if let (Some(automatic), Some(after)) = (step.automatic, step.after) {
            diagnostics.report(
                Diagnostic::error(
                    Code::MisplacedClause,
                    after.keyword,
                    format!("`{}` fires by itself at once", step.name()),
                )
                .label("and so never later")
                .related(automatic, "at once")
                .help("keep `automatic`, or keep `after`"),
            );
        }
    }
}

/// Of two that fall due in one state at the same time, one has a guard that the other
/// negates.
pub(super) fn one_at_a_time(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let leaving = leaving(graph);
    for (state, steps) in graph.state_ids().zip(&leaving) {
        for (index, second) in steps.iter().enumerate() {
            let competes = |first: &&&Step<'_>| {
                length(first).is_some()
                    && length(first) == length(second)
                    && !exclude(&first.guards, &second.guards)
            };
            let first_state = second.sources.states.first() == Some(&state);
            if let (Some(first), Some(after), true) = (
                steps.iter().take(index).find(competes),
                second.after,
                first_state,
            ) {
                diagnostics.report(
                    Diagnostic::error(
                        Code::AutomaticConflict,
                        after.keyword,
                        format!(
                            "`{}` and `{}` fall due in `{}` at the same time",
                            first.name(),
                            second.name(),
                            graph.state_name(state)
                        ),
                    )
                    .label("which of the two?")
                    .related(first.fires_itself().unwrap_or(first.place()), "the other")
                    .help("give them different durations, or opposite guards"),
                );
            }
        }
    }
}

/// Some source is not left before by something else that fires by itself and can neither be
/// refused nor fail: at once by what is automatic, or sooner by another timer.
pub(super) fn can_wait(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut left: Vec<Option<&Step<'_>>> = vec![None; graph.states.len()];
    let certain =
        |step: &&Step<'_>| step.guards.is_empty() && known(step) && never_stays(graph, step);
    let own = graph
        .steps
        .iter()
        .filter(|step| step.automatic.is_some() || length(step).is_some());
    let when = |step: &Step<'_>| (step.automatic.is_none(), length(step));
    for step in own.filter(certain) {
        for source in &step.sources.states {
            if let Some(left) = left.get_mut(source.0)
                && left.is_none_or(|first| when(step) < when(first))
            {
                *left = Some(step);
            }
        }
    }
    for step in graph.steps.iter().filter(|step| step.sources.complete) {
        let (Some(after), None) = (step.after, step.automatic) else {
            continue;
        };
        let leaves = |state: &StateId| {
            let first = left.get(state.0).copied().flatten();
            first.filter(|first| first.automatic.is_some() || length(first) < length(step))
        };
        let sources = &step.sources.states;
        if let Some(first) = sources.first().and_then(leaves)
            && sources.iter().all(|state| leaves(state).is_some())
        {
            diagnostics.report(
                Diagnostic::error(
                    Code::NeverFires,
                    after.keyword,
                    format!("the transition `{}` never falls due", step.name()),
                )
                .label("its source is left before")
                .related(
                    first.fires_itself().unwrap_or(first.place()),
                    format!("by `{}`", first.name()),
                )
                .help(format!("drop it, or give `{}` a guard", first.name())),
            );
        }
    }
}

/// Whether a step leads somewhere even if every action on its way fails. Having failed
/// without an error transition, it would stay where it was, and wait.
fn never_stays(graph: &Graph<'_>, step: &Step<'_>) -> bool {
    let mut known = HashSet::new();
    let mut next = step;
    while next.action.is_some() {
        let handler = next.handler.as_ref().and_then(|handler| handler.step);
        let Some((number, error)) =
            handler.and_then(|number| Some((number, graph.steps.get(number)?)))
        else {
            return false;
        };
        if !known.insert(number) {
            return false;
        }
        next = error;
    }
    true
}

/// The steps with `after` that leave each state.
fn leaving<'g, 'a>(graph: &'g Graph<'a>) -> Vec<Vec<&'g Step<'a>>> {
    let mut leaving: Vec<Vec<&Step<'a>>> = vec![Vec::new(); graph.states.len()];
    let timed = graph.steps.iter().filter(|step| step.after.is_some());
    for step in timed.filter(|step| known(step)) {
        for source in &step.sources.states {
            if let Some(steps) = leaving.get_mut(source.0) {
                steps.push(step);
            }
        }
    }
    leaving
}

fn length(step: &Step<'_>) -> Option<u64> {
    step.after?.what
}
