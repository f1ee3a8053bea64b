//! Every name of a file, and what it stands for.
//!
//! It is built from the syntax tree, not from the model, so that it is there for a text
//! that is half written. Of two things with one name the first counts, as it does for
//! the compiler.

use super::extent::Extents;
use super::refer;
use super::symbol::{Allowed, Arrow, Link, Missing, Occurrence, Symbol, SymbolId, SymbolKind};
use crate::model::StateKind;
use crate::parse::token::{TokenKind, tokens};
use crate::span::Span;
use crate::syntax::{ClauseKind, Field, File, Handler, Transition, Word, Workflow};
use std::collections::{BTreeMap, HashMap};

/// The names of one text.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) symbols: Vec<Symbol>,
    /// In the order of the text.
    pub(super) occurrences: Vec<Occurrence>,
    pub(super) arrows: Vec<Arrow>,
    pub(super) links: Vec<Link>,
    pub(super) missing: Vec<Missing>,
    pub(super) allowed: Vec<Allowed>,
    /// Aliases, each with the transitions that have it.
    pub(super) aliased: BTreeMap<SymbolId, Vec<SymbolId>>,
}

/// What the names of one workflow stand for.
#[derive(Default)]
pub(super) struct Scope<'a> {
    pub(super) states: HashMap<&'a str, SymbolId>,
    /// Actions and guards, which share their names.
    pub(super) methods: HashMap<&'a str, SymbolId>,
    pub(super) transitions: HashMap<&'a str, SymbolId>,
    pub(super) aliases: HashMap<&'a str, SymbolId>,
    /// Every state that is not final.
    pub(super) any: Vec<SymbolId>,
    /// Transitions of all kinds and retired states, by where their names begin.
    pub(super) at: HashMap<usize, SymbolId>,
}

impl Index {
    pub(super) fn new(source: &str, file: &File<'_>, extents: &Extents) -> Self {
        let mut builder = Builder {
            source,
            extents,
            index: Index::default(),
        };
        for workflow in &file.workflows {
            builder.workflow(workflow);
        }
        let mut index = builder.index;
        let allows = file.allows.workflows.iter().chain(&file.allows.items);
        index.allowed = allows
            .map(|allow| Allowed {
                scope: allow.scope,
                codes: allow.codes.iter().map(|code| code.span).collect(),
            })
            .collect();
        index.occurrences.sort_by_key(|occurrence| occurrence.span);
        index
    }

    pub(super) fn symbol(&self, id: SymbolId) -> Option<&Symbol> {
        self.symbols.get(id.0)
    }

    pub(super) fn name(&self, id: SymbolId) -> &str {
        self.symbol(id).map_or("", |symbol| &symbol.name)
    }

    /// The occurrence that touches a place: a caret behind a name is still on it.
    pub(super) fn at(&self, offset: usize) -> Option<&Occurrence> {
        let behind = self
            .occurrences
            .partition_point(|occurrence| occurrence.span.start <= offset);
        let found = self.occurrences.get(behind.checked_sub(1)?)?;
        (offset <= found.span.end).then_some(found)
    }

    /// The variable, input, parameter or the like of this name.
    pub(super) fn child(&self, parent: SymbolId, name: &str) -> Option<SymbolId> {
        let children = &self.symbol(parent)?.children;
        children
            .iter()
            .copied()
            .find(|child| self.is_field(*child) && self.name(*child) == name)
    }

    /// The variables, inputs or parameters.
    pub(super) fn fields(&self, parent: SymbolId) -> impl Iterator<Item = SymbolId> {
        let children = self.symbol(parent).map_or(&[][..], |it| &it.children);
        children
            .iter()
            .copied()
            .filter(|child| self.is_field(*child))
    }

    /// The transition whose inputs an error transition has, and any other its own.
    pub(super) fn root(&self, transition: SymbolId) -> SymbolId {
        let mut root = transition;
        while let Some(symbol) = self.symbol(root)
            && symbol.kind == SymbolKind::ErrorTransition
            && let Some(parent) = symbol.parent
        {
            root = parent;
        }
        root
    }

