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
            with_values(workflow, retired.target, &retired.values, &[]),
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
        Target::State(id, values) => with_values(workflow, *id, values, &transition.inputs),
    }
}

/// A state, and those of its values that do not come by name.
fn with_values(workflow: &Workflow, id: StateId, values: &[Value], inputs: &[Field]) -> String {
    match workflow.states.get(id.0) {
        Some(state) => {
            let values = listed(&state.variables, values, inputs);
            format!("{}{}", state.name.text, label::list(&values))
        }
        None => String::new(),
    }
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
    let values = listed(&error.inputs, &path.inputs, &transition.inputs);
    Some(format!("{}{}", error.name.text, label::list(&values)))
}

/// The values that a workflow file would list: not what comes by name, and no defaults.
fn listed(fields: &[Field], values: &[Value], inputs: &[Field]) -> Vec<String> {
    let is_listed = |(field, value): &(&Field, &Value)| match value {
        Value::Input(index) => {
            (inputs.get(*index)).is_none_or(|input| input.name.text != field.name.text)
        }
        Value::Result(_) => false,
        Value::Null => field.default.is_some(),
        _ => field.default.as_ref() != Some(value),
    };
    (fields.iter().zip(values))
        .filter(is_listed)
        .flat_map(|(field, value)| {
            let (field, value) = (std::slice::from_ref(field), std::slice::from_ref(value));
            label::named_values(field, value, inputs, COLON)
        })
        .collect()
}
