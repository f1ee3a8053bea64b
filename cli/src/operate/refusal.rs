//! Why a command does not do what it is asked for.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, ErrorKind};
use std::sync::Arc;

use inflight::store::StoreError;
use serde::Serialize;

use crate::exit::Exit;

/// What is to be done where rights are missing.
pub(crate) const RIGHTS: &str = "run this as the user whose program owns the store, with \
                                 `sudo -u USER`: it needs to write beside the store too";

/// What an operator is told instead of an answer.
#[derive(Debug, Serialize)]
pub(crate) struct Refusal {
    #[serde(skip)]
    pub(crate) exit: Exit,
    /// What is wrong.
    error: String,
    /// What to do instead.
    help: String,
    /// What led to it, the nearest cause first.
    because: Vec<String>,
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
    pub(crate) fn misuse(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(Exit::Misuse, message, help)
    }

    pub(crate) fn new(exit: Exit, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit,
            error: message.into(),
            help: help.into(),
            because: Vec::new(),
        }
    }

    /// The arguments are not understood: what is said of it has a paragraph for each part.
    pub(crate) fn of_arguments(error: &clap::Error) -> Self {
        let told = error.to_string();
        let told = told.strip_prefix("error: ").unwrap_or(&told);
        let (message, help) = told.split_once("\n\n").unwrap_or((told, ""));
        Self::misuse(message.trim(), help.trim())
    }

    /// Adds all that led to an error.
    pub(crate) fn because(mut self, error: &(dyn Error + 'static)) -> Self {
        self.because.extend(causes(error).map(ToString::to_string));
        self
    }

    /// Something else is to be done about it.
    pub(crate) fn with_help(self, help: impl Into<String>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }

    /// In a sentence, beside what is told of others.
    pub(crate) fn sentence(&self) -> String {
        let told = std::iter::once(&self.error).chain(&self.because);
        let told: Vec<_> = told.map(String::as_str).collect();
        format!("{}; {}", told.join(": "), self.help)
    }

    /// As a person reads it.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("inflight: {}\nhelp: {}\n", self.error, self.help);
        for cause in &self.because {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "because: {cause}");
        }
        text
    }

    /// As a program reads it.
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string(self)? + "\n")
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

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        let exit = match &error {
            StoreError::Missing { .. }
            | StoreError::NotAStore { .. }
            | StoreError::NoFolder { .. }
            | StoreError::Version { .. } => Exit::Misuse,
            error if is_forbidden(error) => Exit::Misuse,
            _ => Exit::Errors,
        };
        // After a semicolon a store says what a program would do, which is not for operators.
        let told = error.to_string();
        let message = told
            .rsplit_once("; ")
            .map_or(&*told, |(message, _)| message);
        Self::new(exit, message, help(&error)).because(&error)
    }
}

impl From<StoreError> for Told {
    fn from(error: StoreError) -> Self {
        Self::Refused(error.into())
    }
}

/// What an operator does about an error of a store's.
fn help(error: &StoreError) -> &'static str {
    match error {
        StoreError::Owned { .. } => "stop that process, then try again",
        StoreError::Missing { .. } | StoreError::NotAStore { .. } | StoreError::NoFolder { .. } => {
            "name the file or folder that your program opens, such as `state.db`"
        }
        StoreError::Version { .. } => "use the `inflight` of the version that the program uses",
        StoreError::Corrupt { .. } => {
            "`inflight verify STORE` says what is damaged; restore it from a copy"
        }
        StoreError::Full { .. } => "make room, then try again",
        StoreError::Busy { .. } => "end its transaction, then try again",
        StoreError::Fenced { .. }
        | StoreError::Conflict { .. }
        | StoreError::Gap { .. }
        | StoreError::Claimed { .. } => {
            "somebody was faster: look again with `inflight show STORE INSTANCE`"
        }
        error if is_forbidden(error) => RIGHTS,
        _ => "see to the cause, then try again",
    }
}

/// Whether rights are missing.
pub(crate) fn is_forbidden(error: &(dyn Error + 'static)) -> bool {
    causes(error).any(|cause| match system(cause) {
        Some(error) => error.kind() == ErrorKind::PermissionDenied,
        // SQLite has a code for it, and hardly ever uses it.
        None => {
            let told = cause.to_string();
            ["unable to open database file", "readonly database"]
                .iter()
                .any(|words| told.contains(words))
        }
    })
}

/// The system's own error, which may be shared.
fn system<'e>(cause: &'e (dyn Error + 'static)) -> Option<&'e io::Error> {
    let shared = || cause.downcast_ref::<Arc<io::Error>>().map(Arc::as_ref);
    let unknown = || cause.downcast_ref::<Arc<dyn Error + Send + Sync>>();
    let unknown = || unknown().and_then(|cause| cause.downcast_ref());
    (cause.downcast_ref()).or_else(shared).or_else(unknown)
}

fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(error.source(), |cause| (*cause).source())
}
