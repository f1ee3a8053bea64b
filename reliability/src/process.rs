//! A loaded process, and what can be done to it from outside.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use crate::load::Plan;
use crate::said::Said;
use crate::subject::Subject;

/// How long a process may take; it is killed then, and the suite fails.
const PATIENCE: Duration = Duration::from_secs(120);

/// A loaded process; killed when dropped.
pub(crate) struct Process {
    child: Child,
    to: ChildStdin,
    from: Receiver<Said>,
    strace: Option<Child>,
    /// Where its trace is, and what it writes to standard error.
    folder: PathBuf,
    /// Dropped when it has ended, which ends the watch over it.
    watch: Option<Sender<()>>,
}

/// What befalls a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Strike {
    /// The process is sent a signal before the call.
    Signal(&'static str),
    /// The call fails with this error.
    Error(&'static str),
}

/// A fault at one call, in every thread of the process.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    /// What befalls it.
    pub(crate) strike: Strike,
    /// The call's name, or a pattern.
    pub(crate) call: &'static str,
    /// Which one of them.
    pub(crate) at: u32,
}

/// How a process ended.
#[derive(Debug)]
pub(crate) struct Ended {
    status: ExitStatus,
    trace: String,
    log: String,
}

impl Process {
    /// Starts one on a store, and waits until it is ready. What is written about it is in
    /// the folder.
    pub(crate) fn start(
        subject: Subject,
        store: &Path,
        folder: &Path,
        plan: &Plan,
        take_over: bool,
    ) -> Self {
        let log = File::create(folder.join("log")).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["load", "--store", subject.name(), "--path"])
            .arg(store)
            .args(take_over.then_some("--take-over"))
            .args(["--instances", &plan.instances.to_string()])
            .args(["--rounds", &plan.rounds.to_string()])
            .args(["--compactions", &plan.compactions.to_string()])
            .args(["--seed", &plan.seed.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let this = Self {
            to: child.stdin.take().unwrap(),
            from: listen(child.stdout.take().unwrap()),
            strace: None,
            folder: folder.to_owned(),
            watch: Some(watch(pid(&child))),
            child,
        };
        assert!(matches!(this.hear(), Some(Said::Ready)), "{}", this.log());
        this
    }

    /// Lets it go on.
    pub(crate) fn go(&mut self) {
        // It may have been killed, and then says so.
        drop(self.to.write_all(b"\n"));
    }

    /// What it says next; nothing once it has ended.
    pub(crate) fn hear(&self) -> Option<Said> {
        self.from.recv().ok()
    }

    /// Has every thread of it struck at the n-th call from now on.
    pub(crate) fn strike(&mut self, fault: &Fault) {
        let Fault { strike, call, at } = fault;
        let strike = match strike {
            Strike::Signal(signal) => format!("signal={signal}"),
            Strike::Error(error) => format!("error={error}"),
        };
        let mut strace = Command::new("strace")
            .args(["-f", "-o"])
            .arg(self.folder.join("trace"))
            .arg(format!("--trace={call}"))
            .arg(format!("--inject={call}:{strike}:when={at}"))
            .args(["-p", &self.child.id().to_string()])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run strace, install it: {error}"));
        let mut line = String::new();
        let mut said = BufReader::new(strace.stderr.take().unwrap());
        said.read_line(&mut line).unwrap();
        assert!(line.contains("attached"), "strace may not attach: {line}");
        strace.stderr = Some(said.into_inner());
        self.strace = Some(strace);
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        // It may have ended.
        let _ = kill_process(pid(&self.child), signal);
    }

    /// Waits until it has stopped; false if it has ended instead.
    pub(crate) fn stopped(&self) -> bool {
        let options = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        let status = waitid(WaitId::Pid(pid(&self.child)), options).unwrap();
        status.unwrap().stopped()
    }

    /// Waits for its end, which somebody has seen to.
    pub(crate) fn end(mut self) -> Ended {
        let status = self.child.wait().unwrap();
        drop(self.watch.take());
        if let Some(strace) = &mut self.strace {
            strace.wait().unwrap();
        }
        let trace = fs::read_to_string(self.folder.join("trace")).unwrap_or_default();
        Ended {
            status,
            trace,
            log: self.log(),
        }
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // They may have ended before.
        drop(self.child.kill());
        drop(self.child.wait());
        if let Some(strace) = &mut self.strace {
            drop(strace.wait());
        }
    }
}

impl Ended {
    /// Whether a fault came about.
    pub(crate) fn was_struck(&self) -> bool {
        !self.status.success() || self.trace.contains("(INJECTED)")
    }

    /// Panics if the process did; not if the standard library could not start a thread.
    pub(crate) fn expect_no_panic(&self) {
        let panicked = self.log.contains("panicked") && !self.log.contains("alternative stack");
        assert!(!panicked, "{}", self.log);
    }
}

fn pid(child: &Child) -> Pid {
    Pid::from_child(child)
}

/// Takes in all that a process says, so that it never waits for whoever hears it; but not
/// what it was killed in the middle of saying.
fn listen(to: ChildStdout) -> Receiver<Said> {
    let (heard, said) = mpsc::channel();
    thread::spawn(move || {
        let mut to = BufReader::new(to);
        let mut line = String::new();
        while to.read_line(&mut line).unwrap() > 0 && line.ends_with('\n') {
            // Nobody listens any more if this fails.
            drop(heard.send(serde_json::from_str(&line).unwrap()));
            line.clear();
        }
    });
    said
}

/// Kills a process that takes too long.
fn watch(process: Pid) -> Sender<()> {
    let (watch, over) = mpsc::channel();
    thread::spawn(move || {
        if over.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            let _ = kill_process(process, Signal::KILL);
        }
    });
    watch
}
