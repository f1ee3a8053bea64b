//! The example `firmware` is killed in the middle of a download, reboots, and carries on.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "the helpers fail where something is amiss, and a process tells the test by printing"
)]

#[allow(dead_code, reason = "its `main` is this test")]
#[path = "../examples/firmware.rs"]
mod example;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use inflight::testing::{Process as Trial, crash_everywhere};

use example::{Device, firmware};

/// Holds the arguments of the example in the environment of its process.
const ARGUMENTS: &str = "INFLIGHT_TEST_FIRMWARE";

/// Stand around what the example prints, among what the harness of the tests does.
const BEGIN: &str = "-- begin";
const END: &str = "-- end";

/// The example in a process of its own; killed when dropped.
struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Process {
    fn start(folder: &Path, arguments: &str) -> Self {
        let mut child = Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                "it_carries_on",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(
                ARGUMENTS,
                format!("--folder {} {arguments}", folder.display()),
            )
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, output }
    }

    /// The lines that it prints, as it prints them.
    fn lines(&mut self) -> impl Iterator<Item = String> {
        let lines = self.output.by_ref().lines().map(Result::unwrap);
        lines
            .skip_while(|line| line != BEGIN)
            .skip(1)
            .take_while(|line| line != END)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Calls the example, which prints this until it ends.
fn check(folder: &Path, arguments: &str, expect: &[&str]) {
    let mut process = Process::start(folder, arguments);
    let lines: Vec<_> = process.lines().collect();
    assert_eq!(lines, expect, "{arguments}");
}

#[tokio::test]
async fn it_carries_on() {
    if let Ok(arguments) = env::var(ARGUMENTS) {
        let arguments: Vec<_> = arguments.split(' ').collect();
        println!("\n{BEGIN}");
        let went_well = example::run(&arguments).await.unwrap();
        println!("{}\n{END}", if went_well { "well" } else { "not well" });
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();

    // Two parts are there; the third would take an hour.
    fs::write(folder.join("v2.image"), "v2 0\nv2 1\n").unwrap();
    let mut killed = Process::start(folder, "--pace 3600 update v2");
    let held = "  2 of 10 parts are there";
    assert_eq!(killed.lines().next().as_deref(), Some(held));
    let status = ["idle", r#"in flight: update { release: "v2" }"#, "well"];
    check(folder, "status", &status);
    drop(killed);
    check(folder, "status", &status);

    let parts = (2..=10).map(|there| format!("  {there} of 10 parts are there"));
    let mut carried_on: Vec<_> = parts.collect();
    let steps = [
        "update: idle -> downloaded",
        "verify: downloaded -> verified",
    ];
    carried_on.extend(steps.map(str::to_owned));
    carried_on.push("well".to_owned());
    let carried_on: Vec<_> = carried_on.iter().map(String::as_str).collect();
    check(folder, "--pace 0 resume", &carried_on);

    let refused = "refused, and nothing is changed: \
                   `install` is refused in `verified` by the guard `charged`";
    check(folder, "--battery 20 install", &[refused, "not well"]);

    // Its action is interrupted, and the process ends.
    let rebooting = [
        "  rebooting",
        "install: verified, interrupted: the device reboots",
        "not well",
    ];
    check(folder, "install", &rebooting);
    let path = folder.join("v2.image");
    let verified = format!(r#"verified {{ path: {path:?}, release: "v2" }}"#);
    check(folder, "status", &[&verified, "in flight: install", "well"]);
    check(
        folder,
        "resume",
        &["install: verified -> installed", "well"],
    );
    check(
        folder,
        "status",
        &[r#"installed { release: "v2" }"#, "well"],
    );
}

#[tokio::test]
async fn a_failure_is_counted_and_tried_again() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let failed = [
        "update: idle, failed: nobody publishes `2`",
        "update_failed: idle -> download_error",
        "not well",
    ];
    check(folder, "update 2", &failed);
    let failed = [
        "retry_update: download_error, failed: nobody publishes `2`",
        "retry_failed: download_error -> download_error",
        "not well",
    ];
    check(folder, "retry", &failed);
    let status = r#"download_error { reason: "nobody publishes `2`", release: "2", tries: 2 }"#;
    check(folder, "status", &[status, "well"]);
}

/// The power fails at any moment of an update, and again while it carries on.
#[test]
fn wherever_the_power_fails_it_carries_on() {
    let tried = crash_everywhere(
        || {
            let place = tempfile::tempdir().unwrap();
            let parts: String = (0..9).map(|part| format!("v2 {part}\n")).collect();
            fs::write(place.path().join("v2.image"), parts).unwrap();
            place
        },
        async |process: Trial<_>| {
            let device = Device {
                folder: process.world().path().to_owned(),
                battery: 100,
                pace: Duration::from_secs(1),
            };
            let (store, options) = (process.store(), process.options());
            let workflow = firmware::Workflow::open_with(store, "device", device, options).await?;
            let mut device = workflow.lock().await;
            let mut outcome = device.synchronize().await?;
            if device.state().is_idle() {
                let release = "v2".to_owned();
                outcome = device
                    .fire(firmware::Transition::Update { release })
                    .await?;
            }
            if device.state().is_verified() && !outcome.is_interrupted() {
                outcome = device.fire(firmware::Transition::Install).await?;
            }
            if outcome.is_interrupted() {
                process.crash().await; // it reboots
            }
            Ok(())
        },
        |after| {
            let device = after.record::<firmware::Definition>("device").unwrap();
            assert!(device.state.is_installed(), "{:?}", device.state);
            let file = |name| fs::read_to_string(after.world().path().join(name)).unwrap();
            assert_eq!(file("running"), "v2");
            assert_eq!(file("v2.image").lines().count(), 10);
        },
    );
    assert!(tried.trials > 500, "{tried}");
}
