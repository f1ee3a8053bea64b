//! The workflows that a store's records belong to.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use inflight::store::{InstanceId, ReadStore, StoredRecord};
use inflight_dsl::compile;
use inflight_dsl::model::{State, StateId, Target, Transition, Value, Workflow};

use super::reading::Reading;
use super::refusal::Refusal;
use super::wait::wait;

/// The workflows of a store, compiled when they are asked for.
pub(super) struct Known {
    store: Arc<dyn ReadStore>,
    compiled: HashMap<(Arc<str>, u64), Option<Rc<Workflow>>>,
    /// By name.
    newest: HashMap<Arc<str>, Option<Rc<Workflow>>>,
}

impl Known {
    pub(super) fn of(store: &Arc<dyn ReadStore>) -> Self {
        Self {
            store: Arc::clone(store),
            compiled: HashMap::new(),
            newest: HashMap::new(),
        }
    }

    /// The workflow that wrote a record; `None` if the store does not have its text, as
    /// those do not which an older version has written.
    pub(super) fn workflow(
        &mut self,
        instance: &InstanceId,
        record: &StoredRecord,
    ) -> Result<Option<Rc<Workflow>>, Refusal> {
        let key = (Arc::clone(&instance.workflow), record.fingerprint);
        if let Some(workflow) = self.compiled.get(&key) {
            return Ok(workflow.clone());
        }
        let source = wait(self.store.source(&key.0, key.1))?;
        let workflow = source.and_then(|text| named(&text, &key.0));
        self.compiled.insert(key, workflow.clone());
        Ok(workflow)
    }

    /// A record as the program reads it that opened the store last.
    pub(super) fn reading(
        &mut self,
        instance: &InstanceId,
        record: StoredRecord,
    ) -> Result<Reading, Refusal> {
        let written = self.workflow(instance, &record)?;
        let newest = self.newest(&instance.workflow)?;
        Ok(Reading::of(record, written, newest))
    }

    /// The workflow of this name as the program has it that opened the store last.
    fn newest(&mut self, name: &Arc<str>) -> Result<Option<Rc<Workflow>>, Refusal> {
        if let Some(workflow) = self.newest.get(name) {
            return Ok(workflow.clone());
        }
        let newest = wait(self.store.newest(name))?.and_then(|(fingerprint, text)| {
            let key = (Arc::clone(name), fingerprint);
            let compiled = self.compiled.entry(key);
            compiled.or_insert_with(|| named(&text, name)).clone()
        });
        self.newest.insert(Arc::clone(name), newest.clone());
        Ok(newest)
    }
}

/// The workflow of this name that a text declares.
pub(super) fn named(text: &str, name: &str) -> Option<Rc<Workflow>> {
    let workflows = compile(text).model?.workflows;
    let mut workflows = workflows.into_iter();
    workflows.find(|it| it.name.text == name).map(Rc::new)
}

/// The state of this name.
pub(super) fn state<'w>(workflow: &'w Workflow, name: &str) -> Option<&'w State> {
    workflow.states.iter().find(|state| state.name.text == name)
}

/// The transition of this name.
pub(super) fn transition<'w>(workflow: &'w Workflow, name: &str) -> Option<&'w Transition> {
    let mut transitions = workflow.transitions.iter();
    transitions.find(|transition| transition.name.text == name)
}

/// Whether callers may use this name for a transition.
pub(super) fn has_alias(workflow: &Workflow, transition: &Transition, name: &str) -> bool {
    alias(workflow, transition) == Some(name)
}

/// What else callers may call a transition.
pub(super) fn alias<'w>(workflow: &'w Workflow, transition: &Transition) -> Option<&'w str> {
    let alias = workflow.aliases.get(transition.alias?.0)?;
    Some(alias.name.text.as_str())
}

/// The states that a transition leaves.
pub(super) fn sources<'w>(
    workflow: &'w Workflow,
    transition: &'w Transition,
) -> impl Iterator<Item = &'w str> {
    let states = transition.sources.iter();
    states.filter_map(|state| Some(workflow.states.get(state.0)?.name.text.as_str()))
}

/// The transitions that callers may fire in a state, in source order.
pub(super) fn outgoing<'w>(
    workflow: &'w Workflow,
    state: &str,
) -> impl Iterator<Item = &'w Transition> {
    let place = (workflow.states.iter()).position(|it| it.name.text == state);
    let fired = (workflow.transitions.iter()).filter(|transition| transition.error_of.is_none());
    fired.filter(move |transition| transition.sources.iter().any(|it| Some(it.0) == place))
}

/// When a transition falls due by the passing of time; never if it has fired since the state
/// was entered.
pub(super) fn due(transition: &Transition, record: &StoredRecord) -> Option<SystemTime> {
    let after = Duration::from_nanos(transition.after?);
    let name = transition.name.text.as_str();
    let is_spent = record.spent.iter().any(|spent| *spent == name);
    record.entered.filter(|_| !is_spent)?.checked_add(after)
}

/// The guards that a transition asks, as it is written when it may fire.
pub(super) fn guards(workflow: &Workflow, transition: &Transition) -> Vec<String> {
    let guards = transition.guards.iter().filter_map(|call| {
        let name = &workflow.guards.get(call.guard.0)?.name.text;
        let not = if call.negated { "not " } else { "" };
        Some(format!("{not}{name}"))
    });
    guards.collect()
}

/// Whether an action's result is needed to enter the target.
pub(super) fn supplies(workflow: &Workflow, transition: &Transition) -> bool {
    let action = (transition.action.as_ref()).and_then(|call| workflow.actions.get(call.action.0));
    let result = action.and_then(|action| action.result.as_ref());
    match (result, &transition.target) {
        (Some(result), Target::State(StateId(target), _)) => {
            result.state.0 == *target && !result.variables.is_empty()
        }
        _ => false,
    }
}

/// The variable of a state that says which failure led there.
pub(super) fn reason<'w>(workflow: &'w Workflow, state: &str) -> Option<&'w str> {
    let place = (workflow.states.iter()).position(|it| it.name.text == state)?;
    let variables = &workflow.states.get(place)?.variables;
    workflow.transitions.iter().find_map(|transition| {
        let values = match &transition.target {
            Target::State(target, values) if target.0 == place => values,
            _ => return None,
        };
        let number = values.iter().position(is_failure)?;
        Some(variables.get(number)?.name.text.as_str())
    })
}

fn is_failure(value: &Value) -> bool {
    match value {
        Value::Failure => true,
        Value::Some(inner) => is_failure(inner),
        _ => false,
    }
}

/// The state that a transition leads to; `None` if it is the one that it leaves.
pub(super) fn target<'w>(workflow: &'w Workflow, transition: &Transition) -> Option<&'w str> {
    match &transition.target {
        Target::State(state, _) => Some(workflow.states.get(state.0)?.name.text.as_str()),
        Target::Same => None,
    }
}
