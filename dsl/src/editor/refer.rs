//! What the names of a workflow refer to.

use super::index::{Builder, Scope};
use super::symbol::{Arrow, Landing, Link, ListPlace, Missing, SymbolId, SymbolKind};
use crate::parse::token::token_at;
use crate::resolve::types::suggested;
use crate::span::Span;
use crate::syntax::{
    Activity, Arguments, Call, ClauseKind, Exception, Handler, RetiredState, Source, Target,
    Transition, Value, ValueKind, Word, Workflow,
};
use std::sync::Arc;

/// Records all references of a workflow.
pub(super) fn workflow<'a>(
    builder: &mut Builder<'_, '_>,
    workflow: &'a Workflow<'a>,
    id: SymbolId,
    scope: Scope<'a>,
) {
    let mut references = References {
        builder,
        any: scope.any.as_slice().into(),
        scope,
        workflow: id,
    };
    for action in &workflow.actions {
        if let Some(result) = action.result {
            references.state(result);
        }
    }
    for activity in &workflow.activities {
        references.activity(activity);
    }
    for retired in &workflow.retired_states {
        references.retired(retired);
    }
    for transition in &workflow.transitions {
        let sources = references.sources(transition);
        let within = Within {
            root: references.declared(transition),
            sources: &sources,
        };
        references.transition(transition, within);
    }
}

struct References<'a, 'b, 'e, 's> {
    builder: &'b mut Builder<'e, 's>,
    scope: Scope<'a>,
    /// What `*` is.
    any: Arc<[SymbolId]>,
    workflow: SymbolId,
}

/// What values may name.
#[derive(Clone, Copy)]
struct Within<'w> {
    /// The transition whose inputs they are.
    root: Option<SymbolId>,
    sources: &'w Arc<[SymbolId]>,
}

