//! The one place where the command writes.

use std::io::{ErrorKind, IsTerminal, Result, Write};

use clap::ColorChoice;

/// Where text goes: standard output or standard error.
pub(crate) struct Output<'a> {
    writer: Box<dyn Write + 'a>,
    colored: bool,
    terminal: bool,
    closed: bool,
}

impl<'a> Output<'a> {
    /// Writes to the given stream, in colour if it is a terminal or colour is asked for.
    pub(crate) fn new(stream: impl Write + IsTerminal + 'a, color: ColorChoice) -> Self {
        let terminal = stream.is_terminal();
        let colored = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => terminal && !refused(),
        };
        Self {
            writer: Box::new(stream),
            colored,
            terminal,
            closed: false,
        }
    }

    /// Whether text should be in colour.
    pub(crate) fn colored(&self) -> bool {
        self.colored
    }

    /// Whether somebody looks at it who can see it change.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Whether the reader has gone away.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed
    }

    /// Writes the text. A reader that has gone away, as `head` does, is no error: the
    /// rest is dropped, and the exit code stays what it would have been.
    pub(crate) fn write(&mut self, text: &str) -> Result<()> {
        if self.closed {
            return Ok(());
        }
        let written = self.writer.write_all(text.as_bytes());
        match written.and_then(|()| self.writer.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            written => written,
        }
    }
}

/// Whether the environment asks for no colour.
fn refused() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}
