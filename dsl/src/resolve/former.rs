//! Names of the past: those that were given up, and those of what is gone.

use super::graph::Step;
use super::names::Names;
use super::spelling;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::span::Span;
use crate::syntax::{Field, Word, Workflow};
use std::collections::HashMap;

/// Former names of states, and states that are retired.
pub(super) fn states<'a>(
    workflow: &'a Workflow<'a>,
    names: &Names<'a>,
    diagnostics: &mut Diagnostics,
) {
    let former = workflow.states.iter().flat_map(|state| &state.was);
    let retired = workflow.retired_states.iter().map(|state| &state.name);
    check(former.chain(retired), "state", names, diagnostics);
}

/// Former names of transitions, and transitions that are retired.
pub(super) fn transitions<'a>(
    workflow: &'a Workflow<'a>,
    steps: &[Step<'a>],
    names: &Names<'a>,
    diagnostics: &mut Diagnostics,
) {
    let former = steps.iter().flat_map(|step| &step.syntax.was);
    let former = former.chain(&workflow.retired_transitions);
    check(former, "transition", names, diagnostics);
}

/// Former names of variables, inputs or parameters.
pub(super) fn fields<'a>(
    fields: &'a [Field<'a>],
    kind: &str,
    names: &Names<'a>,
    diagnostics: &mut Diagnostics,
) {
    let former = fields.iter().flat_map(|field| &field.was);
    check(former, kind, names, diagnostics);
}

/// A name of the past belongs to one thing, and to nothing of the present: a record
/// that has it must tell what is meant.
fn check<'a>(
    former: impl Iterator<Item = &'a Word<'a>>,
    kind: &str,
    names: &Names<'a>,
    diagnostics: &mut Diagnostics,
) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for word in former {
        spelling::check(*word, kind, diagnostics);
        let (taken, label) = match (names.first(word.text), seen.get(word.text)) {
            (Some(now), _) => (now.span, format!("the {kind} of that name")),
            (None, Some(first)) => (*first, "the first".to_string()),
            (None, None) => {
                seen.insert(word.text, word.span);
                continue;
            }
        };
        let message = if label == "the first" {
            format!("two things had the {kind} name `{}`", word.text)
        } else {
            format!("there is still a {kind} `{}`", word.text)
        };
        diagnostics.report(
            Diagnostic::error(Code::OldNameInUse, word.span, message)
                .label("which is meant in a record?")
                .related(taken, label)
                .help("drop this former name, or rename the other"),
        );
    }
}
