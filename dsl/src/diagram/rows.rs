//! The rows of the tables: what a reviewer must know of a workflow, in words.

use crate::diagram::drawing::{failing, open};
use crate::diagram::label::{self, COLON};
use crate::diagram::mark::Mark;
use crate::diagram::value::duration;
use crate::model::{
    Activity, Field, Name, RetiredState, State, StateId, StateKind, Target, Transition, Value,
    Workflow,
};

/// A table: a head and rows.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Row>,
}

/// What there is to say of one thing.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The name of what it is about.
    pub(super) name: String,
    /// One for each word of the head.
    pub(super) cells: Vec<String>,
    pub(super) mark: Mark,
    /// The cells before, if it has changed.
    pub(super) before: Option<Vec<String>>,
}

impl Table {
    /// Marks the row of this name; whether there is one.
    pub(super) fn mark(&mut self, name: &str, mark: Mark) -> bool {
        let row = self.rows.iter_mut().find(|row| row.name == name);
        row.map(|row| row.mark = mark).is_some()
    }

    /// The cell of a row under this word of the head.
    pub(super) fn cell<'a>(&self, cells: &'a [String], head: &str) -> Option<&'a String> {
        cells.get(self.head.iter().position(|word| *word == head)?)
    }
}

/// One row for each state.
pub(super) fn states(workflow: &Workflow) -> Table {
    let row = |state: &State| {
        let kind = match state.kind {
            StateKind::Initial => "initial",
            StateKind::Ordinary => "",
            StateKind::Error => "error",
            StateKind::Final => "final",
        };
        let variables = (state.variables.iter())
            .map(|variable| {
                let typed = label::typed(std::slice::from_ref(variable)).concat();
                format!("{typed}{}", was(&variable.was))
            })
            .collect::<Vec<_>>();
        row(
            &state.name,
            vec![
                format!("{}{}", state.name.text, was(&state.was)),
                kind.to_owned(),
                variables.join(", "),
                label::prose(&state.docs),
            ],
        )
    };
    Table {
        head: vec!["state", "kind", "variables", "about"],
        rows: workflow.states.iter().map(row).collect(),
    }
}

/// One row for each transition.
pub(super) fn transitions(workflow: &Workflow) -> Table {
    let rows = (workflow.transitions.iter().zip(failing(workflow)))
        .map(|(transition, failing)| transition_row(workflow, transition, &failing));
    Table {
        head: vec![
            "transition",
            "from",
            "to",
            "when",
            "do",
            "attempts",
            "on error",
            "alias",
            "about",
        ],
        rows: rows.collect(),
    }
}

/// Activities, and names that are gone, where there are any.
pub(super) fn others(workflow: &Workflow) -> Vec<Table> {
    let activities = workflow.activities.iter();
    let retired = (workflow.retired_states.iter()).map(|state| retired_row(workflow, state));
    let transitions = workflow.retired_transitions.iter();
    let tables = [
        Table {
            head: vec!["activity", "in", "not during", "about"],
            rows: activities
                .map(|activity| activity_row(workflow, activity))
                .collect(),
        },
        Table {
            head: vec!["retired state", "loads as"],
            rows: retired.collect(),
        },
        Table {
            head: vec!["retired transition"],
            rows: transitions
                .map(|name| row(name, vec![name.text.clone()]))
                .collect(),
        },
    ];
    tables
        .into_iter()
        .filter(|it| !it.rows.is_empty())
        .collect()
}

fn row(name: &Name, cells: Vec<String>) -> Row {
    Row {
        name: name.text.clone(),
        cells,
        mark: Mark::None,
        before: None,
    }
}

fn transition_row(workflow: &Workflow, transition: &Transition, failing: &[&Transition]) -> Row {
    let inputs = match transition.error_of {
        Some(_) => String::new(),
        None => label::list(&label::typed(&transition.inputs)),
    };
    let alias = label::alias(workflow, transition);
    row(
        &transition.name,
        vec![
            format!("{}{inputs}{}", transition.name.text, was(&transition.was)),
            sources(workflow, transition),
            target(workflow, transition),
            when(workflow, transition, failing),
            label::action(workflow, transition, COLON).unwrap_or_default(),
            label::attempts(transition).join(", "),
            on_error(workflow, transition).unwrap_or_default(),
            alias.unwrap_or_default().to_owned(),
            label::prose(&transition.docs),
        ],
    )
}

fn activity_row(workflow: &Workflow, activity: &Activity) -> Row {
    let paused: Vec<_> = (activity.paused.iter())
        .filter_map(|id| Some(workflow.transitions.get(id.0)?.name.text.as_str()))
        .collect();
    let absent: Vec<_> = (0..workflow.states.len())
        .map(StateId)
        .filter(|id| !activity.states.contains(id))
        .collect();
    let states = if absent.is_empty() {
        "*".to_owned()
    } else if absent.len() < activity.states.len() {
        format!("* except {}", names(workflow, &absent).join(", "))
    } else {
        names(workflow, &activity.states).join(", ")
    };
    row(
        &activity.name,
        vec![
            activity.name.text.clone(),
            states,
            paused.join(", "),
            label::prose(&activity.docs),
        ],
    )
}

