use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command as Program;

use super::*;

struct Charm {
    _folder: tempfile::TempDir,
    data: DataFolder,
    hooks: Hooks,
    end: watch::Sender<bool>,
}

impl Charm {
    /// A charm with one hook, whose script runs in the charm's folder.
    fn with(hook: &str, script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::at(folder.path()).unwrap();
        let file = data.charm().join("hooks").join(hook);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(data.charm().join("metadata.yaml"), "name: page").unwrap();
        fs::write(data.charm().join("revision"), "1").unwrap();
        fs::write(data.charm().join("config.yaml"), "options: {port: 80}").unwrap();
        let (end, ending) = watch::channel(false);
        let hooks = Hooks::new(data.clone(), "page/0", ending);
        Self {
            _folder: folder,
            data,
            hooks,
            end,
        }
    }

    async fn run(&self, name: &str) -> Result<Ran, HookError> {
        let hook = match name.strip_prefix("db-relation-") {
            None => Hook::of_unit(name),
            Some(what) => {
                let settings = Values::from([("host".into(), "a".into())]);
                let about = AboutRelation {
                    name: "db".into(),
                    id: "db:1".into(),
                    remote: "mysql/0".into(),
                    settings: BTreeMap::from([("mysql/0".into(), settings)]),
                };
                Hook::of_relation(what, about)
            }
        };
        let slot = self.hooks.slot().await;
        self.hooks.run(&slot, hook).await
    }

    fn fifo(&self) -> PathBuf {
        let fifo = self.data.charm().join("fifo");
        assert!(
            Program::new("mkfifo")
                .arg(&fifo)
                .status()
                .unwrap()
                .success()
        );
        fifo
    }
}

