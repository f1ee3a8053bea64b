//! What is declared and never used.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::resolve::graph::Graph;
use crate::resolve::inputs::Used;
use crate::syntax::Word;
use std::collections::HashSet;

/// Every action is run by a transition.
pub(super) fn actions(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    if graph.torn() || graph.holes.actions {
        return;
    }
    // By name: of two actions with one name, the second is not unused but a duplicate.
    let calls = graph
        .steps
        .iter()
        .filter_map(|step| step.action.as_ref()?.call);
    let run: HashSet<&str> = calls.map(|call| call.name.text).collect();
    for name in graph.actions.iter().filter_map(|action| action.syntax.name) {
        if !run.contains(name.text) {
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
    let uses = graph.steps.iter().flat_map(|step| &step.guards);
    let asked: HashSet<&str> = uses.filter_map(|used| Some(used.call?.name.text)).collect();
    for name in graph.guards.iter().filter_map(|guard| guard.syntax.name) {
        if !asked.contains(name.text) {
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
