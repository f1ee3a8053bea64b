//! Agents that are killed at every call of a whole run.

use std::fs;

use super::promise::{CHANGE, INSTALL, Promise, RESOLVED, broken};
use crate::lab::{Charm, Lab};

#[test]
fn killed_while_it_installs() {
    let lab = Lab::with(Charm::revision(1).alone());
    INSTALL.kill_at_every_call("install", &lab, &|_| {});
}

#[test]
fn killed_while_it_configures() {
    let promise = Promise {
        history: "started>configure started",
        relation: None,
        groups: &[("configure", &["config-changed"])],
    };
    let lab = Lab::started();
    // The hook may still run when the next agent begins, which must know of it.
    lab.slow("config-changed");
    lab.request(&["configure", "title=home"]);
    promise.kill_at_every_call("configure", &lab, &|lab| {
        assert_eq!(lab.status()["config"]["title"], "home");
        assert_eq!(lab.last("config-changed").config.unwrap()["title"], "home");
    });
}

/// A unit beside a newer charm `next`.
fn beside_next() -> Lab {
    let lab = Lab::with(
        Charm::revision(1)
            .alone()
            .file("dropped", "only in the first\n"),
    );
    lab.charm(
        "next",
        Charm::revision(2)
            .alone()
            .file("added", "only in the next\n"),
    );
    lab
}

/// The files of the unit's charm are those of `next`, and what hooks wrote.
fn expect_next(lab: &Lab) {
    let charm = lab.last("install").charm();
    let read = |name: &str| fs::read_to_string(charm.join(name)).ok();
    assert_eq!(read("added").unwrap(), "only in the next\n");
    assert_eq!(read("page").unwrap(), "as of revision 2\n");
    assert_eq!(read("revision").unwrap(), "2\n");
    assert!(read("hooks/stop").unwrap().contains("r2"));
    assert_eq!(read("dropped"), None);
    assert!(read("written-by-install").is_some());
}

#[test]
fn killed_while_it_upgrades() {
    let promise = Promise {
        history: "started>upgrade_charm started",
        relation: None,
        groups: &[("upgrade_charm", &["upgrade-charm"])],
    };
    let lab = beside_next();
    lab.settle();
    lab.upgrade("next");
    promise.kill_at_every_call("upgrade", &lab, &|lab| {
        assert_eq!(lab.last("upgrade-charm").told("label"), "r2");
        expect_next(lab);
    });
}

#[test]
fn killed_while_it_replaces_files_only() {
    let promise = Promise {
        history: "",
        relation: None,
        groups: &[],
    };
    let lab = beside_next();
    lab.fail("start", 37);
    lab.settle();
    lab.force("next");
    promise.kill_at_every_call("forced upgrade", &lab, &expect_next);
}

#[test]
fn killed_while_it_stops() {
    let promise = Promise {
        history: "started>stop stopped",
        relation: Some("new>start up up>stop down"),
        groups: &[("stop", &["stop"])],
    };
    let lab = Lab::started();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.request(&["stop"]);
    promise.kill_at_every_call("stop", &lab, &|_| {});
}

#[test]
fn killed_while_changes_of_a_relation_run() {
    let promise = Promise {
        history: "",
        relation: Some("new>start up"),
        groups: &[
            (CHANGE, &["db-relation-departed"]),
            (CHANGE, &["db-relation-joined"]),
            (CHANGE, &["db-relation-changed"]),
        ],
    };
    let lab = Lab::started();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.relation("depart", "wiki/0");
    lab.relation("join", "wiki/1");
    promise.kill_at_every_call("depart and join", &lab, &|_| {});
}

#[test]
fn killed_while_a_relation_is_removed() {
    let promise = Promise {
        history: "",
        relation: Some("new>start up up>depart departed"),
        groups: &[("depart", &["db-relation-broken"])],
    };
    let lab = Lab::started();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.request(&["relation", "remove", "db"]);
    promise.kill_at_every_call("remove", &lab, &|_| {});
}

#[test]
fn killed_while_it_is_resolved() {
    let lab = broken();
    RESOLVED.kill_at_every_call("resolved", &lab, &|_| {});
}
