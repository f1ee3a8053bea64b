//! What could be written at a place.

use super::Document;
use super::context::Context;
use super::expected::{Expected, Header, Owner};
use super::symbol::{SymbolId, SymbolKind};
use crate::code::Code;
use crate::diagnostic::Severity;
use crate::span::Span;
use crate::syntax::TYPES;
use std::collections::HashSet;
use std::sync::Arc;

/// What may be written at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// The word that the chosen one takes the place of; empty if none is begun.
    pub replace: Span,
    /// What may be written, the likeliest first.
    pub items: Vec<Completion>,
}

/// One thing that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is shown, and written.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What stands behind its name, such as its type.
    pub detail: String,
    /// Its doc comment.
    pub docs: Vec<String>,
    /// The names whose values must be given with it, in parentheses.
    pub arguments: Vec<String>,
}

/// What a [`Completion`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompletionKind {
    /// A word of the language.
    Keyword,
    /// Something that is declared.
    Symbol(SymbolKind),
    /// A name to which `: ` and a value belong.
    Argument,
    /// A value.
    Value,
    /// A type.
    Type,
    /// The code of a warning.
    Code,
}

const ITEMS: [&str; 11] = [
    "transition",
    "state",
    "initial state",
    "error state",
    "final state",
    "action",
    "guard",
    "activity",
    "retired state",
    "retired transition",
    "allow",
];
const CLAUSES: [&str; 10] = [
    "do",
    "on error",
    "when",
    "when not",
    "automatic",
    "alias",
    "after",
    "retry",
    "timeout",
    "on interrupt",
];
const INLINE_CLAUSES: [&str; 5] = ["do", "on error", "retry", "timeout", "on interrupt"];

const STATES: &[SymbolKind] = &[SymbolKind::State];
const SOURCES: &[SymbolKind] = &[SymbolKind::State, SymbolKind::RetiredState];
const ACTIONS: &[SymbolKind] = &[SymbolKind::Action];
const GUARDS: &[SymbolKind] = &[SymbolKind::Guard];
const METHODS: &[SymbolKind] = &[SymbolKind::Action, SymbolKind::Guard];
const ALIASES: &[SymbolKind] = &[SymbolKind::Alias];
const TRANSITIONS: &[SymbolKind] = &[SymbolKind::Transition, SymbolKind::ErrorTransition];

/// Lists what may be written at a place.
pub(super) fn complete(document: &Document, offset: usize) -> Option<Completions> {
    let context = Context::at(&document.text, offset)?;
    let mut list = List {
        document,
        workflow: document.index.workflow_at(offset),
        items: Vec::new(),
    };
    list.fill(context.expected);
    Some(Completions {
        replace: context.word,
        items: list.items,
    })
}

struct List<'d> {
    document: &'d Document,
    workflow: Option<SymbolId>,
    items: Vec<Completion>,
}

