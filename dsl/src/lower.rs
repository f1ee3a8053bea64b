//! Graph to model: every value finds its type and its place.
//!
//! Where something is missing or wrong, and so has been reported, the model gets a
//! placeholder: nobody sees a model of a text with errors.

mod arguments;
mod result;
mod retired;
mod scope;
mod target;
mod value;

use crate::diagnostic::Diagnostics;
use crate::model::{
    Action, ActionCall, ActionId, ActionResult, Activity, Alias, AliasId, ErrorPath, Field, Guard,
    GuardCall, GuardId, Name, State, Target, Transition, TransitionId, Type, Value, Workflow,
};
use crate::resolve::graph::{self, Graph, Step};
use crate::syntax::{File, Word};
use scope::Scope;
use std::collections::HashMap;

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
        states: Vec::new(),
        supplied: Vec::new(),
    };
    for state in &graph.states {
        let state = lowering.state(state);
        lowering.states.push(state);
    }
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
    let retired_states = graph.retired_states.iter();
    let retired_states = retired_states
        .map(|one| lowering.retired_state(one))
        .collect();
    let actions = graph.actions.iter().zip(results);
    Workflow {
        name: name(graph.syntax.name),
        docs: graph.syntax.docs.clone(),
        states: lowering.states,
        actions: actions.map(|(one, result)| action(one, result)).collect(),
        guards: graph.guards.iter().map(guard).collect(),
        aliases,
        transitions,
        activities: graph
            .activities
            .iter()
            .map(|one| activity(graph, one))
            .collect(),
        retired_states,
        retired_transitions: names(&graph.syntax.retired_transitions),
    }
}

struct Lowering<'a, 'g, 'd> {
    graph: &'g Graph<'a>,
    file: &'g File<'a>,
    diagnostics: &'d mut Diagnostics,
    /// The states, once their variables have their defaults.
    states: Vec<State>,
    /// For each step that runs an action with a result: what it takes from that.
    supplied: Vec<result::Supplied>,
}

impl<'a> Lowering<'a, '_, '_> {
    fn transition(&mut self, number: usize, step: &Step<'a>) -> Transition {
        let scope = Scope::of(self.graph, step);
        let (target, unset) = self.target(number, step, &scope);
        Transition {
            name: name(step.syntax.name),
            was: names(&step.syntax.was),
            docs: step.syntax.docs.clone(),
            error_of: step.error_of.map(TransitionId),
            inputs: step.inputs.iter().map(field).collect(),
            sources: step.sources.states.clone(),
            target,
            unset,
            automatic: step.automatic.is_some(),
            after: step.after.and_then(|after| after.what),
            alias: None,
            guards: step
                .guards
                .iter()
                .filter_map(|used| self.guard(used, &scope))
                .collect(),
            action: self.action(step, &scope),
            retry: step.retry.and_then(|retry| retry.what),
            timeout: step.timeout.and_then(|timeout| timeout.what),
            on_interrupt: step
                .on_interrupt
                .and_then(|policy| policy.what)
                .unwrap_or_default(),
            on_error: self.error_path(step, &scope),
            span: step.syntax.span,
        }
    }

    fn state(&mut self, state: &graph::State<'a>) -> State {
        State {
            name: name(state.syntax.name),
            was: names(&state.syntax.was),
            kind: state.kind(),
            docs: state.syntax.docs.clone(),
            variables: self.variables_of(&state.variables),
        }
    }

    /// Variables with their defaults.
    fn variables_of(&mut self, variables: &[graph::Field<'a>]) -> Vec<Field> {
        variables
            .iter()
            .map(|variable| Field {
                default: self.default(variable),
                ..field(variable)
            })
            .collect()
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

/// An activity, with the error transitions of those during which it pauses.
fn activity(graph: &Graph<'_>, activity: &graph::Activity<'_>) -> Activity {
    let mut paused: Vec<TransitionId> = Vec::new();
    for during in &activity.paused {
        let mut next = Some(*during);
        while let Some(number) = next {
            let Err(place) = paused.binary_search(&TransitionId(number)) else {
                break;
            };
            paused.insert(place, TransitionId(number));
            let handler = graph
                .steps
                .get(number)
                .and_then(|step| step.handler.as_ref());
            next = handler.and_then(|handler| handler.step);
        }
    }
    Activity {
        name: name(activity.syntax.name),
        docs: activity.syntax.docs.clone(),
        states: activity.states.clone(),
        paused,
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
        was: names(&field.syntax.was),
        ty: field.ty.clone().unwrap_or(Type::Json),
        default: None,
        docs: field.syntax.docs.clone(),
    }
}

fn names(words: &[Word<'_>]) -> Vec<Name> {
    words.iter().map(|word| name(Some(*word))).collect()
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
