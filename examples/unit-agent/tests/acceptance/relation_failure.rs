//! Relation hooks that fail.

use serde_json::Value;

use crate::lab::{Lab, tell};

const JOINED: &str = "db-relation-joined";
const CHANGED: &str = "db-relation-changed";
const DEPARTED: &str = "db-relation-departed";
const BROKEN: &str = "db-relation-broken";

/// A started unit with one remote unit joined, with that already told.
fn joined() -> Lab {
    let lab = Lab::started();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.skip();
    lab
}

/// A relation in error: the hook of a change failed.
fn broken() -> Lab {
    let lab = joined();
    lab.fail(CHANGED, 37);
    lab.relation("change", "wiki/0");
    lab.settle();
    lab.expect("", CHANGED);
    lab
}

fn expect_failure(variables: &Value, change: &str, hook: &str) {
    assert_eq!(variables["change_type"], change, "{variables}");
    let message = variables["error_message"].as_str().unwrap();
    for part in [hook, "37", "lost its way", "cannot go on"] {
        assert!(message.contains(part), "no `{part}` in `{message}`");
    }
}

#[test]
fn it_says_which_change_failed_and_how() {
    let check = |hook: &str, change: &str, change_type: &str, ran: &str| {
        let lab = if change == "join" {
            Lab::started()
        } else {
            joined()
        };
        lab.fail(hook, 37);
        lab.relation(change, "wiki/0");
        lab.settle();
        lab.expect("", ran);
        let db = lab.db();
        assert_eq!(db["state"], "error");
        assert_eq!(
            (&db["watching"], &db["executing"]),
            (&true.into(), &false.into())
        );
        expect_failure(&db["variables"], change_type, hook);
        assert_eq!(tell(&lab.db_history()), "new>start up up>error error");
        assert_eq!(
            lab.db_history().last().unwrap().0["variables"],
            db["variables"]
        );
        assert_eq!(lab.state(), "started");
    };
    check(JOINED, "join", "joined", JOINED);
    check(CHANGED, "change", "modified", CHANGED);
    check(DEPARTED, "depart", "departed", DEPARTED);
}

#[test]
fn changes_go_on_queueing_in_error() {
    let lab = broken();
    let queued = |lab: &Lab| {
        let queued = lab.db()["queued"].clone();
        queued
            .as_array()
            .map_or_else(|| queued.as_u64(), |it| u64::try_from(it.len()).ok())
    };
    let before = queued(&lab).unwrap();
    lab.relation("join", "wiki/1");
    lab.settle();
    lab.expect("", "");
    assert!(queued(&lab).unwrap() > before);
    lab.mend(CHANGED);
    lab.request(&["resolved", "--relation", "db"]);
    lab.settle();
    assert_eq!(lab.db()["state"], "up");
    assert_eq!(queued(&lab), Some(0));
    let (_, runs) = lab.news();
    let of_new: Vec<_> = runs
        .iter()
        .filter(|run| run.told("remote") == "wiki/1")
        .collect();
    assert_eq!(
        of_new
            .iter()
            .map(|run| run.hook.as_str())
            .collect::<Vec<_>>(),
        [JOINED, CHANGED]
    );
    assert_eq!(
        tell(&lab.db_history()),
        "new>start up up>error error error>reset up"
    );
}

#[test]
fn reset_brings_it_up() {
    for retry in [
        &["resolved", "--relation", "db"][..],
        &["resolved", "--retry-hooks", "--relation", "db"],
    ] {
        let lab = broken();
        lab.mend(CHANGED);
        lab.request(retry);
        lab.settle();
        let db = lab.db();
        assert_eq!(db["state"], "up");
        assert_eq!(
            (&db["watching"], &db["executing"]),
            (&true.into(), &true.into())
        );
        let history = lab.db_history();
        assert_eq!(tell(&history), "new>start up up>error error error>reset up");
        assert!(history[4].cause().is_some(), "{history:?}");
        lab.skip();
        lab.relation("change", "wiki/0");
        lab.settle();
        lab.expect("", CHANGED);
    }
}

#[test]
fn a_resolved_of_the_unit_leaves_it() {
    let lab = broken();
    lab.request(&["resolved"]);
    lab.settle();
    assert_eq!(lab.db()["state"], "error");
}

#[test]
fn in_error_it_stays_when_the_lifecycle_goes_and_comes() {
    let lab = broken();
    lab.fail("config-changed", 37);
    lab.request(&["configure", "title=home"]);
    lab.settle();
    assert_eq!(lab.state(), "configure_error");
    assert_eq!(lab.db()["state"], "error");
    lab.request(&["resolved"]);
    lab.settle();
    assert_eq!(lab.db()["state"], "error");
    assert_eq!(tell(&lab.db_history()), "new>start up up>error error");
}

#[test]
fn it_is_removed_from_error() {
    let lab = broken();
    lab.request(&["relation", "remove", "db"]);
    lab.settle();
    lab.expect("", BROKEN);
    assert_eq!(lab.db()["state"], "departed");
    assert_eq!(
        tell(&lab.db_history()),
        "new>start up up>error error error>depart departed"
    );
}

#[test]
fn a_failing_broken_hook_is_told_and_does_not_stop_it() {
    let lab = joined();
    lab.fail(BROKEN, 37);
    lab.request(&["relation", "remove", "db"]);
    let log = lab.settle();
    assert!(log.contains(BROKEN), "{log}");
    lab.expect("", BROKEN);
    let db = lab.db();
    assert_eq!(db["state"], "departed");
    assert_eq!(tell(&lab.db_history()), "new>start up up>depart departed");
    expect_failure(&db["variables"], "depart", BROKEN);
}

#[test]
fn one_in_error_leaves_the_others() {
    let lab = broken();
    lab.request(&["relation", "join", "cache", "--remote", "wiki/0"]);
    lab.settle();
    lab.expect("", "cache-relation-joined cache-relation-changed");
    assert_eq!(lab.db()["state"], "error");
}
