//! Changes of a store that nobody owns, as far as they need none of the user's code.

use std::sync::Arc;
use std::time::SystemTime;

use inflight::request::{Command, Request};
use inflight::store::{Commit, InstanceId, Intervention, Operation, Store, StoredRecord};

use super::told::Became;
use crate::operate::known;
use crate::operate::place::Place;
use crate::operate::refusal::Refusal;
use crate::operate::wait::wait;

/// Opens the store as its owner, if there is something to do that needs no code and nobody
/// else owns it.
pub(super) fn open(
    place: &Place,
    ahead: &[(Request, bool)],
) -> Result<Option<Arc<dyn Store>>, Refusal> {
    if place.owner()?.is_some() || ahead.iter().all(|(_, needs_code)| *needs_code) {
        return Ok(None);
    }
    place.open()
}

/// Applies what needs no code.
pub(super) fn apply(
    store: Arc<dyn Store>,
    ahead: &[(Request, bool)],
) -> Result<Vec<(InstanceId, Became)>, Refusal> {
    let mut done = Vec::new();
    for (request, needs_code) in ahead {
        if *needs_code {
            continue;
        }
        if let Some(became) = change(store.as_ref(), request)? {
            done.push((request.instance.clone(), became));
        }
    }
    Ok(done)
}

/// Applies one; `None` if that is for the user's program after all.
fn change(store: &dyn Store, request: &Request) -> Result<Option<Became>, Refusal> {
    let instance = &request.instance;
    let claim = wait(store.claim(instance))?;
    let Some(before) = &claim.record else {
        return Ok(Some(Became::Refused("it is gone".to_owned())));
    };
    let Some(source) = wait(store.source(&instance.workflow, before.fingerprint))? else {
        return Ok(None);
    };
    let record = match next(before, request) {
        Ok(Some(record)) => record,
        Ok(None) => return Ok(None),
        Err(reason) => return Ok(Some(Became::Refused(reason))),
    };
    let state = record.state.to_string();
    let then = follows(&record, &source, &instance.workflow);
    let commit = Commit {
        instance: instance.clone(),
        epoch: claim.epoch,
        expected: before.version,
        record,
        // Kept as long as this short process lives.
        source: source.leak(),
    };
    wait(store.commit(commit))?;
    let verdict = match request.command {
        Command::Retry { .. } => "to be run again when the program next opens it",
        Command::Abandon { .. } => "abandoned",
        Command::SetState { .. } => "set",
        Command::Fire { .. } | Command::Skip { .. } => "done",
    };
    Ok(Some(Became::Done {
        verdict: verdict.to_owned(),
        steps: Vec::new(),
        achieved: true,
        clean: true,
        state,
        then,
    }))
}

/// What fires by itself in the state of a record, unless a guard keeps it from that.
fn follows(record: &StoredRecord, source: &str, workflow: &str) -> Vec<String> {
    let workflow = known::named(source, workflow).filter(|_| record.inflight.is_none());
    let Some(workflow) = &workflow else {
        return Vec::new();
    };
    let outgoing = known::outgoing(workflow, &record.state);
    let automatic = outgoing.filter(|transition| transition.automatic);
    automatic.map(|it| it.name.text.clone()).collect()
}

/// The record that a request leads to; none if that takes the user's code.
fn next(before: &StoredRecord, request: &Request) -> Result<Option<StoredRecord>, String> {
    let now = SystemTime::now();
    let meant = |execution: &Option<Arc<str>>| match (&before.inflight, execution) {
        (Some(inflight), Some(execution)) if inflight.execution == *execution => {
            Ok(inflight.clone())
        }
        _ => Err("what is in flight has changed meanwhile: look again".to_owned()),
    };
    let intervention = |operation| {
        Some(Intervention {
            operation,
            cause: Some(request.cause()),
        })
    };
    let mut record = StoredRecord {
        version: before.version + 1,
        committed: now,
        ..before.clone()
    };
    match &request.command {
        Command::Fire { .. } | Command::Skip { .. } => return Ok(None),
        Command::Retry { execution } => {
            let mut inflight = meant(execution)?;
            inflight.cause = Some(request.cause());
            inflight.parked = false;
            inflight.interruptions = 0;
            // It waits, and does so no longer: so it is no interruption when it begins.
            inflight.until = Some(now);
            inflight.panicked = None;
            record.inflight = Some(inflight);
            record.intervention = intervention(Operation::Retry);
        }
        Command::Abandon { execution } => {
            meant(execution)?;
            record.inflight = None;
            record.failures = Vec::new();
            record.intervention = intervention(Operation::Abandon);
        }
        Command::SetState { state, variables } => {
            record.state = state.clone().into();
            record.variables = variables.clone();
            record.inflight = None;
            record.entered = Some(now);
            record.spent = Vec::new();
            record.failures = Vec::new();
            record.intervention = intervention(Operation::SetState);
        }
    }
    Ok(Some(record))
}
