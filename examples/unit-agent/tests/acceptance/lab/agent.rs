//! An agent that runs beside the test.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command};

use super::until;

/// A running agent; killed when dropped.
pub(crate) struct Agent {
    child: Child,
    output: PathBuf,
}

impl Agent {
    pub(super) fn new(child: Child, output: PathBuf) -> Self {
        Self { child, output }
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it, as a crash would.
    pub(crate) fn kill(mut self) {
        assert!(
            self.child.try_wait().unwrap().is_none(),
            "it had ended: {}",
            self.log()
        );
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn terminate(mut self) {
        let id = self.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
        self.ended();
    }

    /// Waits until it ends by itself; returns its exit code.
    pub(crate) fn ended(&mut self) -> Option<i32> {
        until("the agent's end", || self.child.try_wait().unwrap()).code()
    }

    /// What it has said so far.
    pub(crate) fn log(&self) -> String {
        let read = |kind| fs::read_to_string(self.output.with_extension(kind)).unwrap();
        format!("{}{}", read("out"), read("err"))
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
