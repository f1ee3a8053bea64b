//! Variables and inputs as they are persisted.
//!
//! [`Fields`] is a JSON object whose members the generated code adds and takes out
//! one by one; [`Variable`] says what each of the language's types looks like in it.

mod time;
mod variable;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub(crate) use time::{decode_time, encode_time};
pub use variable::Variable;

/// Named values, on their way to or from a record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(serde_json::Map<String, Json>);

/// Why persisted values cannot be read as the types that the workflow declares.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// A variable that the record does not hold.
    #[error("`{0}` is missing")]
    Missing(String),
    /// A variable of another type.
    #[error("`{name}` should be {expected}, but is `{found}`")]
    Type {
        /// Its name.
        name: String,
        /// What the workflow declares.
        expected: &'static str,
        /// What the record holds.
        found: String,
    },
    /// A variable that the workflow does not declare.
    #[error("`{0}` is not declared")]
    Undeclared(String),
    /// A transition in flight that does not leave the state.
    #[error("`{transition}` is in flight, and does not leave `{state}`")]
    Stray {
        /// The transition.
        transition: &'static str,
        /// The state.
        state: &'static str,
    },
    /// A name that the workflow does not declare.
    #[error("there is no {kind} `{name}`")]
    Unknown {
        /// What was looked for: `state` or `transition`.
        kind: &'static str,
        /// Its name.
        name: String,
    },
}

impl Fields {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value.
    #[must_use]
    pub fn with<T: Variable>(mut self, name: &str, value: &T) -> Self {
        self.0.insert(name.to_owned(), value.encode());
        self
    }

    /// Takes a value out.
    ///
    /// # Errors
    ///
    /// When it is missing, or of another type. A missing value of a `T?` is null.
    pub fn take<T: Variable>(&mut self, name: &str) -> Result<T, DecodeError> {
        let value = match self.0.remove(name) {
            Some(value) => value,
            None => return T::absent().ok_or_else(|| DecodeError::Missing(name.to_owned())),
        };
        T::decode(&value).ok_or_else(|| DecodeError::Type {
            name: name.to_owned(),
            expected: T::NAME,
            found: value.to_string(),
        })
    }

    /// Says that everything has been taken.
    ///
    /// # Errors
    ///
    /// When a value is left, for it would be lost at the next commit.
    pub fn finish(self) -> Result<(), DecodeError> {
        match self.0.into_iter().next() {
            Some((name, _)) => Err(DecodeError::Undeclared(name)),
            None => Ok(()),
        }
    }

    /// The values as a JSON object.
    pub fn as_json(&self) -> &serde_json::Map<String, Json> {
        &self.0
    }
}

#[cfg(test)]
mod tests;
