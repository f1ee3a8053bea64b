//! Configuration: the charm's defaults, what is set over them, and who sees it.

use serde_json::{Value, json};

use crate::lab::{Charm, Lab};

const DONE: &str = "started>configure started";

/// What `status --json` says the configuration is.
fn config(lab: &Lab) -> Value {
    lab.status()["config"].clone()
}

/// What the last run of a hook was shown.
fn shown(lab: &Lab, hook: &str) -> Value {
    lab.last(hook).config.unwrap()
}

#[test]
fn hooks_see_the_defaults() {
    let lab = Lab::started();
    let expect = json!({"title": "untitled", "colour": "grey"});
    for hook in ["install", "config-changed", "start"] {
        assert_eq!(shown(&lab, hook), expect, "{hook}");
    }
    assert_eq!(config(&lab), expect);
}

#[test]
fn values_are_merged_over_the_defaults_and_each_other() {
    let lab = Lab::started();
    let check = |pairs: &[&str], expect: Value| {
        lab.request(&[&["configure"], pairs].concat());
        lab.settle();
        lab.expect(DONE, "config-changed");
        assert_eq!(shown(&lab, "config-changed"), expect);
        assert_eq!(config(&lab), expect);
    };
    check(&["title=home"], json!({"title": "home", "colour": "grey"}));
    check(&["colour=red"], json!({"title": "home", "colour": "red"}));
    check(
        &["title=a b = c", "colour="],
        json!({"title": "a b = c", "colour": ""}),
    );
    check(
        &["title=été \"1\""],
        json!({"title": "été \"1\"", "colour": ""}),
    );
}

#[test]
fn later_hooks_see_what_was_configured() {
    let lab = Lab::started();
    lab.request(&["configure", "title=home"]);
    lab.relation("join", "wiki/0");
    lab.settle();
    lab.upgrade("charm");
    lab.request(&["stop"]);
    lab.settle();
    for hook in ["db-relation-joined", "upgrade-charm", "stop"] {
        assert_eq!(shown(&lab, hook)["title"], "home", "{hook}");
    }
}

#[test]
fn configuration_that_a_hook_refused_is_kept() {
    let lab = Lab::broken(
        "config-changed",
        &["configure", "title=home"],
        "configure_error",
    );
    assert_eq!(config(&lab)["title"], "home");
    lab.mend("config-changed");
    lab.request(&["resolved", "--retry-hooks"]);
    lab.settle();
    assert_eq!(shown(&lab, "config-changed")["title"], "home");
}

#[test]
fn outside_started_it_is_remembered_as_configuration_only() {
    let lab = Lab::new();
    lab.fail("install", 37);
    lab.settle();
    lab.skip();
    lab.request(&["configure", "title=home"]);
    lab.settle();
    lab.expect("", "");
    assert_eq!(config(&lab), json!({"title": "home", "colour": "grey"}));
    lab.mend("install");
    lab.request(&["resolved", "--retry-hooks"]);
    lab.settle();
    lab.expect(
        "install_error>retry_install_hook installed>start started",
        "install config-changed start",
    );
    assert_eq!(shown(&lab, "config-changed")["title"], "home");
}

#[test]
fn an_upgrade_keeps_the_configuration() {
    let lab = Lab::started();
    lab.charm("next", Charm::revision(2));
    lab.request(&["configure", "title=home"]);
    lab.upgrade("next");
    lab.settle();
    assert_eq!(config(&lab)["title"], "home");
    assert_eq!(shown(&lab, "upgrade-charm")["title"], "home");
}

#[test]
fn equal_ones_are_not_merged() {
    let lab = Lab::started();
    for _ in 0..3 {
        lab.request(&["configure", "title=home"]);
    }
    lab.settle();
    lab.expect(
        "started>configure started started>configure started started>configure started",
        "config-changed config-changed config-changed",
    );
}