    /// The workflow that something is declared in, or is.
    pub(super) fn workflow_of(&self, id: SymbolId) -> SymbolId {
        let mut workflow = id;
        while let Some(parent) = self.symbol(workflow).and_then(|symbol| symbol.parent) {
            workflow = parent;
        }
        workflow
    }

    /// The workflow around a place: the last that begins before it.
    pub(super) fn workflow_at(&self, offset: usize) -> Option<SymbolId> {
        (0..self.symbols.len()).map(SymbolId).rfind(|id| {
            self.symbol(*id).is_some_and(|symbol| {
                symbol.kind == SymbolKind::Workflow && symbol.span.start <= offset
            })
        })
    }

    /// What a workflow declares of some kinds, inline error transitions included.
    pub(super) fn declared(
        &self,
        workflow: SymbolId,
        kinds: &'static [SymbolKind],
    ) -> impl Iterator<Item = SymbolId> {
        (0..self.symbols.len()).map(SymbolId).filter(move |id| {
            let symbol = self.symbol(*id);
            symbol.is_some_and(|symbol| kinds.contains(&symbol.kind) && !symbol.name.is_empty())
                && self.workflow_of(*id) == workflow
        })
    }

    fn is_field(&self, id: SymbolId) -> bool {
        self.symbol(id).is_some_and(|symbol| {
            matches!(
                symbol.kind,
                SymbolKind::Variable | SymbolKind::Parameter | SymbolKind::Input
            )
        })
    }
}

/// Gathers the symbols of a file.
pub(super) struct Builder<'a, 's> {
    pub(super) source: &'s str,
    pub(super) index: Index,
    extents: &'a Extents,
}

