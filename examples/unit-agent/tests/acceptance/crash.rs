//! Agents that are killed, or asked to end, while a hook runs.

use crate::lab::{Lab, alive, carried_on, tell};

/// A hook of a transition: how to come to it, and what is written when its agent dies
/// in it and another one carries on.
struct Row {
    name: &'static str,
    /// Brings a unit to where only `request` is missing.
    before: fn() -> Lab,
    request: &'static [&'static str],
    hook: &'static str,
    /// What was written when the hook runs.
    running: &'static str,
    /// What is written when it was interrupted, after it came to its end.
    rest: &'static str,
    /// Every hook that ran.
    hooks: &'static str,
}

fn install_error() -> Lab {
    failed_first("install", "install_error")
}

fn start_error() -> Lab {
    failed_first("start", "start_error")
}

fn failed_first(hook: &str, state: &str) -> Lab {
    let lab = Lab::new();
    lab.fail(hook, 37);
    lab.settle();
    assert_eq!(lab.state(), state);
    lab.mend(hook);
    lab
}

fn mended(hook: &str, request: &[&str], state: &str) -> Lab {
    let lab = Lab::broken(hook, request, state);
    lab.mend(hook);
    lab
}

const ROWS: &[Row] = &[
    Row {
        name: "install",
        before: Lab::new,
        request: &[],
        hook: "install",
        running: "new>install",
        rest: "installed>start started",
        hooks: "install install config-changed start",
    },
    Row {
        name: "the first hook of start",
        before: Lab::new,
        request: &[],
        hook: "config-changed",
        running: "new>install installed>start",
        rest: "started",
        hooks: "install config-changed config-changed start",
    },
    Row {
        name: "the second hook of start",
        before: Lab::new,
        request: &[],
        hook: "start",
        running: "new>install installed>start",
        rest: "started",
        hooks: "install config-changed start config-changed start",
    },
    Row {
        name: "stop",
        before: Lab::started,
        request: &["stop"],
        hook: "stop",
        running: "started>stop",
        rest: "stopped",
        hooks: "stop stop",
    },
    Row {
        name: "configure",
        before: Lab::started,
        request: &["configure", "title=home"],
        hook: "config-changed",
        running: "started>configure",
        rest: "started",
        hooks: "config-changed config-changed",
    },
    Row {
        name: "upgrade",
        before: Lab::started,
        request: &["upgrade", "--charm", "charm"],
        hook: "upgrade-charm",
        running: "started>upgrade_charm",
        rest: "started",
        hooks: "upgrade-charm upgrade-charm",
    },
    Row {
        name: "retry of install",
        before: install_error,
        request: &["resolved", "--retry-hooks"],
        hook: "install",
        running: "install_error>retry_install_hook",
        rest: "installed>start started",
        hooks: "install install config-changed start",
    },
    Row {
        name: "retry of start",
        before: start_error,
        request: &["resolved", "--retry-hooks"],
        hook: "start",
        running: "start_error>retry_start_hook",
        rest: "started",
        hooks: "config-changed start config-changed start",
    },
    Row {
        name: "retry of stop",
        before: || mended("stop", &["stop"], "stop_error"),
        request: &["resolved", "--retry-hooks"],
        hook: "stop",
        running: "stop_error>retry_stop_hook",
        rest: "stopped",
        hooks: "stop stop",
    },
    Row {
        name: "retry of configure",
        before: || {
            mended(
                "config-changed",
                &["configure", "title=home"],
                "configure_error",
            )
        },
        request: &["resolved", "--retry-hooks"],
        hook: "config-changed",
        running: "configure_error>retry_configure_hook",
        rest: "started",
        hooks: "config-changed config-changed",
    },
    Row {
        name: "retry of upgrade",
        before: || {
            mended(
                "upgrade-charm",
                &["upgrade", "--charm", "charm"],
                "charm_upgrade_error",
            )
        },
        request: &["resolved", "--retry-hooks"],
        hook: "upgrade-charm",
        running: "charm_upgrade_error>retry_upgrade_charm_hook",
        rest: "started",
        hooks: "upgrade-charm upgrade-charm",
    },
];

/// What becomes of the hook whose agent is gone.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Orphan {
    /// It comes to its end before another agent carries on.
    Released,
    /// It goes on until another agent ends it.
    Left,
    /// Its agent was asked to end, and ended it.
    Ended,
}

