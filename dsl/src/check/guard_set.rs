//! Guards as conditions that can be compared.

use crate::resolve::graph::{GuardUse, Step};
use crate::syntax::{Arguments, ValueKind};

/// Whether two uses ask the same question. What was reported equals nothing.
pub(super) fn same_question(one: &GuardUse<'_>, other: &GuardUse<'_>) -> bool {
    let (Some(one_call), Some(other_call)) = (one.call, other.call) else {
        return false;
    };
    one.guard.is_some()
        && one.guard == other.guard
        && same_arguments(one_call.arguments.as_ref(), other_call.arguments.as_ref())
}

/// Whether one of the guards holds only if one of the others does not.
pub(super) fn exclude(one: &[GuardUse<'_>], other: &[GuardUse<'_>]) -> bool {
    one.iter().any(|one| {
        other
            .iter()
            .any(|other| one.negated != other.negated && same_question(one, other))
    })
}

/// Whether all guards of a step are known.
pub(super) fn known(step: &Step<'_>) -> bool {
    !step.syntax.torn && step.guards.iter().all(|used| used.guard.is_some())
}

fn same_arguments(one: Option<&Arguments<'_>>, other: Option<&Arguments<'_>>) -> bool {
    let one = one.map_or(&[][..], |one| &one.list);
    let other = other.map_or(&[][..], |other| &other.list);
    one.len() == other.len()
        && one.iter().all(|argument| {
            other.iter().any(|twin| {
                argument.name.text == twin.name.text
                    && match (&argument.value, &twin.value) {
                        (Some(one), Some(other)) => same_value(&one.kind, &other.kind),
                        _ => false,
                    }
            })
        })
}

/// Whether two values of one parameter are equal. `1` and `1.0` are where a `float` is
/// wanted, and where an `int` is wanted `1.0` is refused.
fn same_value(one: &ValueKind<'_>, other: &ValueKind<'_>) -> bool {
    match (one, other) {
        (ValueKind::Broken, _) => false,
        (ValueKind::Int(whole), ValueKind::Float(float))
        | (ValueKind::Float(float), ValueKind::Int(whole)) => *whole as f64 == *float,
        (ValueKind::Large(whole), ValueKind::Float(float))
        | (ValueKind::Float(float), ValueKind::Large(whole)) => whole == float,
        _ => one == other,
    }
}
