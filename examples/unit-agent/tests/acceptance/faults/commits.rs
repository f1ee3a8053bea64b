//! Agents that are killed at every call by which their records are committed.

use super::promise::{CHANGE, INSTALL, Promise, RESOLVED, broken};
use crate::lab::{Charm, Lab};

/// The first of each scenario's requests, whose hook waits until strace is there.
const FIRST: &[&str] = &["configure", "title=home"];

#[test]
fn install() {
    INSTALL.kill_beside("commits of install", &Lab::new(), "install");
}

#[test]
fn failing_install() {
    let promise = Promise {
        history: "new>install new>error_install install_error",
        relation: None,
        groups: &[("install", &["install"])],
    };
    let lab = Lab::new();
    lab.fail("install", 37);
    promise.kill_beside("commits of failing install", &lab, "install");
}

#[test]
fn configure_and_upgrade() {
    let promise = Promise {
        history: "started>configure started started>upgrade_charm started",
        relation: None,
        groups: &[
            ("configure", &["config-changed"]),
            ("upgrade_charm", &["upgrade-charm"]),
        ],
    };
    let lab = Lab::started();
    lab.charm("next", Charm::revision(2));
    lab.request(FIRST);
    lab.upgrade("next");
    promise.kill_beside("commits of configure and upgrade", &lab, "config-changed");
}

#[test]
fn resolved() {
    let lab = broken();
    RESOLVED.kill_beside("commits of resolved", &lab, "config-changed");
}

#[test]
fn a_relation_that_goes_down() {
    let promise = Promise {
        history: "started>configure started started>stop stopped",
        relation: Some("new>start up up>stop down"),
        groups: &[("configure", &["config-changed"]), ("stop", &["stop"])],
    };
    let lab = Lab::started();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.request(FIRST);
    lab.request(&["stop"]);
    promise.kill_beside("commits of stop", &lab, "config-changed");
}

#[test]
fn a_relation_that_comes_and_goes() {
    let promise = Promise {
        history: "started>configure started",
        relation: Some("new>start up"),
        groups: &[
            ("configure", &["config-changed"]),
            (CHANGE, &["db-relation-joined"]),
            (CHANGE, &["db-relation-changed"]),
        ],
    };
    let lab = Lab::started();
    lab.request(FIRST);
    lab.relation("join", "wiki/0");
    promise.kill_beside("commits of join", &lab, "config-changed");

    let promise = Promise {
        relation: Some("new>start up up>depart departed"),
        groups: &[
            ("configure", &["config-changed"]),
            ("depart", &["db-relation-broken"]),
        ],
        ..promise
    };
    lab.settle();
    lab.request(FIRST);
    lab.request(&["relation", "remove", "db"]);
    promise.kill_beside("commits of remove", &lab, "config-changed");
}
