//! The inputs of inline error transitions: those of the failing one that they use.

use super::graph::{Destination, Field, Graph, Step};
use crate::syntax::{Arguments, ClauseKind, Handler, ValueKind};
use std::collections::HashSet;

/// Gives every inline error transition its inputs.
pub(super) fn infer(graph: &mut Graph<'_>) {
    let mut inputs: Vec<(usize, Vec<Field<'_>>)> = Vec::new();
    for (number, step) in graph.steps.iter().enumerate() {
        let Some(root) = graph.steps.get(step.root).filter(|_| step.root != number) else {
            continue;
        };
        let used = used(graph, number);
        let own = root.inputs.iter().filter(|input| used.contains(input.syntax.name.text));
        inputs.push((number, own.cloned().collect()));
    }
    for (number, own) in inputs {
        if let Some(step) = graph.steps.get_mut(number) {
            step.inputs = own;
        }
    }
}

/// The names that a step, and the error transitions it declares, take from the inputs.
pub(crate) fn used<'a>(graph: &Graph<'a>, step: usize) -> HashSet<&'a str> {
    let mut used = HashSet::new();
    let mut next = Some(step);
    while let Some(step) = next.and_then(|number| graph.steps.get(number)) {
        used_here(graph, step, &mut used);
        next = step
            .handler
            .as_ref()
            .filter(|handler| handler.fire.is_none())
            .and_then(|handler| handler.step);
    }
    used
}

fn used_here<'a>(graph: &Graph<'a>, step: &Step<'a>, used: &mut HashSet<&'a str>) {
    let listed = step.syntax.target.as_ref().and_then(|target| target.values.as_ref());
    add(listed, used);
    if let Some(Destination::State(state)) = step.target {
        let variables = graph.state(state).map_or(&[][..], |state| &state.variables);
        let unlisted = variables.iter().map(|variable| variable.syntax.name.text).filter(|name| {
            !listed.is_some_and(|listed| listed.list.iter().any(|value| value.name.text == *name))
        });
        used.extend(unlisted);
    }
    for clause in &step.syntax.clauses {
        match &clause.kind {
            ClauseKind::When { guard: Some(call), .. }
            | ClauseKind::Do(Some(call))
            | ClauseKind::OnError(Some(Handler::Fire(call))) => add(call.arguments.as_ref(), used),
            _ => {}
        }
    }
}

fn add<'a>(arguments: Option<&Arguments<'a>>, used: &mut HashSet<&'a str>) {
    let values = arguments.into_iter().flat_map(|arguments| &arguments.list);
    used.extend(values.filter_map(|argument| match argument.value.as_ref()?.kind {
        ValueKind::Input(name) => Some(name),
        _ => None,
    }));
}
