//! Requests: durable, taken in order, carried out once, or refused and removed.

use std::collections::BTreeSet;
use std::fs;

use crate::lab::{Lab, Record};

const STARTED: &str = "new>install installed>start started";

#[test]
fn before_the_first_run_they_wait_in_order() {
    let lab = Lab::new();
    lab.request(&["configure", "title=one"]);
    lab.upgrade("charm");
    lab.request(&["configure", "title=two"]);
    lab.request(&["stop"]);
    lab.settle();
    lab.expect(
        &format!(
            "{STARTED} started>configure started started>upgrade_charm started \
             started>configure started started>stop stopped"
        ),
        "install config-changed start config-changed upgrade-charm config-changed stop",
    );
    let titles: Vec<_> = lab
        .runs()
        .iter()
        .filter(|run| run.hook == "config-changed")
        .map(|run| run.config.as_ref().unwrap()["title"].clone())
        .collect();
    assert_eq!(titles, ["untitled", "one", "two"]);
}

#[test]
fn while_no_agent_runs_they_wait() {
    let lab = Lab::started();
    lab.request(&["configure", "title=one"]);
    lab.expect("", "");
    lab.settle();
    lab.expect("started>configure started", "config-changed");
    lab.settle();
    lab.expect("", "");
}

#[test]
fn they_reach_a_running_agent() {
    let lab = Lab::started();
    let agent = lab.run();
    lab.until_owned();
    lab.request(&["configure", "title=one"]);
    lab.until_run("config-changed", 2);
    lab.upgrade("charm");
    lab.until_run("upgrade-charm", 1);
    lab.request(&["stop"]);
    lab.until_at("stopped");
    agent.terminate();
    lab.expect(
        "started>configure started started>upgrade_charm started started>stop stopped",
        "config-changed upgrade-charm stop",
    );
}

#[test]
fn they_wait_behind_a_hook_that_runs() {
    let lab = Lab::started();
    let agent = lab.run();
    lab.hold("config-changed");
    lab.request(&["configure", "title=one"]);
    lab.until_held("config-changed");
    lab.upgrade("charm");
    lab.request(&["stop"]);
    lab.release("config-changed");
    lab.until_at("stopped");
    agent.terminate();
    lab.expect(
        "started>configure started started>upgrade_charm started started>stop stopped",
        "config-changed upgrade-charm stop",
    );
}

#[test]
fn they_are_taken_after_synchronize() {
    let lab = Lab::new();
    lab.hold("install");
    let agent = lab.run();
    lab.until_held("install");
    lab.request(&["stop"]);
    agent.kill();
    lab.settle();
    lab.expect(
        "new>install new>install!1 installed>start started started>stop stopped",
        "install install config-changed start stop",
    );
}

#[test]
fn resolved_in_started_does_nothing() {
    for request in [&["resolved"][..], &["resolved", "--retry-hooks"]] {
        let lab = Lab::started();
        lab.request(request);
        lab.settle();
        lab.expect("", "");
        assert_eq!(lab.state(), "started");
    }
}

#[test]
fn a_resolved_that_did_nothing_is_not_kept() {
    let lab = Lab::started();
    lab.request(&["resolved"]);
    lab.settle();
    lab.fail("config-changed", 37);
    lab.request(&["configure", "title=one"]);
    lab.settle();
    lab.settle();
    assert_eq!(lab.state(), "configure_error");
}

#[test]
fn stop_outside_started_is_refused_and_removed() {
    let lab = Lab::broken(
        "config-changed",
        &["configure", "title=one"],
        "configure_error",
    );
    lab.request(&["stop"]);
    assert!(lab.settle().contains("refused"));
    lab.expect("", "");
    lab.request(&["resolved"]);
    lab.settle();
    lab.settle();
    assert_eq!(lab.state(), "started");

    lab.request(&["stop"]);
    lab.settle();
    lab.skip();
    lab.request(&["stop"]);
    assert!(lab.settle().contains("refused"));
    lab.expect("", "");
    assert!(!lab.settle().contains("refused"), "it was kept");
}

#[test]
fn configure_is_refused_while_the_charm_cannot_be_read() {
    let lab = Lab::started();
    fs::write(lab.data().join("charm/config.yaml"), "options: [").unwrap();
    lab.request(&["configure", "title=one"]);
    assert!(lab.settle().contains("refused"));
    lab.expect("", "");
    assert!(!lab.settle().contains("refused"), "it was kept");
}

#[test]
fn each_is_the_cause_of_its_own_transition() {
    let lab = Lab::started();
    lab.hold("config-changed");
    lab.request(&["configure", "title=one"]);
    lab.request(&["configure", "title=one"]);
    lab.upgrade("charm");
    let agent = lab.run();
    lab.until_held("config-changed");
    agent.kill();
    lab.settle();
    let (records, _) = lab.news();
    lab.expect(
        "started>configure started>configure!1 started started>configure started \
         started>upgrade_charm started",
        "config-changed config-changed config-changed upgrade-charm",
    );
    let causes: Vec<_> = records.iter().filter_map(Record::cause).collect();
    assert_eq!(causes.len(), 4, "{records:?}");
    assert_eq!(causes[0], causes[1]);
    assert_eq!(
        causes.iter().collect::<BTreeSet<_>>().len(),
        3,
        "{causes:?}"
    );
    let executions: BTreeSet<_> = records.iter().filter_map(Record::execution).collect();
    assert_eq!(executions.len(), 3, "{records:?}");
}

#[test]
fn mistakes_in_a_command_are_told_at_once() {
    let lab = Lab::new();
    for arguments in [
        &["configure", "title"][..],
        &["relation", "join", "db"],
        &["resolve"],
        &["run"],
    ] {
        let ended = lab.agent(arguments);
        assert_ne!(ended.code, Some(0), "{arguments:?}");
        assert!(!ended.err.is_empty(), "{arguments:?}");
    }
    lab.settle();
    lab.expect(STARTED, "install config-changed start");
}
