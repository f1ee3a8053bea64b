use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use inflight::store::MemoryStore;
use tokio::sync::watch;

use super::*;
use crate::workflow::unit::{Alias, Transition, Workflow};

/// A unit of a charm whose hooks write their names down, and fail while there is a file
/// `HOOK.fails`.
struct Fixture {
    folder: tempfile::TempDir,
    data: DataFolder,
    store: MemoryStore,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(&folder.path().join("data")).unwrap();
        data.create().unwrap();
        let fixture = Self {
            folder,
            data,
            store: MemoryStore::new(),
        };
        fixture.make_charm(1);
        bring_in(&fixture.data, &fixture.charm(1), None).unwrap();
        fixture
    }

    fn charm(&self, revision: u64) -> PathBuf {
        self.folder.path().join(format!("revision-{revision}"))
    }

    fn make_charm(&self, revision: u64) {
        let (here, charm) = (self.folder.path(), self.charm(revision));
        fs::create_dir_all(charm.join("hooks")).unwrap();
        fs::write(charm.join("metadata.yaml"), "name: page").unwrap();
        fs::write(charm.join("revision"), revision.to_string()).unwrap();
        for hook in [
            "install",
            "config-changed",
            "start",
            "stop",
            "upgrade-charm",
        ] {
            let here = here.display();
            let script =
                format!("#!/bin/sh\ncd {here}\necho {hook} >> hooks\n! [ -e {hook}.fails ]\n");
            let file = charm.join("hooks").join(hook);
            fs::write(&file, script).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
    }

    /// Opens the unit as an agent of its own, which may be about to end.
    async fn open(&self, ending: bool) -> Workflow<Unit> {
        let (_end, ending) = watch::channel(ending);
        let hooks = Hooks::new(self.data.clone(), "page/0", ending);
        let unit = Unit::new(
            self.data.clone(),
            "page/0",
            Arc::new(hooks),
            Running::default(),
        );
        Workflow::open(self.store.clone(), "page/0", unit)
            .await
            .unwrap()
    }

    async fn step(&self, step: &str, ending: bool) {
        let workflow = self.open(ending).await;
        let mut unit = workflow.lock().await;
        let upgrade = |revision: u64| Transition::UpgradeCharm {
            charm: self.charm(revision).display().to_string(),
        };
        let result = match step {
            "sync" => unit.synchronize().await,
            "retry" => unit.fire_alias(Alias::Retry).await,
            "retry_hook" => unit.fire_alias(Alias::RetryHook).await,
            "stop" => unit.fire(Transition::Stop).await,
            "configure" => unit.fire(Transition::Configure).await,
            "upgrade-1" => unit.fire(upgrade(1)).await,
            _ => unit.fire(upgrade(2)).await,
        };
        let _ = result.unwrap();
    }

    /// What ran since this was last asked.
    fn hooks(&self) -> String {
        let file = self.folder.path().join("hooks");
        let hooks = fs::read_to_string(&file).unwrap_or_default();
        let _ = fs::remove_file(file);
        hooks.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Takes steps. `!HOOK` breaks a hook and `+HOOK` mends it, `charm-2` writes a charm of
/// revision 2, and a step that ends in `!` is taken by an agent that is about to end.
async fn check(steps: &str, hooks: &[&str], state: &str) {
    let fixture = Fixture::new();
    let mut ran = Vec::new();
    for step in steps.split_whitespace() {
        let fails = |hook: &str| fixture.folder.path().join(format!("{hook}.fails"));
        if let Some(hook) = step.strip_prefix('!') {
            fs::write(fails(hook), "").unwrap();
        } else if let Some(hook) = step.strip_prefix('+') {
            fs::remove_file(fails(hook)).unwrap();
        } else if step == "charm-2" {
            fixture.make_charm(2);
        } else {
            fixture
                .step(step.trim_end_matches('!'), step.ends_with('!'))
                .await;
            ran.push(fixture.hooks());
        }
    }
    assert_eq!(ran, hooks, "{steps}");
    let found = fixture.open(false).await.state().name();
    assert_eq!(found.as_str(), state, "{steps}");
}

#[tokio::test]
async fn a_unit_installs_and_starts() {
    let all = "install config-changed start";
    check("sync", &[all], "started").await;
    check("!install sync", &["install"], "install_error").await;
    let rest = "config-changed start";
    check("!install sync retry", &["install", rest], "started").await;
    check(
        "!install sync retry_hook",
        &["install", "install"],
        "install_error",
    )
    .await;
    check(
        "!install sync +install retry_hook",
        &["install", all],
        "started",
    )
    .await;
    let upto = "install config-changed";
    check("!config-changed sync", &[upto], "start_error").await;
    check("!start sync retry", &[all, ""], "started").await;
    check("!start sync retry_hook", &[all, rest], "start_error").await;
    check("!start sync +start retry_hook", &[all, rest], "started").await;
}

#[tokio::test]
async fn a_unit_stops_and_is_configured() {
    let all = "install config-changed start";
    check("sync stop", &[all, "stop"], "stopped").await;
    check("!stop sync stop", &[all, "stop"], "stop_error").await;
    check("!stop sync stop retry", &[all, "stop", ""], "stopped").await;
    check(
        "!stop sync stop retry_hook",
        &[all, "stop", "stop"],
        "stop_error",
    )
    .await;
    check(
        "!stop sync stop +stop retry_hook",
        &[all, "stop", "stop"],
        "stopped",
    )
    .await;

    let config = "config-changed";
    check("sync configure", &[all, config], "started").await;
    check(
        "sync !config-changed configure",
        &[all, config],
        "configure_error",
    )
    .await;
    let failed = "sync !config-changed configure";
    check(&format!("{failed} retry"), &[all, config, ""], "started").await;
    let twice = [all, config, config];
    check(&format!("{failed} retry_hook"), &twice, "configure_error").await;
    check(
        &format!("{failed} +config-changed retry_hook"),
        &twice,
        "started",
    )
    .await;
}

#[tokio::test]
async fn a_unit_is_upgraded() {
    let all = "install config-changed start";
    let up = "upgrade-charm";
    check("sync charm-2 upgrade", &[all, up], "started").await;
    check("sync upgrade-1", &[all, up], "started").await;
    check("sync upgrade", &[all, ""], "charm_upgrade_error").await;

    let failed = "sync charm-2 !upgrade-charm upgrade";
    check(failed, &[all, up], "charm_upgrade_error").await;
    check(&format!("{failed} retry"), &[all, up, ""], "started").await;
    check(
        &format!("{failed} retry_hook"),
        &[all, up, up],
        "charm_upgrade_error",
    )
    .await;
    check(
        &format!("{failed} +upgrade-charm retry_hook"),
        &[all, up, up],
        "started",
    )
    .await;
}

/// Without hooks, upgrade-charm runs if this execution has replaced the files.
#[tokio::test]
async fn a_retry_that_replaces_the_files_runs_the_hook() {
    let all = "install config-changed start";
    let up = "upgrade-charm";
    check("sync upgrade charm-2 retry", &[all, "", up], "started").await;
    let ended = "sync upgrade charm-2 retry!";
    check(ended, &[all, "", ""], "charm_upgrade_error").await;
    check(&format!("{ended} sync"), &[all, "", "", up], "started").await;
    let failed = format!("!upgrade-charm {ended} sync");
    check(&failed, &[all, "", "", up], "charm_upgrade_error").await;
    check(
        &format!("{failed} retry"),
        &[all, "", "", up, ""],
        "started",
    )
    .await;
}

#[tokio::test]
async fn an_agent_that_ends_leaves_the_hook_to_the_next() {
    let all = "install config-changed start";
    check("sync!", &[""], "new").await;
    check("sync! sync", &["", all], "started").await;
    check("sync stop! sync", &[all, "", "stop"], "stopped").await;
}
