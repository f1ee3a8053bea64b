//! Where transitions come from and where they lead.

use super::change::{Changes, Edit, Subject};
use super::say;
use super::transition::Pair;
use super::versions::{Loaded, Versions};
use crate::code::Code;
use crate::diagram::value::written;
use crate::model::{Field, StateId, StateKind, Target, Transition, Value, Workflow};
use std::collections::HashSet;

/// ``from `a` and `b` to `c` ``
pub(super) fn said(workflow: &Workflow, transition: &Transition) -> String {
    let from = match leaves_all(workflow, transition) {
        true => "every state".to_owned(),
        false => say::list(&names(workflow, transition)),
    };
    match transition.target {
        Target::State(state, _) => format!("from {from} to `{}`", say::state(workflow, state)),
        Target::Same => format!("within {from}"),
    }
}

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes) {
    gained(pair, changes);
    sources(pair.versions, pair.written, pair.new, changes);
    target(pair, changes);
}

/// Sources that are new. What leaves every state goes without saying, and so do the
/// sources of an inline error transition, which are those of the failing one.
fn gained(pair: &Pair<'_>, changes: &mut Changes) {
    let (old, new) = (pair.versions.old, pair.versions.new);
    let all = leaves_all(old, pair.old) && leaves_all(new, pair.new);
    let inline = pair.old.error_of.is_some() && pair.new.error_of.is_some();
    if all || inline {
        return;
    }
    let before: HashSet<_> = names(old, pair.old).into_iter().collect();
    let now = names(new, pair.new).into_iter();
    let gained: Vec<_> = now.filter(|name| !before.contains(name)).collect();
    let gone = pair.written.sources.iter();
    let gone = gone.filter(|source| matches!(pair.versions.loaded(**source), Loaded::Not));
    let gone: Vec<_> = gone.map(|source| say::state(old, *source)).collect();
    let gained = match (gained.as_slice(), gone.as_slice()) {
        ([], _) => return,
        (gained, []) => format!("now also leaves {}", say::list(gained)),
        (gained, gone) => {
            let gone = say::list(gone);
            format!("now leaves {} instead of {gone}", say::list(gained))
        }
    };
    pair.say(changes, &gained);
}

/// Sources that are gone: a record may have the transition in flight from there.
pub(super) fn sources(
    versions: &Versions<'_>,
    written: &Transition,
    new: &Transition,
    changes: &mut Changes,
) {
    let name = &new.name.text;
    let anew = format!("give the transition a new name and add `retired transition {name}`");
    let mut lost = Vec::new();
    // Sources stand in the order of the states.
    let leaves = |state: &StateId| new.sources.binary_search(state).is_ok();
    for source in &written.sources {
        match versions.loaded(*source) {
            Loaded::As(now, state) if !leaves(&now) => lost.push((now, &*state.name.text)),
            Loaded::Retired(retired) if !leaves(&retired.target) => {
                let target = say::state(versions.new, retired.target);
                let sentence = format!(
                    "transition `{name}` does not leave `{target}`, which records of the \
                     retired state `{}` load as",
                    retired.name.text
                );
                let (then, now) = (&written.name, &new.name);
                changes
                    .both(Subject::Transition, Edit::Changed, then, now, sentence)
                    .strands(
                        Code::RemovedSource,
                        "it may be in flight there",
                        format!("let it leave `{target}`, or {anew}"),
                    );
            }
            Loaded::As(..) | Loaded::Retired(_) | Loaded::Not => {}
        }
    }
    if lost.is_empty() {
        return;
    }
    lost.sort_unstable();
    lost.dedup();
    let lost: Vec<_> = lost.into_iter().map(|(_, name)| name).collect();
    let lost = say::list(&lost);
    let sentence = format!("transition `{name}` no longer leaves {lost}");
    let (then, now) = (&written.name, &new.name);
    changes
        .both(Subject::Transition, Edit::Changed, then, now, sentence)
        .strands(
            Code::RemovedSource,
            "it may be in flight from there",
            format!("let it leave {lost} until no record has it in flight from there, or {anew}"),
        );
}

