//! A hash of what a workflow means.

use inflight_dsl::model::{Action, Field, GuardCall, Target, Value, Workflow};

/// The FNV-1a hash of the workflow without its comments and places: it changes with the
/// meaning, and is the same on every machine.
pub(super) fn fingerprint(workflow: &Workflow) -> u64 {
    let mut hash = Hash(0xcbf2_9ce4_8422_2325);
    hash.add(&workflow.name.text);
    for state in &workflow.states {
        hash.add(&state.name.text);
        hash.add(&format!("{:?}", state.kind));
        hash.fields(&state.variables);
    }
    for Action {
        name,
        parameters,
        result,
        ..
    } in &workflow.actions
    {
        hash.add(&name.text);
        hash.fields(parameters);
        hash.add(&format!(
            "{:?}",
            result
                .as_ref()
                .map(|result| (result.state, &result.variables))
        ));
    }
    for guard in &workflow.guards {
        hash.add(&guard.name.text);
        hash.fields(&guard.parameters);
    }
    for alias in &workflow.aliases {
        hash.add(&alias.name.text);
    }
    for transition in &workflow.transitions {
        hash.add(&transition.name.text);
        hash.fields(&transition.inputs);
        hash.add(&format!("{:?}", transition.sources));
        match &transition.target {
            Target::State(state, values) => {
                hash.add(&format!("{state:?}"));
                hash.values(values);
            }
            Target::Same => hash.add("same"),
        }
        hash.add(&format!(
            "{:?}",
            (transition.automatic, transition.alias, transition.error_of)
        ));
        for GuardCall {
            guard,
            negated,
            arguments,
        } in &transition.guards
        {
            hash.add(&format!("{:?}", (guard, negated)));
            hash.values(arguments);
        }
        if let Some(call) = &transition.action {
            hash.add(&format!("{:?}", call.action));
            hash.values(&call.arguments);
        }
        if let Some(path) = &transition.on_error {
            hash.add(&format!("{:?}", path.transition));
            hash.values(&path.inputs);
        }
    }
    hash.0
}

struct Hash(u64);

impl Hash {
    /// Adds a text and the end of it.
    fn add(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.add(&field.name.text);
            self.add(&format!("{:?}", field.ty));
        }
    }

    fn values(&mut self, values: &[Value]) {
        self.add(&format!("{values:?}"));
    }
}
