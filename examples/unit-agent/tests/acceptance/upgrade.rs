//! Upgrades: which files are replaced, which hooks run, and what a failure leaves.

use std::fs;

use crate::lab::{Charm, Lab};

const DONE: &str = "started>upgrade_charm started";
const FAILED: &str = "started>upgrade_charm started>upgrade_charm_error charm_upgrade_error";

/// A started unit beside a charm `next` of a revision, the first having revision 5.
fn beside(revision: u32) -> Lab {
    let lab = Lab::with(Charm::revision(5).file("dropped", "only in the first\n"));
    lab.charm(
        "next",
        Charm::revision(revision)
            .labelled("next")
            .file("added", "only in the next\n"),
    );
    lab.settle();
    lab.skip();
    lab
}

fn file(lab: &Lab, name: &str) -> Option<String> {
    fs::read_to_string(lab.last("install").charm().join(name)).ok()
}

/// The unit has the files of `next`, and those that hooks wrote.
fn expect_replaced(lab: &Lab) {
    let folder = lab.last("upgrade-charm").charm();
    let read = |name: &str| fs::read_to_string(folder.join(name)).ok();
    let next = |name: &str| fs::read_to_string(lab.path("next").join(name)).ok();
    for name in ["revision", "page", "added", "metadata.yaml", "hooks/start"] {
        assert_eq!(read(name), next(name), "{name}");
    }
    assert_eq!(
        read("dropped"),
        None,
        "a file of the first charm is still there"
    );
    assert!(
        read("written-by-install").is_some(),
        "what a hook wrote is gone"
    );
}

#[test]
fn a_newer_revision_replaces_files() {
    let lab = beside(6);
    lab.upgrade("next");
    lab.settle();
    lab.expect(DONE, "upgrade-charm");
    assert_eq!(lab.last("upgrade-charm").told("label"), "next");
    expect_replaced(&lab);

    lab.request(&["configure", "title=home"]);
    lab.settle();
    assert_eq!(lab.last("config-changed").told("label"), "next");
}

#[test]
fn folders_and_links_that_hooks_made_are_carried_over() {
    let lab = beside(6);
    lab.build("config-changed");
    lab.request(&["configure", "title=home"]);
    lab.upgrade("next");
    lab.settle();
    assert_eq!(lab.last("upgrade-charm").told("label"), "next");
    let made = lab
        .last("upgrade-charm")
        .charm()
        .join("made/by/config-changed");
    assert_eq!(
        fs::read_to_string(made.join("file")).unwrap(),
        "config-changed\n"
    );
    assert_eq!(
        fs::read_link(made.join("link")).unwrap().to_str(),
        Some("file")
    );
}

#[test]
fn revisions_are_numbers() {
    let lab = beside(10);
    lab.upgrade("next");
    lab.settle();
    lab.expect(DONE, "upgrade-charm");
    assert_eq!(lab.last("upgrade-charm").told("label"), "next");
}

#[test]
fn an_equal_or_older_revision_replaces_nothing_and_runs_the_hook() {
    for revision in [5, 4] {
        let lab = beside(revision);
        lab.upgrade("next");
        lab.settle();
        lab.expect(DONE, "upgrade-charm");
        assert_eq!(lab.last("upgrade-charm").told("label"), "r5");
        assert_eq!(file(&lab, "page").unwrap(), "as of revision 5\n");
        assert_eq!(file(&lab, "added"), None);
        assert!(file(&lab, "dropped").is_some());
    }
}

#[test]
fn an_upgrade_survives_a_restart_with_the_first_charm() {
    let lab = beside(6);
    lab.upgrade("next");
    lab.settle();
    lab.settle();
    lab.request(&["stop"]);
    lab.settle();
    assert_eq!(lab.last("stop").told("label"), "next");
}

#[test]
fn a_hook_that_the_new_charm_lacks_is_not_run() {
    let lab = Lab::started();
    lab.charm("next", Charm::revision(2).without("stop"));
    lab.upgrade("next");
    lab.request(&["stop"]);
    lab.settle();
    lab.expect(
        "started>upgrade_charm started started>stop stopped",
        "upgrade-charm",
    );
}

