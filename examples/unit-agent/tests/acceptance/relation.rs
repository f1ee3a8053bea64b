//! The life of a relation that goes well.

use crate::lab::{Charm, Lab, tell, until};

/// A started unit with one remote unit joined, with that already told.
fn joined() -> Lab {
    let lab = Lab::started();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.expect("", "db-relation-joined db-relation-changed");
    lab
}

/// The relation's state, and whether it watches and executes.
fn expect(lab: &Lab, state: &str, watching: bool, executing: bool) {
    let db = lab.db();
    assert_eq!(db["state"], state, "{db}");
    assert!(db["inflight"].is_null(), "{db}");
    assert_eq!(db["watching"], watching, "{db}");
    assert_eq!(db["executing"], executing, "{db}");
}

#[test]
fn joined_is_followed_by_changed() {
    let lab = joined();
    expect(&lab, "up", true, true);
    assert_eq!(tell(&lab.db_history()), "new>start up");
    lab.settle();
    lab.expect("", "");
}

#[test]
fn status_has_every_field() {
    let lab = joined();
    let relations = lab.status()["relations"].clone();
    assert_eq!(relations.as_object().unwrap().len(), 1);
    for field in [
        "id",
        "state",
        "variables",
        "inflight",
        "watching",
        "executing",
        "queued",
    ] {
        assert!(
            relations["db"].as_object().unwrap().contains_key(field),
            "no `{field}`"
        );
    }
}

#[test]
fn no_relation_is_no_relation() {
    let lab = Lab::started();
    assert!(lab.status()["relations"].as_object().unwrap().is_empty());
}

#[test]
fn each_change_runs_its_hook() {
    let lab = joined();
    lab.request(&[
        "relation",
        "change",
        "db",
        "--remote",
        "wiki/0",
        "host=here",
        "port=80",
    ]);
    lab.settle();
    lab.expect("", "db-relation-changed");
    lab.relation("depart", "wiki/0");
    lab.settle();
    lab.expect("", "db-relation-departed");
    expect(&lab, "up", true, true);
    lab.request(&["relation", "remove", "db"]);
    lab.settle();
    lab.expect("", "db-relation-broken");
    expect(&lab, "departed", false, false);
    assert_eq!(tell(&lab.db_history()), "new>start up up>depart departed");
    let variables = lab.db()["variables"].clone();
    assert!(variables["change_type"].is_null(), "{variables}");
    assert!(variables["error_message"].is_null(), "{variables}");
}

#[test]
fn changes_reach_a_running_agent() {
    let lab = Lab::started();
    let agent = lab.run();
    lab.until_owned();
    lab.relation("join", "wiki/0");
    lab.until_run("db-relation-changed", 1);
    lab.relation("change", "wiki/0");
    lab.until_run("db-relation-changed", 2);
    lab.relation("depart", "wiki/0");
    lab.until_run("db-relation-departed", 1);
    lab.request(&["relation", "remove", "db"]);
    lab.until_run("db-relation-broken", 1);
    until("departed", || {
        (lab.db()["state"] == "departed").then_some(())
    });
    agent.terminate();
    lab.expect(
        "",
        "db-relation-joined db-relation-changed db-relation-changed \
         db-relation-departed db-relation-broken",
    );
}

#[test]
fn hooks_are_told_where_they_are() {
    let lab = joined();
    lab.relation("change", "wiki/0");
    lab.settle();
    lab.relation("depart", "wiki/0");
    lab.settle();
    lab.request(&["relation", "remove", "db"]);
    lab.settle();
    let id = lab.db()["id"].clone();
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    for change in ["joined", "changed", "departed", "broken"] {
        let run = lab.last(&format!("db-relation-{change}"));
        assert_eq!(run.told("unit"), "blog-0");
        assert_eq!(run.told("relation"), "db");
        assert!(run.told("id").ends_with(&id), "`{id}` {run:?}");
        assert_eq!(
            std::path::Path::new(run.told("charm"))
                .canonicalize()
                .unwrap(),
            run.charm().canonicalize().unwrap()
        );
        if change != "broken" {
            assert_eq!(run.told("remote"), "wiki/0");
        }
    }
}

