//! Calls that fail: the agent says so, and the next one carries on.

use crate::lab::{Charm, Ended, Fault, Lab, Strike};

/// A run that meets the error says so, and the next one ends in `started`.
fn expect_recovery(lab: &Lab, ended: &Ended) {
    if ended.code != Some(0) {
        assert!(ended.code.is_some(), "{ended:?}");
        assert!(
            !ended.err.is_empty() && !ended.err.contains("panicked"),
            "{ended:?}"
        );
    }
    lab.settle();
    if lab.state() != "started" {
        lab.request(&["resolved", "--retry-hooks"]);
        lab.settle();
    }
    assert_eq!(lab.state(), "started");
    let (_, runs) = lab.news();
    for hook in ["install", "config-changed", "start"] {
        let times = runs.iter().filter(|run| run.hook == hook).count();
        assert!((1..=2).contains(&times), "{hook} ran {times} times");
    }
    lab.expect_one_at_a_time();
}

fn check(error: &'static str, families: &[&'static str]) {
    let strike = Strike::Error(error);
    let lab = Lab::with(Charm::revision(1).alone());
    let run = |fault: &_| lab.strike(fault, &lab.run_arguments());
    lab.strike_at_every(error, strike, families, &run, &|ended| {
        expect_recovery(&lab, ended);
    });
    let lab = Lab::new();
    let run = |fault: &_| lab.strike_beside(fault, "install");
    let name = format!("{error} in commits");
    lab.strike_at_every(&name, strike, families, &run, &|ended| {
        expect_recovery(&lab, ended);
    });
}

#[test]
fn a_sync_that_fails_is_told_and_survived() {
    check("EIO", &["fsync", "fdatasync"]);
}

#[test]
fn a_full_disk_is_told_and_survived() {
    check("ENOSPC", &["pwrite64"]);
}

#[test]
fn nothing_is_run_after_a_commit_that_failed() {
    let lab = Lab::new();
    let fault = Fault {
        strike: Strike::Error("EIO"),
        family: "/^f(data)?sync$",
        at: 1,
    };
    let ended = lab.strike_beside(&fault, "install");
    assert!(ended.code.is_some_and(|code| code != 0), "{ended:?}");
    let hooks: Vec<_> = lab.runs().into_iter().map(|run| run.hook).collect();
    assert_eq!(hooks, ["install"]);
    expect_recovery(&lab, &ended);
}