impl Builder<'_, '_> {
    fn workflow<'a>(&mut self, workflow: &'a Workflow<'a>) {
        let id = self.declare(
            SymbolKind::Workflow,
            workflow.name,
            workflow.keyword,
            &workflow.docs,
            None,
        );
        let mut scope = Scope::default();
        for state in &workflow.states {
            let Some(name) = state.name else { continue };
            let state_id = self.item(SymbolKind::State, name, &state.docs, id);
            self.set_former(state_id, &state.was);
            self.fields(SymbolKind::Variable, &state.variables, state_id);
            let first = *scope.states.entry(name.text).or_insert(state_id);
            if state.kind != StateKind::Final && first == state_id {
                scope.any.push(state_id);
            }
        }
        for action in &workflow.actions {
            let Some(name) = action.name else { continue };
            let action_id = self.item(SymbolKind::Action, name, &action.docs, id);
            self.fields(SymbolKind::Parameter, &action.parameters, action_id);
            scope.methods.entry(name.text).or_insert(action_id);
        }
        for guard in &workflow.guards {
            let Some(name) = guard.name else { continue };
            let guard_id = self.item(SymbolKind::Guard, name, &guard.docs, id);
            self.fields(SymbolKind::Parameter, &guard.parameters, guard_id);
            scope.methods.entry(name.text).or_insert(guard_id);
        }
        for activity in &workflow.activities {
            let Some(name) = activity.name else { continue };
            self.item(SymbolKind::Activity, name, &activity.docs, id);
        }
        for state in &workflow.retired_states {
            let kind = SymbolKind::RetiredState;
            let state_id = self.item(kind, state.name, &state.docs, id);
            self.fields(SymbolKind::Variable, &state.variables, state_id);
            scope.at.insert(state.name.span.start, state_id);
        }
        for name in &workflow.retired_transitions {
            self.item(SymbolKind::RetiredTransition, *name, &[], id);
        }
        for transition in &workflow.transitions {
            self.transition(SymbolKind::Transition, transition, id, &mut scope);
        }
        refer::workflow(self, workflow, id, scope);
    }

    fn transition<'a>(
        &mut self,
        kind: SymbolKind,
        transition: &'a Transition<'a>,
        parent: SymbolId,
        scope: &mut Scope<'a>,
    ) {
        let mut inner_parent = parent;
        if let Some(name) = transition.name {
            let id = self.item(kind, name, &transition.docs, parent);
            self.set_former(id, &transition.was);
            let end = (transition.target.as_ref()).map_or(name.span.end, |target| {
                let list = target.values.as_ref().map(|values| values.span);
                list.unwrap_or(target.state.span).end
            });
            self.set_detail(
                id,
                Span {
                    start: name.span.end,
                    end,
                },
            );
            self.fields(SymbolKind::Input, &transition.inputs, id);
            scope.transitions.entry(name.text).or_insert(id);
            scope.at.insert(name.span.start, id);
            inner_parent = id;
        }
        for clause in &transition.clauses {
            if let ClauseKind::OnError(Some(Handler::Inline(inner))) = &clause.kind {
                self.transition(SymbolKind::ErrorTransition, inner, inner_parent, scope);
            }
        }
    }

    fn fields(&mut self, kind: SymbolKind, fields: &[Field<'_>], parent: SymbolId) {
        for field in fields {
            let id = self.item(kind, field.name, &field.docs, parent);
            self.set_former(id, &field.was);
            if let Some(ty) = &field.ty {
                self.set_detail(id, ty.span);
            }
        }
    }

    fn item(
        &mut self,
        kind: SymbolKind,
        name: Word<'_>,
        docs: &[String],
        parent: SymbolId,
    ) -> SymbolId {
        self.declare(kind, Some(name), name.span, docs, Some(parent))
    }

    /// Adds a symbol; without a name it is found by nothing.
    pub(super) fn declare(
        &mut self,
        kind: SymbolKind,
        name: Option<Word<'_>>,
        place: Span,
        docs: &[String],
        parent: Option<SymbolId>,
    ) -> SymbolId {
        let id = SymbolId(self.index.symbols.len());
        let name_span = name.map_or(place, |name| name.span);
        let span = self.extents.declaration(name_span);
        self.index.symbols.push(Symbol {
            kind,
            name: name.map_or_else(String::new, |name| name.text.to_string()),
            detail: String::new(),
            docs: docs.to_vec(),
            name_span,
            span,
            former: None,
            parent,
            children: Vec::new(),
        });
        if name.is_some() {
            self.occurs(name_span, vec![id], true);
            if kind != SymbolKind::Workflow {
                let end = span.end.max(name_span.end);
                self.set_detail(
                    id,
                    Span {
                        start: name_span.end,
                        end,
                    },
                );
            }
        }
        if let Some(parent) = parent.and_then(|parent| self.index.symbols.get_mut(parent.0)) {
            parent.children.push(id);
        }
        id
    }

    fn set_former(&mut self, id: SymbolId, was: &[Word<'_>]) {
        let first = was.first().map(|word| word.span.start);
        if let Some(symbol) = self.index.symbols.get_mut(id.0) {
            symbol.former = first;
        }
    }

    /// Keeps what stands there on one line, without comments.
    fn set_detail(&mut self, id: SymbolId, span: Span) {
        let text = span.text(self.source);
        let mut detail = String::new();
        let mut end = 0;
        for (kind, token) in tokens(text) {
            if kind == TokenKind::Doc {
                continue;
            }
            if token.start > end && !detail.is_empty() {
                detail.push(' ');
            }
            detail.push_str(token.text(text));
            end = token.end;
        }
        if let Some(symbol) = self.index.symbols.get_mut(id.0) {
            symbol.detail = detail;
        }
    }

    pub(super) fn occurs(&mut self, span: Span, symbols: Vec<SymbolId>, declares: bool) {
        self.index.occurrences.push(Occurrence {
            span,
            symbols,
            declares,
        });
    }
}
