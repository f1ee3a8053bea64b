//! Graph to model: every value finds its type and its place.
//!
//! Where something is missing or wrong, and so has been reported, the model gets a
//! placeholder: nobody sees a model of a text with errors.

mod arguments;
mod result;
mod target;
mod value;

use crate::diagnostic::Diagnostics;
use crate::model::{
    Action, ActionCall, ActionId, ActionResult, Alias, AliasId, ErrorPath, Field, Guard, GuardCall,
    GuardId, Name, OnInterrupt, State, Target, Transition, TransitionId, Type, Value, Workflow,
};
use crate::resolve::graph::{self, Graph, Step};
use crate::syntax::{File, Word};
use std::collections::HashMap;
use value::Scope;

/// Lowers one workflow; the model counts only if nothing was reported.
pub(crate) fn lower<'a>(
    graph: &Graph<'a>,
    file: &File<'a>,
    diagnostics: &mut Diagnostics,
) -> Workflow {
    let mut lowering = Lowering {
        graph,
        file,
        diagnostics,
        supplied: Vec::new(),
    };
    let aliases = aliases(graph);
    let mut transitions: Vec<Transition> = (0..)
        .zip(&graph.steps)
        .map(|(number, step)| lowering.transition(number, step))
        .collect();
    for (number, alias) in aliases.iter().enumerate() {
        for transition in &alias.transitions {
            if let Some(transition) = transitions.get_mut(transition.0) {
                transition.alias = Some(AliasId(number));
            }
        }
    }
    let results = lowering.results();
    let actions = graph.actions.iter().zip(results);
    Workflow {
        name: name(graph.syntax.name),
        docs: graph.syntax.docs.clone(),
        states: graph.states.iter().map(state).collect(),
        actions: actions.map(|(one, result)| action(one, result)).collect(),
        guards: graph.guards.iter().map(guard).collect(),
        aliases,
        transitions,
        activities: Vec::new(),
        retired_states: Vec::new(),
        retired_transitions: Vec::new(),
    }
}

struct Lowering<'a, 'g, 'd> {
    graph: &'g Graph<'a>,
    file: &'g File<'a>,
    diagnostics: &'d mut Diagnostics,
    /// For each step that runs an action with a result: what it takes from that.
    supplied: Vec<result::Supplied>,
}

impl<'a> Lowering<'a, '_, '_> {
    fn transition(&mut self, number: usize, step: &Step<'a>) -> Transition {
        let scope = Scope::of(self.graph, step);
        Transition {
            name: name(step.syntax.name),
            was: Vec::new(),
            docs: step.syntax.docs.clone(),
            error_of: step.error_of.map(TransitionId),
            inputs: step.inputs.iter().map(field).collect(),
            sources: step.sources.states.clone(),
            target: self.target(number, step, &scope),
            automatic: step.automatic.is_some(),
            after: None,
            alias: None,
            guards: step
                .guards
                .iter()
                .filter_map(|used| self.guard(used, &scope))
                .collect(),
            action: self.action(step, &scope),
            retry: None,
            timeout: None,
            on_interrupt: OnInterrupt::default(),
            on_error: self.error_path(step, &scope),
            span: step.syntax.span,
        }
    }

    fn guard(&mut self, used: &graph::GuardUse<'a>, scope: &Scope<'a, '_>) -> Option<GuardCall> {
        let number = used.guard?;
        let guard = self.graph.guards.get(number)?;
        let what = format!("guard `{}`", guard.syntax.name?.text);
        Some(GuardCall {
            guard: GuardId(number),
            negated: used.negated,
            arguments: self.arguments(used.call?, &guard.parameters, &what, scope),
        })
    }

    fn action(&mut self, step: &Step<'a>, scope: &Scope<'a, '_>) -> Option<ActionCall> {
        let used = step.action.as_ref()?;
        let number = used.action?;
        let action = self.graph.actions.get(number)?;
        let what = format!("action `{}`", action.syntax.name?.text);
        Some(ActionCall {
            action: ActionId(number),
            arguments: self.arguments(used.call?, &action.parameters, &what, scope),
        })
    }

    fn error_path(&mut self, step: &Step<'a>, scope: &Scope<'a, '_>) -> Option<ErrorPath> {
        let handler = step.handler.as_ref()?;
        let number = handler.step?;
        let error = self.graph.steps.get(number)?;
        let inputs = match handler.fire {
            Some(call) => {
                let what = format!("transition `{}`", error.name());
                self.arguments(call, &error.inputs, &what, &scope.failing())
            }
            None => error
                .inputs
                .iter()
                .filter_map(|input| scope.position(input.syntax.name.text))
                .map(Value::Input)
                .collect(),
        };
        Some(ErrorPath {
            transition: TransitionId(number),
            inputs,
        })
    }
}

fn aliases(graph: &Graph<'_>) -> Vec<Alias> {
    let mut aliases: Vec<Alias> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for (number, step) in graph.steps.iter().enumerate() {
        let Some(alias) = step.alias else {
            continue;
        };
        let index = *numbers.entry(alias.text).or_insert_with(|| {
            aliases.push(Alias {
                name: name(Some(alias)),
                inputs: step.inputs.iter().map(field).collect(),
                transitions: Vec::new(),
            });
            aliases.len() - 1
        });
        if let Some(alias) = aliases.get_mut(index) {
            alias.transitions.push(TransitionId(number));
        }
    }
    aliases
}

fn state(state: &graph::State<'_>) -> State {
    State {
        name: name(state.syntax.name),
        was: Vec::new(),
        kind: state.kind(),
        docs: state.syntax.docs.clone(),
        variables: state.variables.iter().map(field).collect(),
    }
}

fn action(action: &graph::Action<'_>, result: Option<ActionResult>) -> Action {
    Action {
        name: name(action.syntax.name),
        docs: action.syntax.docs.clone(),
        parameters: action.parameters.iter().map(field).collect(),
        result,
    }
}

fn guard(guard: &graph::Guard<'_>) -> Guard {
    Guard {
        name: name(guard.syntax.name),
        docs: guard.syntax.docs.clone(),
        parameters: guard.parameters.iter().map(field).collect(),
    }
}

fn field(field: &graph::Field<'_>) -> Field {
    Field {
        name: name(Some(field.syntax.name)),
        was: Vec::new(),
        ty: field.ty.clone().unwrap_or(Type::Json),
        default: None,
        docs: field.syntax.docs.clone(),
    }
}

fn name(word: Option<Word<'_>>) -> Name {
    match word {
        Some(word) => Name {
            text: word.text.to_string(),
            span: word.span,
        },
        None => Name {
            text: String::new(),
            span: crate::span::Span { start: 0, end: 0 },
        },
    }
}

/// What stands in for a target that was reported.
const NO_TARGET: Target = Target::Same;
