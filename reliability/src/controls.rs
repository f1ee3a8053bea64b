//! Negative controls: what is promised is taken away, one thing at a time, and a test must
//! turn red.
//!
//! Each control is a change of the sources, made in a copy of them. A change that no longer
//! fits is an error, and so is a test that stays green, or that fails for another reason
//! than the one that was expected.

mod list;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use clap::Args;

use self::list::{CONTROLS, Control, Test};
use crate::report::{print, tell};

/// What is run.
#[derive(Args, Clone, Debug)]
pub(crate) struct Settings {
    /// Try only the controls whose promise, file or text has this in it
    #[arg(long, default_value = "")]
    only: String,
    /// Write the table into this document, in place of the one there
    #[arg(long, value_name = "DOCUMENT")]
    write: Option<PathBuf>,
}

/// Tries all controls.
pub(crate) fn run(settings: &Settings) {
    let began = Instant::now();
    let tree = Tree::copy();
    let mut table =
        String::from("| promise | taken away in | what turns red |\n| --- | --- | --- |\n");
    let mut failed = Vec::new();
    for control in CONTROLS {
        let Control {
            promise,
            file,
            find,
            test,
            red,
            ..
        } = control;
        if ![*promise, *file, *find]
            .iter()
            .any(|text| text.contains(&settings.only))
        {
            continue;
        }
        let verdict = tree.attempt(control);
        let took = began.elapsed().as_secs();
        tell(&format!("{took:5} s  {promise} ({file}): {verdict:?}"));
        if verdict != Verdict::Red {
            failed.push(format!("{promise} ({file}): {verdict:?}"));
        }
        table += &format!("| {promise} | `{file}` | {test}: `{red}` |\n");
    }
    assert!(failed.is_empty(), "not red:\n{}", failed.join("\n"));
    let count = table.lines().count() - 2;
    let figures = format!("{count} of {count} turned red:\n\n{table}");
    print(&figures);
    if let Some(document) = &settings.write {
        crate::report::write("controls", &figures, document);
    }
}

/// What came of a control.
#[derive(Debug, PartialEq)]
enum Verdict {
    /// The test failed, and said why.
    Red,
    /// The test did not fail.
    Green,
    /// The test failed, and did not say what was expected. This is the end of what it said.
    Otherwise(String),
    /// What is to be changed stands there so many times, and not once.
    DoesNotFit(usize),
}

/// A copy of the sources.
struct Tree {
    folder: PathBuf,
    target: PathBuf,
}

impl Tree {
    fn copy() -> Self {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let own = sources.join("target/controls");
        let tree = Self {
            folder: own.join("tree"),
            target: own.join("target"),
        };
        let listed = Command::new("git")
            .args([
                "ls-files",
                "--cached",
                "--others",
                "--exclude-standard",
                "-z",
            ])
            .current_dir(sources)
            .output()
            .unwrap();
        for file in String::from_utf8(listed.stdout)
            .unwrap()
            .split_terminator('\0')
        {
            // What was removed and not committed is still listed.
            if let Ok(content) = fs::read(sources.join(file)) {
                tree.put(file, &content);
            }
        }
        tree
    }

    /// Writes a file, unless it is as it is to be: what did not change is not built again.
    fn put(&self, file: &str, content: &[u8]) {
        let path = self.folder.join(file);
        if fs::read(&path).is_ok_and(|found| found == content) {
            return;
        }
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn attempt(&self, control: &Control) -> Verdict {
        let text = fs::read_to_string(self.folder.join(control.file)).unwrap();
        let found = text.matches(control.find).count();
        if found != 1 {
            return Verdict::DoesNotFit(found);
        }
        let changed = text.replace(control.find, control.replace);
        self.put(control.file, changed.as_bytes());
        let (passed, said) = self.test(&control.test);
        self.put(control.file, text.as_bytes());
        match passed {
            true => Verdict::Green,
            false if said.contains(control.red) => Verdict::Red,
            false => Verdict::Otherwise(said.lines().rev().take(12).collect::<Vec<_>>().join("\n")),
        }
    }

    /// Whether a test passes, and what it says.
    fn test(&self, test: &Test) -> (bool, String) {
        let mut command = Command::new("cargo");
        match test {
            Test::Unit(filter) => command.args(["test", "-q", "-p", "inflight", "--lib", filter]),
            Test::Integration(name, filter) => {
                command.args(["test", "-q", "-p", "inflight", "--test", name, filter])
            }
            Test::Suite(suite, store) => command
                .args([
                    "run",
                    "-q",
                    "-p",
                    "inflight-reliability",
                    "--",
                    "run",
                    "--short",
                ])
                .args(["--only", suite, "--store", store]),
        };
        let output = command
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("RUST_BACKTRACE", "0")
            .env("RUSTFLAGS", "--cap-lints=warn")
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }
}
