//! Values as the language spells them.

use std::fmt::Write as _;

use crate::model::{Field, Value};

/// A value; an input by its name among `inputs`.
pub(crate) fn written(value: &Value, inputs: &[Field]) -> String {
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

/// A duration in nanoseconds as the language spells it, in the largest unit that divides it.
pub fn duration(nanoseconds: u64) -> String {
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
