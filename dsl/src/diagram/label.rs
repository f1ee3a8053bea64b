//! The words of a drawing: marks, calls and guards. What a format must escape, it
//! escapes itself.

use crate::diagram::drawing::{Line, Role};
use crate::diagram::value::{duration, written};
use crate::model::{
    Field, GuardCall, OnInterrupt, Retry, StateId, Transition, TransitionId, Value, Workflow,
};

/// How many characters a line in a picture may have.
const LONGEST: usize = 60;

/// What stands between a name and its value: as in a workflow file.
pub(super) const COLON: &str = ": ";

/// The same in a picture, where Mermaid could take a colon for its own.
const EQUALS: &str = "=";

/// The label of a transition, in lines that each say one thing.
pub(super) fn lines(
    workflow: &Workflow,
    transition: &Transition,
    error_of_here: &[&Transition],
) -> Vec<Line> {
    let mut lines = Vec::new();
    if transition.automatic {
        lines.push((Role::Aside, "«automatic»".to_owned()));
    }
    if let Some(wait) = transition.after {
        lines.push((Role::Aside, format!("«after {}»", duration(wait))));
    }
    if !error_of_here.is_empty() {
        lines.push((Role::Aside, format!("«{}»", error_of(error_of_here))));
    }
    let inputs = list(&inputs(transition));
    lines.push((Role::Name, format!("{}{inputs}", transition.name.text)));
    if let Some(alias) = alias(workflow, transition) {
        lines.push((Role::Aside, format!("(alias {alias})")));
    }
    let guards = guards(workflow, transition, EQUALS);
    if !guards.is_empty() {
        lines.push((Role::Detail, format!("[{}]", guards.join(" and "))));
    }
    if let Some(action) = action(workflow, transition, EQUALS) {
        lines.push((Role::Detail, format!("/ {action}")));
    }
    lines.extend((attempts(transition).into_iter()).map(|part| (Role::Detail, part)));
    let paused = paused(workflow, transition);
    if !paused.is_empty() {
        lines.push((Role::Detail, format!("pauses {}", paused.join(", "))));
    }
    (lines.into_iter())
        .map(|(role, text)| line(role, text))
        .collect()
}

/// A line of a picture, cut where it would make the picture too wide.
pub(super) fn line(role: Role, text: String) -> Line {
    let text = match text.char_indices().nth(LONGEST) {
        Some(_) => text.chars().take(LONGEST - 1).chain(['…']).collect(),
        None => text,
    };
    Line::new(role, text)
}

/// The lines of a doc comment as one.
pub(super) fn prose(docs: &[String]) -> String {
    let words: Vec<_> = docs
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    words.join(" ")
}

/// What a caller gives, by name. What an inline error transition takes over from the
/// failing one is not given by anyone.
fn inputs(transition: &Transition) -> Vec<String> {
    match transition.error_of {
        Some(_) => Vec::new(),
        None => (transition.inputs.iter())
            .map(|input| input.name.text.clone())
            .collect(),
    }
}

/// `runs lifecycle, watcher`, save those that run in every state.
pub(super) fn activities(workflow: &Workflow, state: StateId) -> Option<String> {
    let names: Vec<_> = (workflow.activities.iter())
        .filter(|activity| activity.states.contains(&state))
        .filter(|activity| activity.states.len() < workflow.states.len())
        .map(|activity| activity.name.text.as_str())
        .collect();
    (!names.is_empty()).then(|| format!("runs {}", names.join(", ")))
}

/// The activities that do not run during the transition.
fn paused<'a>(workflow: &'a Workflow, transition: &Transition) -> Vec<&'a str> {
    let is_it = |id: &TransitionId| {
        let other = workflow.transitions.get(id.0);
        other.is_some_and(|other| other.name.text == transition.name.text)
    };
    (workflow.activities.iter())
        .filter(|activity| activity.paused.iter().any(is_it))
        .map(|activity| activity.name.text.as_str())
        .collect()
}

/// `lifecycle runs in every state`, for each that does.
pub(super) fn everywhere(workflow: &Workflow) -> Vec<String> {
    (workflow.activities.iter())
        .filter(|activity| activity.states.len() == workflow.states.len())
        .map(|activity| format!("{} runs in every state", activity.name.text))
        .collect()
}

/// How often and how long the action is tried, where the transition says so.
pub(super) fn attempts(transition: &Transition) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(retry) = &transition.retry {
        parts.push(self::retry(retry));
    }
    if let Some(timeout) = transition.timeout {
        parts.push(format!("timeout {}", duration(timeout)));
    }
    parts.extend(on_interrupt(transition.on_interrupt));
    parts
}

/// `on interrupt ask`; nothing for what it is unless said.
pub(crate) fn on_interrupt(policy: OnInterrupt) -> Option<String> {
    let said = match policy {
        usual if usual == OnInterrupt::default() => return None,
        OnInterrupt::Rerun(times) => format!("rerun {times}"),
        OnInterrupt::Fail => "fail".to_owned(),
        OnInterrupt::Ask => "ask".to_owned(),
        OnInterrupt::Probe => "probe".to_owned(),
    };
    Some(format!("on interrupt {said}"))
}

/// `retry 3 backoff 1s..30s`
pub(crate) fn retry(retry: &Retry) -> String {
    let backoff = match &retry.backoff {
        None => String::new(),
        Some(even) if even.first == even.longest => format!(" backoff {}", duration(even.first)),
        Some(backoff) => {
            let (first, longest) = (duration(backoff.first), duration(backoff.longest));
            format!(" backoff {first}..{longest}")
        }
    };
    format!("retry {}{backoff}", retry.times)
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

/// `name: type`, or `name: type = value`, one for each field.
pub(super) fn typed(fields: &[Field]) -> Vec<String> {
    (fields.iter())
        .map(|field| {
            let default = field.default.as_ref();
            let default = default.map(|value| format!(" = {}", written(value, &[])));
            let (name, ty) = (&field.name.text, &field.ty);
            format!("{name}: {ty}{}", default.unwrap_or_default())
        })
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
