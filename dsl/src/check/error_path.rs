//! Error transitions that are named by `on error fire`.

use super::path::SHOWN;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::StateId;
use crate::resolve::graph::{Graph, Step};
use crate::span::Span;

/// An error transition leaves every state that the failing one leaves.
pub(super) fn sources(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    for step in &graph.steps {
        let Some((number, place)) = fired(graph, step) else {
            continue;
        };
        let Some(error) = graph.steps.get(number) else {
            continue;
        };
        let leaves = |state: &StateId| error.sources.states.binary_search(state).is_ok();
        let lacking = step.sources.states.iter().find(|state| !leaves(state));
        if let Some(lacking) = lacking.filter(|_| error.sources.complete) {
            let lacking = graph.state_name(*lacking);
            let help = if error.error_of.is_some() {
                let outer = graph.steps.get(error.root);
                let own = format!("declare one: `on error NAME -> {}`", target(error));
                match outer.filter(|outer| outer.fires_itself().is_none()) {
                    // What fires by itself would do so in one more state.
                    None => own,
                    Some(outer) => format!(
                        "{own}, or add `{lacking}` to the sources of `{}`, which declares `{}`",
                        outer.name(),
                        error.name()
                    ),
                }
            } else {
                format!("add `{lacking}` to the sources of `{}`", error.name())
            };
            diagnostics.report(
                Diagnostic::error(
                    Code::ErrorSource,
                    place,
                    format!(
                        "`{}` can fail in `{lacking}`, which `{}` does not leave",
                        step.name(),
                        error.name()
                    ),
                )
                .label(format!("does not leave `{lacking}`"))
                .related(error.place(), "declared here")
                .help(help),
            );
        }
    }
}

/// The name of the state where an error transition leads.
fn target<'a>(error: &Step<'a>) -> &'a str {
    let target = error.syntax.target.as_ref();
    target.map_or("STATE", |target| target.state.text)
}

/// Error transitions do not lead back to one that has failed already.
pub(super) fn no_cycle(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    // The walk in which each step was met: one met again in its own walk closes a cycle.
    let mut met: Vec<Option<usize>> = vec![None; graph.steps.len()];
    for start in 0..graph.steps.len() {
        let mut path: Vec<usize> = Vec::new();
        let mut next = Some(start);
        while let Some(number) = next {
            match met.get_mut(number) {
                Some(walk @ None) => *walk = Some(start),
                Some(Some(walk)) if *walk == start => {
                    let begin = path.iter().position(|step| *step == number);
                    let cycle: Vec<usize> =
                        path.into_iter().skip(begin.unwrap_or_default()).collect();
                    report(graph, &cycle, diagnostics);
                    break;
                }
                _ => break,
            }
            path.push(number);
            let step = graph.steps.get(number);
            next = step.and_then(|step| step.handler.as_ref()?.step);
        }
    }
}

fn report(graph: &Graph<'_>, cycle: &[usize], diagnostics: &mut Diagnostics) {
    let names = cycle.iter().take(SHOWN).chain(cycle.first());
    let mut path: Vec<String> = names
        .map(|step| format!("`{}`", graph.step_name(*step)))
        .collect();
    if cycle.len() > SHOWN {
        path.insert(SHOWN, "..".into());
    }
    let fails = |number: &usize| {
        let step = graph.steps.get(*number)?;
        let fire = fired(graph, step).map(|(_, place)| place);
        let error = graph.steps.get(step.handler.as_ref()?.step?)?;
        Some((step, fire.unwrap_or(error.place())))
    };
    let mut failing = cycle.iter().filter_map(fails);
    let Some((last, place)) = failing.next_back() else {
        return;
    };
    let text = |step: &Step<'_>| format!("where `{}` fails", step.name());
    let begun = Diagnostic::error(
        Code::ErrorCycle,
        place,
        format!("these error transitions go round: {}", path.join(" -> ")),
    )
    .label(format!("back again {}", text(last)))
    .help("let one of them end in a state, without an error transition of its own");
    let failing = failing.take(SHOWN);
    diagnostics.report(failing.fold(begun, |diagnostic, (step, place)| {
        diagnostic.related(place, text(step))
    }));
}

/// The step that another fires when it fails, and where it says so.
fn fired(graph: &Graph<'_>, step: &Step<'_>) -> Option<(usize, Span)> {
    let handler = step.handler.as_ref()?;
    let number = handler.step.filter(|number| *number < graph.steps.len())?;
    Some((number, handler.fire?.name.span))
}
