//! The states that transitions leave.

use super::declare::unknown_state;
use super::graph::Sources;
use super::names::Names;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{StateId, StateKind};
use crate::span::Span;
use crate::syntax::{File, Source, Transition, Word, Workflow};
use std::collections::HashMap;
use std::rc::Rc;

/// How many sources all transitions of a workflow may have together, with those of `*`
/// counted one by one.
const MOST: usize = 4_000_000;

/// `*`: every state that is not final. Of two with one name the first counts.
pub(super) fn every(workflow: &Workflow<'_>, names: &Names<'_>) -> Sources {
    let states = workflow.states.iter().enumerate();
    let counts = |number, name: Option<Word<'_>>| {
        name.is_none_or(|name| names.find(name.text) == Some(number))
    };
    Sources {
        states: states
            .filter(|(number, state)| state.kind != StateKind::Final && counts(*number, state.name))
            .map(|(number, _)| StateId(number))
            .collect(),
        any: true,
        complete: true,
    }
}

/// Whether a transition leaves `*`, which stands alone.
pub(super) fn is_every(transition: &Transition<'_>, diagnostics: &mut Diagnostics) -> bool {
    let star = transition
        .sources
        .iter()
        .flatten()
        .find_map(|source| match source {
            Source::Any(span) => Some(*span),
            Source::Named(_) => None,
        });
    let Some(star) = star else {
        return false;
    };
    if transition.sources.len() > 1 {
        diagnostics.report(
            Diagnostic::error(Code::StarWithNames, star, "`*` stands beside other sources")
                .label("this is every state that is not final")
                .help("write `*` alone, or name the sources"),
        );
    }
    true
}

/// The states that a transition names, each once.
pub(super) fn named<'a>(
    transition: &Transition<'a>,
    names: &Names<'a>,
    file: &File<'a>,
    diagnostics: &mut Diagnostics,
) -> Sources {
    let mut sources = Sources {
        complete: true,
        ..Sources::default()
    };
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for source in &transition.sources {
        let Some(Source::Named(word)) = source else {
            sources.complete = false;
            continue;
        };
        if let Some(first) = seen.insert(word.text, word.span) {
            diagnostics.report(
                Diagnostic::error(
                    Code::DuplicateSource,
                    word.span,
                    format!("`{}` is a source twice", word.text),
                )
                .label("the second")
                .related(first, "the first")
                .help("drop one of them"),
            );
            continue;
        }
        match names.find(word.text) {
            Some(state) => sources.states.push(StateId(state)),
            None if ["any", "all", "every"].contains(&word.text) => {
                sources.complete = false;
                diagnostics.report(
                    Diagnostic::error(
                        Code::UnknownState,
                        word.span,
                        format!("there is no state `{}`", word.text),
                    )
                    .label("unknown")
                    .help("write `*` alone: it is every state that is not final"),
                );
            }
            None => {
                sources.complete = false;
                unknown_state(*word, names, file, diagnostics);
            }
        }
    }
    sources.states.sort_unstable();
    sources
}

/// All transitions together have so few sources that a model of them fits in memory;
/// those of the first transition too many, and after it, are dropped.
pub(super) fn fit(
    transition: &Transition<'_>,
    sources: Rc<Sources>,
    pairs: &mut usize,
    diagnostics: &mut Diagnostics,
) -> Rc<Sources> {
    let before = *pairs;
    *pairs += sources.states.len();
    if *pairs <= MOST {
        return sources;
    }
    if before <= MOST {
        diagnostics.report(
            Diagnostic::error(
                Code::TooMany,
                transition.name.map_or(transition.span, |name| name.span),
                format!("the transitions of this workflow have more than {MOST} sources"),
            )
            .label("the first too many")
            .help("split the workflow, or use `*` less"),
        );
    }
    Rc::new(Sources::default())
}
