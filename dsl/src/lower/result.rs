//! What actions return: the variables that nothing else supplies.

use super::Lowering;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::{ActionResult, StateId};
use crate::resolve::graph::{Action, Step};
use crate::span::Span;

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
                    let first_place = graph.steps.get(first.step).map_or(step.place(), run_at);
                    self.ambiguous(step, first_place);
                }
                Some(_) => {}
                None => *slot = Some(supplied),
            }
        }
        let mut results = Vec::new();
        for (action, wanted) in graph.actions.iter().zip(wanted) {
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

    fn ambiguous(&mut self, step: &Step<'a>, first: Span) {
        self.diagnostics.report(
            Diagnostic::error(
                Code::AmbiguousResult,
                run_at(step),
                "this transition wants other variables of the action than the first that runs it",
            )
            .label("wants other variables")
            .related(first, "the first")
            .help("list the same variables after both targets, or declare two actions"),
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
