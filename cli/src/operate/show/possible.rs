//! What can be fired, or be done about what is in flight.

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

/// What can be decided of what is in flight, by the names of the commands.
pub(super) fn decisions(
    workflow: Option<&Workflow>,
    record: &StoredRecord,
) -> &'static [&'static str] {
    let Some(inflight) = &record.inflight else {
        return &[];
    };
    let of = workflow.and_then(|it| Some((it, known::transition(it, &inflight.transition)?)));
    match of {
        Some((workflow, transition)) if known::supplies(workflow, transition) => {
            &["retry", "abandon", "set-state"]
        }
        _ => &["retry", "skip", "abandon", "set-state"],
    }
}

/// Whether an action may be running, which is cancelled for a decision only with `--cancel`.
pub(super) fn may_run(record: &StoredRecord, owned: bool) -> bool {
    let inflight = record.inflight.as_ref().filter(|_| owned);
    inflight.is_some_and(|it| !it.parked && it.until.is_none() && it.panicked.is_none())
}

impl<'a> Possible<'a> {
    fn of(workflow: &'a Workflow, transition: &'a Transition) -> Self {
        let inputs = transition.inputs.iter();
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
            guards: known::guards(workflow, transition),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_action_supplies_keeps_it_from_being_skipped() {
        let text = "workflow unit {
            initial state new
            final state up { address: string }
            final state gone
            action start -> up
            action halt
            transition start: new -> up { do start }
            transition halt: new -> gone { do halt }
        }";
        let workflow = known::named(text, "unit").unwrap();
        let check = |transition: &str, expect: &[&str]| {
            let record = serde_json::json!({
                "version": 1, "committed": "2026-01-31T12:00:00Z", "fingerprint": 7,
                "state": "new", "variables": {},
                "inflight": {
                    "transition": transition, "inputs": {}, "execution": "1", "cause": null,
                    "attempt": 1, "interruptions": 0, "failure": null,
                },
            });
            let record: StoredRecord = serde_json::from_value(record).unwrap();
            assert_eq!(decisions(Some(&workflow), &record), expect, "{transition}");
        };
        check("start", &["retry", "abandon", "set-state"]);
        check("halt", &["retry", "skip", "abandon", "set-state"]);
    }
}
