//! Faults at every write and sync of the agent, and of its requests.

use std::fs;

use crate::lab::{Charm, FAMILIES, Lab, Record, Strike, carried_on};

/// A transition, and the hooks that it runs in order; all are run again if it was
/// interrupted. A change of a relation is not a transition.
type Group = (&'static str, &'static [&'static str]);

const CHANGE: &str = "";

/// What is written and run in the end, whatever the fault.
struct Promise {
    state: &'static str,
    history: &'static str,
    relation: Option<&'static str>,
    groups: &'static [Group],
}

impl Promise {
    /// Carries on after a fault, and expects what was promised.
    fn check(&self, lab: &Lab) {
        lab.settle();
        self.expect(lab);
        let before = lab.runs().len();
        lab.settle();
        assert_eq!(lab.runs().len(), before, "something was done twice");
        self.expect(lab);
    }

    fn expect(&self, lab: &Lab) {
        assert_eq!(lab.state(), self.state);
        let (records, runs) = lab.news();
        let mut interrupted = carried_on(&records, self.history);
        if let Some(relation) = self.relation {
            let again = carried_on(&lab.db_history(), relation);
            assert!(interrupted.is_none() || again.is_none());
            interrupted = interrupted.or(again);
        }
        let hooks: Vec<_> = runs.iter().map(|run| run.hook.as_str()).collect();
        self.expect_hooks(&hooks, interrupted.as_deref());
        lab.expect_one_at_a_time();
    }

    /// The hooks of each group once, or of one group twice if it was interrupted.
    fn expect_hooks(&self, hooks: &[&str], interrupted: Option<&str>) {
        let all: Vec<&str> = self
            .groups
            .iter()
            .flat_map(|(_, hooks)| *hooks)
            .copied()
            .collect();
        if hooks == all {
            return;
        }
        let mut at = 0;
        for (transition, group) in self.groups {
            let may = *transition == CHANGE || interrupted == Some(transition);
            for run in 1..=group.len() {
                let twice = [&all[..at], &group[..run], &all[at..]].concat();
                if may && hooks == twice {
                    return;
                }
            }
            at += group.len();
        }
        panic!("{hooks:?} ran instead of {all:?}, with {interrupted:?} interrupted");
    }

    fn kill_at_every_call(&self, name: &str, lab: &Lab, and: &dyn Fn(&Lab)) {
        lab.strike_at_every(name, Strike::Kill, &FAMILIES, &lab.run_arguments(), &|_| {
            self.check(lab);
            and(lab);
        });
    }
}

const INSTALL: Promise = Promise {
    state: "started",
    history: "new>install installed>start started",
    relation: None,
    groups: &[
        ("install", &["install"]),
        ("start", &["config-changed", "start"]),
    ],
};

#[test]
fn killed_while_it_installs() {
    let lab = Lab::new();
    INSTALL.kill_at_every_call("install", &lab, &|_| {});
}

#[test]
fn killed_while_installing_fails() {
    let promise = Promise {
        state: "install_error",
        history: "new>install new>error_install install_error",
        relation: None,
        groups: &[("install", &["install"])],
    };
    let lab = Lab::new();
    lab.fail("install", 37);
    promise.kill_at_every_call("failing install", &lab, &|_| {});
}

#[test]
fn killed_while_it_configures() {
    let promise = Promise {
        state: "started",
        history: "started>configure started",
        relation: None,
        groups: &[("configure", &["config-changed"])],
    };
    let lab = Lab::started();
    lab.request(&["configure", "title=home"]);
    promise.kill_at_every_call("configure", &lab, &|lab| {
        assert_eq!(lab.status()["config"]["title"], "home");
        assert_eq!(lab.last("config-changed").config.unwrap()["title"], "home");
    });
}

/// A unit beside a newer charm `next`.
fn beside_next() -> Lab {
    let lab = Lab::with(Charm::revision(1).file("dropped", "only in the first\n"));
    lab.charm(
        "next",
        Charm::revision(2).file("added", "only in the next\n"),
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
        state: "started",
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
        state: "start_error",
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
        state: "stopped",
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
        state: "started",
        history: "",
        relation: Some("new>start up"),
        groups: &[
            (CHANGE, &["db-relation-departed"]),
            (CHANGE, &["db-relation-joined", "db-relation-changed"]),
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
        state: "started",
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
    let promise = Promise {
        state: "started",
        history: "start_error>retry_start_hook started",
        relation: None,
        groups: &[("retry_start_hook", &["config-changed", "start"])],
    };
    let lab = Lab::new();
    lab.fail("start", 37);
    lab.settle();
    lab.mend("start");
    lab.request(&["resolved", "--retry-hooks"]);
    promise.kill_at_every_call("resolved", &lab, &|_| {});
}

#[test]
fn killed_while_it_requests() {
    let lab = Lab::started();
    let arguments = lab.arguments(&["configure", "title=home"]);
    lab.strike_at_every("request", Strike::Kill, &FAMILIES, &arguments, &|ended| {
        lab.settle();
        let (records, runs) = lab.news();
        let causes: Vec<_> = records.iter().filter_map(Record::cause).collect();
        let title = lab.status()["config"]["title"].clone();
        if causes.is_empty() {
            assert_ne!(ended.code, Some(0), "the request is lost");
            assert_eq!(
                (records.len(), runs.len(), title),
                (0, 0, "untitled".into())
            );
        } else {
            assert_eq!((records.len(), runs.len(), title), (2, 1, "home".into()));
        }
        lab.settle();
        assert_eq!(
            lab.news().0.len(),
            records.len(),
            "it was carried out twice"
        );
    });
}

/// A run that meets an error says so, and the next one ends in `started`.
fn errors(name: &str, error: &'static str, families: &[&'static str]) {
    let lab = Lab::new();
    lab.strike_at_every(
        name,
        Strike::Error(error),
        families,
        &lab.run_arguments(),
        &|ended| {
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
        },
    );
}

#[test]
fn a_sync_that_fails_is_told_and_survived() {
    errors("EIO", "EIO", &["fsync", "fdatasync"]);
}

#[test]
fn a_full_disk_is_told_and_survived() {
    errors("ENOSPC", "ENOSPC", &["pwrite64"]);
}
