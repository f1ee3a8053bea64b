//! Words that several sentences share.

use crate::diagram::value::written;
use crate::model::{Field, StateId, StateKind, Type, Value, Workflow};

/// `` `a`, `b` and `c` ``
pub(super) fn list<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = (names.iter())
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

/// `error state`
pub(super) fn kind(kind: StateKind) -> &'static str {
    match kind {
        StateKind::Initial => "initial state",
        StateKind::Ordinary => "state",
        StateKind::Error => "error state",
        StateKind::Final => "final state",
    }
}

/// `port: int = 80`
pub(super) fn declared(field: &Field) -> String {
    match &field.default {
        Some(default) => format!("{} = {}", typed(field), literal(default)),
        None => typed(field),
    }
}

/// `port: int`
pub(super) fn typed(field: &Field) -> String {
    format!("{}: {}", field.name.text, field.ty)
}

/// `(port: int, host: string)`, or nothing.
pub(super) fn signature(fields: &[Field]) -> String {
    match fields {
        [] => String::new(),
        fields => {
            let fields: Vec<_> = fields.iter().map(typed).collect();
            format!("({})", fields.join(", "))
        }
    }
}

/// A literal as the language spells it.
pub(super) fn literal(value: &Value) -> String {
    written(value, &[])
}

/// A length of time as the language spells it.
pub(super) fn duration(nanoseconds: u64) -> String {
    literal(&Value::Duration(nanoseconds))
}

/// The name of a state.
pub(super) fn state(workflow: &Workflow, id: StateId) -> &str {
    (workflow.states.get(id.0)).map_or("", |state| state.name.text.as_str())
}

/// A literal that a default of this type could be.
pub(super) fn example(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Bool => Some("false"),
        Type::Int => Some("0"),
        Type::Float => Some("0.0"),
        Type::String => Some("\"\""),
        Type::Duration => Some("0s"),
        _ => None,
    }
}
