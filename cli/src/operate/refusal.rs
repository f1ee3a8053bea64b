//! Why a command does not do what it is asked for.

use std::error::Error;
use std::fmt::Write as _;
use std::io;

use inflight::store::StoreError;

use crate::exit::Exit;

/// What an operator is told instead of an answer.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) exit: Exit,
    pub(crate) text: String,
}

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Told {
    Refused(Refusal),
    /// The answer could not be written.
    Unwritable(io::Error),
}

impl Refusal {
    /// Something that was asked for is not there, or cannot be done so.
    pub(crate) fn misuse(message: impl AsRef<str>, help: impl AsRef<str>) -> Self {
        Self::new(Exit::Misuse, message, help)
    }

    pub(crate) fn new(exit: Exit, message: impl AsRef<str>, help: impl AsRef<str>) -> Self {
        let (message, help) = (message.as_ref(), help.as_ref());
        Self {
            exit,
            text: format!("inflight: {message}\nhelp: {help}\n"),
        }
    }
}

impl Refusal {
    /// Adds all that led to an error.
    pub(crate) fn because(&mut self, error: &dyn Error) {
        let mut source = error.source();
        while let Some(cause) = source {
            // Writing to a string cannot fail.
            let _ = writeln!(self.text, "because: {cause}");
            source = cause.source();
        }
    }
}

impl From<Refusal> for Told {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Told {
    fn from(error: io::Error) -> Self {
        Self::Unwritable(error)
    }
}

impl From<serde_json::Error> for Told {
    fn from(error: serde_json::Error) -> Self {
        Self::Unwritable(error.into())
    }
}

/// A store's own words say what to do after a semicolon.
impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let exit = match &error {
            StoreError::Corrupt { .. } => Exit::Errors,
            _ => Exit::Misuse,
        };
        let told = error.to_string();
        let text = match told.rsplit_once("; ") {
            Some((message, help)) => format!("inflight: {message}\nhelp: {help}\n"),
            None => format!("inflight: {told}\n"),
        };
        let mut refusal = Self { exit, text };
        refusal.because(&error);
        refusal
    }
}

impl From<StoreError> for Told {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}
