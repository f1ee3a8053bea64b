//! What is declared and never used.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Field, Name, Target, Transition, Value, Workflow};
use std::collections::HashSet;

/// Every action is run by a transition.
pub(super) fn actions(workflow: &Workflow, diagnostics: &mut Diagnostics) {
    let transitions = workflow.transitions.iter();
    let run: HashSet<usize> = transitions
        .filter_map(|transition| Some(transition.action.as_ref()?.action.0))
        .collect();
    for (number, action) in workflow.actions.iter().enumerate() {
        if !run.contains(&number) {
            let name = &action.name.text;
            diagnostics.report(unused(
                Code::UnusedAction,
                &action.name,
                format!("no transition runs the action `{name}`"),
                format!(
                    "write `do {}` in a transition, or drop the action",
                    called(name, &action.parameters)
                ),
            ));
        }
    }
}

/// Every guard is asked by a transition.
pub(super) fn guards(workflow: &Workflow, diagnostics: &mut Diagnostics) {
    let calls = workflow
        .transitions
        .iter()
        .flat_map(|transition| &transition.guards);
    let asked: HashSet<usize> = calls.map(|call| call.guard.0).collect();
    for (number, guard) in workflow.guards.iter().enumerate() {
        if !asked.contains(&number) {
            let name = &guard.name.text;
            diagnostics.report(unused(
                Code::UnusedGuard,
                &guard.name,
                format!("no transition asks the guard `{name}`"),
                format!(
                    "write `when {}` in a transition, or drop the guard",
                    called(name, &guard.parameters)
                ),
            ));
        }
    }
}

/// Every input of a transition gives a value to something.
pub(super) fn inputs(workflow: &Workflow, diagnostics: &mut Diagnostics) {
    for transition in &workflow.transitions {
        // An inline error transition has only those which it uses.
        if transition.error_of.is_some() || transition.inputs.is_empty() {
            continue;
        }
        let used: HashSet<usize> = values(transition).filter_map(input).collect();
        for (number, input) in transition.inputs.iter().enumerate() {
            if !used.contains(&number) {
                diagnostics.report(unused(
                    Code::UnusedInput,
                    &input.name,
                    format!(
                        "nothing in `{}` uses the input `{}`",
                        transition.name.text, input.name.text
                    ),
                    "give it to a variable, an action or a guard, or drop it".into(),
                ));
            }
        }
    }
}

/// All values that a transition gives to something.
pub(super) fn values(transition: &Transition) -> impl Iterator<Item = &Value> {
    let target = match &transition.target {
        Target::State(_, values) => values.as_slice(),
        Target::Same => &[],
    };
    let guards = transition.guards.iter().flat_map(|call| &call.arguments);
    let action = transition.action.iter().flat_map(|call| &call.arguments);
    let error = transition.on_error.iter().flat_map(|path| &path.inputs);
    target.iter().chain(guards).chain(action).chain(error)
}

/// The number of the input that a value is.
fn input(value: &Value) -> Option<usize> {
    match value {
        Value::Input(number) => Some(*number),
        Value::Some(inner) => input(inner),
        _ => None,
    }
}

/// `newer(revision: ..)`
fn called(name: &str, parameters: &[Field]) -> String {
    let given: Vec<_> = parameters
        .iter()
        .map(|parameter| format!("{}: ..", parameter.name.text))
        .collect();
    match given.as_slice() {
        [] => name.to_owned(),
        given => format!("{name}({})", given.join(", ")),
    }
}

fn unused(code: Code, name: &Name, message: String, help: String) -> Diagnostic {
    Diagnostic::warning(code, name.span, message)
        .label("unused")
        .help(help)
}