#[test]
fn a_departed_relation_is_joined_anew_with_the_next_id() {
    let lab = joined();
    lab.request(&["relation", "remove", "db"]);
    lab.settle();
    lab.skip();
    let before = lab.db()["id"].clone();
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.expect("", "db-relation-joined db-relation-changed");
    expect(&lab, "up", true, true);
    assert_ne!(lab.db()["id"], before);
    assert_eq!(tell(&lab.db_history()), "new>start up");
    let ids: Vec<_> = lab
        .runs()
        .iter()
        .filter(|run| run.hook == "db-relation-joined")
        .map(|run| run.told("id").to_owned())
        .collect();
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn relations_are_apart() {
    let lab = joined();
    lab.request(&["relation", "join", "cache", "--remote", "wiki/0"]);
    lab.settle();
    lab.expect("", "cache-relation-joined cache-relation-changed");
    let relations = lab.status()["relations"].clone();
    assert_ne!(relations["db"]["id"], relations["cache"]["id"]);
    lab.request(&["relation", "remove", "cache"]);
    lab.settle();
    lab.expect("", "cache-relation-broken");
    let relations = lab.status()["relations"].clone();
    assert_eq!(relations["db"]["state"], "up");
    assert_eq!(relations["cache"]["state"], "departed");
}

#[test]
fn stopping_the_unit_takes_it_down() {
    let lab = joined();
    lab.request(&["stop"]);
    lab.settle();
    lab.expect("started>stop stopped", "stop");
    expect(&lab, "down", false, false);
    assert_eq!(tell(&lab.db_history()), "new>start up up>stop down");
}

#[test]
fn it_follows_the_lifecycle() {
    let lab = joined();
    lab.fail("config-changed", 37);
    lab.request(&["configure", "title=home"]);
    lab.settle();
    expect(&lab, "down", false, false);
    lab.request(&["resolved"]);
    lab.settle();
    expect(&lab, "up", true, true);
    assert_eq!(
        tell(&lab.db_history()),
        "new>start up up>stop down down>restart up"
    );
}

#[test]
fn it_stays_up_through_a_restart_of_the_agent() {
    let lab = joined();
    lab.settle();
    let agent = lab.run();
    lab.until_owned();
    agent.terminate();
    lab.settle();
    expect(&lab, "up", true, true);
    assert_eq!(tell(&lab.db_history()), "new>start up");
    lab.expect("", "");
}

#[test]
fn it_is_removed_whatever_the_lifecycle() {
    let lab = joined();
    lab.fail("config-changed", 37);
    lab.request(&["configure", "title=home"]);
    lab.settle();
    lab.skip();
    lab.request(&["relation", "remove", "db"]);
    lab.settle();
    lab.expect("", "db-relation-broken");
    expect(&lab, "departed", false, false);
    assert_eq!(
        tell(&lab.db_history()),
        "new>start up up>stop down down>depart departed"
    );
    lab.request(&["resolved"]);
    lab.settle();
    expect(&lab, "departed", false, false);
}

#[test]
fn a_restart_without_lifecycle_is_fired() {
    let lab = joined();
    lab.fail("config-changed", 37);
    lab.request(&["configure", "title=home"]);
    lab.settle();
    lab.request(&["resolved", "--relation", "db"]);
    lab.settle();
    let history = tell(&lab.db_history());
    assert!(
        history.starts_with("new>start up up>stop down down>restart up"),
        "{history}"
    );
}

#[test]
fn resolved_is_refused_where_there_is_no_retry() {
    let lab = joined();
    let check = |state: &str| {
        let before = tell(&lab.db_history());
        lab.request(&["resolved", "--relation", "db"]);
        let log = lab.settle();
        let line = log
            .lines()
            .find(|line| line.contains("refused"))
            .unwrap_or_else(|| panic!("{log}"));
        assert!(line.contains(state), "{line}");
        assert_eq!(tell(&lab.db_history()), before);
    };
    check("up");
    lab.request(&["relation", "remove", "db"]);
    lab.settle();
    check("departed");
}

#[test]
fn a_missing_hook_is_skipped() {
    let lab = Lab::with(
        Charm::revision(1)
            .without("db-relation-joined")
            .without("db-relation-broken"),
    );
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.request(&["relation", "remove", "db"]);
    lab.settle();
    lab.expect(
        "new>install installed>start started",
        "install config-changed start db-relation-changed",
    );
    expect(&lab, "departed", false, false);
}
