//! Transitions: what there is, what fires them, and what they run.

use super::change::{Changes, Edit, Subject};
use super::clause::{self, Call};
use super::error_path;
use super::field::{Kind, Owner};
use super::route;
use super::say;
use super::versions::{ByName, Versions, renamed, was};
use crate::code::Code;
use crate::model::{Transition, Workflow};
use crate::span::Span;

pub(super) fn compare(versions: &Versions<'_>, changes: &mut Changes) {
    let Versions {
        written, old, new, ..
    } = versions;
    let (before, now) = (&versions.old_transitions, &versions.new_transitions);
    for transition in &new.transitions {
        let name = &transition.name;
        let Some((index, old)) = before.find(&name.text) else {
            let sentence = match failing(new, transition, before) {
                Some(failing) => format!(
                    "transition `{failing}` now has the error path {}",
                    error_path::said(new, transition)
                ),
                None => format!("{} is new", described(new, transition)),
            };
            changes.added(Subject::Transition, name, sentence);
            continue;
        };
        if let Some(written) = written.transitions.get(index) {
            let pair = Pair {
                versions,
                written,
                old,
                new: transition,
            };
            pair.compare(changes);
        }
    }
    for (transition, written) in old.transitions.iter().zip(&written.transitions) {
        if now.find(&transition.name.text).is_none() {
            let sentence = match failing(old, transition, now) {
                Some(failing) => format!(
                    "transition `{failing}` no longer has the error path {}",
                    error_path::said(old, transition)
                ),
                None => format!("{} is gone", described(old, transition)),
            };
            removed(versions, (written, transition), sentence, changes);
        }
    }
}

/// The transition that declares this one, if the other version has it too.
fn failing<'w>(
    workflow: &'w Workflow,
    transition: &Transition,
    other: &ByName<'_, Transition>,
) -> Option<&'w str> {
    let failing = workflow.transitions.get(transition.error_of?.0)?;
    other.find(&failing.name.text)?;
    Some(&failing.name.text)
}

fn described(workflow: &Workflow, transition: &Transition) -> String {
    let name = &transition.name.text;
    let failing = transition
        .error_of
        .and_then(|id| workflow.transitions.get(id.0));
    match failing {
        Some(failing) => format!("error transition `{name}` of `{}`", failing.name.text),
        None => format!("transition `{name}` {}", route::said(workflow, transition)),
    }
}

fn removed(
    versions: &Versions<'_>,
    (written, old): (&Transition, &Transition),
    sentence: String,
    changes: &mut Changes,
) {
    let name = &written.name.text;
    let mut retired = versions.new.retired_transitions.iter();
    if let Some(now) = versions.merged(name) {
        let sentence = format!("transition `{name}` is now one with `{}`", now.name.text);
        changes.removed(Subject::Transition, &written.name, sentence);
        let owner = Owner {
            kind: Kind::Transition,
            name: &now.name,
            written: &written.inputs,
        };
        changes.only_stranding(|changes| {
            owner.compare(&renamed(&written.inputs, &now.inputs), &now.inputs, changes);
            route::sources(versions, written, now, changes);
        });
    } else if retired.any(|retired| retired.text == *name) {
        let sentence = format!("{sentence}, and retired");
        changes.removed(Subject::Transition, &written.name, sentence);
    } else {
        let (renamed, perhaps) = called(versions, old);
        let help = format!(
            "if it was renamed, write {renamed}; if not, add `retired transition {name}`: what has it in \
             flight then stays in its state"
        );
        changes
            .removed(Subject::Transition, &written.name, sentence)
            .perhaps(perhaps)
            .strands(
                Code::RemovedTransition,
                "records may have it in flight",
                help,
            );
    }
}

/// How to say that a transition has another name: the only new one that is like it,
/// perhaps.
fn called(versions: &Versions<'_>, old: &Transition) -> (String, Option<Span>) {
    let fields = |of: &Transition| -> Vec<_> { of.inputs.iter().map(say::typed).collect() };
    let mut like = versions.candidate_transitions.iter().filter(|it| {
        it.error_of.is_some() == old.error_of.is_some()
            && fields(it) == fields(old)
            && route::said(versions.new, it) == route::said(versions.old, old)
    });
    let was = &old.name.text;
    match (like.next(), like.next()) {
        (Some(it), None) => {
            let keyword = match it.error_of {
                Some(_) => "on error",
                None => "transition",
            };
            let renamed = format!("`{keyword} {} was {was}`", it.name.text);
            (renamed, Some(it.name.span))
        }
        _ => (format!("`was {was}` after its new name"), None),
    }
}