fn retired_row(workflow: &Workflow, retired: &RetiredState) -> Row {
    let variables = label::list(&label::typed(&retired.variables));
    row(
        &retired.name,
        vec![
            format!("{}{variables}", retired.name.text),
            retired_target(workflow, retired),
        ],
    )
}

/// ` (was a, b)`; nothing if there are none.
fn was(names: &[Name]) -> String {
    let names: Vec<_> = names.iter().map(|name| name.text.as_str()).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(" (was {})", names.join(", ")),
    }
}

fn names<'a>(workflow: &'a Workflow, states: &[StateId]) -> Vec<&'a str> {
    (states.iter())
        .filter_map(|id| Some(workflow.states.get(id.0)?.name.text.as_str()))
        .collect()
}

/// The states it leaves; `*` where these are all that can be left.
fn sources(workflow: &Workflow, transition: &Transition) -> String {
    let count = transition.sources.len();
    if count > 1 && count == open(workflow) {
        "*".to_owned()
    } else {
        names(workflow, &transition.sources).join(" | ")
    }
}

fn target(workflow: &Workflow, transition: &Transition) -> String {
    match &transition.target {
        Target::Same => "same".to_owned(),
        Target::State(id, values) => match workflow.states.get(id.0) {
            Some(state) => {
                let given = Given {
                    values,
                    unset: &transition.unset,
                    inputs: &transition.inputs,
                    // The row of an inline error transition does not show its inputs.
                    by_name: transition.error_of.is_none(),
                };
                let values = given.listed(&state.variables);
                format!("{}{}", state.name.text, label::list(&values))
            }
            None => String::new(),
        },
    }
}

/// What records of a retired state load as.
fn retired_target(workflow: &Workflow, retired: &RetiredState) -> String {
    let Some(state) = workflow.states.get(retired.target.0) else {
        return String::new();
    };
    let values = (state.variables.iter().zip(&retired.values)).enumerate();
    let unset = values.filter(|(_, (field, value))| match &field.default {
        Some(default) => default == *value,
        None => **value == Value::Null,
    });
    let given = Given {
        values: &retired.values,
        unset: &unset.map(|(index, _)| index).collect::<Vec<_>>(),
        inputs: &[],
        by_name: false,
    };
    format!(
        "{}{}",
        state.name.text,
        label::list(&given.listed(&state.variables))
    )
}

/// What makes it fire, other than a caller, and on which conditions.
fn when(workflow: &Workflow, transition: &Transition, failing: &[&Transition]) -> String {
    let mut parts = Vec::new();
    if transition.automatic {
        parts.push("automatic".to_owned());
    }
    parts.extend((transition.after).map(|wait| format!("after {}", duration(wait))));
    if !failing.is_empty() {
        parts.push(label::error_of(failing));
    }
    parts.extend(label::guards(workflow, transition, COLON));
    parts.join(", ")
}

fn on_error(workflow: &Workflow, transition: &Transition) -> Option<String> {
    let path = transition.on_error.as_ref()?;
    let error = workflow.transitions.get(path.transition.0)?;
    let given = Given {
        values: &path.inputs,
        unset: &[],
        inputs: &transition.inputs,
        by_name: true,
    };
    let values = given.listed(&error.inputs);
    Some(format!("{}{}", error.name.text, label::list(&values)))
}

/// What fields are given.
struct Given<'a> {
    values: &'a [Value],
    /// The numbers of those that nothing gives a value.
    unset: &'a [usize],
    inputs: &'a [Field],
    /// Whether an input goes to the field of its name without a word.
    by_name: bool,
}

impl Given<'_> {
    /// The values that a workflow file lists: all but an input of the same name, what the
    /// action supplies, and the defaults of what nothing gives a value.
    fn listed(&self, fields: &[Field]) -> Vec<String> {
        let is_listed = |index: usize, field: &Field, value: &Value| match value {
            Value::Input(input) => {
                let input = self.inputs.get(*input);
                !self.by_name || input.is_none_or(|input| input.name.text != field.name.text)
            }
            Value::Result(_) => false,
            _ => !self.unset.contains(&index),
        };
        (fields.iter().zip(self.values).enumerate())
            .filter(|(index, (field, value))| is_listed(*index, field, value))
            .flat_map(|(_, (field, value))| {
                let (field, value) = (std::slice::from_ref(field), std::slice::from_ref(value));
                label::named_values(field, value, self.inputs, COLON)
            })
            .collect()
    }
}
