//! What is declared and never used.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::resolve::graph::Graph;
use crate::resolve::inputs::Used;
use crate::syntax::Word;

/// Every action is run by a transition.
pub(super) fn actions(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    if graph.torn() || graph.holes.actions {
        return;
    }
    let mut run = vec![false; graph.actions.len()];
    for action in graph
        .steps
        .iter()
        .filter_map(|step| step.action.as_ref()?.action)
    {
        if let Some(run) = run.get_mut(action) {
            *run = true;
        }
    }
    for (action, run) in graph.actions.iter().zip(run) {
        if let Some(name) = action.syntax.name.filter(|_| !run) {
            unused(
                Code::UnusedAction,
                name,
                format!("no transition runs the action `{}`", name.text),
                format!(
                    "write `do {}` in a transition, or drop the action",
                    name.text
                ),
                diagnostics,
            );
        }
    }
}

/// Every guard is asked by a transition.
pub(super) fn guards(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    if graph.torn() || graph.holes.guards {
        return;
    }
    let mut asked = vec![false; graph.guards.len()];
    let uses = graph.steps.iter().flat_map(|step| &step.guards);
    for guard in uses.filter_map(|used| used.guard) {
        if let Some(asked) = asked.get_mut(guard) {
            *asked = true;
        }
    }
    for (guard, asked) in graph.guards.iter().zip(asked) {
        if let Some(name) = guard.syntax.name.filter(|_| !asked) {
            unused(
                Code::UnusedGuard,
                name,
                format!("no transition asks the guard `{}`", name.text),
                format!(
                    "write `when {}` in a transition, or drop the guard",
                    name.text
                ),
                diagnostics,
            );
        }
    }
}

/// Every input of a transition gives a value to something.
pub(super) fn inputs(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    if graph.torn() || graph.holes.states {
        return;
    }
    for (number, step) in graph.steps.iter().enumerate() {
        if step.error_of.is_some() || step.inputs.is_empty() {
            continue;
        }
        let used = Used::of(graph, number);
        let misspelt = used
            .values
            .iter()
            .any(|name| !step.inputs.iter().any(|input| input.is(name)));
        let listed = step.syntax.target.iter().flat_map(|target| &target.values);
        let listed: Vec<&str> = listed
            .flat_map(|values| &values.list)
            .map(|value| value.name.text)
            .collect();
        for input in step
            .inputs
            .iter()
            .filter(|input| !used.contains(input.syntax.name.text))
        {
            let name = input.syntax.name;
            // One that names a listed variable is reported as its second source.
            if !misspelt && !listed.contains(&name.text) {
                unused(
                    Code::UnusedInput,
                    name,
                    format!(
                        "nothing in `{}` uses the input `{}`",
                        step.name(),
                        name.text
                    ),
                    "give it to a variable, an action or a guard, or drop it".into(),
                    diagnostics,
                );
            }
        }
    }
}

fn unused(
    code: Code,
    name: Word<'_>,
    message: String,
    help: String,
    diagnostics: &mut Diagnostics,
) {
    diagnostics.report(
        Diagnostic::error(code, name.span, message)
            .label("unused")
            .help(help),
    );
}
