//! A laboratory: a charm whose hooks write down what they do, a data folder, and the
//! agent's commands.
//!
//! Hooks are told what to do through files in a folder of their own: they fail, wait
//! or make noise while a file says so.

mod agent;
mod charm;
mod fault;
mod hooks;
mod record;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) use agent::Agent;
pub(crate) use charm::{Charm, UNIT_HOOKS};
pub(crate) use fault::{FAMILIES, Fault, Strike};
pub(crate) use hooks::{Run, alive};
pub(crate) use record::{Record, carried_on, tell};

/// The unit that every test speaks of.
pub(crate) const UNIT: &str = "blog-0";

const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(3);

/// Waits for a condition, and panics if it does not come.
pub(crate) fn until<T>(what: &str, mut ready: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(value) = ready() {
            return value;
        }
        assert!(
            Instant::now() < deadline,
            "waited {PATIENCE:?} in vain for {what}"
        );
        thread::sleep(POLL);
    }
}

/// How a command ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Its exit code, unless a signal ended it.
    pub(crate) code: Option<i32>,
    /// What it wrote to standard output.
    pub(crate) out: String,
    /// What it wrote to standard error.
    pub(crate) err: String,
}

/// One unit, alone in a temporary folder.
pub(crate) struct Lab {
    root: TempDir,
    outputs: Cell<usize>,
    told: Cell<usize>,
    heard: Cell<usize>,
}

impl Lab {
    /// A unit that has not been run yet, and a charm for it with every hook.
    pub(crate) fn new() -> Self {
        Self::with(Charm::revision(1))
    }

    /// A unit that has not been run yet, and a charm for it.
    pub(crate) fn with(charm: Charm) -> Self {
        let lab = Self {
            root: tempfile::tempdir().unwrap(),
            outputs: Cell::new(0),
            told: Cell::new(0),
            heard: Cell::new(0),
        };
        fs::create_dir(lab.control()).unwrap();
        fs::write(lab.hook_log(), "").unwrap();
        lab.charm("charm", charm);
        lab
    }

    /// A unit that is started, with that already told.
    pub(crate) fn started() -> Self {
        let lab = Self::new();
        lab.settle();
        lab.expect(
            "new>install installed>start started",
            "install config-changed start",
        );
        lab
    }

    /// A unit in the error state that a failing hook leads to, with that already told.
    pub(crate) fn broken(hook: &str, request: &[&str], state: &str) -> Self {
        let lab = Self::started();
        lab.fail(hook, 37);
        lab.request(request);
        lab.settle();
        lab.skip();
        assert_eq!(lab.state(), state);
        lab
    }