/// Interrupts the agent in a hook, looks at what is written then, and has another agent
/// carry on.
fn interrupt(lab: &Lab, hook: &str, orphan: Orphan, look: &dyn Fn()) {
    lab.hold(hook);
    if orphan != Orphan::Released {
        lab.child(hook);
    }
    let agent = lab.run();
    let run = lab.until_held(hook);
    let runs = || alive(&run.process) || run.child.as_ref().is_some_and(|child| alive(child));
    match orphan {
        Orphan::Ended => {
            agent.terminate();
            assert!(!runs(), "`{hook}` outlived its agent");
        }
        Orphan::Left => {
            agent.kill();
            assert!(runs());
        }
        Orphan::Released => {
            agent.kill();
            lab.release_orphan(&run);
        }
    }
    look();
    assert!(lab.status()["owner"].is_null());
    lab.settle();
    assert!(!runs(), "`{hook}`, {orphan:?}, still runs");
    let ended = lab
        .runs()
        .into_iter()
        .any(|it| it.process == run.process && it.ended);
    assert_eq!(ended, orphan == Orphan::Released, "{hook}, {orphan:?}");
}

fn check(row: &Row, orphan: Orphan) {
    let lab = (row.before)();
    lab.skip();
    if !row.request.is_empty() {
        lab.request(row.request);
    }
    interrupt(&lab, row.hook, orphan, &|| {
        assert_eq!(tell(&lab.news().0), row.running, "{}", row.name);
        assert_eq!(
            lab.status()["inflight"],
            lab.history().last().unwrap().0["inflight"]
        );
    });
    let (records, _) = lab.news();
    let undisturbed = format!("{} {}", row.running, row.rest);
    assert!(
        carried_on(&records, &undisturbed).is_some(),
        "{}: {}",
        row.name,
        tell(&records)
    );
    let again = row.running.rsplit(' ').next().unwrap();
    lab.expect(
        &format!("{} {again}!1 {}", row.running, row.rest),
        row.hooks,
    );
    lab.settle();
    lab.expect("", "");
}

#[test]
fn killed_during_a_hook_that_then_ends() {
    for row in ROWS {
        check(row, Orphan::Released);
    }
}

#[test]
fn killed_during_a_hook_that_goes_on() {
    for row in ROWS {
        check(row, Orphan::Left);
    }
}

#[test]
fn asked_to_end_during_a_hook() {
    for row in ROWS {
        check(row, Orphan::Ended);
    }
}

#[test]
fn killed_during_the_hooks_of_a_relation() {
    for orphan in [Orphan::Released, Orphan::Left, Orphan::Ended] {
        for (change, request) in [
            (
                "changed",
                &["relation", "change", "db", "--remote", "wiki/0"][..],
            ),
            (
                "departed",
                &["relation", "depart", "db", "--remote", "wiki/0"],
            ),
            ("broken", &["relation", "remove", "db"]),
        ] {
            let hook = format!("db-relation-{change}");
            let lab = Lab::started();
            lab.relation("join", "wiki/0");
            lab.settle();
            lab.skip();
            lab.request(request);
            interrupt(&lab, &hook, orphan, &|| lab.expect("", &hook));
            lab.expect("", &hook);
            let history = tell(&lab.db_history());
            if change == "broken" {
                assert_eq!(history, "new>start up up>depart up>depart!1 departed");
            } else {
                assert_eq!(history, "new>start up");
            }
            lab.settle();
            lab.expect("", "");
        }
    }
}

#[test]
fn a_transition_that_kills_its_agent_comes_to_an_end() {
    let lab = Lab::new();
    for _ in 0..11 {
        lab.hold("install");
        let agent = lab.run();
        lab.until_held("install");
        agent.kill();
    }
    lab.settle();
    assert_eq!(lab.state(), "install_error");
    let (records, runs) = lab.news();
    assert_eq!(runs.len(), 11);
    assert!(
        tell(&records).ends_with("new>error_install install_error"),
        "{}",
        tell(&records)
    );
    lab.expect_one_at_a_time();
}

#[test]
fn killed_twice_counts_twice() {
    let lab = Lab::new();
    for _ in 0..2 {
        lab.hold("install");
        let agent = lab.run();
        lab.until_held("install");
        agent.kill();
    }
    lab.settle();
    lab.expect(
        "new>install new>install!1 new>install!2 installed>start started",
        "install install install config-changed start",
    );
}

#[test]
fn asked_to_end_during_a_hook_that_does_not_listen() {
    let lab = Lab::new();
    lab.stubborn("install");
    interrupt(&lab, "install", Orphan::Ended, &|| {
        lab.expect("new>install", "install");
    });
    lab.expect(
        "new>install!1 installed>start started",
        "install config-changed start",
    );
}

#[test]
fn asked_to_end_at_rest() {
    let lab = Lab::new();
    let agent = lab.run();
    lab.until_at("started");
    agent.terminate();
    lab.expect(
        "new>install installed>start started",
        "install config-changed start",
    );
    lab.settle();
    lab.expect("", "");
}