fn failing(revision: u32) -> Lab {
    let lab = beside(revision);
    lab.fail("upgrade-charm", 37);
    lab.upgrade("next");
    lab.settle();
    lab.expect(FAILED, "upgrade-charm");
    let variables = lab.status()["variables"].to_string();
    for part in ["upgrade-charm", "37", "lost its way", "cannot go on"] {
        assert!(variables.contains(part), "no `{part}` in {variables}");
    }
    lab
}

#[test]
fn a_failed_hook_is_not_run_by_a_retry_without_hooks() {
    for revision in [6, 5] {
        let lab = failing(revision);
        lab.request(&["resolved"]);
        lab.settle();
        lab.expect("charm_upgrade_error>retry_upgrade_charm started", "");
    }
}

#[test]
fn a_failed_hook_is_run_by_a_retry_with_hooks() {
    for revision in [6, 5] {
        let lab = failing(revision);
        lab.request(&["resolved", "--retry-hooks"]);
        lab.settle();
        lab.expect(
            "charm_upgrade_error>retry_upgrade_charm_hook \
             charm_upgrade_error>retry_upgrade_charm_error charm_upgrade_error",
            "upgrade-charm",
        );
        lab.mend("upgrade-charm");
        lab.request(&["resolved", "--retry-hooks"]);
        lab.settle();
        lab.expect(
            "charm_upgrade_error>retry_upgrade_charm_hook started",
            "upgrade-charm",
        );
        assert_eq!(
            lab.last("upgrade-charm").told("label"),
            if revision == 6 { "next" } else { "r5" }
        );
    }
}

/// A unit whose upgrade found no charm; `next` is there now.
fn unreadable() -> Lab {
    let lab = beside(6);
    fs::rename(lab.path("next"), lab.path("away")).unwrap();
    lab.upgrade("next");
    lab.settle();
    lab.expect(FAILED, "");
    fs::rename(lab.path("away"), lab.path("next")).unwrap();
    lab
}

#[test]
fn a_charm_that_is_none_cannot_be_read() {
    for (name, text) in [("metadata.yaml", "name: ["), ("revision", "next\n")] {
        let lab = Lab::started();
        lab.charm("next", Charm::revision(2).file(name, text));
        lab.upgrade("next");
        lab.settle();
        lab.expect(FAILED, "");
    }
    let lab = Lab::started();
    fs::create_dir(lab.path("next")).unwrap();
    lab.upgrade("next");
    lab.settle();
    lab.expect(FAILED, "");
}

#[test]
fn a_retry_runs_the_hook_if_it_replaced_the_files() {
    for retry in [&["resolved"][..], &["resolved", "--retry-hooks"]] {
        let lab = unreadable();
        lab.request(retry);
        lab.settle();
        let transition = ["retry_upgrade_charm", "retry_upgrade_charm_hook"][retry.len() - 1];
        lab.expect(
            &format!("charm_upgrade_error>{transition} started"),
            "upgrade-charm",
        );
        expect_replaced(&lab);
    }
}

#[test]
fn a_retry_that_finds_no_charm_fails_again() {
    let lab = unreadable();
    fs::rename(lab.path("next"), lab.path("away")).unwrap();
    lab.request(&["resolved"]);
    lab.settle();
    lab.expect(
        "charm_upgrade_error>retry_upgrade_charm \
         charm_upgrade_error>retry_upgrade_charm_error charm_upgrade_error",
        "",
    );
}

#[test]
fn a_retry_that_died_in_the_hook_runs_it_again() {
    let lab = unreadable();
    lab.request(&["resolved"]);
    lab.hold("upgrade-charm");
    let agent = lab.run();
    lab.until_held("upgrade-charm");
    agent.kill();
    lab.settle();
    lab.expect(
        "charm_upgrade_error>retry_upgrade_charm \
         charm_upgrade_error>retry_upgrade_charm!1 started",
        "upgrade-charm upgrade-charm",
    );
    expect_replaced(&lab);
}

