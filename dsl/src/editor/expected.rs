//! What can be wanted at a place.

/// What may stand at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expected<'s> {
    /// A new name, or punctuation.
    Nothing,
    /// One of these words.
    Words(&'static [&'static str]),
    /// An item, or one of these words.
    Item(&'static [&'static str]),
    /// A clause, of an inline error transition or another.
    Clause {
        inline: bool,
    },
    /// A state that a transition leaves; `*` too, where it would be the first.
    Source {
        star: bool,
        taken: Vec<&'s str>,
    },
    /// A state that something leads to; `same` too, of a transition.
    Target {
        same: bool,
    },
    /// States in which an activity runs; `*` too, where it would be the first.
    Place {
        star: bool,
    },
    /// What an activity leaves out: a state, or `during`.
    Exception,
    Action,
    /// A guard; `not` too.
    Guard {
        not: bool,
    },
    Alias,
    /// A transition to fire on error.
    Failing,
    Transition,
    /// The code of a warning.
    Code,
    Type,
    ArgumentName {
        owner: Owner<'s>,
        given: Vec<&'s str>,
    },
    Value {
        owner: Owner<'s>,
        argument: &'s str,
        header: Header<'s>,
        /// Whether `failure` may stand here.
        failure: bool,
    },
    /// A variable, after `source.`
    SourceVariable(Header<'s>),
}

/// Whose values a list gives, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner<'s> {
    State(&'s str),
    /// An action or a guard.
    Method(&'s str),
    Transition(&'s str),
}

/// What the header of a transition has for values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header<'s> {
    pub(super) inputs: Vec<&'s str>,
    /// Its name; empty for a retired state, whose own name is that of the only source.
    pub(super) name: &'s str,
    /// The states it leaves.
    pub(super) sources: Vec<&'s str>,
    /// Whether it leaves `*`.
    pub(super) any: bool,
}
