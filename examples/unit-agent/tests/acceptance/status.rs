//! What `status` says, in every state and on the way, and who may run beside whom.

use serde_json::Value;

use crate::lab::{Charm, Lab};

/// What status says of a unit: state, transition in flight, executor and lifecycle.
fn look(status: &Value) -> (String, Option<String>, bool, bool) {
    (
        status["state"].as_str().unwrap().to_owned(),
        status["inflight"]["transition"].as_str().map(str::to_owned),
        status["executor_running"].as_bool().unwrap(),
        status["lifecycle_running"].as_bool().unwrap(),
    )
}

fn expect(lab: &Lab, state: &str, inflight: Option<&str>, executor: bool, lifecycle: bool) {
    let status = lab.status();
    let expected = (
        state.to_owned(),
        inflight.map(str::to_owned),
        executor,
        lifecycle,
    );
    assert_eq!(look(&status), expected);
    if inflight.is_some() {
        assert_eq!(status["inflight"]["attempt"], 1);
    }
}

/// Looks at a unit while the hook of a request runs, and after it failed.
fn check(
    hook: &str,
    request: &[&str],
    running: (&str, &str, bool, bool),
    broken: (&str, bool, bool),
    retry: (&str, &str, bool, bool),
) {
    let lab = if request.is_empty() {
        Lab::new()
    } else {
        Lab::started()
    };
    let agent = lab.run();
    lab.hold(hook);
    lab.fail(hook, 37);
    if !request.is_empty() {
        lab.request(request);
    }
    lab.until_held(hook);
    expect(&lab, running.0, Some(running.1), running.2, running.3);
    lab.release(hook);
    lab.until_at(broken.0);
    expect(&lab, broken.0, None, broken.1, broken.2);
    lab.hold(hook);
    lab.request(&["resolved", "--retry-hooks"]);
    lab.until_held(hook);
    expect(&lab, retry.0, Some(retry.1), retry.2, retry.3);
    agent.kill();
    expect(&lab, retry.0, Some(retry.1), retry.2, retry.3);
    assert!(lab.status()["owner"].is_null());
}

#[test]
fn before_any_run() {
    let lab = Lab::new();
    let status = lab.status();
    assert_eq!(status["unit"], "blog-0");
    assert_eq!(status["state"], "new");
    assert!(status["inflight"].is_null());
    assert!(status["owner"].is_null());

    lab.request(&["configure", "title=home"]);
    assert_eq!(lab.state(), "new");
}

#[test]
fn has_every_field() {
    let lab = Lab::started();
    let status = lab.status();
    for field in [
        "unit",
        "state",
        "variables",
        "inflight",
        "executor_running",
        "lifecycle_running",
        "owner",
        "relations",
        "config",
    ] {
        assert!(
            status.as_object().unwrap().contains_key(field),
            "no `{field}`"
        );
    }
    assert!(!lab.request(&["status"]).is_empty());
    assert!(lab.request(&["status"]).contains("started"));
    assert!(!lab.request(&["history"]).is_empty());
}

#[test]
fn during_install() {
    check(
        "install",
        &[],
        ("new", "install", true, false),
        ("install_error", true, false),
        ("install_error", "retry_install_hook", true, false),
    );
}

#[test]
fn during_start() {
    check(
        "start",
        &[],
        ("installed", "start", true, false),
        ("start_error", true, false),
        ("start_error", "retry_start_hook", true, false),
    );
}

#[test]
fn during_configure() {
    check(
        "config-changed",
        &["configure", "title=home"],
        ("started", "configure", true, true),
        ("configure_error", true, false),
        ("configure_error", "retry_configure_hook", true, false),
    );
}

#[test]
fn during_upgrade() {
    let charm = "charm";
    check(
        "upgrade-charm",
        &["upgrade", "--charm", charm],
        ("started", "upgrade_charm", false, true),
        ("charm_upgrade_error", false, true),
        (
            "charm_upgrade_error",
            "retry_upgrade_charm_hook",
            false,
            true,
        ),
    );
}

#[test]
fn during_stop() {
    check(
        "stop",
        &["stop"],
        ("started", "stop", true, true),
        ("stop_error", true, false),
        ("stop_error", "retry_stop_hook", true, false),
    );
}

#[test]
fn at_rest() {
    let lab = Lab::started();
    expect(&lab, "started", None, true, true);
    lab.charm("next", Charm::revision(2));
    lab.upgrade("next");
    lab.settle();
    expect(&lab, "started", None, true, true);
    lab.request(&["stop"]);
    lab.settle();
    expect(&lab, "stopped", None, true, false);
}

#[test]
fn a_second_agent_is_refused_and_told_the_owner() {
    let lab = Lab::new();
    lab.hold("install");
    let agent = lab.run();
    lab.until_held("install");
    let owner = lab.status()["owner"].clone();
    assert!(!owner.is_null());

    let second = lab.execute(env!("CARGO_BIN_EXE_unit-agent"), &lab.run_arguments());
    assert!(second.code.is_some_and(|code| code != 0), "{second:?}");
    let named = owner.as_str().is_some_and(|name| second.err.contains(name));
    assert!(
        named || second.err.contains(&agent.id().to_string()),
        "{owner} {second:?}"
    );

    lab.release("install");
    lab.until_at("started");
    agent.terminate();
    assert!(lab.status()["owner"].is_null());
    lab.expect(
        "new>install installed>start started",
        "install config-changed start",
    );
}

#[test]
fn reading_beside_a_running_agent_changes_nothing() {
    let lab = Lab::started();
    let agent = lab.run();
    lab.until_owned();
    for _ in 0..5 {
        lab.status();
        lab.history();
    }
    lab.hold("config-changed");
    lab.request(&["configure", "title=home"]);
    lab.until_held("config-changed");
    lab.expect("started>configure", "config-changed");
    lab.release("config-changed");
    lab.until_at("started");
    lab.expect("started", "");
    agent.terminate();
}

#[test]
fn owner_is_null_after_a_crash() {
    let lab = Lab::new();
    lab.hold("install");
    let agent = lab.run();
    let run = lab.until_held("install");
    agent.kill();
    expect(&lab, "new", Some("install"), true, false);
    assert!(lab.status()["owner"].is_null());
    lab.release_orphan(&run);
    expect(&lab, "new", Some("install"), true, false);
}

#[test]
fn a_charm_that_cannot_be_read_hides_only_the_configuration() {
    let lab = Lab::started();
    std::fs::write(lab.data().join("charm/config.yaml"), "options: [").unwrap();
    expect(&lab, "started", None, true, true);
    assert_eq!(lab.status()["config"], Value::Null);
}
