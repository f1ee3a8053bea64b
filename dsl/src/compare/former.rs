//! Names of the past: what records load as that are older than the old version.

use std::collections::HashMap;

use super::change::{Changes, Subject};
use super::say;
use super::versions::{ByName, Named, Versions};
use crate::model::{Name, Workflow};

/// A former name, and the name that it leads to, unless to nothing.
type Former<'a> = (&'a Name, Option<&'a str>);

pub(super) fn compare(versions: &Versions<'_>, changes: &mut Changes) {
    let Versions {
        written, old, new, ..
    } = versions;
    let then = ByName::new(&written.states);
    let declared =
        |name: &str| then.find(name).is_some() || versions.new_states.find(name).is_some();
    let (before, now) = (states(old), states(new));
    differ(Subject::State, &before, &now, &declared, changes);
    let then = ByName::new(&written.transitions);
    let declared =
        |name: &str| then.find(name).is_some() || versions.new_transitions.find(name).is_some();
    let (before, now) = (transitions(old), transitions(new));
    differ(Subject::Transition, &before, &now, &declared, changes);
}

fn differ(
    subject: Subject,
    old: &[Former<'_>],
    new: &[Former<'_>],
    declared: &dyn Fn(&str) -> bool,
    changes: &mut Changes,
) {
    let what = subject.as_str();
    let said = |target: Option<&str>| match target {
        Some(target) => format!("as `{target}`"),
        None => "with nothing in flight".to_owned(),
    };
    let before: HashMap<&str, _> = old.iter().map(|(name, to)| (&*name.text, *to)).collect();
    let now: HashMap<&str, _> = new.iter().map(|(name, to)| (&*name.text, *to)).collect();
    let is_gone = |name: &Name| !declared(&name.text);
    for (name, to) in new.iter().filter(|(name, _)| is_gone(name)) {
        let records = format!("records of the former {what} `{}`", name.text);
        match before.get(&*name.text) {
            None => changes.said(subject, name, format!("{records} now load {}", said(*to))),
            Some(before) if before != to => {
                let sentence = format!(
                    "{records} now load {} instead of {}",
                    said(*to),
                    said(*before)
                );
                changes.said(subject, name, sentence);
            }
            Some(_) => {}
        }
    }
    for (name, _) in old.iter().filter(|(name, _)| is_gone(name)) {
        if !now.contains_key(&*name.text) {
            let sentence = format!(
                "records of the former {what} `{}` no longer load",
                name.text
            );
            changes.unsaid(subject, name, sentence);
        }
    }
}

fn states(workflow: &Workflow) -> Vec<Former<'_>> {
    let retired = workflow.retired_states.iter();
    let retired = retired.map(|it| (&it.name, Some(say::state(workflow, it.target))));
    renamed(&workflow.states).chain(retired).collect()
}

fn transitions(workflow: &Workflow) -> Vec<Former<'_>> {
    let retired = workflow.retired_transitions.iter();
    renamed(&workflow.transitions)
        .chain(retired.map(|name| (name, None)))
        .collect()
}

fn renamed<T: Named>(things: &[T]) -> impl Iterator<Item = Former<'_>> {
    (things.iter()).flat_map(|it| it.was().iter().map(|was| (was, Some(&*it.name().text))))
}