/// One transition in both versions.
pub(super) struct Pair<'a> {
    pub(super) versions: &'a Versions<'a>,
    /// The old one as it was written.
    pub(super) written: &'a Transition,
    /// The old one under the names of the new version.
    pub(super) old: &'a Transition,
    pub(super) new: &'a Transition,
}

impl Pair<'_> {
    fn compare(&self, changes: &mut Changes) {
        let (old, new) = (self.old, self.new);
        self.name(changes);
        let owner = Owner {
            kind: Kind::Transition,
            name: &new.name,
            written: &self.written.inputs,
        };
        owner.compare(&old.inputs, &new.inputs, changes);
        route::compare(self, changes);
        match (old.error_of.is_some(), new.error_of.is_some()) {
            (false, true) => self.say(changes, "can now only be led into by a failure"),
            (true, false) => self.say(changes, "can now be fired by callers"),
            _ => {}
        }
        match (old.automatic, new.automatic) {
            (false, true) => self.say(changes, "is now automatic"),
            (true, false) => self.say(changes, "is no longer automatic"),
            _ => {}
        }
        let workflows = (self.versions.old, self.versions.new);
        let clauses = [
            (clause::after(old), clause::after(new)),
            (
                clause::alias(workflows.0, old),
                clause::alias(workflows.1, new),
            ),
            (clause::retry(old), clause::retry(new)),
            (clause::timeout(old), clause::timeout(new)),
            (clause::on_interrupt(old), clause::on_interrupt(new)),
        ];
        for (old, new) in clauses {
            self.has(changes, "has", old, new);
        }
        self.guards(changes);
        self.action(changes);
        error_path::compare(self, changes);
    }

    /// Adds what is said of the transition.
    pub(super) fn say(&self, changes: &mut Changes, what: &str) {
        let (old, new) = (&self.written.name, &self.new.name);
        let kind = match self.new.error_of {
            Some(_) => "error transition",
            None => "transition",
        };
        let sentence = format!("{kind} `{}` {what}", new.text);
        changes.both(Subject::Transition, Edit::Changed, old, new, sentence);
    }

    fn name(&self, changes: &mut Changes) {
        let (then, now) = (&self.written.name, &self.new.name);
        if then.text == now.text {
            return;
        }
        let sentence = format!("transition `{}` is now called `{}`", then.text, now.text);
        let change = changes.both(Subject::Transition, Edit::Renamed, then, now, sentence);
        if !was(self.new, &then.text) {
            let help = format!("write `{} was {}`", now.text, then.text);
            let label = "records may have it in flight under its old name";
            change.strands(Code::RemovedTransition, label, help);
        }
    }

    /// Says what it `has` or `runs`.
    fn has(&self, changes: &mut Changes, verb: &str, old: Option<String>, new: Option<String>) {
        match (old, new) {
            (None, None) => {}
            (None, Some(new)) => self.say(changes, &format!("now {verb} `{new}`")),
            (Some(old), None) => self.say(changes, &format!("no longer {verb} `{old}`")),
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) => {
                self.say(changes, &format!("now {verb} `{new}` instead of `{old}`"));
            }
        }
    }

    fn guards(&self, changes: &mut Changes) {
        let old = Call::guards(self.versions.old, self.old);
        let new = Call::guards(self.versions.new, self.new);
        let mut lost: Vec<_> = (old.iter())
            .filter(|old| !new.iter().any(|new| new.is(old)))
            .collect();
        for gained in new.iter().filter(|new| !old.iter().any(|old| new.is(old))) {
            let before = lost.iter().position(|lost| lost.name == gained.name);
            let before = before.map(|at| lost.remove(at).asked());
            self.has(changes, "needs", before, Some(gained.asked()));
        }
        for lost in lost {
            self.has(changes, "needs", Some(lost.asked()), None);
        }
    }

    fn action(&self, changes: &mut Changes) {
        let old = Call::action(self.versions.old, self.old);
        let new = Call::action(self.versions.new, self.new);
        if let (Some(old), Some(new)) = (&old, &new)
            && new.is(old)
        {
            return;
        }
        let said = |call: Option<Call<'_>>| call.map(|call| call.said());
        self.has(changes, "runs", said(old), said(new));
    }
}
