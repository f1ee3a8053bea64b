//! The files to compile.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use inflight_dsl::model::Model;
use inflight_dsl::{Compiled, Severity, compile};

use crate::exit::Exit;
use crate::human;
use crate::output::Output;

/// A file that was read and compiled.
#[derive(Clone)]
pub(crate) struct Source {
    /// The name to show.
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) compiled: Compiled,
}

impl Source {
    /// Reads and compiles a file; `-` is standard input. The error is a line for the user.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let (name, bytes) = if path == Path::new("-") {
            let mut bytes = Vec::new();
            let read = io::stdin().read_to_end(&mut bytes).map(|_| bytes);
            ("<stdin>".to_owned(), read)
        } else {
            (path.display().to_string(), fs::read(path))
        };
        let bytes = bytes.map_err(|error| format!("inflight: cannot read `{name}`: {error}\n"))?;
        Self::new(name, bytes)
    }

    /// The name and the model of a file without mistakes. If it has some, or cannot be read,
    /// that is told, and how the command ends.
    pub(crate) fn model(
        path: &Path,
        err: &mut Output<'_>,
    ) -> io::Result<Result<(String, Model), Exit>> {
        let source = match Self::read(path) {
            Ok(source) => source,
            Err(error) => {
                err.write(&error)?;
                return Ok(Err(Exit::Misuse));
            }
        };
        if source.compiled.model.is_none() {
            err.write(&human::report(&source, err.colored()))?;
        }
        let Self { name, compiled, .. } = source;
        Ok(compiled
            .model
            .map(|model| (name, model))
            .ok_or(Exit::Errors))
    }

    /// Compiles what was read. The error is a line for the user.
    pub(crate) fn new(name: String, bytes: Vec<u8>) -> Result<Self, String> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            format!("inflight: cannot read `{name}`: byte {valid} is not UTF-8\n")
        })?;
        let compiled = compile(&text);
        Ok(Self {
            name,
            text,
            compiled,
        })
    }

    /// How many diagnostics are as bad as this.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        let all = self.compiled.diagnostics.iter();
        all.filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// How the command ends if this is its only file.
    pub(crate) fn exit(&self) -> Exit {
        match self.count(Severity::Error) {
            0 => Exit::Clean,
            _ => Exit::Errors,
        }
    }
}
