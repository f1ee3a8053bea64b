//! Calls that fail: the agent says so, and the next one carries on.

use crate::lab::{Lab, Strike};

/// A run that meets an error says so, and the next one ends in `started`.
fn errors(name: &str, error: &'static str, families: &[&'static str]) {
    let lab = Lab::new();
    let run = |fault: &_| lab.strike(fault, &lab.run_arguments());
    lab.strike_at_every(name, Strike::Error(error), families, &run, &|ended| {
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
        let times = |hook: &str| runs.iter().filter(|run| run.hook == hook).count();
        for hook in ["install", "config-changed", "start"] {
            assert!(
                (1..=2).contains(&times(hook)),
                "{hook} ran {} times",
                times(hook)
            );
        }
        lab.expect_one_at_a_time();
    });
}

#[test]
fn a_sync_that_fails_is_told_and_survived() {
    errors("EIO", "EIO", &["fsync", "fdatasync"]);
}

#[test]
fn a_full_disk_is_told_and_survived() {
    errors("ENOSPC", "ENOSPC", &["pwrite64"]);
}
