//! Every row of the unit's table: what it runs, what it writes, where it ends.

use crate::lab::{Charm, Lab, UNIT_HOOKS};

/// The requests that lead out of an error state.
const RESOLVED: &[&str] = &["resolved"];
const RETRY_HOOKS: &[&str] = &["resolved", "--retry-hooks"];

/// A row: the unit is `before`, `hook` fails during `request`, and the way out.
struct Row {
    name: &'static str,
    request: &'static [&'static str],
    hook: &'static str,
    error: &'static str,
    target: &'static str,
    /// History and hooks when `hook` fails.
    failed: (&'static str, &'static str),
    /// History and hooks of `resolved`.
    resolved: (&'static str, &'static str),
    /// History and hooks of `resolved --retry-hooks`, mended.
    retried: (&'static str, &'static str),
    /// History and hooks of `resolved --retry-hooks`, not mended.
    still: (&'static str, &'static str),
}

impl Row {
    /// A unit in the row's error state.
    fn broken(&self) -> Lab {
        let lab = if self.request.is_empty() {
            Lab::new()
        } else {
            let lab = Lab::started();
            lab.request(self.request);
            lab
        };
        lab.fail(self.hook, 37);
        lab.settle();
        lab.expect(self.failed.0, self.failed.1);
        self.expect_error(&lab);
        lab
    }

    fn expect_error(&self, lab: &Lab) {
        let status = lab.status();
        assert_eq!(status["state"], self.error, "{}", self.name);
        let variables = status["variables"].to_string();
        for part in [self.hook, "37", "lost its way", "cannot go on"] {
            assert!(variables.contains(part), "no `{part}` in {variables}");
        }
        assert_eq!(
            lab.history().last().unwrap().0["variables"],
            status["variables"]
        );
    }

    fn check(&self) {
        let resolved = self.broken();
        resolved.request(RESOLVED);
        resolved.settle();
        resolved.expect(self.resolved.0, self.resolved.1);
        self.expect_target(&resolved);

        let retried = self.broken();
        retried.request(RETRY_HOOKS);
        retried.settle();
        retried.expect(self.still.0, self.still.1);
        self.expect_error(&retried);
        retried.mend(self.hook);
        retried.request(RETRY_HOOKS);
        retried.settle();
        retried.expect(self.retried.0, self.retried.1);
        self.expect_target(&retried);
    }

    fn expect_target(&self, lab: &Lab) {
        let status = lab.status();
        assert_eq!(status["state"], self.target, "{}", self.name);
        assert!(status["inflight"].is_null());
        // Only the error states have variables.
        assert!(
            lab.history().last().unwrap().0["variables"]
                .as_object()
                .is_none_or(|it| it.is_empty())
        );
    }
}

#[test]
fn an_ordinary_life() {
    let lab = Lab::new();
    lab.settle();
    lab.expect(
        "new>install installed>start started",
        "install config-changed start",
    );
    assert_eq!(lab.state(), "started");
    lab.settle();
    lab.expect("", "");
    lab.request(&["stop"]);
    lab.settle();
    lab.expect("started>stop stopped", "stop");
    assert_eq!(lab.state(), "stopped");
    lab.settle();
    lab.expect("", "");
}

#[test]
fn install() {
    Row {
        name: "install",
        request: &[],
        hook: "install",
        error: "install_error",
        target: "started",
        failed: ("new>install new>error_install install_error", "install"),
        resolved: (
            "install_error>retry_install installed>start started",
            "config-changed start",
        ),
        retried: (
            "install_error>retry_install_hook installed>start started",
            "install config-changed start",
        ),
        still: ("install_error>retry_install_hook install_error", "install"),
    }
    .check();
}

#[test]
fn start() {
    Row {
        name: "start",
        request: &[],
        hook: "start",
        error: "start_error",
        target: "started",
        failed: (
            "new>install installed>start installed>error_start start_error",
            "install config-changed start",
        ),
        resolved: ("start_error>retry_start started", ""),
        retried: (
            "start_error>retry_start_hook started",
            "config-changed start",
        ),
        still: (
            "start_error>retry_start_hook start_error",
            "config-changed start",
        ),
    }
    .check();
}

#[test]
fn start_with_a_failing_config_changed() {
    Row {
        name: "start",
        request: &[],
        hook: "config-changed",
        error: "start_error",
        target: "started",
        failed: (
            "new>install installed>start installed>error_start start_error",
            "install config-changed",
        ),
        resolved: ("start_error>retry_start started", ""),
        retried: (
            "start_error>retry_start_hook started",
            "config-changed start",
        ),
        still: ("start_error>retry_start_hook start_error", "config-changed"),
    }
    .check();
}

