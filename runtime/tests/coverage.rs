//! What a test exercises of a workflow is noted where the environment says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "support/service.rs"]
mod support;

use std::collections::BTreeSet;
use std::process::Command;
use std::{env, fs};

use inflight::{Definition, Resolution};

use Act::{Fail, Hang, NotDone, Unknown};
use service::Transition::{DropAll, Install, Look, Mend, MoveOn, Stop, Test};
use support::{Act, Service, seconds, serve, service};

/// Names the folder.
const FOLDER: &str = "INFLIGHT_COVERAGE";

/// Lives so that everything is exercised of something.
fn live() {
    let mut unit = Service::open();
    unit.script.acts(&[Fail("a"), Fail("b")]);
    unit.fire(Install);
    unit.fire(Mend);
    unit.script.patient = true;
    // Refused by a guard, and then abandoned by an operator, which exercises nothing.
    unit.clock.advance(seconds(601));
    let mut unit = unit.reborn();
    unit.synchronize();
    unit.fire(serve());
    for answer in [Act::Well, NotDone, Unknown] {
        unit.script.acts(&[Hang]);
        unit = unit.fire_and_die(Test);
        unit.script.acts(&[answer]);
        unit.synchronize();
    }
    unit.resolve(Resolution::Abandon);
    unit.script.acts(&[Hang]);
    unit = unit.fire_and_die(Look);
    unit.synchronize();
    unit.resolve(Resolution::Skip);
    unit.script.acts(&[Hang]);
    unit = unit.fire_and_die(DropAll);
    unit.synchronize();
    unit.fire(Mend);
    unit.fire(serve());
    unit.script.acts(&[Hang]);
    unit = unit.fire_and_die(MoveOn);
    unit.synchronize();
    unit.fire(Stop);
}

#[test]
fn what_is_exercised_is_noted_once() {
    if env::var_os(FOLDER).is_some() {
        return live();
    }
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("made/anew");
    for _ in 0..2 {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "what_is_exercised_is_noted_once"]);
        let output = command.env(FOLDER, &folder).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    let mut noted = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let lines: BTreeSet<_> = text.lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), text.lines().count(), "{text}");
        noted.extend(lines);
    }
    let head = format!("service {:016x} ", service::Definition::TABLES.fingerprint);
    let noted: Vec<_> = (noted.iter())
        .map(|line| line.strip_prefix(&head).unwrap())
        .collect();
    let expect = [
        "broken mend taken",
        "new install failed",
        "new install retried",
        "new install_failed taken",
        "ready expire refused",
        "ready serve taken",
        "serving drop_all failed",
        "serving drop_all interrupted",
        "serving drop_failed taken",
        "serving look interrupted",
        "serving move_on interrupted",
        "serving move_on taken",
        "serving test found_done",
        "serving test found_undone",
        "serving test found_unknown",
        "serving test interrupted",
        "serving test taken",
        "away stop taken",
    ];
    let mut expect = expect.to_vec();
    expect.sort_unstable();
    assert_eq!(noted, expect);
}

/// Tests pass though nothing can be noted.
#[test]
fn what_cannot_be_noted_harms_nobody() {
    if env::var_os(FOLDER).is_some() {
        return live();
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "what_cannot_be_noted_harms_nobody"]);
    let output = command.env(FOLDER, file.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}
