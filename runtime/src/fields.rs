//! Variables and inputs as they are persisted.
//!
//! [`Fields`] is a JSON object whose members the generated code adds and takes out
//! one by one; [`Variable`] says what each of the language's types looks like in it.

mod time;
mod variable;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub(crate) use time::{decode_time, encode_time};
pub use variable::Variable;

/// Named values, on their way to or from a record.
///
/// ```
/// use inflight::Fields;
///
/// # fn main() -> Result<(), inflight::DecodeError> {
/// let mut inputs = Fields::new().with("speed", &7_i64);
/// assert_eq!(inputs.as_json()["speed"], 7);
///
/// let speed: i64 = inputs.take("speed")?;
/// assert_eq!(speed, 7);
/// inputs.finish()?; // nothing is left
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields {
    values: serde_json::Map<String, Json>,
    /// The first value that could not be written.
    #[serde(skip)]
    refused: Option<Box<EncodeError>>,
}

/// Why a value of the user's own type cannot be persisted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` cannot be written: {reason}")]
pub struct EncodeError {
    /// The name of the variable or input.
    pub name: String,
    /// What its `Serialize` says.
    pub reason: String,
}

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
    /// A variable of the user's own type that cannot be read as it.
    #[error("`{name}` cannot be read as {expected}: {reason}")]
    Unreadable {
        /// Its name.
        name: String,
        /// What the workflow declares.
        expected: &'static str,
        /// What its `Deserialize` says.
        reason: String,
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

impl DecodeError {
    /// A name that the workflow does not declare.
    pub fn unknown(kind: &'static str, name: &str) -> Self {
        Self::Unknown {
            kind,
            name: name.to_owned(),
        }
    }
}

impl Fields {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value.
    #[must_use]
    pub fn with<T: Variable>(mut self, name: &str, value: &T) -> Self {
        self.values.insert(name.to_owned(), value.encode());
        self
    }

    /// Adds a value of the user's own type. One that cannot be written is left out, and the
    /// commit that it was for is refused as [`Error::Unwritable`](crate::Error::Unwritable).
    #[must_use]
    pub fn with_serde<T: Serialize>(mut self, name: &str, value: &T) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => {
                self.values.insert(name.to_owned(), value);
            }
            Err(error) => {
                self.refused.get_or_insert_with(|| {
                    Box::new(EncodeError {
                        name: name.to_owned(),
                        reason: error.to_string(),
                    })
                });
            }
        }
        self
    }

    /// The first value that could not be written, if there is one.
    pub(crate) fn refused(&self) -> Option<&EncodeError> {
        self.refused.as_deref()
    }

    /// Gives the value of a former name its present one, unless that has a value.
    pub fn rename(&mut self, name: &str, was: &[&str]) {
        if self.values.contains_key(name) {
            return;
        }
        if let Some(value) = was.iter().find_map(|was| self.values.remove(*was)) {
            self.values.insert(name.to_owned(), value);
        }
    }

    /// Adds a value that is not there.
    pub fn fill<T: Variable>(&mut self, name: &str, value: &T) {
        if !self.values.contains_key(name) {
            self.values.insert(name.to_owned(), value.encode());
        }
    }

    /// Adds a null that is not there.
    pub fn fill_null(&mut self, name: &str) {
        self.values.entry(name).or_insert(Json::Null);
    }

    /// Takes a value out.
    ///
    /// # Errors
    ///
    /// When it is missing, or of another type. A missing value of a `T?` is null.
    pub fn take<T: Variable>(&mut self, name: &str) -> Result<T, DecodeError> {
        let value = match self.values.remove(name) {
            Some(value) => value,
            None => return T::absent().ok_or_else(|| DecodeError::Missing(name.to_owned())),
        };
        T::decode(&value).ok_or_else(|| DecodeError::Type {
            name: name.to_owned(),
            expected: T::NAME,
            found: value.to_string(),
        })
    }

    /// Takes out a value of the user's own type, which a workflow spells as `expected`.
    ///
    /// # Errors
    ///
    /// When it is missing, or cannot be read.
    pub fn take_serde<T: DeserializeOwned>(
        &mut self,
        name: &str,
        expected: &'static str,
    ) -> Result<T, DecodeError> {
        let value = self.values.remove(name);
        let value = value.ok_or_else(|| DecodeError::Missing(name.to_owned()))?;
        serde_json::from_value(value).map_err(|error| DecodeError::Unreadable {
            name: name.to_owned(),
            expected,
            reason: error.to_string(),
        })
    }

    /// Says that everything has been taken.
    ///
    /// # Errors
    ///
    /// When a value is left, for it would be lost at the next commit.
    pub fn finish(self) -> Result<(), DecodeError> {
        match self.values.into_iter().next() {
            Some((name, _)) => Err(DecodeError::Undeclared(name)),
            None => Ok(()),
        }
    }

    /// The values as a JSON object.
    pub fn as_json(&self) -> &serde_json::Map<String, Json> {
        &self.values
    }
}

#[cfg(test)]
mod tests;
