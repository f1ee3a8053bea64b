//! The simulated disk of the journal: tests of the crate `inflight`, run in their long form.
//! Their short form is part of `cargo test`.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::Settings;
use crate::report::{Report, Row};
use crate::subject::Subject;

/// Runs the tests, and takes over what they count.
pub(crate) fn run(settings: &Settings, subject: Subject, report: &mut Report) {
    if settings.short || subject != Subject::Journal {
        return;
    }
    let mut tests = Command::new("cargo")
        .args(["test", "--quiet", "--release", "-p", "inflight", "--lib"])
        .args(["simulation", "--", "--nocapture", "--test-threads=2"])
        .env("RELIABILITY", "full")
        .env("RELIABILITY_SEED", settings.seed.to_string())
        .env("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "true")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    for line in BufReader::new(tests.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let fields: Vec<&str> = line.split('\t').collect();
        if let ["figures", fault, trials, acknowledged, note] = fields[..] {
            report.row(Row {
                fault: fault.to_owned(),
                store: format!("{subject:?}"),
                trials: trials.parse().unwrap(),
                acknowledged: acknowledged.parse().unwrap(),
                note: note.to_owned(),
            });
        }
    }
    assert!(tests.wait().unwrap().success(), "see above");
}
