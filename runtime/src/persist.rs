//! The traits of the generated types, written once for all workflows.
//!
//! What derives would generate for enums of thousands of variants takes longer to
//! compile than everything else together, so the generated code calls these instead.

use std::fmt::{self, Formatter};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::definition::{Definition, Name};
use crate::fields::{DecodeError, Fields};
use crate::record::{named, state, transition_name};

/// A state as it is persisted.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersistedState<N> {
    state: N,
    #[serde(default)]
    variables: Fields,
}

/// A transition as it is persisted.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersistedTransition<N> {
    transition: N,
    #[serde(default)]
    inputs: Fields,
}

/// The name that is written so.
pub fn name<N: Name>(kind: &'static str, name: &str) -> Result<N, DecodeError> {
    named(name).ok_or_else(|| DecodeError::unknown(kind, name))
}

/// Reads a name.
pub fn deserialize_name<'de, N: Name, D: Deserializer<'de>>(
    kind: &'static str,
    deserializer: D,
) -> Result<N, D::Error> {
    let text = String::deserialize(deserializer)?;
    name(kind, &text).map_err(D::Error::custom)
}

/// Writes a state.
pub fn serialize_state<W: Definition, S: Serializer>(
    state: &W::State,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let persisted = PersistedState {
        state: W::state_name(state).as_str(),
        variables: W::variables(state),
    };
    persisted.serialize(serializer)
}

/// Reads a state.
pub fn deserialize_state<'de, W: Definition, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<W::State, D::Error> {
    let persisted = PersistedState::<String>::deserialize(deserializer)?;
    state::<W>(&persisted.state, persisted.variables).map_err(D::Error::custom)
}

/// Writes a transition.
pub fn serialize_transition<W: Definition, S: Serializer>(
    transition: &W::Transition,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let persisted = PersistedTransition {
        transition: W::transition_name(transition).as_str(),
        inputs: W::inputs(transition),
    };
    persisted.serialize(serializer)
}

/// Reads a transition.
pub fn deserialize_transition<'de, W: Definition, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<W::Transition, D::Error> {
    let persisted = PersistedTransition::<String>::deserialize(deserializer)?;
    transition_name::<W>(&persisted.transition)
        .and_then(|name| {
            name.ok_or_else(|| DecodeError::unknown("transition", &persisted.transition))
        })
        .and_then(|name| W::transition(name, persisted.inputs))
        .map_err(D::Error::custom)
}

/// Shows a state.
pub fn debug_state<W: Definition>(state: &W::State, f: &mut Formatter<'_>) -> fmt::Result {
    debug(W::state_name(state).as_str(), &W::variables(state), f)
}

/// Shows a transition.
pub fn debug_transition<W: Definition>(
    transition: &W::Transition,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    debug(
        W::transition_name(transition).as_str(),
        &W::inputs(transition),
        f,
    )
}

/// A name and its values, as `name { key: value }`.
fn debug(name: &str, values: &Fields, f: &mut Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in values.as_json() {
        shown.field(name, &format_args!("{value}"));
    }
    shown.finish()
}
