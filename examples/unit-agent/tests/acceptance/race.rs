//! Many requests at once, beside a running agent.

use std::collections::{BTreeMap, BTreeSet};

use crate::lab::{Agent, Charm, Lab, Record};

/// The executions of history: transition and cause, in order of their start.
fn executions(records: &[Record]) -> Vec<(String, Option<String>)> {
    let mut seen = BTreeSet::new();
    let mut executions = Vec::new();
    for record in records
        .iter()
        .filter(|record| record.transition().is_some())
    {
        if seen.insert(record.execution().unwrap().to_owned()) {
            let transition = record.transition().unwrap().to_owned();
            executions.push((transition, record.cause().map(str::to_owned)));
        }
    }
    executions
}

fn count(executions: &[(String, Option<String>)], transition: &str) -> usize {
    executions
        .iter()
        .filter(|(name, _)| name == transition)
        .count()
}

/// A request is the cause of at most one execution, its error path aside.
fn expect_each_once(executions: &[(String, Option<String>)]) {
    let mut caused: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (transition, cause) in executions {
        if !transition.contains("error") {
            caused
                .entry(cause.as_deref().unwrap())
                .or_default()
                .push(transition);
        }
    }
    for (cause, transitions) in caused {
        assert_eq!(transitions.len(), 1, "`{cause}` caused {transitions:?}");
    }
}

#[test]
fn each_is_carried_out_once() {
    let lab = Lab::started();
    let charms: Vec<_> = (2..6)
        .map(|revision| lab.charm(&format!("r{revision}"), Charm::revision(revision)))
        .collect();
    let mut requests: Vec<Vec<&str>> = Vec::new();
    for charm in &charms {
        requests.push(vec!["upgrade", "--charm", charm.to_str().unwrap()]);
        requests.push(vec!["resolved"]);
        requests.push(vec!["upgrade", "--charm", charm.to_str().unwrap()]);
        requests.push(vec!["resolved", "--retry-hooks"]);
        requests.push(vec!["configure", "title=home"]);
        requests.push(vec!["relation", "join", "db", "--remote", "wiki/0"]);
    }
    let agent = lab.run();
    lab.at_once(&requests);
    lab.request(&["stop"]);
    lab.until_at("stopped");
    agent.terminate();

    let (records, runs) = lab.news();
    let executions = executions(&records);
    assert_eq!(count(&executions, "upgrade_charm"), 8);
    assert_eq!(count(&executions, "configure"), 4);
    assert_eq!(count(&executions, "stop"), 1);
    assert_eq!(executions.len(), 13);
    expect_each_once(&executions);
    let ran = |hook: &str| runs.iter().filter(|run| run.hook == hook).count();
    assert_eq!(
        (ran("upgrade-charm"), ran("config-changed"), ran("stop")),
        (8, 4, 1)
    );
    assert_eq!(lab.last("stop").told("label"), "r5");
    lab.expect_one_at_a_time();
    lab.skip();
    lab.settle();
    lab.expect("", "");
}

#[test]
fn failing_upgrades_and_resolutions_never_overlap() {
    let lab = Lab::started();
    lab.fail("upgrade-charm", 37);
    let charm = lab.path("charm");
    let upgrade = vec!["upgrade", "--charm", charm.to_str().unwrap()];
    let requests: Vec<Vec<&str>> = (0..8)
        .flat_map(|_| {
            [
                upgrade.clone(),
                vec!["resolved"],
                vec!["resolved", "--retry-hooks"],
            ]
        })
        .collect();
    let agent = lab.run();
    lab.at_once(&requests);
    lab.mend("upgrade-charm");
    // Whatever came of them, these two lead to `stopped`, and no request is left behind.
    lab.request(&["resolved"]);
    lab.request(&["stop"]);
    lab.until_at("stopped");
    agent.terminate();

    let (records, runs) = lab.news();
    let executions = executions(&records);
    expect_each_once(&executions);
    let upgrades = count(&executions, "upgrade_charm");
    let retries = count(&executions, "retry_upgrade_charm_hook");
    assert!((1..=8).contains(&upgrades), "{upgrades}");
    let ran = runs
        .iter()
        .filter(|run| run.hook == "upgrade-charm")
        .count();
    assert_eq!(ran, upgrades + retries);
    lab.expect_one_at_a_time();
    lab.skip();
    lab.settle();
    lab.expect("", "");
}

#[test]
fn requests_without_an_agent_are_all_kept() {
    let lab = Lab::started();
    lab.at_once(&vec![vec!["configure", "title=home"]; 12]);
    lab.settle();
    let executions = executions(&lab.news().0);
    assert_eq!(count(&executions, "configure"), 12);
    expect_each_once(&executions);
}

#[test]
fn of_agents_that_begin_at_once_one_runs_at_a_time() {
    let lab = Lab::new();
    let mut agents: Vec<_> = (0..4).map(|_| lab.run_until_idle()).collect();
    let codes: Vec<_> = agents.iter_mut().map(Agent::ended).collect();
    assert!(codes.contains(&Some(0)), "{codes:?}");
    for (code, agent) in codes.iter().zip(&agents) {
        assert!(code.is_some(), "{}", agent.log());
        assert!(!agent.log().contains("panicked"), "{}", agent.log());
    }
    lab.expect(
        "new>install installed>start started",
        "install config-changed start",
    );
}
