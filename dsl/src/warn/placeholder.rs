//! Text that looks as if something were put into it.

use super::unused::values;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Name, Value, Workflow};

/// What begins a placeholder elsewhere.
const BEGINNINGS: [&str; 3] = ["${", "{source.", "{failure"];

/// No text holds a placeholder: it is taken as it stands.
pub(super) fn none(workflow: &Workflow, diagnostics: &mut Diagnostics) {
    for state in &workflow.states {
        for variable in &state.variables {
            if let Some(default) = &variable.default {
                filled(default, &variable.name, diagnostics);
            }
        }
    }
    for transition in &workflow.transitions {
        // Those of the target come first; what it has by default is told of the state.
        let given = values(transition).enumerate();
        for (_, value) in given.filter(|(index, _)| !transition.unset.contains(index)) {
            filled(value, &transition.name, diagnostics);
        }
    }
}

fn filled(value: &Value, place: &Name, diagnostics: &mut Diagnostics) {
    match value {
        Value::Some(inner) => filled(inner, place, diagnostics),
        Value::String(text) if BEGINNINGS.iter().any(|it| text.contains(it)) => {
            diagnostics.report(
                Diagnostic::warning(
                    Code::LiteralPlaceholder,
                    place.span,
                    format!("nothing is put into the text `{text}`"),
                )
                .label("has this text as it stands")
                .help(
                    "hand the parts on in variables of their own, or let an action make the \
                     text",
                ),
            );
        }
        _ => {}
    }
}
