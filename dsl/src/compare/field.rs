//! Variables, inputs and parameters.

use super::change::{Changes, Edit, Subject};
use super::fits::fits;
use super::say;
use super::versions::was;
use crate::code::Code;
use crate::model::{Field, Name, Type};

/// What has the fields.
pub(super) struct Owner<'a> {
    /// What it is and what its fields are.
    pub(super) kind: Kind,
    /// Its name in the new version.
    pub(super) name: &'a Name,
    /// The names that its fields have in records of the old version, at their places.
    pub(super) written: &'a [Field],
}

/// What has fields, and what helps where records lack them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    State,
    Retired,
    Transition,
    Action,
    Guard,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::State => "state",
            Kind::Retired => "retired state",
            Kind::Transition => "transition",
            Kind::Action => "action",
            Kind::Guard => "guard",
        }
    }

    fn field(self) -> Subject {
        match self {
            Kind::State | Kind::Retired => Subject::Variable,
            Kind::Transition => Subject::Input,
            Kind::Action | Kind::Guard => Subject::Parameter,
        }
    }

    /// Whether fields are in records.
    fn is_persisted(self) -> bool {
        !matches!(self, Kind::Action | Kind::Guard)
    }
}

impl Owner<'_> {
    /// Compares the fields, which both have their new names.
    pub(super) fn compare(&self, old: &[Field], new: &[Field], changes: &mut Changes) {
        for field in new {
            let mut before = old.iter().zip(self.written);
            match before.find(|(old, _)| old.name.text == field.name.text) {
                Some((old, written)) => self.both(old, written, field, changes),
                None => self.added(field, changes),
            }
        }
        for (old, written) in old.iter().zip(self.written) {
            let stays = new.iter().any(|it| it.name.text == old.name.text);
            // What a retired state had and nobody wants is dropped.
            if !stays && self.kind != Kind::Retired {
                self.removed(written, new, changes);
            }
        }
    }

    fn added(&self, field: &Field, changes: &mut Changes) {
        let (owner, what) = (self.said(), self.kind.field().as_str());
        let sentence = format!("{owner} has the new {what} `{}`", say::declared(field));
        let added = changes.added(self.kind.field(), &field.name, sentence);
        let added = added.within(self.name);
        let may_be_unset = field.default.is_some() || matches!(field.ty, Type::Optional(_));
        if self.kind.is_persisted() && !may_be_unset {
            let optional = format!("{}: {}?", field.name.text, field.ty);
            let help = match (self.kind, say::example(&field.ty)) {
                (Kind::Transition, _) => format!("make it `{optional}`{}", self.or_anew()),
                (_, None) => format!("make it `{optional}`{}", self.or_anew()),
                (_, Some(literal)) => format!(
                    "give it a default, as in `{} = {literal}`, or make it `{optional}`",
                    say::typed(field)
                ),
            };
            added.strands(
                Code::AddedVariable,
                "older records have no value for it",
                help,
            );
        }
    }

    fn removed(&self, written: &Field, new: &[Field], changes: &mut Changes) {
        let (owner, what) = (self.said(), self.kind.field().as_str());
        let name = &written.name.text;
        let sentence = format!("{owner} no longer has the {what} `{name}`");
        let removed = changes.removed(self.kind.field(), &written.name, sentence);
        let removed = removed.within(self.name);
        if self.kind.is_persisted() {
            // Perhaps it is one that is new, of the same type.
            let mut perhaps = new.iter().filter(|it| {
                let is_old = |old: &Field| old.name.text == it.name.text;
                fits(&written.ty, &it.ty) && !self.written.iter().any(is_old)
            });
            let perhaps = match (perhaps.next(), perhaps.next()) {
                (Some(it), None) => Some(it),
                _ => None,
            };
            let renamed = match perhaps {
                Some(it) => format!("`{} was {name}: {}`", it.name.text, it.ty),
                None => format!("`was {name}` after its new name"),
            };
            let help = format!(
                "if it was renamed, write {renamed}; if not, keep `{}`{}",
                say::typed(written),
                self.or_anew()
            );
            removed.perhaps(perhaps.map(|it| it.name.span)).strands(
                Code::RemovedVariable,
                "older records have it",
                help,
            );
        }
    }

    fn both(&self, old: &Field, written: &Field, new: &Field, changes: &mut Changes) {
        let (kind, owner) = (self.kind.field(), self.said());
        let (what, name) = (kind.as_str(), &new.name.text);
        let (then, now) = (&written.name, &new.name);
        if then.text != now.text {
            let sentence = format!("{what} `{}` of {owner} is now called `{name}`", then.text);
            let change = changes.both(kind, Edit::Renamed, then, now, sentence);
            let change = change.within(self.name);
            if self.kind.is_persisted() && !was(new, &then.text) {
                let help = format!("write `{name} was {}: {}`", then.text, new.ty);
                change.strands(
                    Code::RemovedVariable,
                    "older records have the old name",
                    help,
                );
            }
        }
        if old.ty != new.ty {
            let sentence = format!(
                "{what} `{name}` of {owner} is now `{}` instead of `{}`",
                new.ty, old.ty
            );
            let change = changes.both(kind, Edit::Changed, then, now, sentence);
            let change = change.within(self.name);
            if self.kind.is_persisted() && !fits(&old.ty, &new.ty) {
                let help = format!("keep `{name}: {}`{}", old.ty, self.or_anew());
                let label = format!("older records have `{}`", old.ty);
                change.strands(Code::RetypedVariable, &label, help);
            }
        }
        let default = |field: &Field| field.default.as_ref().map(say::literal);
        let sentence = match (default(old), default(new)) {
            (old, new) if old == new => return,
            (None, Some(new)) => format!("{what} `{name}` of {owner} now has the default {new}"),
            (Some(_), None) => format!("{what} `{name}` of {owner} no longer has a default"),
            (Some(old), Some(new)) => {
                format!("{what} `{name}` of {owner} now has the default {new} instead of {old}")
            }
            (None, None) => return,
        };
        changes
            .both(kind, Edit::Changed, then, now, sentence)
            .within(self.name);
    }

    fn said(&self) -> String {
        format!("{} `{}`", self.kind.word(), self.name.text)
    }

    /// What can always be done: leave the name to what it stood for.
    fn or_anew(&self) -> String {
        let name = &self.name.text;
        match self.kind {
            Kind::State => format!(
                ", or give the state a new name and add `retired state {name} {{ .. }} -> NEW(..)`"
            ),
            Kind::Transition => {
                format!(", or give the transition a new name and add `retired transition {name}`")
            }
            Kind::Retired | Kind::Action | Kind::Guard => String::new(),
        }
    }
}