impl<'a> References<'a, '_, '_, '_> {
    fn declared(&self, transition: &Transition<'a>) -> Option<SymbolId> {
        let name = transition.name?;
        self.scope.at.get(&name.span.start).copied()
    }

    fn sources(&mut self, transition: &Transition<'a>) -> Arc<[SymbolId]> {
        let mut any = false;
        let mut named = Vec::new();
        for source in transition.sources.iter().flatten() {
            match source {
                Source::Any(_) => any = true,
                Source::Named(word) => named.extend(self.state(*word)),
            }
        }
        match any {
            true => Arc::clone(&self.any),
            false => named.into(),
        }
    }

    fn activity(&mut self, activity: &Activity<'a>) {
        for place in activity.places.iter().flatten() {
            if let Source::Named(word) = place {
                self.state(*word);
            }
        }
        for exception in &activity.exceptions {
            match exception {
                Exception::State(word) => {
                    self.state(*word);
                }
                Exception::During(word) => {
                    if let Some(transition) = self.scope.transitions.get(word.text) {
                        self.builder.occurs(word.span, vec![*transition], false);
                    }
                }
                Exception::Missing => {}
            }
        }
    }

    /// The values of what a retired state has become are its own variables.
    fn retired(&mut self, retired: &'a RetiredState<'a>) {
        let own = self.scope.at.get(&retired.name.span.start).copied();
        if let Some(target) = &retired.target {
            let within = Within {
                root: None,
                sources: &own.as_slice().into(),
            };
            self.target(target, within);
        }
    }

    fn transition(&mut self, transition: &'a Transition<'a>, within: Within<'_>) {
        let target = (transition.target.as_ref()).and_then(|target| self.target(target, within));
        if let Some(id) = self.declared(transition) {
            self.builder.index.arrows.push(Arrow {
                transition: id,
                sources: Arc::clone(within.sources),
                target,
                fires: self.fires(transition),
            });
        }
        for clause in &transition.clauses {
            match &clause.kind {
                ClauseKind::Alias(Some(alias)) => self.alias(*alias, within.root),
                ClauseKind::When {
                    guard: Some(call), ..
                } => self.method(call, SymbolKind::Guard, within),
                ClauseKind::Do(Some(call)) => self.method(call, SymbolKind::Action, within),
                ClauseKind::OnError(Some(Handler::Inline(inner))) => {
                    self.transition(inner, within);
                }
                ClauseKind::OnError(Some(Handler::Fire(call))) => self.fire(call, within),
                _ => {}
            }
        }
    }

    /// What makes a transition fire by itself, as it is written.
    fn fires(&self, transition: &Transition<'_>) -> Option<String> {
        let clauses = transition.clauses.iter();
        let mut fires = clauses.filter_map(|clause| match clause.kind {
            ClauseKind::Automatic => Some("automatic".to_string()),
            ClauseKind::After(_) => {
                let (_, time) = token_at(self.builder.source, clause.keyword.end)?;
                Some(format!("after {}", time.text(self.builder.source)))
            }
            _ => None,
        });
        fires.next()
    }

    /// Refers to a state; `same` is none.
    fn state(&mut self, word: Word<'a>) -> Option<SymbolId> {
        if word.text == "same" {
            return None;
        }
        let found = self.scope.states.get(word.text).copied();
        match found {
            Some(state) => self.builder.occurs(word.span, vec![state], false),
            None => self.missing(word, SymbolKind::State, format!("state {}", word.text)),
        }
        found
    }

    fn target(&mut self, target: &'a Target<'a>, within: Within<'_>) -> Option<Landing> {
        if target.state.text == "same" {
            return Some(Landing::Same);
        }
        let state = self.state(target.state);
        self.arguments(target.values.as_ref(), state, within);
        let state = state?;
        self.link(target, state, within);
        Some(Landing::State(state))
    }

    /// Records which inputs supply variables that the target's list does not mention.
    fn link(&mut self, target: &Target<'_>, state: SymbolId, within: Within<'_>) {
        let Some(root) = within.root else { return };
        let listed = target.values.as_ref();
        let list = match listed {
            None => ListPlace::None(target.state.span.end),
            Some(list) => match list.list.last() {
                None => ListPlace::Empty(list.span.start + 1),
                Some(last) => {
                    let value = last
                        .value
                        .as_ref()
                        .map_or(last.name.span, |value| value.span);
                    ListPlace::Behind(value.end)
                }
            },
        };
        let index = &self.builder.index;
        let mentioned = |name: &str| {
            listed.is_some_and(|list| list.list.iter().any(|entry| entry.name.text == name))
        };
        let links: Vec<Link> = index
            .fields(state)
            .filter(|variable| !mentioned(index.name(*variable)))
            .filter_map(|variable| {
                Some(Link {
                    input: index.child(root, index.name(variable))?,
                    variable,
                    list,
                })
            })
            .collect();
        self.builder.index.links.extend(links);
    }

    /// Refers to an alias, which its first use declares.
    fn alias(&mut self, word: Word<'a>, transition: Option<SymbolId>) {
        let alias = match self.scope.aliases.get(word.text).copied() {
            Some(alias) => {
                self.builder.occurs(word.span, vec![alias], false);
                alias
            }
            None => {
                let (kind, workflow) = (SymbolKind::Alias, Some(self.workflow));
                let alias = (self.builder).declare(kind, Some(word), word.span, &[], workflow);
                self.scope.aliases.insert(word.text, alias);
                alias
            }
        };
        let aliased = self.builder.index.aliased.entry(alias).or_default();
        aliased.extend(transition);
    }

    fn method(&mut self, call: &'a Call<'a>, kind: SymbolKind, within: Within<'_>) {
        let found = self.scope.methods.get(call.name.text).copied();
        match found {
            Some(method) => self.builder.occurs(call.name.span, vec![method], false),
            None => {
                let parameters = self.parameters(call, within);
                let declaration = format!("{} {}{parameters}", kind.as_str(), call.name.text);
                self.missing(call.name, kind, declaration);
            }
        }
        self.arguments(call.arguments.as_ref(), found, within);
    }

    fn fire(&mut self, call: &'a Call<'a>, within: Within<'_>) {
        let found = self.scope.transitions.get(call.name.text).copied();
        if let Some(transition) = found {
            self.builder.occurs(call.name.span, vec![transition], false);
        }
        let owner = found.map(|transition| self.builder.index.root(transition));
        self.arguments(call.arguments.as_ref(), owner, within);
    }

    fn arguments(
        &mut self,
        arguments: Option<&'a Arguments<'a>>,
        owner: Option<SymbolId>,
        within: Within<'_>,
    ) {
        for argument in arguments.iter().flat_map(|arguments| &arguments.list) {
            let field = owner.and_then(|it| self.builder.index.child(it, argument.name.text));
            if let Some(field) = field {
                self.builder.occurs(argument.name.span, vec![field], false);
            }
            if let Some(value) = &argument.value {
                self.value(value, within);
            }
        }
    }

    fn value(&mut self, value: &Value<'a>, within: Within<'_>) {
        let (name, symbols) = match value.kind {
            ValueKind::Input(name) => {
                let root = within.root.into_iter();
                (name, self.children(root, name))
            }
            ValueKind::Source(name) => (name, self.children(within.sources.iter().copied(), name)),
            _ => return,
        };
        if !symbols.is_empty() {
            let start = value.span.end.saturating_sub(name.len());
            let end = value.span.end;
            self.builder.occurs(Span { start, end }, symbols, false);
        }
    }

    fn children(&self, owners: impl Iterator<Item = SymbolId>, name: &str) -> Vec<SymbolId> {
        owners
            .filter_map(|owner| self.builder.index.child(owner, name))
            .collect()
    }

    fn missing(&mut self, word: Word<'_>, kind: SymbolKind, declaration: String) {
        self.builder.index.missing.push(Missing {
            span: word.span,
            kind,
            workflow: self.workflow,
            declaration,
        });
    }

    /// The parameters that a call suggests for what it names.
    fn parameters(&self, call: &Call<'_>, within: Within<'_>) -> String {
        let given = call.arguments.iter().flat_map(|given| &given.list);
        let parameters: Vec<String> = given
            .map(|given| {
                let ty = self.type_of(given.value.as_ref(), within);
                format!("{}: {ty}", given.name.text)
            })
            .collect();
        if parameters.is_empty() {
            String::new()
        } else {
            format!("({})", parameters.join(", "))
        }
    }

    /// The type of a value: of an input or variable the one it is declared with.
    fn type_of(&self, value: Option<&Value<'_>>, within: Within<'_>) -> String {
        let named = match value.map(|value| &value.kind) {
            Some(ValueKind::Input(name)) => self.children(within.root.into_iter(), name),
            Some(ValueKind::Source(name)) => self.children(within.sources.iter().copied(), name),
            _ => Vec::new(),
        };
        let field = named.first().and_then(|id| self.builder.index.symbol(*id));
        match field {
            Some(field) if !field.detail.is_empty() => field.detail.clone(),
            _ => suggested(value).to_string(),
        }
    }
}
