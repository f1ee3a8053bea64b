//! Another name for something, everywhere.
//!
//! A rename keeps the meaning. So variables that are read by one `source.NAME` change
//! together, and where an input supplies a variable because their names are equal, the
//! list of the target says so afterwards. The result is compiled before it is handed
//! out: one that has a new mistake, or means something else, is refused.

use super::symbol::{ListPlace, SymbolId, SymbolKind};
use super::{Document, Edit, edited};
use crate::compile;
use crate::model::{Model, Name, Target, Value};
use crate::span::Span;
use std::collections::BTreeSet;
use std::fmt;

/// Why something keeps its name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotRenamed {
    /// There is no name at that place.
    Nothing,
    /// What is gone keeps its name: records have it.
    Gone,
    /// It is no name; a word, and one only, can be.
    NoName(String),
    /// The text would have a mistake that it has not: what the compiler would say.
    Mistake(String),
    /// The text would mean something else.
    OtherMeaning(String),
}

impl fmt::Display for NotRenamed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotRenamed::Nothing => formatter.write_str("there is no name here"),
            NotRenamed::Gone => formatter.write_str("what is retired keeps its name"),
            NotRenamed::NoName(text) => write!(formatter, "`{text}` is no name"),
            NotRenamed::Mistake(message) => formatter.write_str(message),
            NotRenamed::OtherMeaning(name) => {
                write!(
                    formatter,
                    "with the name `{name}` the text would mean something else"
                )
            }
        }
    }
}

impl std::error::Error for NotRenamed {}

/// What becomes of the old name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OldName {
    Forgotten,
    /// It stands after `was`, so that records which have it still load.
    Kept,
}

/// The name at a place, if it may change.
pub(super) fn renameable(document: &Document, offset: usize) -> Result<Span, NotRenamed> {
    let asked = document.index.at(offset).ok_or(NotRenamed::Nothing)?;
    let gone = asked.symbols.iter().any(|id| {
        let kind = document.index.symbol(*id).map(|symbol| symbol.kind);
        matches!(
            kind,
            Some(SymbolKind::RetiredState | SymbolKind::RetiredTransition)
        )
    });
    if gone {
        return Err(NotRenamed::Gone);
    }
    Ok(asked.span)
}

pub(super) fn rename(
    document: &Document,
    offset: usize,
    name: &str,
    old_name: OldName,
) -> Result<Vec<Edit>, NotRenamed> {
    let place = renameable(document, offset)?;
    let is_word = |name: &str| {
        name.starts_with(|first: char| first.is_alphabetic() || first == '_')
            && name
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    if !is_word(name) {
        return Err(NotRenamed::NoName(name.to_string()));
    }
    if place.text(&document.text) == name {
        return Ok(Vec::new());
    }
    let asked = document.index.at(offset);
    let symbols = together(document, asked.map_or(&[], |asked| &asked.symbols));
    let mut edits: Vec<Edit> = places(document, &symbols)
        .map(|span| Edit {
            span,
            text: name.to_string(),
        })
        .collect();
    edits.extend(spelt_out(document, &symbols, name));
    if old_name == OldName::Kept {
        edits.extend(symbols.iter().filter_map(|id| keep(document, *id)));
    }
    prove(document, &edits, name)?;
    Ok(edits)
}

/// Puts the old name of what is persisted behind `was`.
fn keep(document: &Document, id: SymbolId) -> Option<Edit> {
    let symbol = document.index.symbol(id)?;
    let persisted = matches!(
        symbol.kind,
        SymbolKind::State
            | SymbolKind::Variable
            | SymbolKind::Transition
            | SymbolKind::ErrorTransition
            | SymbolKind::Input
    );
    let (place, text) = match symbol.former {
        Some(first) => (first, format!("{} | ", symbol.name)),
        None => (symbol.name_span.end, format!(" was {}", symbol.name)),
    };
    persisted.then_some(Edit {
        span: Span {
            start: place,
            end: place,
        },
        text,
    })
}

/// All that must have one name: because one name reads them all, or because they are
/// inputs of transitions that share an alias.
fn together(document: &Document, asked: &[SymbolId]) -> BTreeSet<SymbolId> {
    let index = &document.index;
    let mut symbols: BTreeSet<SymbolId> = asked.iter().copied().collect();
    loop {
        let before = symbols.len();
        for occurrence in &index.occurrences {
            if occurrence.symbols.iter().any(|id| symbols.contains(id)) {
                symbols.extend(&occurrence.symbols);
            }
        }
        for transitions in index.aliased.values() {
            let inputs: Vec<SymbolId> = (symbols.iter())
                .filter(|id| {
                    let owner = index.symbol(**id).and_then(|symbol| symbol.parent);
                    owner.is_some_and(|owner| transitions.contains(&owner))
                })
                .flat_map(|id| {
                    let owners = transitions.iter();
                    owners.filter_map(|owner| index.child(*owner, index.name(*id)))
                })
                .collect();
            symbols.extend(inputs);
        }
        if symbols.len() == before {
            return symbols;
        }
    }
}

fn places<'d>(
    document: &'d Document,
    symbols: &'d BTreeSet<SymbolId>,
) -> impl Iterator<Item = Span> + 'd {
    let occurrences = document.index.occurrences.iter();
    occurrences
        .filter(|found| found.symbols.iter().any(|id| symbols.contains(id)))
        .map(|found| found.span)
}