#[test]
fn stop() {
    Row {
        name: "stop",
        request: &["stop"],
        hook: "stop",
        error: "stop_error",
        target: "stopped",
        failed: ("started>stop started>error_stop stop_error", "stop"),
        resolved: ("stop_error>retry_stop stopped", ""),
        retried: ("stop_error>retry_stop_hook stopped", "stop"),
        still: ("stop_error>retry_stop_hook stop_error", "stop"),
    }
    .check();
}

#[test]
fn configure() {
    Row {
        name: "configure",
        request: &["configure", "title=home"],
        hook: "config-changed",
        error: "configure_error",
        target: "started",
        failed: (
            "started>configure started>error_configure configure_error",
            "config-changed",
        ),
        resolved: ("configure_error>retry_configure started", ""),
        retried: ("configure_error>retry_configure_hook started", "config-changed"),
        still: (
            "configure_error>retry_configure_hook configure_error>error_retry_configure configure_error",
            "config-changed",
        ),
    }
    .check();
}

#[test]
fn a_missing_hook_is_skipped() {
    let charm = UNIT_HOOKS
        .into_iter()
        .fold(Charm::revision(1), Charm::without);
    let lab = Lab::with(charm);
    lab.settle();
    lab.request(&["configure", "title=home"]);
    lab.upgrade("charm");
    lab.request(&["stop"]);
    lab.settle();
    lab.expect(
        "new>install installed>start started \
         started>configure started \
         started>upgrade_charm started \
         started>stop stopped",
        "",
    );
}

#[test]
fn a_charm_without_configuration_or_new_line_is_fine() {
    let lab = Lab::with(Charm::revision(1).bare());
    lab.settle();
    lab.expect(
        "new>install installed>start started",
        "install config-changed start",
    );
}

#[test]
fn an_error_state_keeps_the_end_of_a_long_output() {
    let lab = Lab::new();
    lab.noise("install");
    lab.fail("install", 37);
    lab.settle();
    lab.expect("new>install new>error_install install_error", "install");
    let variables = lab.status()["variables"].to_string();
    for part in [
        "install",
        "37",
        "line 3999 of a long story",
        "lost its way",
        "cannot go on",
    ] {
        assert!(variables.contains(part), "no `{part}` in {variables}");
    }
}

#[test]
fn a_noisy_hook_is_not_held_up() {
    let lab = Lab::new();
    for hook in UNIT_HOOKS {
        lab.noise(hook);
    }
    lab.settle();
    lab.expect(
        "new>install installed>start started",
        "install config-changed start",
    );
}

#[test]
fn a_hook_that_is_no_program_has_failed() {
    let lab = Lab::with(
        Charm::revision(1)
            .without("start")
            .file("hooks/start", "no program\n"),
    );
    lab.settle();
    assert_eq!(lab.state(), "start_error");
    assert!(lab.status()["variables"].to_string().contains("start"));
}

#[test]
fn a_failure_keeps_its_exit_code() {
    for code in [1, 99, 255] {
        let lab = Lab::new();
        lab.fail("install", code);
        lab.settle();
        let variables = lab.status()["variables"].to_string();
        assert!(
            variables.contains(&code.to_string()),
            "no {code} in {variables}"
        );
    }
}

#[test]
fn hooks_inherit_the_path() {
    let lab = Lab::started();
    for run in lab.runs() {
        assert_eq!(run.path, std::env::var("PATH").unwrap(), "{}", run.hook);
    }
}

#[test]
fn later_runs_use_the_copy_of_the_charm() {
    let lab = Lab::started();
    lab.charm("charm", Charm::revision(9));
    lab.request(&["configure", "title=home"]);
    lab.settle();
    let run = lab.last("config-changed");
    assert_eq!(run.told("label"), "r1");
    assert!(run.charm().starts_with(lab.data()), "{run:?}");
}

#[test]
fn history_is_one_object_a_line() {
    let lab = Lab::broken(
        "config-changed",
        &["configure", "title=home"],
        "configure_error",
    );
    let history = lab.history();
    assert_eq!(history[0].to_string(), "new>install");
    for record in &history {
        let object = record.0.as_object().unwrap();
        for field in ["state", "variables", "inflight"] {
            assert!(object.contains_key(field), "no `{field}` in {object:?}");
        }
    }
}
