//! What a record says that the one before it did not.

use inflight::store::{InstanceId, Operation, StoredInflight, StoredRecord};
use inflight::{Fields, Json};
use inflight_dsl::model::Workflow;
use serde::Serialize;

use super::text::{plain, values};
use super::{age, known};

/// A record for programs.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    workflow: &'a str,
    instance: &'a str,
    version: u64,
    committed: String,
    state: &'a str,
    entered: Option<String>,
    variables: &'a Fields,
    in_flight: Option<Inflight<'a>>,
    failures: Vec<Failure<'a>>,
    intervention: Option<Json>,
    told: String,
}

/// The transition in flight for programs.
#[derive(Serialize)]
pub(super) struct Inflight<'a> {
    transition: &'a str,
    inputs: &'a Fields,
    execution: &'a str,
    cause: Option<&'a str>,
    attempt: u32,
    interruptions: u32,
    failure: Option<&'a str>,
    last_failure: Option<&'a str>,
    until: Option<String>,
    parked: bool,
    panicked: Option<&'a str>,
}

/// A failure that led to a record, for programs.
#[derive(Serialize)]
pub(super) struct Failure<'a> {
    transition: &'a str,
    execution: &'a str,
    cause: Option<&'a str>,
    attempt: u32,
    interruptions: u32,
    at: String,
    failure: &'a str,
    handled: bool,
}

/// The failures that led to a record, for programs.
pub(super) fn failures(record: &StoredRecord) -> Vec<Failure<'_>> {
    let failures = record.failures.iter();
    failures
        .map(|failed| Failure {
            transition: &failed.transition,
            execution: &failed.execution,
            cause: failed.cause.as_deref(),
            attempt: failed.attempt,
            interruptions: failed.interruptions,
            at: age::exact(failed.at),
            failure: &failed.failure,
            handled: failed.handled,
        })
        .collect()
}

impl<'a> From<&'a StoredInflight> for Inflight<'a> {
    fn from(inflight: &'a StoredInflight) -> Self {
        Self {
            transition: &inflight.transition,
            inputs: &inflight.inputs,
            execution: &inflight.execution,
            cause: inflight.cause.as_deref(),
            attempt: inflight.attempt,
            interruptions: inflight.interruptions,
            failure: inflight.failure.as_deref(),
            last_failure: inflight.last_failure.as_deref(),
            until: inflight.until.map(age::exact),
            parked: inflight.parked,
            panicked: inflight.panicked.as_deref(),
        }
    }
}

/// The record as a line of JSON.
pub(super) fn json(
    instance: &InstanceId,
    before: Option<&StoredRecord>,
    record: &StoredRecord,
    workflow: Option<&Workflow>,
) -> serde_json::Result<String> {
    let intervention = record.intervention.as_ref();
    let line = serde_json::to_string(&Line {
        workflow: &instance.workflow,
        instance: &instance.instance,
        version: record.version,
        committed: age::exact(record.committed),
        state: &record.state,
        entered: record.entered.map(age::exact),
        variables: &record.variables,
        in_flight: record.inflight.as_ref().map(Inflight::from),
        failures: failures(record),
        intervention: intervention.map(serde_json::to_value).transpose()?,
        told: told(before, record, workflow),
    })?;
    Ok(line + "\n")
}

/// What is in flight, in a few words.
pub(super) fn in_flight(record: &StoredRecord) -> String {
    match &record.inflight {
        Some(inflight) => plain(&inflight.transition),
        None => String::new(),
    }
}

/// What happened that led to a record, in one line or more.
pub(super) fn told(
    before: Option<&StoredRecord>,
    record: &StoredRecord,
    workflow: Option<&Workflow>,
) -> String {
    let mut told = match &record.intervention {
        Some(intervention) => {
            let before = before.and_then(|before| before.inflight.as_ref());
            let what = before.map_or("what was in flight", |it| &*it.transition);
            let what = plain(what);
            let mut told = match intervention.operation {
                Operation::Retry => format!("an operator had {what} run again"),
                Operation::Skip => format!("an operator took {what} for done"),
                Operation::Abandon => format!("an operator gave {what} up"),
                Operation::SetState => format!("an operator set the state{}", lost(before)),
            };
            if let Some(cause) = &intervention.cause {
                told.push_str(&format!(": {cause}"));
            }
            if let (Operation::Skip, Some(next)) = (intervention.operation, &record.inflight) {
                told.push_str(&format!("; {} follows", plain(&next.transition)));
            }
            return told;
        }
        None => by_itself(before, record, workflow),
    };
    if told.is_empty() {
        told.push_str("written anew");
    }
    told
}

fn lost(inflight: Option<&StoredInflight>) -> String {
    inflight.map_or_else(String::new, |inflight| {
        format!(", and gave {} up", plain(&inflight.transition))
    })
}

fn by_itself(
    before: Option<&StoredRecord>,
    record: &StoredRecord,
    workflow: Option<&Workflow>,
) -> String {
    if before.is_none() && record.version > 1 {
        return "what came before is not kept".to_owned();
    }
    let old = before.and_then(|before| before.inflight.as_ref());
    let entered = before.is_none_or(|before| before.entered != record.entered);
    match (old, &record.inflight) {
        (None, None) if before.is_none() => "begun".to_owned(),
        (None, None) => String::new(),
        (None, Some(new)) => began(before, record, new, workflow),
        (Some(old), None) if entered => format!("{} done", plain(&old.transition)),
        (Some(old), None) => {
            let name = plain(&old.transition);
            match record.failures.last() {
                Some(failed) => format!("{name} failed, and led nowhere: {}", failed.failure),
                None => format!("{name} failed, and is given up"),
            }
        }
        (Some(old), Some(new)) if old.execution == new.execution => went_on(old, new),
        (Some(old), Some(new)) => match &new.failure {
            Some(failure) if !entered => format!("{} failed: {failure}", plain(&old.transition)),
            _ => format!(
                "{} done; {} follows",
                plain(&old.transition),
                plain(&new.transition)
            ),
        },
    }
}

fn began(
    before: Option<&StoredRecord>,
    record: &StoredRecord,
    new: &StoredInflight,
    workflow: Option<&Workflow>,
) -> String {
    let name = format!("{}{}", plain(&new.transition), values(&new.inputs));
    let row = workflow.and_then(|workflow| known::transition(workflow, &new.transition));
    let spent = before.map_or(0, |before| before.spent.len());
    if record.spent.len() > spent {
        return format!("{name} fell due");
    }
    match (&new.cause, row) {
        (Some(cause), _) => format!("{name} fired: {cause}"),
        (None, Some(row)) if row.automatic => format!("{name} fires by itself"),
        (None, _) => format!("{name} fired"),
    }
}

/// What became of one execution.
fn went_on(old: &StoredInflight, new: &StoredInflight) -> String {
    let name = plain(&new.transition);
    if new.attempt > old.attempt {
        let failure = new.last_failure.as_deref().unwrap_or("it failed");
        return format!("attempt {} failed: {failure}", old.attempt);
    }
    if let (None, Some(said)) = (&old.panicked, &new.panicked) {
        return format!("{name} panicked, and is to be carried on with: {said}");
    }
    match (new.parked, old.until.is_some() && new.until.is_none()) {
        (true, _) if !old.parked => format!("{name} was interrupted, and waits for an operator"),
        (_, true) => format!("attempt {}", new.attempt),
        _ if new.interruptions > old.interruptions => {
            format!("{name} was interrupted, and is carried on with")
        }
        _ => String::new(),
    }
}
