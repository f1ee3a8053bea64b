//! What actions return: the variables that nothing else supplies.

use super::Lowering;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{ActionResult, StateId};
use crate::resolve::graph::{Action, Destination, Step};
use crate::span::Span;
use std::collections::HashSet;

/// What one step takes from the result of its action.
pub(super) struct Supplied {
    pub(super) step: usize,
    /// Variables of the target, by number.
    pub(super) variables: Vec<usize>,
    /// Whether the values beside it could not be made out.
    pub(super) unclear: bool,
}

impl<'a> Lowering<'a, '_, '_> {
    /// Whether the action that a step runs supplies variables of its target: an action
    /// with a result runs only where the target is the state it is declared for.
    pub(super) fn result_fits(&mut self, step: &Step<'a>, target: Option<StateId>) -> bool {
        let Some(used) = &step.action else {
            return false;
        };
        let Some(action) = used
            .action
            .and_then(|number| self.graph.actions.get(number))
        else {
            return false;
        };
        let (Some(result), Some(declared), Some(call)) =
            (action.result, action.syntax.result, used.call)
        else {
            return false;
        };
        if target != Some(result) {
            let leads = match target {
                Some(state) => format!("leads to `{}`", self.graph.state_name(state)),
                None => "keeps its state".into(),
            };
            self.diagnostics.report(
                Diagnostic::error(
                    Code::WrongResult,
                    call.name.span,
                    format!(
                        "the action `{}` supplies variables of `{}`, but this transition {leads}",
                        call.name.text, declared.text
                    ),
                )
                .label("its result has no place here")
                .related(declared.span, "its result")
                .help("declare another action without that result"),
            );
        }
        target == Some(result)
    }

    /// The result of each action: every transition that runs it wants the same
    /// variables, and at least one.
    pub(super) fn results(&mut self) -> Vec<Option<ActionResult>> {
        let graph = self.graph;
        let mut wanted: Vec<Option<Supplied>> = graph.actions.iter().map(|_| None).collect();
        for supplied in std::mem::take(&mut self.supplied) {
            let Some(step) = graph.steps.get(supplied.step) else {
                continue;
            };
            let number = step.action.as_ref().and_then(|used| used.action);
            let Some(slot) = number.and_then(|number| wanted.get_mut(number)) else {
                continue;
            };
            match slot {
                Some(first) if first.unclear || supplied.unclear => {}
                Some(first) if first.variables != supplied.variables => {
                    if let Some(other) = graph.steps.get(first.step) {
                        self.ambiguous((step, &supplied), (other, first));
                    }
                }
                Some(_) => {}
                None => *slot = Some(supplied),
            }
        }
        let steps = graph.steps.iter();
        let run: HashSet<usize> = steps
            .filter_map(|step| step.action.as_ref()?.action)
            .collect();
        let mut results = Vec::new();
        for (number, (action, wanted)) in (0..).zip(graph.actions.iter().zip(wanted)) {
            let wanted = match wanted {
                None if !run.contains(&number) => self.whole(action),
                wanted => wanted,
            };
            if wanted
                .as_ref()
                .is_some_and(|wanted| wanted.variables.is_empty() && !wanted.unclear)
            {
                self.useless(action);
            }
            results.push(
                action
                    .result
                    .zip(wanted)
                    .map(|(state, wanted)| ActionResult {
                        state,
                        variables: wanted.variables,
                    }),
            );
        }
        results
    }

    /// What an action supplies that no transition runs: all, for nothing else does.
    fn whole(&self, action: &Action<'a>) -> Option<Supplied> {
        let state = self.graph.state(action.result?)?;
        Some(Supplied {
            step: self.graph.steps.len(),
            variables: (0..state.variables.len()).collect(),
            unclear: self.graph.torn() || self.graph.holes.actions,
        })
    }

    /// Two transitions leave different variables to one action.
    fn ambiguous(&mut self, second: (&Step<'a>, &Supplied), first: (&Step<'a>, &Supplied)) {
        let Some(Destination::State(state)) = second.0.target else {
            return;
        };
        let variables = self
            .graph
            .state(state)
            .map_or(&[][..], |state| &state.variables);
        let listed = |numbers: &mut dyn Iterator<Item = usize>| {
            let names = numbers.filter_map(|number| variables.get(number));
            let names: Vec<String> = names
                .map(|variable| format!("`{}`", variable.syntax.name.text))
                .collect();
            if names.is_empty() {
                "none".into()
            } else {
                names.join(", ")
            }
        };
        let wants = |supplied: &Supplied| listed(&mut supplied.variables.iter().copied());
        let mut differ = (0..variables.len()).filter(|number| {
            second.1.variables.contains(number) != first.1.variables.contains(number)
        });
        let differ = listed(&mut differ);
        let action = second.0.action.as_ref().and_then(|used| used.call);
        let action = action.map_or("", |call| call.name.text);
        self.diagnostics.report(
            Diagnostic::error(
                Code::AmbiguousResult,
                run_at(second.0),
                format!(
                    "`{}` and `{}` leave different variables to the action `{action}`: they differ in {differ}",
                    first.0.name(),
                    second.0.name()
                ),
            )
            .label(format!("leaves it {}", wants(second.1)))
            .related(run_at(first.0), format!("leaves it {}", wants(first.1)))
            .help(format!(
                "give {differ} a value after both targets or after neither, or declare two actions"
            )),
        );
    }

    fn useless(&mut self, action: &Action<'a>) {
        if let (Some(name), Some(result)) = (action.syntax.name, action.syntax.result) {
            self.diagnostics.report(
                Diagnostic::error(
                    Code::UselessResult,
                    result.span,
                    format!(
                        "no variable of `{}` is left for the action `{}` to supply",
                        result.text, name.text
                    ),
                )
                .label("supplies nothing")
                .help(format!(
                    "drop `-> {}`, or leave a variable to it",
                    result.text
                )),
            );
        }
    }
}

/// Where a step runs its action.
fn run_at(step: &Step<'_>) -> Span {
    let call = step.action.as_ref().and_then(|used| used.call);
    call.map_or(step.place(), |call| call.name.span)
}
