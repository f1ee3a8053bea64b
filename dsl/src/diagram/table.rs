//! Markdown, with columns aligned so that it reads well as plain text too.

use crate::diagram::arrow::{failing, state};
use crate::diagram::label::{self, COLON};
use crate::model::{Field, State, StateKind, Target, Transition, TransitionId, Value, Workflow};

pub(super) fn render(workflow: &Workflow) -> String {
    let states = workflow.states.iter().map(state_row).collect();
    let transitions = (workflow.transitions.iter().enumerate())
        .map(|(index, transition)| transition_row(workflow, TransitionId(index), transition))
        .collect();
    format!(
        "## {}\n\n{}\n{}",
        escaped(&workflow.name.text),
        table(["state", "kind", "variables"], states),
        table(
            [
                "transition",
                "from",
                "to",
                "when",
                "do",
                "on error",
                "alias"
            ],
            transitions
        ),
    )
}

fn state_row(state: &State) -> [String; 3] {
    let kind = match state.kind {
        StateKind::Initial => "initial",
        StateKind::Ordinary => "",
        StateKind::Error => "error",
        StateKind::Final => "final",
    };
    let variables = label::typed(&state.variables).join(", ");
    [state.name.text.clone(), kind.to_owned(), variables]
}

fn transition_row(workflow: &Workflow, id: TransitionId, transition: &Transition) -> [String; 7] {
    let inputs = match transition.error_of {
        Some(_) => String::new(),
        None => label::list(&label::typed(&transition.inputs)),
    };
    [
        format!("{}{inputs}", transition.name.text),
        sources(workflow, transition),
        target(workflow, transition),
        when(workflow, id, transition),
        label::action(workflow, transition, COLON).unwrap_or_default(),
        on_error(workflow, transition).unwrap_or_default(),
        label::alias(workflow, transition)
            .unwrap_or_default()
            .to_owned(),
    ]
}

/// The states it leaves; `*` where these are all that can be left.
fn sources(workflow: &Workflow, transition: &Transition) -> String {
    let open = (workflow.states.iter()).filter(|state| state.kind != StateKind::Final);
    let count = open.count();
    if count > 1 && transition.sources.len() == count {
        return "*".to_owned();
    }
    let names: Vec<_> = (transition.sources.iter())
        .filter_map(|&id| Some(state(workflow, id)?.name.text.as_str()))
        .collect();
    names.join(" | ")
}

fn target(workflow: &Workflow, transition: &Transition) -> String {
    let (id, values) = match &transition.target {
        Target::Same => return "same".to_owned(),
        Target::State(id, values) => (*id, values),
    };
    let Some(state) = state(workflow, id) else {
        return String::new();
    };
    let values = listed(&state.variables, values, &transition.inputs);
    format!("{}{}", state.name.text, label::list(&values))
}

/// What makes it fire, other than a caller, and on which conditions.
fn when(workflow: &Workflow, id: TransitionId, transition: &Transition) -> String {
    let mut parts = Vec::new();
    if transition.automatic {
        parts.push("automatic".to_owned());
    }
    let failing = failing(workflow, id);
    if !failing.is_empty() {
        parts.push(label::error_of(&failing));
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

/// The values that do not come by name alone.
fn listed(fields: &[Field], values: &[Value], inputs: &[Field]) -> Vec<String> {
    let by_name = |(field, value): &(&Field, &Value)| match value {
        Value::Input(index) => {
            (inputs.get(*index)).is_some_and(|input| input.name.text == field.name.text)
        }
        Value::Result(_) | Value::Null => true,
        _ => false,
    };
    (fields.iter().zip(values))
        .filter(|pair| !by_name(pair))
        .flat_map(|(field, value)| {
            label::named_values(
                std::slice::from_ref(field),
                std::slice::from_ref(value),
                inputs,
                COLON,
            )
        })
        .collect()
}

/// A table whose columns are as wide as their widest cell.
fn table<const N: usize>(head: [&str; N], rows: Vec<[String; N]>) -> String {
    let rows: Vec<[String; N]> = (rows.into_iter())
        .map(|row| row.map(|cell| escaped(&cell)))
        .collect();
    let mut widths = head.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let line = |cells: [&str; N]| {
        let mut line = String::from("|");
        for (cell, width) in cells.iter().zip(widths) {
            line.push_str(&format!(" {cell:width$} |"));
        }
        line + "\n"
    };
    let rules = widths.map(|width| "-".repeat(width));
    let mut text = line(head) + &line(rules.each_ref().map(String::as_str));
    for row in &rows {
        text.push_str(&line(row.each_ref().map(String::as_str)));
    }
    text
}

/// Text for a cell, in which Markdown sees no syntax. An underscore within a word is none.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut within_word = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let word_follows = characters.peek().is_some_and(|next| next.is_alphanumeric());
        let syntax = match character {
            '_' => !(within_word && (word_follows || characters.peek() == Some(&'_'))),
            _ => "\\`*[]<>&|~$".contains(character),
        };
        if syntax {
            escaped.push('\\');
        }
        escaped.push(character);
        within_word = character.is_alphanumeric() || (character == '_' && within_word);
    }
    escaped
}
