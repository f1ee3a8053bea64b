//! Automatic transitions that compete.

use super::guard_set::{exclude, known};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::StateId;
use crate::resolve::graph::{Graph, GuardUse, Step};
use crate::span::Span;
use std::collections::HashSet;

/// At most one automatic transition of a state can fire: of two, one has a guard that
/// the other negates, with equal arguments.
pub(super) fn none(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); graph.states.len()];
    for (number, step) in graph.steps.iter().enumerate() {
        if step.automatic.is_none() || !known(step) {
            continue;
        }
        for source in &step.sources.states {
            if let Some(steps) = leaving.get_mut(source.0) {
                steps.push(number);
            }
        }
    }
    let mut reported = HashSet::new();
    for (state, steps) in graph.state_ids().zip(leaving) {
        for (index, second) in steps.iter().enumerate() {
            let competes =
                |first: &&usize| match (graph.steps.get(**first), graph.steps.get(*second)) {
                    (Some(one), Some(other)) => !exclude(&one.guards, &other.guards),
                    _ => false,
                };
            if let Some(first) = steps.iter().take(index).find(competes)
                && reported.insert(*second)
                && let (Some(one), Some(other)) =
                    (graph.steps.get(*first), graph.steps.get(*second))
            {
                conflict(graph, state, one, other, diagnostics);
            }
        }
    }
}

fn conflict(
    graph: &Graph<'_>,
    state: StateId,
    first: &Step<'_>,
    second: &Step<'_>,
    diagnostics: &mut Diagnostics,
) {
    let help = match (negation(&first.guards), negation(&second.guards)) {
        (Some(guard), _) => format!("add `when {guard}` to `{}`", second.name()),
        (None, Some(guard)) => format!("add `when {guard}` to `{}`", first.name()),
        (None, None) => format!(
            "give them opposite guards: `when GUARD` to `{}`, `when not GUARD` to `{}`",
            first.name(),
            second.name()
        ),
    };
    diagnostics.report(
        Diagnostic::error(
            Code::AutomaticConflict,
            automatic(second),
            format!(
                "`{}` and `{}` can both fire by themselves in `{}`",
                first.name(),
                second.name(),
                graph.state_name(state)
            ),
        )
        .label("which of the two?")
        .related(automatic(first), "the other")
        .help(help),
    );
}

fn automatic(step: &Step<'_>) -> Span {
    step.automatic.unwrap_or(step.syntax.span)
}

/// The opposite of the first guard, as it is written.
fn negation(guards: &[GuardUse<'_>]) -> Option<String> {
    let guard = guards.first()?;
    let call = guard.call?;
    let not = if guard.negated { "" } else { "not " };
    let arguments = if call.arguments.is_some() { "(..)" } else { "" };
    Some(format!("{not}{}{arguments}", call.name.text))
}
