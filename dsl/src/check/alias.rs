//! Aliases: second names that callers may fire.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::StateId;
use crate::resolve::graph::{Field, Graph, Step};
use crate::syntax::Word;
use std::collections::{HashMap, HashSet};

/// In any state, an alias means one transition.
pub(super) fn unambiguous(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut first: HashMap<(&str, StateId), usize> = HashMap::new();
    let mut reported = HashSet::new();
    for (number, step, alias) in aliased(graph) {
        for source in &step.sources.states {
            let before = *first.entry((alias.text, *source)).or_insert(number);
            if before == number || !reported.insert((before, number)) {
                continue;
            }
            let Some(other) = graph.steps.get(before) else {
                continue;
            };
            diagnostics.report(
                Diagnostic::error(
                    Code::AmbiguousAlias,
                    alias.span,
                    format!(
                        "in `{}` the alias `{}` means both `{}` and `{}`",
                        graph.state_name(*source),
                        alias.text,
                        other.name(),
                        step.name()
                    ),
                )
                .label("ambiguous")
                .related(
                    other.alias.map_or(other.place(), |alias| alias.span),
                    "the other",
                )
                .help("give one of them another alias"),
            );
        }
    }
}

/// All transitions of an alias take the same inputs, in the same order.
pub(super) fn equal_inputs(graph: &Graph<'_>, diagnostics: &mut Diagnostics) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (number, step, alias) in aliased(graph) {
        let before = *first.entry(alias.text).or_insert(number);
        let Some(other) = graph.steps.get(before) else {
            continue;
        };
        let known = |step: &Step<'_>| step.inputs.iter().all(|input| input.ty.is_some());
        if graph.torn() || !known(step) || !known(other) || same(&step.inputs, &other.inputs) {
            continue;
        }
        diagnostics.report(
            Diagnostic::error(
                Code::AliasInputs,
                alias.span,
                format!(
                    "the alias `{}` means transitions with different inputs",
                    alias.text
                ),
            )
            .label(format!("takes {}", listed(&step.inputs)))
            .related(
                other.alias.map_or(other.place(), |alias| alias.span),
                format!("takes {}", listed(&other.inputs)),
            )
            .help("give them equal inputs, or one of them another alias"),
        );
    }
}

fn aliased<'g, 'a>(graph: &'g Graph<'a>) -> impl Iterator<Item = (usize, &'g Step<'a>, Word<'a>)> {
    let steps = graph.steps.iter().enumerate();
    steps.filter_map(|(number, step)| Some((number, step, step.alias?)))
}

fn same(one: &[Field<'_>], other: &[Field<'_>]) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.is(other.syntax.name.text) && one.ty == other.ty)
}

fn listed(inputs: &[Field<'_>]) -> String {
    let inputs: Vec<String> = inputs
        .iter()
        .map(|input| {
            let ty = input
                .ty
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            format!("{}: {ty}", input.syntax.name.text)
        })
        .collect();
    format!("`({})`", inputs.join(", "))
}
