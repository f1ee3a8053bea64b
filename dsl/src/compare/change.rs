//! One difference, and the list of all.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::Name;
use crate::span::Span;

/// One difference between two versions of a workflow.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What kind of thing differs.
    pub subject: Subject,
    /// Its name in the new version, or in the old one if it is gone; of a variable, input
    /// or parameter with that of its owner before it, as in `started.port`.
    pub name: String,
    /// What became of it.
    pub edit: Edit,
    /// The same, as a person would say it.
    pub sentence: String,
    /// Where it stands in the old version.
    pub old: Option<Span>,
    /// Where it stands in the new version.
    pub new: Option<Span>,
    /// What the compiler says if there may be records of the old version that the new one
    /// cannot read. Its places are those of the new text.
    pub stranding: Option<Diagnostic>,
}

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A whole workflow.
    Workflow,
    /// A state.
    State,
    /// A variable of a state.
    Variable,
    /// A transition.
    Transition,
    /// An input of a transition.
    Input,
    /// An action.
    Action,
    /// A guard.
    Guard,
    /// A parameter of an action or guard.
    Parameter,
    /// An activity.
    Activity,
}

impl Subject {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Subject::Workflow => "workflow",
            Subject::State => "state",
            Subject::Variable => "variable",
            Subject::Transition => "transition",
            Subject::Input => "input",
            Subject::Action => "action",
            Subject::Guard => "guard",
            Subject::Parameter => "parameter",
            Subject::Activity => "activity",
        }
    }
}

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edit {
    /// Only the new version has it.
    Added,
    /// Only the old version has it.
    Removed,
    /// It has another name.
    Renamed,
    /// It is not what it was.
    Changed,
}

impl Edit {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Edit::Added => "added",
            Edit::Removed => "removed",
            Edit::Renamed => "renamed",
            Edit::Changed => "changed",
        }
    }
}

/// Gathers the differences of a workflow.
pub(super) struct Changes {
    list: Vec<Change>,
    /// Where the new text is to be pointed at for what it lacks.
    place: Span,
}

/// The difference that was just added.
pub(super) struct Last<'c> {
    change: &'c mut Change,
    place: Span,
    /// What of the new text it may be under another name.
    perhaps: Option<Span>,
}

impl Changes {
    pub(super) fn new(place: Span) -> Self {
        Self {
            list: Vec::new(),
            place,
        }
    }

    pub(super) fn added(&mut self, subject: Subject, name: &Name, sentence: String) -> Last<'_> {
        self.add(subject, Edit::Added, &name.text, sentence)
            .new_at(name.span)
    }

    pub(super) fn removed(&mut self, subject: Subject, name: &Name, sentence: String) -> Last<'_> {
        self.add(subject, Edit::Removed, &name.text, sentence)
            .old_at(name.span)
    }

    pub(super) fn both(
        &mut self,
        subject: Subject,
        edit: Edit,
        old: &Name,
        new: &Name,
        sentence: String,
    ) -> Last<'_> {
        self.add(subject, edit, &new.text, sentence)
            .old_at(old.span)
            .new_at(new.span)
    }

    /// What only the new version says of a name.
    pub(super) fn said(&mut self, subject: Subject, name: &Name, sentence: String) {
        self.add(subject, Edit::Changed, &name.text, sentence)
            .new_at(name.span);
    }

    /// What only the old version says of a name.
    pub(super) fn unsaid(&mut self, subject: Subject, name: &Name, sentence: String) {
        self.add(subject, Edit::Changed, &name.text, sentence)
            .old_at(name.span);
    }

    /// Keeps of what is added only what strands records.
    pub(super) fn only_stranding(&mut self, add: impl FnOnce(&mut Self)) {
        let before = self.list.len();
        add(self);
        let added = self.list.split_off(before);
        let stranding = |change: &Change| change.stranding.is_some();
        self.list.extend(added.into_iter().filter(stranding));
    }

    fn add(&mut self, subject: Subject, edit: Edit, name: &str, sentence: String) -> Last<'_> {
        let place = self.place;
        let change = self.list.push_mut(Change {
            subject,
            name: name.to_owned(),
            edit,
            sentence,
            old: None,
            new: None,
            stranding: None,
        });
        Last {
            change,
            place,
            perhaps: None,
        }
    }

    /// All of them, what strands records first.
    pub(super) fn finish(mut self) -> Vec<Change> {
        self.list.sort_by_key(|change| change.stranding.is_none());
        self.list
    }
}

impl Last<'_> {
    fn old_at(self, span: Span) -> Self {
        self.change.old = Some(span);
        self
    }

    fn new_at(self, span: Span) -> Self {
        self.change.new = Some(span);
        self
    }

    /// Puts the name of the owner before that of a field, which stands in the owner.
    pub(super) fn within(mut self, owner: &Name) -> Self {
        self.change.name = format!("{}.{}", owner.text, self.change.name);
        self.place = owner.span;
        self
    }

    /// Points at what it may be under another name.
    pub(super) fn perhaps(mut self, place: Option<Span>) -> Self {
        self.perhaps = place;
        self
    }

    /// Says why a record cannot be read, and what helps.
    pub(super) fn strands(self, code: Code, label: &str, help: impl Into<String>) {
        let place = self.change.new.unwrap_or(self.place);
        let diagnostic = Diagnostic::error(code, place, self.change.sentence.clone());
        let diagnostic = diagnostic.label(label).help(help);
        self.change.stranding = Some(match self.perhaps {
            Some(place) => diagnostic.related(place, "this under a new name?"),
            None => diagnostic,
        });
    }
}