    /// Where a file of this laboratory is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    fn control(&self) -> PathBuf {
        self.path("control")
    }

    fn hook_log(&self) -> PathBuf {
        self.control().join("log")
    }

    /// Makes a charm, replacing one of that name.
    pub(crate) fn charm(&self, name: &str, charm: Charm) -> PathBuf {
        let folder = self.path(name);
        let _ = fs::remove_dir_all(&folder);
        charm.write(&folder, &self.control());
        folder
    }

    /// The agent with a subcommand, the data folder and the unit, then more arguments.
    pub(crate) fn arguments(&self, arguments: &[&str]) -> Vec<String> {
        let words = if arguments[0] == "relation" { 3 } else { 1 };
        let (subcommand, rest) = arguments.split_at(words);
        let data = self.data();
        subcommand
            .iter()
            .chain(&["--data", data.to_str().unwrap(), "--unit", UNIT])
            .chain(rest)
            .map(|word| (*word).to_owned())
            .collect()
    }

    /// Runs a program to its end.
    pub(crate) fn execute(&self, program: &str, arguments: &[String]) -> Ended {
        let (mut command, name) = self.command(program, arguments);
        let mut child = command.spawn().unwrap();
        let deadline = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if Instant::now() > deadline {
                child.kill().unwrap();
                child.wait().unwrap();
                panic!(
                    "`{arguments:?}` did not end: {}",
                    fs::read_to_string(name.with_extension("err")).unwrap()
                );
            }
            thread::sleep(POLL);
        };
        Ended {
            code: status.code(),
            out: fs::read_to_string(name.with_extension("out")).unwrap(),
            err: fs::read_to_string(name.with_extension("err")).unwrap(),
        }
    }

    // Output goes to files: a hook that outlives the agent would keep a pipe open.
    fn command(&self, program: &str, arguments: &[String]) -> (Command, PathBuf) {
        self.outputs.set(self.outputs.get() + 1);
        let name = self.path(&format!("output-{}", self.outputs.get()));
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(self.root.path())
            .stdin(Stdio::null())
            .stdout(fs::File::create(name.with_extension("out")).unwrap())
            .stderr(fs::File::create(name.with_extension("err")).unwrap());
        (command, name)
    }

    /// Runs one of the agent's commands.
    pub(crate) fn agent(&self, arguments: &[&str]) -> Ended {
        self.execute(env!("CARGO_BIN_EXE_unit-agent"), &self.arguments(arguments))
    }

    /// Runs one of the agent's commands that must succeed; returns its output.
    pub(crate) fn request(&self, arguments: &[&str]) -> String {
        let ended = self.agent(arguments);
        assert_eq!(ended.code, Some(0), "`{arguments:?}` failed: {ended:?}");
        ended.out
    }

    /// Runs commands of the agent all at once; each must succeed.
    pub(crate) fn at_once(&self, commands: &[Vec<&str>]) {
        let agent = env!("CARGO_BIN_EXE_unit-agent");
        let mut children: Vec<_> = commands
            .iter()
            .map(|command| {
                self.command(agent, &self.arguments(command))
                    .0
                    .spawn()
                    .unwrap()
            })
            .collect();
        for (child, command) in children.iter_mut().zip(commands) {
            assert!(child.wait().unwrap().success(), "`{command:?}` failed");
        }
    }

    /// Requests an upgrade to a charm of this laboratory.
    pub(crate) fn upgrade(&self, charm: &str) {
        self.request(&["upgrade", "--charm", self.path(charm).to_str().unwrap()]);
    }

    /// Requests a forced upgrade to a charm of this laboratory.
    pub(crate) fn force(&self, charm: &str) {
        let charm = self.path(charm);
        self.request(&["upgrade", "--charm", charm.to_str().unwrap(), "--force"]);
    }

    /// Requests something of the relation `db`.
    pub(crate) fn relation(&self, change: &str, remote: &str) {
        self.request(&["relation", change, "db", "--remote", remote]);
    }

    /// The words of a run until nothing is left to do.
    pub(crate) fn run_arguments(&self) -> Vec<String> {
        let charm = self.path("charm");
        self.arguments(&["run", "--charm", charm.to_str().unwrap(), "--until-idle"])
    }

    /// Runs the agent until nothing is left to do; returns its log.
    pub(crate) fn settle(&self) -> String {
        let ended = self.execute(env!("CARGO_BIN_EXE_unit-agent"), &self.run_arguments());
        assert_eq!(ended.code, Some(0), "the agent did not settle: {ended:?}");
        assert!(!ended.err.contains("panicked"), "{}", ended.err);
        format!("{}{}", ended.out, ended.err)
    }

    /// Starts an agent that goes on until it is ended.
    pub(crate) fn run(&self) -> Agent {
        let charm = self.path("charm");
        self.spawn(&self.arguments(&["run", "--charm", charm.to_str().unwrap()]))
    }

    /// Starts an agent that ends when nothing is left to do.
    pub(crate) fn run_until_idle(&self) -> Agent {
        self.spawn(&self.run_arguments())
    }

    fn spawn(&self, arguments: &[String]) -> Agent {
        let (mut command, name) = self.command(env!("CARGO_BIN_EXE_unit-agent"), arguments);
        Agent::new(command.spawn().unwrap(), name)
    }

    /// What `status --json` says.
    pub(crate) fn status(&self) -> Value {
        let said = self.request(&["status", "--json"]);
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error} in `{said}`"))
    }

    /// The state that `status --json` names.
    pub(crate) fn state(&self) -> String {
        self.status()["state"].as_str().unwrap().to_owned()
    }

    /// Waits until an agent owns the store.
    pub(crate) fn until_owned(&self) {
        until("an owner", || {
            (!self.status()["owner"].is_null()).then_some(())
        });
    }

    /// Waits until `status --json` names a state with nothing in flight.
    pub(crate) fn until_at(&self, state: &str) {
        until(state, || {
            let status = self.status();
            (status["state"] == state && status["inflight"].is_null()).then_some(())
        });
    }

    /// What `status --json` says of the relation `db`.
    pub(crate) fn db(&self) -> Value {
        self.status()["relations"]["db"].clone()
    }

    /// The whole history of the unit.
    pub(crate) fn history(&self) -> Vec<Record> {
        Record::read(&self.request(&["history", "--json"]))
    }

    /// The whole history of the relation `db`.
    pub(crate) fn db_history(&self) -> Vec<Record> {
        Record::read(&self.request(&["history", "--json", "--relation", "db"]))
    }

    /// Expects exactly this history and these hooks since the last time.
    #[track_caller]
    pub(crate) fn expect(&self, history: &str, hooks: &str) {
        let all = self.history();
        let runs = self.runs();
        let (told, heard) = (self.told.get(), self.heard.get());
        self.told.set(all.len());
        self.heard.set(runs.len());
        assert_eq!(tell(&all[told..]), history, "the history");
        let names: Vec<_> = runs[heard..].iter().map(|run| run.hook.as_str()).collect();
        assert_eq!(names.join(" "), hooks, "the hooks");
        self.expect_one_at_a_time();
    }

    /// Takes everything so far for told.
    pub(crate) fn skip(&self) {
        self.told.set(self.history().len());
        self.heard.set(self.runs().len());
    }

    /// What was written since the last time that history and hooks were told.
    pub(crate) fn news(&self) -> (Vec<Record>, Vec<Run>) {
        let (mut records, mut runs) = (self.history(), self.runs());
        (
            records.split_off(self.told.get()),
            runs.split_off(self.heard.get()),
        )
    }

    /// Keeps the data folder and the hooks' log as they are, for [`Lab::restore`].
    pub(crate) fn save(&self) {
        self.skip();
        let _ = fs::remove_dir_all(self.path("saved"));
        fs::create_dir(self.path("saved")).unwrap();
        for name in ["data", "control"] {
            copy(&self.path(name), &self.path("saved"));
        }
    }

    /// Puts back what [`Lab::save`] kept.
    pub(crate) fn restore(&self) {
        for name in ["data", "control"] {
            let _ = fs::remove_dir_all(self.path(name));
            copy(&self.path("saved").join(name), self.root.path());
        }
    }
}

fn copy(from: &Path, into: &Path) {
    if from.exists() {
        let status = Command::new("cp")
            .arg("-a")
            .args([from, into])
            .status()
            .unwrap();
        assert!(status.success(), "cannot copy `{}`", from.display());
    }
}
