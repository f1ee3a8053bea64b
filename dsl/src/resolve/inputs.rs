//! The inputs of inline error transitions: those of the failing one that they use.

use super::graph::{Destination, Field, Graph, Step};
use crate::syntax::{Arguments, ClauseKind, Handler, ValueKind};
use std::collections::HashSet;

/// The names that a transition, and the error transitions it declares, look for among
/// the inputs.
#[derive(Default)]
struct Used<'a> {
    /// Those written as values.
    values: HashSet<&'a str>,
    /// Those of variables that the target's list does not mention.
    unlisted: HashSet<&'a str>,
}

impl<'a> Used<'a> {
    fn of(graph: &Graph<'a>, step: usize) -> Self {
        let mut used = Used::default();
        let mut next = Some(step);
        while let Some(step) = next.and_then(|number| graph.steps.get(number)) {
            used.add(graph, step);
            next = step
                .handler
                .as_ref()
                .filter(|handler| handler.fire.is_none())
                .and_then(|handler| handler.step);
        }
        used
    }

    fn contains(&self, input: &str) -> bool {
        self.values.contains(input) || self.unlisted.contains(input)
    }

    fn add(&mut self, graph: &Graph<'a>, step: &Step<'a>) {
        let target = step.syntax.target.as_ref();
        let listed = target.and_then(|target| target.values.as_ref());
        self.add_values(listed);
        if let Some(Destination::State(state)) = step.target {
            let variables = graph.state(state).map_or(&[][..], |state| &state.variables);
            let names = variables.iter().map(|variable| variable.syntax.name.text);
            let list = listed.map_or(&[][..], |listed| &listed.list);
            self.unlisted
                .extend(names.filter(|name| !list.iter().any(|value| value.name.text == *name)));
        }
        for clause in &step.syntax.clauses {
            match &clause.kind {
                ClauseKind::When {
                    guard: Some(call), ..
                }
                | ClauseKind::Do(Some(call))
                | ClauseKind::OnError(Some(Handler::Fire(call))) => {
                    self.add_values(call.arguments.as_ref());
                }
                _ => {}
            }
        }
    }

    fn add_values(&mut self, arguments: Option<&Arguments<'a>>) {
        let list = arguments.map_or(&[][..], |arguments| &arguments.list);
        for value in list.iter().filter_map(|argument| argument.value.as_ref()) {
            if let ValueKind::Input(name) = value.kind {
                self.values.insert(name);
            }
        }
    }
}

/// Gives every inline error transition its inputs.
pub(super) fn infer(graph: &mut Graph<'_>) {
    let mut inputs: Vec<(usize, Vec<Field<'_>>)> = Vec::new();
    for (number, step) in graph.steps.iter().enumerate() {
        let Some(root) = graph.steps.get(step.root).filter(|_| step.root != number) else {
            continue;
        };
        let used = Used::of(graph, number);
        let own = root
            .inputs
            .iter()
            .filter(|input| used.contains(input.syntax.name.text));
        inputs.push((number, own.cloned().collect()));
    }
    for (number, own) in inputs {
        if let Some(step) = graph.steps.get_mut(number) {
            step.inputs = own;
        }
    }
}
