//! Changes of a store that nobody owns, as far as they need none of the user's code.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use inflight::request::{Command, Request};
use inflight::store::{
    Commit, InstanceId, Intervention, Operation, Store, StoreError, StoredRecord,
};
use inflight_dsl::model::Workflow;

use super::Ahead;
use super::told::Became;
use crate::exit::Exit;
use crate::operate::known;
use crate::operate::place::Place;
use crate::operate::refusal::Refusal;
use crate::operate::wait::wait;

/// Opens the store as its owner, if there is something to do that needs no code and nobody
/// else owns it.
pub(super) fn open(place: &Place, ahead: &[Ahead]) -> Result<Option<Arc<dyn Store>>, Refusal> {
    if place.owner()?.is_some() || ahead.iter().all(|(_, code)| code.is_some()) {
        return Ok(None);
    }
    place.open()
}

/// Applies what needs no code.
pub(super) fn apply(store: &dyn Store, ahead: &[Ahead]) -> Vec<(InstanceId, Became)> {
    let mut texts = Texts::default();
    let mut done = Vec::new();
    for (request, needs_code) in ahead {
        if needs_code.is_some() {
            continue;
        }
        let became = change(store, &mut texts, request);
        if let Some(became) = became.unwrap_or_else(|refusal| Some(Became::Failed(refusal))) {
            done.push((request.instance.clone(), became));
        }
    }
    done
}

/// The texts of workflows: each is read, and compiled, once.
#[derive(Default)]
struct Texts(HashMap<(Arc<str>, u64), Option<Text>>);

#[derive(Clone)]
struct Text {
    /// Kept as long as this short process lives.
    source: &'static str,
    workflow: Option<Rc<Workflow>>,
}

impl Texts {
    fn of(
        &mut self,
        store: &dyn Store,
        workflow: &Arc<str>,
        fingerprint: u64,
    ) -> Result<Option<Text>, StoreError> {
        let key = (Arc::clone(workflow), fingerprint);
        if let Some(text) = self.0.get(&key) {
            return Ok(text.clone());
        }
        let source = wait(store.source(workflow, fingerprint))?;
        let text = source.map(|source| Text {
            workflow: known::named(&source, workflow),
            source: source.leak(),
        });
        self.0.insert(key, text.clone());
        Ok(text)
    }
}

/// Applies one; `None` if that is for the user's program after all.
fn change(
    store: &dyn Store,
    texts: &mut Texts,
    request: &Request,
) -> Result<Option<Became>, Refusal> {
    let instance = &request.instance;
    let refused = |reason| Ok(Some(Became::Refused(Exit::Errors, reason)));
    let claim = wait(store.claim(instance))?;
    let Some(before) = &claim.record else {
        return refused("it is gone".to_owned());
    };
    let fingerprint = match request.command {
        // The state is one of the version that opened the store last.
        Command::SetState { .. } => wait(store.newest(&instance.workflow))?.map(|(it, _)| it),
        _ => None,
    };
    let fingerprint = fingerprint.unwrap_or(before.fingerprint);
    let Some(text) = texts.of(store, &instance.workflow, fingerprint)? else {
        return Ok(None);
    };
    let record = match next(before, request) {
        Ok(Some(record)) => StoredRecord {
            fingerprint,
            ..record
        },
        Ok(None) => return Ok(None),
        Err(reason) => return refused(reason),
    };
    let state = record.state.to_string();
    let then = follows(&record, text.workflow.as_deref());
    let commit = Commit {
        instance: instance.clone(),
        epoch: claim.epoch,
        expected: before.version,
        record,
        source: text.source,
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
        older: Vec::new(),
    }))
}

/// What fires by itself in the state of a record, unless a guard keeps it from that.
fn follows(record: &StoredRecord, workflow: Option<&Workflow>) -> Vec<String> {
    let Some(workflow) = workflow.filter(|_| record.inflight.is_none()) else {
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

#[cfg(test)]
mod tests {
    use std::ptr;

    use inflight::Fields;
    use inflight::store::MemoryStore;

    use super::*;

    #[test]
    fn the_text_of_a_workflow_is_kept_once() {
        let store = MemoryStore::new();
        let source = "workflow unit { initial state new }";
        for name in ["1", "2"] {
            let instance = InstanceId::new("unit", name);
            let claim = wait(store.claim(&instance)).unwrap();
            let commit = Commit {
                instance,
                epoch: claim.epoch,
                expected: 0,
                record: StoredRecord {
                    version: 1,
                    committed: SystemTime::now(),
                    fingerprint: 7,
                    state: "new".into(),
                    variables: Fields::new(),
                    inflight: None,
                    entered: None,
                    spent: Vec::new(),
                    intervention: None,
                    failures: Vec::new(),
                },
                source,
            };
            wait(store.commit(commit)).unwrap();
        }
        let mut texts = Texts::default();
        let mut text = || texts.of(&store, &"unit".into(), 7).unwrap().unwrap().source;
        let (one, other) = (text(), text());
        assert_eq!(one, source);
        assert!(ptr::eq(one, other));
    }
}
