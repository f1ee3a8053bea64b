//! The clauses of a transition, as the language spells them.

use super::say;
use crate::diagram::label;
use crate::diagram::value::written;
use crate::model::{Field, GuardCall, Transition, Value, Workflow};

/// Something that is given values by name: an action, a guard or an error transition.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    /// `when not`
    negated: bool,
    parameters: &'a [Field],
    values: &'a [Value],
    /// The inputs of the transition that gives them.
    inputs: &'a [Field],
}

impl<'a> Call<'a> {
    /// What a transition runs.
    pub(super) fn action(workflow: &'a Workflow, transition: &'a Transition) -> Option<Self> {
        let call = transition.action.as_ref()?;
        let action = workflow.actions.get(call.action.0)?;
        Some(Self {
            name: &action.name.text,
            negated: false,
            parameters: &action.parameters,
            values: &call.arguments,
            inputs: &transition.inputs,
        })
    }

    /// What a transition asks.
    pub(super) fn guards(workflow: &'a Workflow, transition: &'a Transition) -> Vec<Self> {
        let calls = transition.guards.iter();
        let call = |call: &'a GuardCall| {
            let guard = workflow.guards.get(call.guard.0)?;
            Some(Self {
                name: &guard.name.text,
                negated: call.negated,
                parameters: &guard.parameters,
                values: &call.arguments,
                inputs: &transition.inputs,
            })
        };
        calls.filter_map(call).collect()
    }

    /// What a failure of a transition leads into, and that transition.
    pub(super) fn error(
        workflow: &'a Workflow,
        transition: &'a Transition,
    ) -> Option<(Self, &'a Transition)> {
        let path = transition.on_error.as_ref()?;
        let error = workflow.transitions.get(path.transition.0)?;
        let call = Self {
            name: &error.name.text,
            negated: false,
            parameters: &error.inputs,
            values: &path.inputs,
            inputs: &transition.inputs,
        };
        Some((call, error))
    }

    /// `install(hooks: true)`
    pub(super) fn said(&self) -> String {
        let values: Vec<_> = (self.parameters.iter().zip(self.values))
            .map(|(field, value)| format!("{}: {}", field.name.text, written(value, self.inputs)))
            .collect();
        match values.as_slice() {
            [] => self.name.to_owned(),
            values => format!("{}({})", self.name, values.join(", ")),
        }
    }

    /// `when not newer(revision: 3)`
    pub(super) fn asked(&self) -> String {
        let not = if self.negated { "not " } else { "" };
        format!("when {not}{}", self.said())
    }

    /// Whether both say the same of every parameter that is there as before. What is said
    /// of others follows from what became of them.
    pub(super) fn is(&self, old: &Call<'_>) -> bool {
        self.name == old.name
            && self.negated == old.negated
            && (self.parameters.iter().zip(self.values)).all(|(field, value)| {
                let mut before = old.parameters.iter().zip(old.values);
                let before = before.find(|(old, _)| old.name.text == field.name.text);
                before.is_none_or(|(old_field, old_value)| {
                    old_field.ty != field.ty
                        || written(old_value, old.inputs) == written(value, self.inputs)
                })
            })
    }
}

/// `alias retry`
pub(super) fn alias(workflow: &Workflow, transition: &Transition) -> Option<String> {
    let alias = workflow.aliases.get(transition.alias?.0)?;
    Some(format!("alias {}", alias.name.text))
}

/// `after 10m`
pub(super) fn after(transition: &Transition) -> Option<String> {
    Some(format!("after {}", say::duration(transition.after?)))
}

/// `timeout 30s`
pub(super) fn timeout(transition: &Transition) -> Option<String> {
    Some(format!("timeout {}", say::duration(transition.timeout?)))
}

/// `retry 3 backoff 1s..30s`
pub(super) fn retry(transition: &Transition) -> Option<String> {
    transition.retry.as_ref().map(label::retry)
}

/// `on interrupt ask`; nothing for what it is unless said.
pub(super) fn on_interrupt(transition: &Transition) -> Option<String> {
    label::on_interrupt(transition.on_interrupt)
}
