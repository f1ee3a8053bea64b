//! Actions and guards: what users implement.

use super::change::{Changes, Edit, Subject};
use super::field::{Kind, Owner};
use super::say;
use super::versions::Versions;
use crate::model::{Action, Field, Name, Workflow};

pub(super) fn compare(versions: &Versions<'_>, changes: &mut Changes) {
    let Versions { old, new, .. } = versions;
    let actions = |workflow: &Workflow| -> Vec<_> {
        let actions = workflow.actions.iter();
        actions
            .map(|it| (it.name.clone(), it.parameters.clone()))
            .collect()
    };
    methods(Kind::Action, &actions(old), &actions(new), changes);
    for action in &new.actions {
        let before = old
            .actions
            .iter()
            .find(|it| it.name.text == action.name.text);
        if let Some(before) = before {
            results(versions, before, action, changes);
        }
    }
    let guards = |workflow: &Workflow| -> Vec<_> {
        let guards = workflow.guards.iter();
        guards
            .map(|it| (it.name.clone(), it.parameters.clone()))
            .collect()
    };
    methods(Kind::Guard, &guards(old), &guards(new), changes);
}

/// What has parameters.
type Method = (Name, Vec<Field>);

fn methods(kind: Kind, old: &[Method], new: &[Method], changes: &mut Changes) {
    let (subject, what) = match kind {
        Kind::Action => (Subject::Action, "action"),
        _ => (Subject::Guard, "guard"),
    };
    for (name, parameters) in new {
        match old.iter().find(|(old, _)| old.text == name.text) {
            Some((_, before)) => {
                let owner = Owner {
                    kind,
                    name,
                    written: before,
                };
                owner.compare(before, parameters, changes);
            }
            None => {
                let signature = say::signature(parameters);
                let sentence = format!("{what} `{}{signature}` is new", name.text);
                changes.added(subject, name, sentence);
            }
        }
    }
    for (name, _) in old {
        if !new.iter().any(|(new, _)| new.text == name.text) {
            changes.removed(subject, name, format!("{what} `{}` is gone", name.text));
        }
    }
}

/// What an action supplies. Variables that only one version has are told elsewhere.
fn results(versions: &Versions<'_>, old: &Action, new: &Action, changes: &mut Changes) {
    let supplied = |workflow: &Workflow, action: &Action| {
        let result = action.result.as_ref()?;
        let state = workflow.states.get(result.state.0)?;
        let variables = result.variables.iter();
        let variables = variables.filter_map(|index| state.variables.get(*index));
        let names: Vec<String> = variables.map(|it| it.name.text.clone()).collect();
        Some((state.name.text.clone(), names))
    };
    let mut say = |what: String| {
        let sentence = format!("action `{}` {what}", new.name.text);
        changes.both(
            Subject::Action,
            Edit::Changed,
            &old.name,
            &new.name,
            sentence,
        );
    };
    match (supplied(versions.old, old), supplied(versions.new, new)) {
        (None, None) => {}
        (None, Some((state, names))) => {
            say(format!("now supplies {} of `{state}`", say::list(&names)));
        }
        (Some((state, names)), None) => say(format!(
            "no longer supplies {} of `{state}`",
            say::list(&names)
        )),
        (Some((before, old)), Some((now, new))) if before != now => say(format!(
            "now supplies {} of `{now}` instead of {} of `{before}`",
            say::list(&new),
            say::list(&old)
        )),
        (Some((_, old)), Some((state, new))) => {
            let lacks = |these: &[String], those: &[String]| -> Vec<String> {
                let these = these.iter();
                these.filter(|it| !those.contains(it)).cloned().collect()
            };
            let (more, less) = (lacks(&new, &old), lacks(&old, &new));
            if !more.is_empty() {
                say(format!(
                    "now also supplies {} of `{state}`",
                    say::list(&more)
                ));
            }
            if !less.is_empty() {
                say(format!(
                    "no longer supplies {} of `{state}`",
                    say::list(&less)
                ));
            }
        }
    }
}