#[tokio::test]
async fn a_hook_is_told_what_it_is_about() {
    let check = async |hook: &str, expect: &[&str]| {
        let variables =
            "$JUJU_UNIT_NAME,$CHARM_DIR,$PWD,$JUJU_RELATION,$JUJU_RELATION_ID,$JUJU_REMOTE_UNIT";
        let script = format!("echo {variables}; cat $CONFIG_FILE $RELATION_FILE; exit 1");
        let charm = Charm::with(hook, &script);
        let HookError::Failed(failure) = charm.run(hook).await.unwrap_err() else {
            panic!("it should fail")
        };
        let folder = charm.data.charm().display().to_string();
        let output = failure
            .output
            .replace(&folder, "CHARM")
            .replace([' ', '\n'], "");
        assert_eq!(output, expect.concat());
    };
    check("install", &["page/0,CHARM,CHARM,,,", r#"{"port":80}"#]).await;
    check(
        "db-relation-changed",
        &[
            "page/0,CHARM,CHARM,db,db:1,mysql/0",
            r#"{"port":80}"#,
            r#"{"mysql/0":{"host":"a"}}"#,
        ],
    )
    .await;
}

#[tokio::test]
async fn a_hook_ends_in_one_of_these_ways() {
    let check = async |script: &str, expect: Result<Ran, &str>| {
        let charm = Charm::with("start", script);
        let found = charm.run("start").await.map_err(|error| error.to_string());
        assert_eq!(found, expect.map_err(str::to_owned), "{script}");
        assert!(!charm.data.running_hook().exists());
    };
    check("exit 0", Ok(Ran::Completed)).await;
    check("exit 3", Err("hook `start` failed with exit code 3")).await;
    check(
        "echo out; echo err >&2; exit 1",
        Err("hook `start` failed with exit code 1:\nout\nerr"),
    )
    .await;
    check("kill -9 $$", Err("hook `start` failed with signal 9")).await;
    check(
        "read -r line || exit 4",
        Err("hook `start` failed with exit code 4"),
    )
    .await;
}

#[tokio::test]
async fn a_missing_hook_is_skipped() {
    let charm = Charm::with("start", "exit 1");
    assert_eq!(charm.run("stop").await.unwrap(), Ran::Missing);
}

#[tokio::test]
async fn a_hook_that_is_not_executable_fails() {
    let charm = Charm::with("start", "exit 0");
    let file = charm.data.charm().join("hooks/start");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let error = charm.run("start").await.unwrap_err().to_string();
    assert!(error.contains("exit code 126"), "{error}");
}

#[tokio::test]
async fn only_the_end_of_a_long_output_is_kept() {
    let script = "i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done; exit 1";
    let charm = Charm::with("start", script);
    let error = charm.run("start").await.unwrap_err().to_string();
    assert!(error.len() < 2200 && error.ends_with("line 499"), "{error}");
    assert!(error.contains("exit code 1:\nline "), "{error}");
}

#[tokio::test]
async fn what_a_hook_leaves_running_lives_on() {
    let charm = Charm::with("start", "sleep 600 & echo $! > pid");
    charm.run("start").await.unwrap();
    Hooks::end_leftover(&charm.data).unwrap();
    let pid = fs::read_to_string(charm.data.charm().join("pid")).unwrap();
    assert!(
        Program::new("kill")
            .arg(pid.trim())
            .status()
            .unwrap()
            .success()
    );
}

#[tokio::test]
async fn an_agent_that_ends_takes_the_hook_with_it() {
    for script in [
        "echo > fifo; sleep 600",
        "trap '' TERM; echo > fifo; while :; do sleep 600; done",
    ] {
        let charm = Charm::with("start", &format!("{script} & wait"));
        let fifo = charm.fifo();
        let begun = tokio::task::spawn_blocking(move || fs::read(fifo).unwrap());
        let end = async {
            begun.await.unwrap();
            let hook: RunningHook = durable::read_json(&charm.data.running_hook())
                .unwrap()
                .unwrap();
            charm.end.send(true).unwrap();
            hook
        };
        let (result, hook) = tokio::join!(charm.run("start"), end);
        assert!(matches!(result, Err(HookError::Interrupted)), "{result:?}");
        assert!(hook.group().unwrap().is_none());
        assert!(!charm.data.running_hook().exists());
        assert!(matches!(
            charm.run("start").await,
            Err(HookError::Interrupted)
        ));
    }
}

#[tokio::test]
async fn a_hook_that_outlives_its_agent_is_ended_by_the_next() {
    let charm = Charm::with("start", "echo > fifo; sleep 600");
    let fifo = charm.fifo();
    let hooks = Hooks::new(charm.data.clone(), "page/0", charm.hooks.ending.clone());
    let agent = tokio::spawn(async move {
        let slot = hooks.slot().await;
        hooks.run(&slot, Hook::of_unit("start")).await
    });
    tokio::task::spawn_blocking(move || fs::read(fifo).unwrap())
        .await
        .unwrap();
    agent.abort();
    assert!(agent.await.unwrap_err().is_cancelled());

    let hook: RunningHook = durable::read_json(&charm.data.running_hook())
        .unwrap()
        .unwrap();
    assert!(hook.group().unwrap().is_some());
    Hooks::end_leftover(&charm.data).unwrap();
    assert!(hook.group().unwrap().is_none());
    assert!(!charm.data.running_hook().exists());
}

#[test]
fn what_is_left_of_a_hook_whose_own_process_has_gone_is_ended() {
    for (token, ended) in [("token", true), ("another", false)] {
        let charm = Charm::with("start", "");
        let mut leader = Program::new("/bin/sh")
            .args(["-c", "sleep 600 & echo $! > pid; read -r _"])
            .current_dir(charm.data.charm())
            .env(process::TOKEN, "token")
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn()
            .unwrap();
        let group = Group::led_by(Some(leader.id()), &charm.data.running_hook()).unwrap();
        let hook = RunningHook::new("start", token.into(), group).unwrap();
        durable::write_json(&charm.data.running_hook(), &hook).unwrap();
        leader.stdin.as_mut().unwrap().write_all(b"go\n").unwrap();
        leader.wait().unwrap();

        Hooks::end_leftover(&charm.data).unwrap();
        let left = fs::read_to_string(charm.data.charm().join("pid")).unwrap();
        let stat = fs::read_to_string(format!("/proc/{}/stat", left.trim()));
        assert_eq!(stat.is_ok_and(|stat| !stat.contains(") Z ")), !ended);
        if !ended {
            Program::new("kill").arg(left.trim()).status().unwrap();
        }
    }
}

#[tokio::test]
async fn another_process_with_the_same_number_is_left_alone() {
    let mut other = Program::new("sleep")
        .arg("600")
        .process_group(0)
        .spawn()
        .unwrap();
    let charm = Charm::with("start", "");
    let group = Group::led_by(Some(other.id()), &charm.data.running_hook()).unwrap();
    let hook = RunningHook::new("start", "token".into(), group).unwrap();
    let mut hook = serde_json::to_value(hook).unwrap();
    hook["started"] = 1.into();
    durable::write_json(&charm.data.running_hook(), &hook).unwrap();
    Hooks::end_leftover(&charm.data).unwrap();
    assert!(other.try_wait().unwrap().is_none());
    assert!(!charm.data.running_hook().exists());
    other.kill().unwrap();
    other.wait().unwrap();
}

#[test]
fn a_launched_shell_whose_agent_dies_runs_nothing() {
    let charm = Charm::with("start", "touch ran");
    let mut shell = Program::new("/bin/sh")
        .args(["-c", LAUNCH])
        .arg(charm.data.charm().join("hooks/start"))
        .current_dir(charm.data.charm())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    drop(shell.stdin.take());
    assert!(!shell.wait().unwrap().success());
    assert!(!charm.data.charm().join("ran").exists());
}