fn target(pair: &Pair<'_>, changes: &mut Changes) {
    let (old, new) = (pair.versions.old, pair.versions.new);
    match (&pair.old.target, &pair.new.target) {
        (Target::Same, Target::Same) => {}
        (Target::State(before, _), Target::Same) => {
            let before = say::state(old, *before);
            let what = format!("now stays where it is instead of leading to `{before}`");
            pair.say(changes, &what);
        }
        (Target::Same, Target::State(now, _)) => {
            let now = say::state(new, *now);
            pair.say(
                changes,
                &format!("now leads to `{now}` instead of staying where it is"),
            );
        }
        (Target::State(before, old_values), Target::State(now, new_values)) => {
            let names = (say::state(old, *before), say::state(new, *now));
            if names.0 != names.1 {
                leads(pair, names, changes);
                return;
            }
            let variables = |workflow: &Workflow, id: usize| -> Vec<Field> {
                let state = workflow.states.get(id);
                state.map(|it| it.variables.clone()).unwrap_or_default()
            };
            let (before, now) = (variables(old, before.0), variables(new, now.0));
            let before: Vec<_> = before.iter().zip(old_values).collect();
            for (index, (variable, value)) in now.iter().zip(new_values).enumerate() {
                let name = &variable.name.text;
                if !before.iter().any(|(old, _)| old.name.text == *name) {
                    let is_unset = pair.new.unset.contains(&index);
                    // The action tells of what it supplies, and an input of its own name.
                    let is_supplied = matches!(value, Value::Result(_));
                    let is_supplied = is_supplied || is_input(value, pair.new, name);
                    if !is_supplied && (!is_unset || may_keep(pair, name)) {
                        let value = value_said(value, &pair.new.inputs);
                        pair.say(changes, &format!("sets the new `{name}` to {value}"));
                    }
                    continue;
                }
                let known = |(old, _): &&(&Field, _)| {
                    old.name.text == variable.name.text && old.ty == variable.ty
                };
                if let Some((_, before)) = before.iter().find(known) {
                    let before = value_said(before, &pair.old.inputs);
                    let now = value_said(value, &pair.new.inputs);
                    if before != now {
                        pair.say(
                            changes,
                            &format!("now sets `{name}` to {now} instead of {before}"),
                        );
                    }
                }
            }
        }
    }
}

/// Whether a value is the input of this name.
fn is_input(value: &Value, transition: &Transition, name: &str) -> bool {
    match value {
        Value::Some(value) => is_input(value, transition, name),
        Value::Input(index) => {
            (transition.inputs.get(*index)).is_some_and(|input| input.name.text == name)
        }
        _ => false,
    }
}

/// Whether a state that a transition leaves has a variable, so that it could be handed on.
fn may_keep(pair: &Pair<'_>, variable: &str) -> bool {
    let states = &pair.versions.new.states;
    let mut sources = (pair.new.sources.iter()).filter_map(|source| states.get(source.0));
    sources.any(|state| state.variables.iter().any(|it| it.name.text == variable))
}

fn leads(pair: &Pair<'_>, (before, now): (&str, &str), changes: &mut Changes) {
    let failing = pair.new.error_of.filter(|_| pair.old.error_of.is_some());
    let failing = failing.and_then(|id| pair.versions.new.transitions.get(id.0));
    match failing {
        Some(failing) => {
            let sentence = format!(
                "error path `{}` of `{}` now leads to `{now}` instead of `{before}`",
                pair.new.name.text, failing.name.text
            );
            let names = (&pair.written.name, &pair.new.name);
            changes.both(
                Subject::Transition,
                Edit::Changed,
                names.0,
                names.1,
                sentence,
            );
        }
        None => pair.say(
            changes,
            &format!("now leads to `{now}` instead of `{before}`"),
        ),
    }
}

fn value_said(value: &Value, inputs: &[Field]) -> String {
    match value {
        Value::Some(value) => value_said(value, inputs),
        Value::Result(_) => "what its action supplies".to_owned(),
        value => format!("`{}`", written(value, inputs)),
    }
}

fn names<'w>(workflow: &'w Workflow, transition: &Transition) -> Vec<&'w str> {
    let sources = transition.sources.iter();
    sources
        .map(|source| say::state(workflow, *source))
        .collect()
}

/// Whether it leaves every state that can be left, as `*` does.
fn leaves_all(workflow: &Workflow, transition: &Transition) -> bool {
    let sources = transition.sources.len();
    let open = || {
        let states = workflow.states.iter();
        states
            .filter(|state| state.kind != StateKind::Final)
            .count()
    };
    sources > 1 && sources == open()
}
