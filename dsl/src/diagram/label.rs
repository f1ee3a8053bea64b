//! The words of a drawing: calls, guards and values as they would be written in a
//! workflow file. What a format must escape, it escapes itself.

use std::fmt::Write as _;

use crate::diagram::arrow::Arrow;
use crate::model::{Field, GuardCall, Transition, Type, Value, Workflow};

/// How many characters a line in a picture may have.
const LONGEST: usize = 60;

/// The label of an arrow, in lines that each say one thing.
pub(super) fn lines(workflow: &Workflow, arrow: &Arrow<'_>) -> Vec<String> {
    let transition = arrow.transition;
    let mut lines = Vec::new();
    if transition.automatic {
        lines.push("«automatic»".to_owned());
    }
    if !arrow.error_of.is_empty() {
        lines.push(format!("«{}»", error_of(&arrow.error_of)));
    }
    lines.push(transition.name.text.clone());
    if let Some(alias) = alias(workflow, transition) {
        lines.push(format!("(alias {alias})"));
    }
    if !transition.guards.is_empty() {
        lines.push(format!("[{}]", guards(workflow, transition).join(" and ")));
    }
    if let Some(action) = action(workflow, transition) {
        lines.push(format!("/ {action}"));
    }
    lines.into_iter().map(shortened).collect()
}

/// The line, cut where it would make the picture too wide.
fn shortened(line: String) -> String {
    match line.char_indices().nth(LONGEST) {
        Some(_) => line.chars().take(LONGEST - 1).chain(['…']).collect(),
        None => line,
    }
}

/// `error of a, b`
pub(super) fn error_of(failing: &[&Transition]) -> String {
    let names: Vec<_> = failing.iter().map(|it| it.name.text.as_str()).collect();
    format!("error of {}", names.join(", "))
}

/// The alias of a transition.
pub(super) fn alias<'a>(workflow: &'a Workflow, transition: &Transition) -> Option<&'a str> {
    let alias = workflow.aliases.get(transition.alias?.0)?;
    Some(&alias.name.text)
}

/// `newer(revision: 3)`, `not busy`, one for each guard.
pub(super) fn guards(workflow: &Workflow, transition: &Transition) -> Vec<String> {
    let text = |call: &GuardCall| {
        let guard = workflow.guards.get(call.guard.0)?;
        let not = if call.negated { "not " } else { "" };
        let values = named_values(&guard.parameters, &call.arguments, &transition.inputs);
        Some(format!("{not}{}{}", guard.name.text, list(&values)))
    };
    transition.guards.iter().filter_map(text).collect()
}

/// `install(hooks: true)`
pub(super) fn action(workflow: &Workflow, transition: &Transition) -> Option<String> {
    let call = transition.action.as_ref()?;
    let action = workflow.actions.get(call.action.0)?;
    let values = named_values(&action.parameters, &call.arguments, &transition.inputs);
    Some(format!("{}{}", action.name.text, list(&values)))
}

/// `name: value`, one for each field.
pub(super) fn named_values(fields: &[Field], values: &[Value], inputs: &[Field]) -> Vec<String> {
    (fields.iter().zip(values))
        .map(|(field, value)| format!("{}: {}", field.name.text, written(value, inputs)))
        .collect()
}

/// `name: type`, one for each field.
pub(super) fn typed(fields: &[Field]) -> Vec<String> {
    (fields.iter())
        .map(|field| format!("{}: {}", field.name.text, type_name(&field.ty)))
        .collect()
}

/// The items in brackets; nothing if there are none.
pub(super) fn list(items: &[String]) -> String {
    if items.is_empty() {
        String::new()
    } else {
        format!("({})", items.join(", "))
    }
}

/// A value as the language spells it.
fn written(value: &Value, inputs: &[Field]) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::String(value) => quoted(value),
        Value::Duration(nanoseconds) => duration(*nanoseconds),
        Value::Null => "null".to_owned(),
        Value::Some(value) => written(value, inputs),
        Value::Input(index) => match inputs.get(*index) {
            Some(input) => input.name.text.clone(),
            None => String::new(),
        },
        Value::SourceVariable(name) => format!("source.{name}"),
        Value::Failure => "failure".to_owned(),
        Value::Result(name) => name.clone(),
    }
}

/// A string literal. Nothing in it can break a line or go unseen.
fn quoted(text: &str) -> String {
    let mut literal = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            _ if is_unseen(character) => {
                let _ = write!(literal, "\\u{{{:x}}}", u32::from(character));
            }
            _ => literal.push(character),
        }
    }
    literal.push('"');
    literal
}

/// Control characters, blanks of no width, and marks that turn the direction of writing.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A duration in the largest unit that divides it.
fn duration(nanoseconds: u64) -> String {
    const UNITS: [(u64, &str); 7] = [
        (86_400_000_000_000, "d"),
        (3_600_000_000_000, "h"),
        (60_000_000_000, "m"),
        (1_000_000_000, "s"),
        (1_000_000, "ms"),
        (1_000, "us"),
        (1, "ns"),
    ];
    for (size, unit) in UNITS {
        if nanoseconds != 0 && nanoseconds.is_multiple_of(size) {
            return format!("{}{unit}", nanoseconds / size);
        }
    }
    "0s".to_owned()
}

/// A type as the language spells it.
fn type_name(ty: &Type) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int => "int".to_owned(),
        Type::Float => "float".to_owned(),
        Type::String => "string".to_owned(),
        Type::Bytes => "bytes".to_owned(),
        Type::Json => "json".to_owned(),
        Type::Timestamp => "timestamp".to_owned(),
        Type::Duration => "duration".to_owned(),
        Type::Optional(inner) => format!("{}?", type_name(inner)),
        Type::List(inner) => format!("list<{}>", type_name(inner)),
        Type::Map(inner) => format!("map<{}>", type_name(inner)),
    }
}