impl List<'_> {
    fn fill(&mut self, expected: Expected<'_>) {
        match expected {
            Expected::Nothing => {}
            Expected::Words(words) => self.keywords(words),
            Expected::Item(also) => {
                self.keywords(also);
                self.keywords(&ITEMS);
            }
            Expected::Clause { inline: false } => self.keywords(&CLAUSES),
            Expected::Clause { inline: true } => self.keywords(&INLINE_CLAUSES),
            Expected::Source { star, taken } => {
                self.symbols(STATES);
                self.items
                    .retain(|item| !taken.contains(&item.text.as_str()));
                self.keywords(if star { &["*"] } else { &[] });
            }
            Expected::Target { same } => {
                self.symbols(STATES);
                self.keywords(if same { &["same"] } else { &[] });
            }
            Expected::Place { star } => {
                self.symbols(STATES);
                self.keywords(if star { &["*"] } else { &[] });
            }
            Expected::Exception => {
                self.symbols(STATES);
                self.keywords(&["during"]);
            }
            Expected::Action => self.symbols(ACTIONS),
            Expected::Guard { not } => {
                self.symbols(GUARDS);
                self.keywords(if not { &["not"] } else { &[] });
            }
            Expected::Alias => self.symbols(ALIASES),
            Expected::Failing | Expected::Transition => self.symbols(TRANSITIONS),
            Expected::Code => {
                let codes = Code::ALL.iter();
                let warnings = codes.filter(|code| code.severity() == Severity::Warning);
                self.words(warnings.map(|code| code.as_str()), CompletionKind::Code);
            }
            Expected::Type => self.words(TYPES, CompletionKind::Type),
            Expected::ArgumentName { owner, given } => self.arguments(owner, &given),
            Expected::Value {
                owner,
                argument,
                header,
                failure,
            } => self.values(self.field(owner, argument), &header, failure),
            Expected::SourceVariable(header) => {
                for variable in self.source_variables(&header) {
                    self.symbol(variable);
                }
            }
        }
    }

    fn keywords(&mut self, words: &[&str]) {
        self.words(words.iter().copied(), CompletionKind::Keyword);
    }

    fn words<'w>(&mut self, words: impl IntoIterator<Item = &'w str>, kind: CompletionKind) {
        self.items.extend(words.into_iter().map(|word| Completion {
            text: word.to_string(),
            kind,
            detail: String::new(),
            docs: Vec::new(),
            arguments: Vec::new(),
        }));
    }

    /// Everything of these kinds, each name once.
    fn symbols(&mut self, kinds: &'static [SymbolKind]) {
        let Some(workflow) = self.workflow else {
            return;
        };
        let index = &self.document.index;
        let mut names = HashSet::new();
        for id in index.declared(workflow, kinds) {
            if names.insert(index.name(id)) {
                self.symbol(id);
            }
        }
    }

    fn symbol(&mut self, id: SymbolId) {
        let index = &self.document.index;
        let Some(symbol) = index.symbol(id) else {
            return;
        };
        let owner = match symbol.kind {
            SymbolKind::Action | SymbolKind::Guard => Some(id),
            SymbolKind::Transition | SymbolKind::ErrorTransition => Some(index.root(id)),
            _ => None,
        };
        let fields = owner.into_iter().flat_map(|owner| index.fields(owner));
        let arguments = fields.map(|field| index.name(field).to_string()).collect();
        self.items.push(Completion {
            text: symbol.name.clone(),
            kind: CompletionKind::Symbol(symbol.kind),
            detail: symbol.detail.clone(),
            docs: symbol.docs.clone(),
            arguments,
        });
    }

    /// The names that are not given yet.
    fn arguments(&mut self, owner: Owner<'_>, given: &[&str]) {
        let Some(owner) = self.owner(owner) else {
            return;
        };
        let index = &self.document.index;
        for id in index.fields(owner) {
            self.symbol(id);
        }
        self.items
            .retain(|item| !given.contains(&item.text.as_str()));
        for item in &mut self.items {
            item.kind = CompletionKind::Argument;
        }
    }

    /// What has the type that is wanted first, then what may have it otherwise.
    fn values(&mut self, wanted: Option<SymbolId>, header: &Header<'_>, failure: bool) {
        let index = &self.document.index;
        let wanted = wanted.and_then(|field| index.symbol(field));
        let wanted = wanted.map_or("", |field| field.detail.as_str());
        let inputs = self.declared(header.name, TRANSITIONS);
        for name in &header.inputs {
            match inputs.and_then(|transition| index.child(transition, name)) {
                Some(input) => self.symbol(input),
                None => self.words([*name], CompletionKind::Value),
            }
        }
        for variable in self.source_variables(header) {
            let before = self.items.len();
            self.symbol(variable);
            for item in self.items.iter_mut().skip(before) {
                item.text = format!("source.{}", item.text);
            }
        }
        if failure && (wanted.is_empty() || wanted.starts_with("string")) {
            self.words(["failure"], CompletionKind::Value);
        }
        let fits = |detail: &str| !wanted.is_empty() && detail == wanted.trim_end_matches('?');
        self.items
            .sort_by_key(|item| !(fits(&item.detail) || item.detail == wanted));
        if wanted.starts_with("bool") {
            self.words(["true", "false"], CompletionKind::Value);
        }
        if wanted.ends_with('?') {
            self.words(["null"], CompletionKind::Value);
        }
    }

    /// The variables that every source has.
    fn source_variables(&self, header: &Header<'_>) -> Vec<SymbolId> {
        let index = &self.document.index;
        let arrow = self
            .declared(header.name, TRANSITIONS)
            .and_then(|transition| {
                let mut arrows = index.arrows.iter();
                arrows.find(|arrow| arrow.transition == transition)
            });
        let sources: Arc<[SymbolId]> = match arrow {
            Some(arrow) if !arrow.sources.is_empty() => Arc::clone(&arrow.sources),
            _ => {
                let named = header.sources.iter();
                named
                    .filter_map(|name| self.declared(name, SOURCES))
                    .collect()
            }
        };
        let Some((first, others)) = sources.split_first() else {
            return Vec::new();
        };
        let shared = |variable: &SymbolId| {
            let name = index.name(*variable);
            others
                .iter()
                .all(|other| index.child(*other, name).is_some())
        };
        index.fields(*first).filter(shared).collect()
    }

    fn field(&self, owner: Owner<'_>, name: &str) -> Option<SymbolId> {
        self.document.index.child(self.owner(owner)?, name)
    }

    fn owner(&self, owner: Owner<'_>) -> Option<SymbolId> {
        match owner {
            Owner::State(name) => self.declared(name, STATES),
            Owner::Method(name) => self.declared(name, METHODS),
            Owner::Transition(name) => {
                let transition = self.declared(name, TRANSITIONS)?;
                Some(self.document.index.root(transition))
            }
        }
    }

    fn declared(&self, name: &str, kinds: &'static [SymbolKind]) -> Option<SymbolId> {
        let index = &self.document.index;
        index
            .declared(self.workflow?, kinds)
            .find(|id| index.name(*id) == name)
    }
}
