//! What has a name, and where the name stands.

use crate::span::Span;
use std::sync::Arc;

/// Something that a file declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is.
    pub kind: SymbolKind,
    /// Its name; empty where that is missing.
    pub name: String,
    /// What stands behind the name, on one line: the type of a variable, the parameters
    /// of an action, sources and target of a transition.
    pub detail: String,
    /// Its doc comment.
    pub docs: Vec<String>,
    /// Where its name stands.
    pub name_span: Span,
    /// The whole declaration, without its doc comment.
    pub span: Span,
    /// Where the names that it had before begin, if it had any.
    pub(super) former: Option<usize>,
    /// What it is declared in.
    pub(super) parent: Option<SymbolId>,
    /// What is declared in it, in order.
    pub(super) children: Vec<SymbolId>,
}

/// What a [`Symbol`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SymbolKind {
    /// A workflow.
    Workflow,
    /// A state.
    State,
    /// A variable of a state.
    Variable,
    /// An action.
    Action,
    /// A guard.
    Guard,
    /// A parameter of an action or a guard.
    Parameter,
    /// A transition that callers may fire.
    Transition,
    /// An inline error transition.
    ErrorTransition,
    /// An input of a transition.
    Input,
    /// An alias; it is declared by its first use.
    Alias,
    /// An activity.
    Activity,
    /// A state that is gone.
    RetiredState,
    /// A transition that is gone.
    RetiredTransition,
}

impl SymbolKind {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            SymbolKind::Workflow => "workflow",
            SymbolKind::State => "state",
            SymbolKind::Variable => "variable",
            SymbolKind::Action => "action",
            SymbolKind::Guard => "guard",
            SymbolKind::Parameter => "parameter",
            SymbolKind::Transition => "transition",
            SymbolKind::ErrorTransition => "error transition",
            SymbolKind::Input => "input",
            SymbolKind::Alias => "alias",
            SymbolKind::Activity => "activity",
            SymbolKind::RetiredState => "retired state",
            SymbolKind::RetiredTransition => "retired transition",
        }
    }
}

/// The number of a symbol of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct SymbolId(pub(super) usize);

/// A place where a name stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    pub(super) span: Span,
    /// What it names: one symbol, or the like-named variables of all the states that
    /// `source.NAME` may read it from.
    pub(super) symbols: Vec<SymbolId>,
    pub(super) declares: bool,
}

/// A way from states to a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) transition: SymbolId,
    /// Shared by all that leave `*`: they may be many times many.
    pub(super) sources: Arc<[SymbolId]>,
    pub(super) target: Option<Landing>,
    /// What makes it fire if no caller does, such as `automatic`.
    pub(super) fires: Option<String>,
}

/// Where a transition leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Landing {
    State(SymbolId),
    Same,
}

/// An input that supplies a variable because the two have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) input: SymbolId,
    pub(super) variable: SymbolId,
    /// Where the list of the target could say so.
    pub(super) list: ListPlace,
}

/// Where something can be added to the list of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListPlace {
    /// There is no list: behind this byte one may stand.
    None(usize),
    /// There is an empty one, which opens before this byte.
    Empty(usize),
    /// Behind the last entry, which ends before this byte.
    Behind(usize),
}

/// A name that nothing has, where a declaration of it is known to mend that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) span: Span,
    pub(super) kind: SymbolKind,
    pub(super) workflow: SymbolId,
    /// What would declare it.
    pub(super) declaration: String,
}

/// The codes that are allowed in an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    /// The item.
    pub(super) scope: Span,
    pub(super) codes: Vec<Span>,
}
