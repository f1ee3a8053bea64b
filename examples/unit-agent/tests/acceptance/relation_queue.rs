//! Changes that wait: their order, how they are merged, and that they survive.

use crate::lab::{Lab, tell};

/// A started unit with `wiki/0` joined whose lifecycle is off: changes wait.
fn down() -> Lab {
    let lab = Lab::started();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.fail("config-changed", 37);
    lab.request(&["configure", "title=home"]);
    lab.settle();
    assert_eq!(lab.state(), "configure_error");
    lab.skip();
    lab
}

/// The relation hooks since the last time, with the remote unit's number.
fn ran(lab: &Lab) -> String {
    let (_, runs) = lab.news();
    lab.skip();
    let words: Vec<_> = runs
        .iter()
        .map(|run| {
            let hook = run.hook.trim_start_matches("db-relation-");
            format!("{hook}/{}", run.told("remote").trim_start_matches("wiki/"))
        })
        .collect();
    words.join(" ")
}

/// Takes changes (`join/0` is a join of `wiki/0`) while the lifecycle is off, and
/// expects these hooks once it is on.
fn check(changes: &str, expect: &str) {
    let lab = down();
    for change in changes.split(' ') {
        let (change, unit) = change.split_once('/').unwrap();
        lab.relation(change, &format!("wiki/{unit}"));
    }
    lab.settle();
    assert_eq!(ran(&lab), "", "{changes} while the lifecycle is off");
    lab.settle();
    assert_eq!(ran(&lab), "", "{changes} while the lifecycle is off");
    lab.request(&["resolved"]);
    lab.settle();
    assert_eq!(ran(&lab), expect, "{changes}");
}

#[test]
fn one_units_waiting_changes_are_merged() {
    check("change/0", "changed/0");
    check("change/0 change/0", "changed/0");
    check("change/0 change/0 change/0", "changed/0");
    check("change/0 depart/0", "departed/0");
    check("change/0 change/0 depart/0", "departed/0");
    check("join/1 depart/1", "");
    check("join/1", "joined/1 changed/1");
}

#[test]
fn changes_of_several_units_keep_their_order() {
    check("depart/0 join/1", "departed/0 joined/1 changed/1");
    check("join/1 depart/0", "joined/1 changed/1 departed/0");
    check("join/1 change/0 depart/1", "changed/0");
    check("join/1 depart/0 depart/1", "departed/0");
}

#[test]
fn changes_wait_while_nothing_is_started() {
    let lab = Lab::new();
    lab.fail("start", 37);
    lab.relation("join", "wiki/0");
    lab.settle();
    assert_eq!(lab.state(), "start_error");
    lab.skip();
    lab.settle();
    lab.expect("", "");
    lab.mend("start");
    lab.request(&["resolved", "--retry-hooks"]);
    lab.settle();
    lab.expect(
        "start_error>retry_start_hook started",
        "config-changed start db-relation-joined db-relation-changed",
    );
}

#[test]
fn changes_before_the_first_run_wait() {
    let lab = Lab::new();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.expect(
        "new>install installed>start started",
        "install config-changed start db-relation-joined db-relation-changed",
    );
}

#[test]
fn the_change_that_was_running_is_run_again() {
    for hook in ["db-relation-joined", "db-relation-changed"] {
        let lab = Lab::started();
        lab.relation("join", "wiki/0");
        lab.relation("join", "wiki/1");
        lab.hold(hook);
        let agent = lab.run();
        lab.until_held(hook);
        agent.kill();
        lab.settle();
        let ran = ran(&lab);
        let again = ran.replacen("joined/0 joined/0", "joined/0", 1);
        let again = again.replacen("changed/0 changed/0", "changed/0", 1);
        let again = again.replacen("joined/0 changed/0 joined/0", "joined/0", 1);
        assert_ne!(again, ran, "`{hook}` was not run again");
        assert_eq!(again, "joined/0 changed/0 joined/1 changed/1", "{ran}");
        assert_eq!(tell(&lab.db_history()), "new>start up");
        lab.expect_one_at_a_time();
    }
}

#[test]
fn waiting_changes_survive_a_crash() {
    let lab = Lab::started();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.skip();
    lab.hold("db-relation-changed");
    lab.relation("change", "wiki/0");
    let agent = lab.run();
    lab.until_held("db-relation-changed");
    lab.relation("join", "wiki/1");
    lab.relation("change", "wiki/0");
    agent.kill();
    lab.settle();
    let ran = ran(&lab);
    // The one that was running, run again, and the later change may be one by now.
    let merged = "changed/0 changed/0 joined/1 changed/1";
    let apart = "changed/0 changed/0 joined/1 changed/1 changed/0";
    assert!(ran == merged || ran == apart, "{ran}");
}

#[test]
fn a_removed_relation_runs_no_waiting_change() {
    let lab = down();
    lab.relation("change", "wiki/0");
    lab.request(&["relation", "remove", "db"]);
    lab.settle();
    let (_, runs) = lab.news();
    let hooks: Vec<_> = runs.iter().map(|run| run.hook.as_str()).collect();
    assert_eq!(hooks, ["db-relation-broken"]);
    lab.skip();
    lab.request(&["resolved"]);
    lab.settle();
    lab.expect("configure_error>retry_configure started", "");
}
