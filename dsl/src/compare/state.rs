//! States: what there is, of which kind, and which names lead there.

use super::change::{Changes, Edit, Subject};
use super::field::{Kind, Owner};
use super::say;
use super::versions::{Loaded, Versions, renamed, was};
use crate::code::Code;
use crate::model::{State, StateId, StateKind};
use crate::span::Span;

pub(super) fn compare(versions: &Versions<'_>, changes: &mut Changes) {
    let Versions {
        written, old, new, ..
    } = versions;
    let before = &versions.old_states;
    for state in &new.states {
        let Some((index, old)) = before.find(&state.name.text) else {
            let sentence = format!("{} `{}` is new", say::kind(state.kind), state.name.text);
            changes.added(Subject::State, &state.name, sentence);
            continue;
        };
        if let Some(written) = written.states.get(index) {
            both(written, old, state, changes);
        }
    }
    initial(versions, changes);
    let now = &versions.new_states;
    for (index, state) in old.states.iter().enumerate() {
        let written = written.states.get(index);
        if let (None, Some(written)) = (now.find(&state.name.text), written) {
            removed(versions, StateId(index), written, changes);
        }
    }
}

fn both(written: &State, old: &State, new: &State, changes: &mut Changes) {
    let (then, now) = (&written.name, &new.name);
    let name = &now.text;
    if then.text != now.text {
        let sentence = format!("state `{}` is now called `{name}`", then.text);
        let change = changes.both(Subject::State, Edit::Renamed, then, now, sentence);
        if !was(new, &then.text) {
            let help = format!("write `{} {name} was {}`", say::kind(new.kind), then.text);
            change.strands(Code::RemovedState, "records name it as before", help);
        }
    }
    let sentence = match (old.kind, new.kind) {
        (old, new) if old == new => None,
        (_, StateKind::Initial) => None,
        (StateKind::Initial, StateKind::Ordinary) => None,
        (_, StateKind::Ordinary) => Some(format!(
            "state `{name}` is no longer {} {}",
            article(old.kind),
            say::kind(old.kind)
        )),
        (_, kind) => Some(format!(
            "state `{name}` is now {} {}",
            article(kind),
            say::kind(kind)
        )),
    };
    if let Some(sentence) = sentence {
        changes.both(Subject::State, Edit::Changed, then, now, sentence);
    }
    let owner = Owner {
        kind: Kind::State,
        name: now,
        written: &written.variables,
    };
    owner.compare(&old.variables, &new.variables, changes);
}

/// Where instances begin.
fn initial(versions: &Versions<'_>, changes: &mut Changes) {
    let before = versions.old.states.get(versions.old.initial().0);
    let now = versions.new.states.get(versions.new.initial().0);
    if let (Some(before), Some(now)) = (before, now)
        && before.name.text != now.name.text
    {
        let (then, now) = (&before.name, &now.name);
        let sentence = format!(
            "instances now begin in `{}` instead of `{}`",
            now.text, then.text
        );
        changes.both(Subject::State, Edit::Changed, then, now, sentence);
    }
}

fn article(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Initial | StateKind::Error => "an",
        StateKind::Ordinary | StateKind::Final => "a",
    }
}

fn removed(versions: &Versions<'_>, id: StateId, written: &State, changes: &mut Changes) {
    let name = &written.name.text;
    match versions.loaded(id) {
        Loaded::As(_, state) => {
            let sentence = format!("state `{name}` is now one with `{}`", state.name.text);
            changes.removed(Subject::State, &written.name, sentence);
            let owner = Owner {
                kind: Kind::State,
                name: &state.name,
                written: &written.variables,
            };
            changes.only_stranding(|changes| {
                let variables = renamed(&written.variables, &state.variables);
                owner.compare(&variables, &state.variables, changes);
            });
        }
        Loaded::Retired(retired) => {
            let target = say::state(versions.new, retired.target);
            let sentence = format!("state `{name}` is retired: its records load as `{target}`");
            changes.removed(Subject::State, &written.name, sentence);
            let owner = Owner {
                kind: Kind::Retired,
                name: &retired.name,
                written: &written.variables,
            };
            changes.only_stranding(|changes| {
                let variables = renamed(&written.variables, &retired.variables);
                owner.compare(&variables, &retired.variables, changes);
            });
        }
        Loaded::Not => {
            let sentence = format!("state `{name}` is gone");
            let variables = match written.variables.as_slice() {
                [] => String::new(),
                variables => {
                    let variables: Vec<_> = variables.iter().map(say::typed).collect();
                    format!(" {{ {} }}", variables.join(", "))
                }
            };
            let (renamed, perhaps) = called(versions, written);
            let help = format!(
                "if it was renamed, write {renamed}; if not, say where its records lead: `retired \
                 state {name}{variables} -> STATE`"
            );
            changes
                .removed(Subject::State, &written.name, sentence)
                .perhaps(perhaps)
                .strands(Code::RemovedState, "records may rest in it", help);
        }
    }
}

/// How to say that a state has another name: the only new one that is like it, perhaps.
fn called(versions: &Versions<'_>, written: &State) -> (String, Option<Span>) {
    let mut like = versions.candidate_states.iter().filter(|state| {
        let fields =
            |state: &State| -> Vec<String> { state.variables.iter().map(say::typed).collect() };
        state.kind == written.kind
            && fields(written)
                .iter()
                .all(|field| fields(state).contains(field))
    });
    let was = &written.name.text;
    match (like.next(), like.next()) {
        (Some(state), None) => {
            let now = &state.name;
            let renamed = format!("`{} {} was {was}`", say::kind(state.kind), now.text);
            (renamed, Some(now.span))
        }
        _ => (format!("`was {was}` after its new name"), None),
    }
}
