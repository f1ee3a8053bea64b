//! The words of a drawing: marks, calls and guards. What a format must escape, it
//! escapes itself.

use crate::diagram::arrow::Arrow;
use crate::diagram::value::written;
use crate::model::{Field, GuardCall, Transition, Value, Workflow};

/// How many characters a line in a picture may have.
const LONGEST: usize = 60;

/// What stands between a name and its value: as in a workflow file.
pub(super) const COLON: &str = ": ";

/// The same in a picture, where Mermaid could take a colon for its own.
const EQUALS: &str = "=";

/// The label of an arrow, in lines that each say one thing.
pub(super) fn lines(workflow: &Workflow, arrow: &Arrow<'_>) -> Vec<String> {
    let transition = arrow.transition;
    let mut lines = Vec::new();
    if transition.automatic {
        lines.push("«automatic»".to_owned());
    }
    if !arrow.error_of.is_empty() {
        lines.push(format!("«{}»", error_of(&arrow.error_of)));
    }
    lines.push(transition.name.text.clone());
    if let Some(alias) = alias(workflow, transition) {
        lines.push(format!("(alias {alias})"));
    }
    if !transition.guards.is_empty() {
        lines.push(format!(
            "[{}]",
            guards(workflow, transition, EQUALS).join(" and ")
        ));
    }
    if let Some(action) = action(workflow, transition, EQUALS) {
        lines.push(format!("/ {action}"));
    }
    lines.into_iter().map(shortened).collect()
}

/// The line, cut where it would make the picture too wide.
fn shortened(line: String) -> String {
    match line.char_indices().nth(LONGEST) {
        Some(_) => line.chars().take(LONGEST - 1).chain(['…']).collect(),
        None => line,
    }
}

/// `error of a, b`
pub(super) fn error_of(failing: &[&Transition]) -> String {
    let names: Vec<_> = failing.iter().map(|it| it.name.text.as_str()).collect();
    format!("error of {}", names.join(", "))
}

/// The alias of a transition.
pub(super) fn alias<'a>(workflow: &'a Workflow, transition: &Transition) -> Option<&'a str> {
    let alias = workflow.aliases.get(transition.alias?.0)?;
    Some(&alias.name.text)
}

/// `newer(revision: 3)`, `not busy`, one for each guard.
pub(super) fn guards(workflow: &Workflow, transition: &Transition, between: &str) -> Vec<String> {
    let text = |call: &GuardCall| {
        let guard = workflow.guards.get(call.guard.0)?;
        let not = if call.negated { "not " } else { "" };
        let values = named_values(
            &guard.parameters,
            &call.arguments,
            &transition.inputs,
            between,
        );
        Some(format!("{not}{}{}", guard.name.text, list(&values)))
    };
    transition.guards.iter().filter_map(text).collect()
}

/// `install(hooks: true)`
pub(super) fn action(
    workflow: &Workflow,
    transition: &Transition,
    between: &str,
) -> Option<String> {
    let call = transition.action.as_ref()?;
    let action = workflow.actions.get(call.action.0)?;
    let values = named_values(
        &action.parameters,
        &call.arguments,
        &transition.inputs,
        between,
    );
    Some(format!("{}{}", action.name.text, list(&values)))
}

/// The name, what stands between, and the value, for each field.
pub(super) fn named_values(
    fields: &[Field],
    values: &[Value],
    inputs: &[Field],
    between: &str,
) -> Vec<String> {
    (fields.iter().zip(values))
        .map(|(field, value)| format!("{}{between}{}", field.name.text, written(value, inputs)))
        .collect()
}

/// `name: type`, one for each field.
pub(super) fn typed(fields: &[Field]) -> Vec<String> {
    (fields.iter())
        .map(|field| format!("{}: {}", field.name.text, field.ty))
        .collect()
}

/// The items in brackets; nothing if there are none.
pub(super) fn list(items: &[String]) -> String {
    if items.is_empty() {
        String::new()
    } else {
        format!("({})", items.join(", "))
    }
}
