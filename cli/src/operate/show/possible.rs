//! What can be fired.

use std::fmt;

use inflight::store::StoredRecord;
use inflight_dsl::model::{Transition, Workflow};
use serde::Serialize;

use crate::operate::known;

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
        let alias = transition.alias.and_then(|it| workflow.aliases.get(it.0));
        let inputs = transition.inputs.iter();
        let guards = transition.guards.iter().filter_map(|call| {
            let name = &workflow.guards.get(call.guard.0)?.name.text;
            let not = if call.negated { "not " } else { "" };
            Some(format!("{not}{name}"))
        });
        Self {
            transition: &transition.name.text,
            alias: alias.map(|alias| alias.name.text.as_str()),
            inputs: inputs
                .map(|input| Input {
                    name: &input.name.text,
                    ty: input.ty.to_string(),
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
            write!(f, " {}={}", input.name, input.ty.to_uppercase())?;
        }
        if !self.guards.is_empty() {
            write!(f, ", when {}", self.guards.join(" and "))?;
        }
        Ok(())
    }
}