/// The values that went without saying, because an input had the name of a variable.
fn spelt_out(document: &Document, symbols: &BTreeSet<SymbolId>, name: &str) -> Vec<Edit> {
    let index = &document.index;
    let mut edits: Vec<Edit> = Vec::new();
    for link in &index.links {
        let new = |id: SymbolId| match symbols.contains(&id) {
            true => name,
            false => index.name(id),
        };
        let (variable, input) = (new(link.variable), new(link.input));
        if variable == input {
            continue;
        }
        let entry = format!("{variable}: {input}");
        let (place, text) = match link.list {
            ListPlace::None(place) => (place, format!("({entry})")),
            ListPlace::Empty(place) => (place, entry),
            ListPlace::Behind(place) => (place, format!(", {entry}")),
        };
        edits.push(Edit {
            span: Span {
                start: place,
                end: place,
            },
            text,
        });
    }
    edits
}

/// Refuses what would not be the same text with another name in it.
fn prove(document: &Document, edits: &[Edit], name: &str) -> Result<(), NotRenamed> {
    let after = compile(&edited(&document.text, edits));
    let before = &document.compiled;
    let count = |compiled: &crate::Compiled, code| {
        let diagnostics = compiled.diagnostics.iter();
        diagnostics.filter(|one| one.code == code).count()
    };
    let new = after
        .diagnostics
        .iter()
        .find(|one| count(&after, one.code) > count(before, one.code));
    if let Some(mistake) = new {
        return Err(NotRenamed::Mistake(mistake.message.clone()));
    }
    let meaning = |model: &Option<Model>| model.clone().map(nameless);
    if before.model.is_some() && meaning(&before.model) != meaning(&after.model) {
        return Err(NotRenamed::OtherMeaning(name.to_string()));
    }
    Ok(())
}

/// A model without names, former ones included, and places.
fn nameless(mut model: Model) -> Model {
    for workflow in &mut model.workflows {
        let names = [&mut workflow.name]
            .into_iter()
            .chain(workflow.states.iter_mut().map(|state| &mut state.name))
            .chain(workflow.actions.iter_mut().map(|action| &mut action.name))
            .chain(workflow.guards.iter_mut().map(|guard| &mut guard.name))
            .chain(workflow.aliases.iter_mut().map(|alias| &mut alias.name))
            .chain(workflow.activities.iter_mut().map(|it| &mut it.name))
            .chain(workflow.retired_states.iter_mut().map(|it| &mut it.name))
            .chain(&mut workflow.retired_transitions)
            .chain(workflow.transitions.iter_mut().map(|it| &mut it.name));
        names.for_each(nameless_name);
        let fields = (workflow.states.iter_mut().map(|state| &mut state.variables))
            .chain(workflow.actions.iter_mut().map(|it| &mut it.parameters))
            .chain(workflow.guards.iter_mut().map(|it| &mut it.parameters))
            .chain(workflow.aliases.iter_mut().map(|alias| &mut alias.inputs))
            .chain(
                workflow
                    .retired_states
                    .iter_mut()
                    .map(|it| &mut it.variables),
            )
            .chain(workflow.transitions.iter_mut().map(|it| &mut it.inputs));
        for field in fields.flatten() {
            nameless_name(&mut field.name);
            field.was.clear();
        }
        for state in &mut workflow.states {
            state.was.clear();
        }
        for state in &mut workflow.retired_states {
            nameless_values(&mut state.values);
        }
        for transition in &mut workflow.transitions {
            transition.was.clear();
            transition.span = NOWHERE;
            if let Target::State(_, values) = &mut transition.target {
                nameless_values(values);
            }
            for guard in &mut transition.guards {
                nameless_values(&mut guard.arguments);
            }
            if let Some(action) = &mut transition.action {
                nameless_values(&mut action.arguments);
            }
            if let Some(path) = &mut transition.on_error {
                nameless_values(&mut path.inputs);
            }
        }
    }
    model
}

const NOWHERE: Span = Span { start: 0, end: 0 };

fn nameless_name(name: &mut Name) {
    name.text.clear();
    name.span = NOWHERE;
}

fn nameless_values(values: &mut [Value]) {
    for value in values {
        let mut value = value;
        while let Value::Some(inner) = value {
            value = inner;
        }
        if let Value::SourceVariable(name) | Value::Result(name) = value {
            name.clear();
        }
    }
}
