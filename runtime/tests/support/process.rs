//! Other processes: a test runs itself again in another role.

use std::io::{BufRead, BufReader, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::{env, ffi::OsStr};

/// Names the store in the environment of the other process.
const STORE: &str = "INFLIGHT_TEST_STORE";

/// Marks the other process's lines among those of the test harness.
const MARK: &str = "child: ";

/// The store to work on, if this is the other process.
pub fn role() -> Option<PathBuf> {
    env::var_os(STORE).map(PathBuf::from)
}

/// Tells the first process something.
pub fn say(line: &str) {
    let mut out = stdout().lock();
    writeln!(out, "\n{MARK}{line}").unwrap();
}

/// Waits for a line of the first process; false if there will be none.
pub fn hear() -> bool {
    stdin().read_line(&mut String::new()).unwrap() > 0
}

/// The other process; killed when dropped.
pub struct Process {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Process {
    /// Runs a test of this program in another process, on a store.
    pub fn start(test: &str, store: &Path) -> Self {
        Self::spawn(Command::new(env::current_exe().unwrap()), test, store)
    }

    /// The same, under strace with these arguments.
    pub fn traced(arguments: &[impl AsRef<OsStr>], test: &str, store: &Path) -> Self {
        let mut command = Command::new("strace");
        command
            .arg("-f")
            .args(arguments)
            .arg(env::current_exe().unwrap());
        Self::spawn(command, test, store)
    }

    /// The same, with what a command has that runs this program.
    pub fn spawn(mut command: Command, test: &str, store: &Path) -> Self {
        let name = command.get_program().to_owned();
        let mut child = command
            .args(["--exact", test, "--nocapture", "--test-threads=1"])
            .env(STORE, store)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {name:?}, install it: {error}"));
        Self {
            to: child.stdin.take(),
            from: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells it something.
    pub fn say(&mut self, line: &str) {
        writeln!(self.to.as_mut().unwrap(), "{line}").unwrap();
    }

    /// What it says next.
    pub fn hear(&mut self) -> String {
        self.line().expect("the other process says no more")
    }

    /// All that it says until it ends, and whether it ended well.
    pub fn finish(mut self) -> (Vec<String>, bool) {
        drop(self.to.take());
        let said = std::iter::from_fn(|| self.line()).collect();
        (said, self.child.wait().unwrap().success())
    }

    /// Kills it, and waits until it is dead.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        while self.from.read_line(&mut line).unwrap() > 0 {
            if let Some(said) = line.strip_prefix(MARK) {
                return Some(said.trim_end().to_owned());
            }
            line.clear();
        }
        None
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended before.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
