//! The names of a workflow as Rust spells them.

use inflight_dsl::model::{
    Action, ActionId, Guard, GuardId, Name, State, StateId, Transition, TransitionId, Workflow,
};
use proc_macro2::{Ident, Span};

use crate::spans::Spans;

/// A workflow, and the identifiers of what most items name.
pub(super) struct Scope<'a> {
    /// The workflow.
    pub(super) workflow: &'a Workflow,
    /// The variants of `State` and `StateName`, by state.
    states: Vec<Ident>,
    /// The variants of `Transition` and `TransitionName`, by transition.
    transitions: Vec<Ident>,
    spans: &'a Spans,
}

impl<'a> Scope<'a> {
    pub(super) fn new(workflow: &'a Workflow, spans: &'a Spans) -> Self {
        let mut scope = Scope {
            workflow,
            states: Vec::new(),
            transitions: Vec::new(),
            spans,
        };
        scope.states = workflow
            .states
            .iter()
            .map(|state| scope.pascal(&state.name))
            .collect();
        scope.transitions = workflow
            .transitions
            .iter()
            .map(|transition| scope.pascal(&transition.name))
            .collect();
        scope
    }

    /// The name as it is, as a raw identifier where Rust needs one.
    pub(super) fn ident(&self, name: &Name) -> Ident {
        ident(&name.text, self.span(name))
    }

    /// The name in `PascalCase`.
    pub(super) fn pascal(&self, name: &Name) -> Ident {
        Ident::new(&pascal(&name.text), self.span(name))
    }

    /// A name made of a prefix and the name.
    pub(super) fn prefixed(&self, prefix: &str, name: &Name) -> Ident {
        Ident::new(&format!("{prefix}{}", name.text), self.span(name))
    }

    /// The states, each with its variant.
    pub(super) fn states(&self) -> impl Iterator<Item = (&'a State, &Ident)> + Clone {
        self.workflow.states.iter().zip(&self.states)
    }

    /// The transitions, each with its variant.
    pub(super) fn transitions(&self) -> impl Iterator<Item = (&'a Transition, &Ident)> + Clone {
        self.workflow.transitions.iter().zip(&self.transitions)
    }

    pub(super) fn state(&self, id: StateId) -> (&'a State, &Ident) {
        (at(&self.workflow.states, id.0), at(&self.states, id.0))
    }

    pub(super) fn transition(&self, id: TransitionId) -> (&'a Transition, &Ident) {
        (
            at(&self.workflow.transitions, id.0),
            at(&self.transitions, id.0),
        )
    }

    pub(super) fn action(&self, id: ActionId) -> &'a Action {
        at(&self.workflow.actions, id.0)
    }

    pub(super) fn guard(&self, id: GuardId) -> &'a Guard {
        at(&self.workflow.guards, id.0)
    }

    /// Whether all names are at one place, the call of the macro.
    pub(super) fn is_file(&self) -> bool {
        matches!(self.spans, Spans::File)
    }

    /// The place of a name, for tokens of ours.
    pub(super) fn place(&self, name: &Name) -> Span {
        self.spans.of(name.span).resolved_at(Span::mixed_site())
    }

    fn span(&self, name: &Name) -> Span {
        self.spans.of(name.span).resolved_at(Span::call_site())
    }
}

/// What an index of the model refers to.
#[expect(
    clippy::indexing_slicing,
    reason = "the indices of a model refer to what the model holds"
)]
pub(super) fn at<T>(items: &[T], index: usize) -> &T {
    &items[index]
}

/// The name as it is, as a raw identifier where Rust needs one.
pub(super) fn ident(name: &str, span: Span) -> Ident {
    if KEYWORDS.contains(&name) {
        Ident::new_raw(name, span)
    } else {
        Ident::new(name, span)
    }
}

/// `PascalCase` of a `snake_case` name.
fn pascal(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    for word in name.split('_') {
        let mut letters = word.chars();
        pascal.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        pascal.push_str(letters.as_str());
    }
    pascal
}

/// The words that are identifiers only behind `r#`, in any edition.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];
