//! What operators are told who ask for what cannot be done, or where something is missing.

#![allow(
    clippy::unwrap_used,
    reason = "the helpers fail where something is amiss"
)]

mod command;
mod operator;
mod stores;

use std::fs;
#[cfg(unix)]
use std::path::Path;

use command::{Folder, shown};
use insta::assert_snapshot;
use operator::{command, demo, run, store};
use stores::Filled;

#[test]
fn what_cannot_be_done_is_told_with_what_can() {
    let folder = demo();
    assert_snapshot!(run(&folder, "fire state.db web/0 relaod port=1"), @"
    exit 2
    ---- stderr
    inflight: there is no transition or alias `relaod`
    help: did you mean `reload`?
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 mend"), @"
    exit 1
    ---- stderr
    inflight: `mend` cannot be fired in `started`
    help: it leaves `broken`; possible here: `reload`, `halt`, `restart`
    ");
    assert_snapshot!(run(&folder, "fire state.db db/1 again"), @"
    exit 1
    ---- stderr
    inflight: `install` is in flight, and an alias means something in a state
    help: fire the transition by its name: it waits until that is over
    ");
    assert_snapshot!(run(&folder, "fire state.db cache/1 again"), @"
    exit 1
    ---- stderr
    inflight: `again` is an alias, and means nothing in `stopped`
    help: it means `mend` in `broken`; nothing can be fired here: set the state
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 agian"), @"
    exit 2
    ---- stderr
    inflight: there is no transition or alias `agian`
    help: did you mean `again`?
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 install_failed"), @"
    exit 1
    ---- stderr
    inflight: `install_failed` cannot be fired in `started`
    help: it is fired when `install` fails; possible here: `reload`, `halt`, `restart`
    ");
    assert_snapshot!(run(&folder, "fire state.db web reload port=1"), @"
    exit 2
    ---- stderr
    inflight: there is no instance `web`
    help: did you mean `unit/web/0` or `unit/web/1`?
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 reload"), @"
    exit 2
    ---- stderr
    inflight: cannot fire `reload`: `port`, which is int, is missing: add port=INT, such as port=7
    help: `inflight show STORE INSTANCE` shows what it takes
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 reload port=eighty"), @"
    exit 2
    ---- stderr
    inflight: cannot fire `reload`: `port` is int, and `eighty` is none: write port=INT, such as port=7
    help: `inflight show STORE INSTANCE` shows what it takes
    ");
    assert_snapshot!(run(&folder, "fire state.db web/1 reload port=1"), @"
    exit 1
    ---- stderr
    inflight: `halt` is in flight
    help: retry, skip or abandon it first
    ");
    assert_snapshot!(run(&folder, "retry state.db web/0"), @"
    exit 1
    ---- stderr
    inflight: `unit/web/0` has nothing in flight
    help: fire a transition, or set the state
    ");
    assert_snapshot!(run(&folder, "set-state state.db web/0 startd port=1 --reason x"), @"
    exit 2
    ---- stderr
    inflight: there is no state `startd`
    help: did you mean `started`?
    ");
    assert_snapshot!(run(&folder, "set-state state.db web/0 started prt=1 --reason x"), @"
    exit 2
    ---- stderr
    inflight: cannot set `started`: there is no `prt`: did you mean `port`?
    help: `inflight set-state --help` says how values are written
    ");
    assert_snapshot!(run(&folder, "retry state.db nothing/*"), @"
    exit 2
    ---- stderr
    inflight: there is no instance that fits `nothing/*`
    help: `inflight list STORE` lists them
    ");
    let missing = run(&folder, "set-state state.db web/0 stopped");
    assert!(
        missing.starts_with("exit 2") && missing.contains("--reason <TEXT>"),
        "{missing}"
    );
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let folder = demo();
    assert_snapshot!(run(&folder, "show state.db web/O"), @"
    exit 2
    ---- stderr
    inflight: there is no instance `web/O`
    help: did you mean `web/0`?
    ");
    assert_snapshot!(run(&folder, "show state.db WEB"), @"
    exit 2
    ---- stderr
    inflight: there is no instance `WEB`
    help: did you mean `unit/web/0` or `unit/web/1`?
    ");
    assert_snapshot!(run(&folder, "show state.db everything"), @"
    exit 2
    ---- stderr
    inflight: there is no instance `everything`
    help: `inflight list STORE` lists them
    ");
    assert_snapshot!(run(&folder, "list --workflow units state.db"), @"
    exit 2
    ---- stderr
    inflight: the store has no instance of a workflow `units`
    help: did you mean `unit`?
    ");
    assert_snapshot!(run(&folder, "list --state startd state.db"), @"
    exit 2
    ---- stderr
    inflight: no workflow of the store has a state `startd`
    help: did you mean `started`?
    ");
    assert_snapshot!(run(&folder, "watch --state gone state.db"), @"
    exit 2
    ---- stderr
    inflight: no workflow of the store has a state `gone`
    help: there is `broken`, `new`, `restarting`, `started`, `stopped`
    ");
    assert_snapshot!(run(&folder, "retry state.db web/* --state startd"), @"
    exit 2
    ---- stderr
    inflight: no workflow of the store has a state `startd`
    help: did you mean `started`?
    ");
}

#[test]
fn a_store_is_found_that_is_near_what_was_named() {
    let folder = demo();
    assert_snapshot!(run(&folder, "list states.db"), @"
    exit 2
    ---- stderr
    inflight: there is no store at `states.db`
    help: did you mean `state.db`?
    ");
    assert_snapshot!(run(&folder, "list nowhere/state.db"), @"
    exit 2
    ---- stderr
    inflight: there is no store at `nowhere/state.db`
    help: name the file or folder that your program opens, such as `state.db`
    ");
    let inside = |told: String| told.replace(&folder.path().display().to_string(), "HERE");
    fs::write(folder.path().join("text"), "this is no store at all").unwrap();
    assert_snapshot!(inside(run(&folder, "list text")), @"
    exit 2
    ---- stderr
    inflight: `HERE/text` is not a store: file is not a database
    help: did you mean `HERE/state.db`?
    ");
    assert_snapshot!(inside(run(&folder, "verify text")), @"
    exit 2
    ---- stderr
    inflight: `HERE/text` is not a store: file is not a database
    help: did you mean `HERE/state.db`?
    ");
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert_snapshot!(inside(run(&folder, "list empty")), @"
    exit 2
    ---- stderr
    inflight: there is no store at `HERE/empty`
    help: did you mean `HERE/state.db`?
    ");
    assert_snapshot!(inside(run(&folder, "compact empty")), @"
    exit 2
    ---- stderr
    inflight: there is no store at `HERE/empty`
    help: did you mean `HERE/state.db`?
    ");
    assert_eq!(
        fs::read_dir(folder.path().join("empty")).unwrap().count(),
        0
    );
    let journal = Filled::journal(&folder.path().join("journal"));
    journal.fill();
    journal.close();
    assert_snapshot!(inside(run(&folder, "list .")), @"
    exit 2
    ---- stderr
    inflight: `HERE` is not a store: the folder holds `empty`
    help: there is `HERE/journal`, `HERE/state.db`
    ");
}

#[test]
fn programs_are_told_in_json_what_is_wrong() {
    let folder = demo();
    assert_snapshot!(run(&folder, "show --json state.db web/O"), @r#"
    exit 2
    ---- stderr
    {"error":"there is no instance `web/O`","help":"did you mean `web/0`?","because":[]}
    "#);
    assert_snapshot!(run(&folder, "fire --json state.db web/0 mend"), @r#"
    exit 1
    ---- stderr
    {"error":"`mend` cannot be fired in `started`","help":"it leaves `broken`; possible here: `reload`, `halt`, `restart`","because":[]}
    "#);
    assert_snapshot!(run(&folder, "list --json --older never state.db"), @r#"
    exit 2
    ---- stderr
    {"error":"invalid value 'never' for '--older <AGE>': expected number at 0","help":"For more information, try '--help'.","because":[]}
    "#);
    assert_snapshot!(run(&folder, "compact --json states.db"), @r#"
    exit 2
    ---- stderr
    {"error":"there is no store at `states.db`","help":"did you mean `state.db`?","because":[]}
    "#);
}

#[test]
fn an_owner_keeps_others_from_compacting() {
    let folder = demo();
    let owner = Filled::new(&store(&folder));
    let told = run(&folder, "compact state.db");
    let (before, after) = told.split_once(", since ").unwrap();
    let (_, help) = after.split_once('\n').unwrap();
    let before = before.replace(&folder.path().display().to_string(), "HERE");
    assert_snapshot!(format!("{before} ..\n{help}"), @"
    exit 1
    ---- stderr
    inflight: `HERE/state.db` is owned by `unit-agent` (pid PID ..
    help: stop that process, then try again
    ");
    owner.close();
}

/// A user without rights, also where the tests are run by one who has them all.
#[cfg(unix)]
fn run_without_rights(folder: &Folder, arguments: &str) -> String {
    use std::os::unix::fs::MetadataExt as _;
    use std::os::unix::process::CommandExt as _;

    let mut command = command(folder, arguments);
    if fs::metadata(folder.path()).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    let told = shown(&command.output().unwrap());
    told.replace(&folder.path().display().to_string(), "HERE")
}

/// Lets everybody do this with a file or folder.
#[cfg(unix)]
fn allow(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn whoever_has_no_rights_is_told_of_what_and_whose_they_need() {
    let folder = demo();
    let (folder_path, file) = (folder.path().to_owned(), store(&folder));
    allow(&file, 0o000);
    allow(&folder_path, 0o555);
    assert_snapshot!(run_without_rights(&folder, "list state.db"), @"
    exit 2
    ---- stderr
    inflight: no permission to read `state.db`
    help: run this as the user whose program owns the store, with `sudo -u USER`: it needs to write beside the store too
    ");
    allow(&file, 0o444);
    assert_snapshot!(run_without_rights(&folder, "abandon state.db web/1"), @"
    exit 2
    ---- stderr
    inflight: cannot lock `HERE/state.db.opening`
    help: run this as the user whose program owns the store, with `sudo -u USER`: it needs to write beside the store too
    because: Permission denied (os error 13)
    ");
    assert_snapshot!(run_without_rights(&folder, "fire state.db web/0 halt"), @"
    exit 2
    ---- stderr
    inflight: cannot create `HERE/state.db.requests`
    help: run this as the user whose program owns the store, with `sudo -u USER`: it needs to write beside the store too
    because: Permission denied (os error 13)
    ");
    assert_snapshot!(run_without_rights(&folder, "compact --json state.db"), @r#"
    exit 2
    ---- stderr
    {"error":"cannot lock `HERE/state.db.opening`","help":"run this as the user whose program owns the store, with `sudo -u USER`: it needs to write beside the store too","because":["Permission denied (os error 13)"]}
    "#);
    allow(&folder_path, 0o755);
}