#[test]
fn an_upgrade_outside_started_is_refused_and_removed() {
    let lab = Lab::new();
    lab.charm("next", Charm::revision(6).labelled("next"));
    lab.fail("install", 37);
    lab.settle();
    lab.skip();
    lab.upgrade("next");
    assert!(lab.settle().contains("refused"));
    lab.expect("", "");
    lab.mend("install");
    lab.request(&["resolved", "--retry-hooks"]);
    lab.settle();
    lab.expect(
        "install_error>retry_install_hook installed>start started",
        "install config-changed start",
    );
    assert_eq!(lab.last("start").told("label"), "r1");
}

#[test]
fn a_refused_upgrade_changes_nothing_for_a_retry() {
    let lab = unreadable();
    lab.charm("other", Charm::revision(9).labelled("other"));
    lab.upgrade("other");
    assert!(lab.settle().contains("refused"));
    lab.expect("", "");
    lab.request(&["resolved", "--retry-hooks"]);
    lab.settle();
    assert_eq!(lab.last("upgrade-charm").told("label"), "next");
    expect_replaced(&lab);
}

#[test]
fn a_forced_upgrade_outside_started_replaces_files_only() {
    let lab = Lab::new();
    lab.charm(
        "next",
        Charm::revision(2)
            .labelled("next")
            .file("added", "only in the next\n"),
    );
    lab.fail("start", 37);
    lab.settle();
    lab.skip();
    let before = lab.status();
    for _ in 0..2 {
        lab.force("next");
        lab.settle();
        lab.expect("", "");
        assert_eq!(file(&lab, "added").unwrap(), "only in the next\n");
        assert!(file(&lab, "written-by-install").is_some());
        let after = lab.status();
        for field in [
            "state",
            "variables",
            "executor_running",
            "lifecycle_running",
        ] {
            assert_eq!(before[field], after[field], "{field}");
        }
    }
    lab.mend("start");
    lab.request(&["resolved", "--retry-hooks"]);
    lab.settle();
    lab.expect(
        "start_error>retry_start_hook started",
        "config-changed start",
    );
    assert_eq!(lab.last("start").told("label"), "next");
}

#[test]
fn a_forced_upgrade_leaves_the_executor_as_it_is() {
    let lab = failing(6);
    lab.charm("later", Charm::revision(7).labelled("later"));
    lab.force("later");
    lab.settle();
    lab.expect("", "");
    let status = lab.status();
    assert_eq!(status["state"], "charm_upgrade_error");
    assert_eq!(status["executor_running"], false);
    assert_eq!(file(&lab, "page").unwrap(), "as of revision 7\n");
}

#[test]
fn a_forced_upgrade_in_started_is_an_ordinary_one() {
    let lab = beside(6);
    lab.force("next");
    lab.settle();
    lab.expect(DONE, "upgrade-charm");
    expect_replaced(&lab);
}

#[test]
fn no_relation_hook_runs_while_the_executor_is_paused() {
    let lab = beside(6);
    lab.relation("join", "wiki/0");
    lab.relation("join", "wiki/1");
    lab.settle();
    lab.skip();
    lab.hold("upgrade-charm");
    lab.fail("upgrade-charm", 37);
    lab.upgrade("next");
    let agent = lab.run();
    lab.until_held("upgrade-charm");
    lab.relation("change", "wiki/0");
    lab.release("upgrade-charm");
    lab.until_at("charm_upgrade_error");
    lab.relation("change", "wiki/1");
    agent.terminate();
    lab.settle();
    lab.expect(FAILED, "upgrade-charm");
    lab.mend("upgrade-charm");
    lab.request(&["resolved", "--retry-hooks"]);
    lab.settle();
    lab.expect(
        "charm_upgrade_error>retry_upgrade_charm_hook started",
        "upgrade-charm db-relation-changed db-relation-changed",
    );
    assert_eq!(lab.last("db-relation-changed").told("remote"), "wiki/1");
}
