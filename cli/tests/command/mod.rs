//! Runs the built command in a folder of its own.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A workflow without mistakes.
pub(crate) const GOOD: &str = "\
workflow door {
    initial state open
    final state shut
    transition close: open -> shut
}
";

/// The same with a misspelt state.
pub(crate) const BAD: &str = "\
workflow door {
    initial state open
    final state shut
    transition close: open -> shutt
}
";

/// A folder of files in which the command runs.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A folder with these files.
    pub(crate) fn new<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Self {
        let folder = TempDir::new().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        Self(folder)
    }

    /// Where the files are.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The command, still to be started, with its arguments in one line.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inflight"));
        command.current_dir(&self.0).args(arguments.split(' '));
        command
    }

    /// Runs the command to its end, with this text as standard input.
    pub(crate) fn run_with(&self, arguments: &str, input: &str) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let written = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        written.unwrap();
        output
    }

    /// What the command did: exit code, standard output and standard error.
    pub(crate) fn run(&self, arguments: &str) -> String {
        shown(&self.command(arguments).output().unwrap())
    }
}

/// The whole outcome as one text.
pub(crate) fn shown(output: &Output) -> String {
    format!(
        "exit {}\n{}---- stderr\n{}",
        output.status.code().unwrap(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
