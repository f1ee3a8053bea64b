//! What can be fired.

use std::fmt;

use inflight::store::StoredRecord;
use inflight_dsl::model::{Transition, Type, Workflow};
use serde::Serialize;

use crate::operate::{known, value};

/// A transition that callers can fire, guards not asked.
#[derive(Serialize)]
pub(super) struct Possible<'a> {
    transition: &'a str,
    alias: Option<&'a str>,
    inputs: Vec<Input<'a>>,
    guards: Vec<String>,
    target: Option<&'a str>,
}

#[derive(Serialize)]
struct Input<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    ty: String,
    #[serde(skip)]
    form: &'static str,
    /// Whether it may be left out.
    #[serde(skip)]
    is_optional: bool,
}

/// What can be fired in the state of a record, if nothing is in flight.
pub(super) fn possible<'a>(
    workflow: Option<&'a Workflow>,
    record: &StoredRecord,
) -> Vec<Possible<'a>> {
    match (workflow, &record.inflight) {
        (Some(workflow), None) => known::outgoing(workflow, &record.state)
            .map(|transition| Possible::of(workflow, transition))
            .collect(),
        _ => Vec::new(),
    }
}

impl<'a> Possible<'a> {
    fn of(workflow: &'a Workflow, transition: &'a Transition) -> Self {
        let inputs = transition.inputs.iter();
        let guards = transition.guards.iter().filter_map(|call| {
            let name = &workflow.guards.get(call.guard.0)?.name.text;
            let not = if call.negated { "not " } else { "" };
            Some(format!("{not}{name}"))
        });
        Self {
            transition: &transition.name.text,
            alias: known::alias(workflow, transition),
            inputs: inputs
                .map(|input| Input {
                    name: &input.name.text,
                    ty: input.ty.to_string(),
                    form: value::form(&input.ty),
                    is_optional: input.default.is_some() || matches!(input.ty, Type::Optional(_)),
                })
                .collect(),
            guards: guards.collect(),
            target: known::target(workflow, transition),
        }
    }
}

/// As an operator would fire it.
impl fmt::Display for Possible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.transition)?;
        for input in &self.inputs {
            let Input { name, form, .. } = input;
            match input.is_optional {
                true => write!(f, " [{name}={form}]")?,
                false => write!(f, " {name}={form}")?,
            }
        }
        if !self.guards.is_empty() {
            write!(f, ", when {}", self.guards.join(" and "))?;
        }
        Ok(())
    }
}
