//! `inflight fire`, `retry`, `skip`, `abandon` and `set-state`, `verify` and `compact`, as an
//! operator meets them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

mod command;
mod owner;
mod stores;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use command::{Folder, shown};
use inflight::request::RequestQueue;
use insta::assert_snapshot;
use owner::Program;
use serde_json::json;
use stores::Filled;

/// A folder with a store that nobody owns, with an instance in each condition.
fn demo() -> Folder {
    let folder = Folder::new::<&str>(&[]);
    Filled::demo(&store(&folder)).close();
    folder
}

fn store(folder: &Folder) -> PathBuf {
    folder.path().join("state.db")
}

/// The command with these arguments, for which blanks within quotes are none.
fn command(folder: &Folder, arguments: &str) -> Command {
    let mut command = folder.command("x");
    let mut built = Command::new(command.get_program());
    built.current_dir(folder.path()).env("USER", "oncall");
    built.env_remove("SUDO_USER");
    for (number, part) in arguments.split('\'').enumerate() {
        match number % 2 {
            0 => built.args(part.split_whitespace()),
            _ => built.arg(part),
        };
    }
    command = built;
    command
}

/// What the command did, ids of requests as `ID`, moments as `THEN`.
fn run(folder: &Folder, arguments: &str) -> String {
    let text = shown(&command(folder, arguments).output().unwrap());
    let words = text.split_inclusive(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
    words
        .map(|word| {
            let id = word.trim_end_matches(|letter: char| !letter.is_ascii_hexdigit());
            match id.len() == 36 && id.matches('-').count() == 4 {
                true => word.replace(id, "ID"),
                false => word.to_owned(),
            }
        })
        .collect()
}

/// The last line of a history, without its moment.
fn last(folder: &Folder, instance: &str) -> String {
    let told = run(
        folder,
        &format!("history --last 1 --json state.db {instance}"),
    );
    let line = told.lines().nth(1).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let told = line["told"].as_str().unwrap();
    format!("{}: {told}", line["state"].as_str().unwrap())
}

#[test]
fn what_needs_no_code_is_done_at_once_where_nobody_owns_the_store() {
    let folder = demo();
    let because = "--reason 'the disk is back'";
    assert_snapshot!(run(&folder, &format!("retry state.db web/1 {because}")), @"
    exit 0
    unit/web/1: to be run again when the program next opens it, now started
    ---- stderr
    ");
    assert_snapshot!(last(&folder, "web/1"), @"started: an operator had halt run again: the disk is back (oncall, request ID)");
    assert_snapshot!(run(&folder, "abandon state.db cache/0"), @"
    exit 0
    unit/cache/0: abandoned, now started
    ---- stderr
    ");
    assert_snapshot!(last(&folder, "cache/0"), @"started: an operator gave halt up: oncall, request ID");
    assert_snapshot!(run(&folder, &format!("set-state state.db db/0 started port=5432 {because}")), @"
    exit 0
    unit/db/0: set, now started
    ---- stderr
    ");
    assert_snapshot!(last(&folder, "db/0"), @"started: an operator set the state: the disk is back (oncall, request ID)");
    assert_snapshot!(folder.run("list --older 2min state.db"), @"
    exit 0
    INSTANCE      STATE    FOR     CONDITION         CAUSE
    unit/db/1     new      10 min  failing: install  attempt 2 in 1 h, after: the port is taken
    unit/cache/0  started  3 min
    unit/cache/1  stopped  2 d     final
    unit/web/0    started  2 h
    unit/web/1    started  2 h     running: halt     to be run again
    5 instances: 1 failing, 1 running, 2 resting, 1 final
    ---- stderr
    ");
    assert_snapshot!(folder.run("verify state.db"), @"
    exit 0
    6 instances, 17 records: all is well
    ---- stderr
    ");
}

/// A retry is no interruption: what was parked is run once more, and is not parked again.
#[test]
fn what_is_to_be_retried_is_run_when_the_program_comes_back() {
    let folder = demo();
    run(&folder, "retry state.db web/1");
    drop(Program::start(&store(&folder)));
    assert_snapshot!(last(&folder, "web/1"), @"stopped: halt done");
    let history = folder.run("history --json state.db web/1");
    assert!(
        !history.contains(
            r#""interruptions":1,"failure":null,"last_failure":null,"until":null,"parked":false"#
        ),
        "{history}"
    );
}

#[test]
fn what_needs_code_waits_for_the_program() {
    let folder = demo();
    assert_snapshot!(run(&folder, "fire state.db web/0 reload port=81 --reason 'ticket 8'"), @"
    exit 3
    unit/web/0: waits as request ID
      no process owns the store: it is done by the next that opens the store and drives the instance
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "skip state.db web/1"), @"
    exit 3
    unit/web/1: waits as request ID
      no process owns the store: it is done by the next that opens the store and drives the instance
    ---- stderr
    ");
    Program::start(&store(&folder)).serve(&store(&folder));
    assert_snapshot!(last(&folder, "web/0"), @"started: reload done");
    assert_snapshot!(last(&folder, "web/1"), @"stopped: an operator took halt for done: oncall, request ID");
    let history = run(&folder, "history --json state.db web/0");
    assert!(
        history.contains("reload(port: 81) fired: ticket 8 (oncall, request ID)"),
        "{history}"
    );
}

#[test]
fn the_owner_does_what_it_is_asked_and_answers() {
    let folder = demo();
    let program = Program::start(&store(&folder));
    assert_snapshot!(run(&folder, "fire state.db web/0 reload port=81"), @"
    exit 0
    unit/web/0: completed, now started
      reload: started -> started
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 reload port=13"), @"
    exit 1
    unit/web/0: failed, handled, now broken
      reload: started, failed: the port is cursed
      reload_failed: started -> broken
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 again"), @"
    exit 0
    unit/web/0: completed, now new
      mend: broken -> new
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "set-state state.db web/0 started port=90 --reason test"), @"
    exit 0
    unit/web/0: set, now started
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 halt"), @"
    exit 1
    unit/web/0: refused: `halt` is refused in `started` by the guard `idle`
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "fire --json state.db web/0 reload port=1"), @r#"
    exit 0
    {"workflow":"unit","instance":"web/0","outcome":"done","verdict":"completed","steps":["reload: started -> started"],"state":"started","reason":null,"request":null}
    ---- stderr
    "#);
    assert_snapshot!(run(&folder, "skip state.db web/1 --reason 'it was halted by hand'"), @"
    exit 0
    unit/web/1: skipped, now stopped
      halt: started -> stopped
    ---- stderr
    ");
    assert_snapshot!(last(&folder, "web/1"), @"stopped: an operator took halt for done: it was halted by hand (oncall, request ID)");
    let queue = RequestQueue::of(store(&folder));
    assert!(queue.pending().unwrap().is_empty());
    drop(program);
}

#[test]
fn what_waits_for_its_next_attempt_is_tried_at_once() {
    let folder = demo();
    let program = Program::start(&store(&folder));
    assert_snapshot!(run(&folder, "retry state.db db/1"), @"
    exit 0
    unit/db/1: completed, now started
      install: new -> started
    ---- stderr
    ");
    drop(program);
    assert_snapshot!(last(&folder, "db/1"), @"started: install done");
}

#[test]
fn what_cannot_be_done_is_told_with_what_can() {
    let folder = demo();
    assert_snapshot!(run(&folder, "fire state.db web/0 relaod port=1"), @"
    exit 2
    ---- stderr
    inflight: there is no transition `relaod`
    help: did you mean `reload`?
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 mend"), @"
    exit 1
    ---- stderr
    inflight: `mend` cannot be fired in `started`
    help: possible there: `reload`, `halt`
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 reload"), @"
    exit 2
    ---- stderr
    inflight: cannot fire `reload`: `port`, which is int, is missing: add port=1
    help: `inflight show STORE INSTANCE` shows what it takes
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 reload port=eighty"), @"
    exit 2
    ---- stderr
    inflight: cannot fire `reload`: `port` is int, and `eighty` is none: write port=1
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
    inflight: no instance fits `nothing/*` and the flags
    help: `inflight list STORE` takes the same flags, and shows what there is
    ");
    let missing = run(&folder, "set-state state.db web/0 stopped");
    assert!(
        missing.starts_with("exit 2") && missing.contains("--reason <TEXT>"),
        "{missing}"
    );
}

#[test]
fn many_are_listed_before_they_are_changed() {
    let folder = demo();
    assert_snapshot!(run(&folder, "abandon state.db '*' --older 1min"), @"
    exit 0
    INSTANCE      STATE    WOULD
    unit/cache/0  started  give up what is in flight
    unit/cache/1  stopped  nothing: `unit/cache/1` has nothing in flight
    unit/db/0     broken   nothing: `unit/db/0` has nothing in flight
    unit/db/1     new      give up what is in flight
    unit/web/0    started  nothing: `unit/web/0` has nothing in flight
    unit/web/1    started  give up what is in flight
    3 instances would be changed, and none is yet: add --yes to do it
    ---- stderr
    ");
    assert_eq!(
        last(&folder, "web/1"),
        "started: halt was interrupted, and waits for an operator"
    );
    assert_snapshot!(run(&folder, "abandon state.db '*' --parked --failing --yes"), @"
    exit 1
    unit/db/0: refused: `unit/db/0` has nothing in flight; fire a transition, or set the state
    unit/db/1: abandoned, now new
    unit/web/1: abandoned, now started
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "abandon state.db '*' --parked --yes"), @"
    exit 2
    ---- stderr
    inflight: no instance fits `*` and the flags
    help: `inflight list STORE` takes the same flags, and shows what there is
    ");
}

#[test]
fn an_owner_that_does_not_drive_leaves_the_request_waiting() {
    let folder = Folder::new::<&str>(&[]);
    let owner = Filled::demo(&store(&folder));
    assert_snapshot!(run(&folder, "retry state.db web/1 --timeout 50ms"), @"
    exit 3
    unit/web/1: waits as request ID
      the owner of the store has not answered: it is done when it drives the instance and has the lock
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "abandon state.db web/1 --no-wait"), @"
    exit 0
    unit/web/1: waits as request ID
      written down for the owner of the store
    ---- stderr
    ");
    assert_eq!(RequestQueue::of(store(&folder)).pending().unwrap().len(), 2);
    drop(owner);
}

#[test]
fn two_operators_at_once_are_both_served() {
    let folder = demo();
    let program = Program::start(&store(&folder));
    let children = [1, 2, 3].map(|port| {
        let arguments = format!("fire state.db web/0 reload port={port}");
        command(&folder, &arguments)
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    });
    for mut child in children {
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
    drop(program);
    let history = run(&folder, "history --json state.db web/0");
    for port in [1, 2, 3] {
        let fired = format!("reload(port: {port}) fired");
        assert_eq!(history.matches(&fired).count(), 1, "{history}");
    }
}

#[test]
fn a_journal_is_operated_too() {
    let folder = Folder::new::<&str>(&[]);
    let journal = Filled::journal(&store(&folder));
    journal.fill();
    journal.close();
    assert_snapshot!(run(&folder, "abandon state.db web/1"), @"
    exit 0
    unit/web/1: abandoned, now started
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "compact --keep 1 state.db").lines().next().unwrap(), @"exit 0");
    assert_snapshot!(folder.run("verify state.db"), @"
    exit 0
    6 instances, 6 records: all is well
    ---- stderr
    ");
    assert_snapshot!(folder.run("list --failing state.db"), @"
    exit 0
    INSTANCE   STATE   FOR     CONDITION         CAUSE
    unit/db/1  new     10 min  failing: install  attempt 2 in 1 h, after: the port is taken
    unit/db/0  broken  1 d     error             no space left …
    2 instances: 1 failing, 1 error
    ---- stderr
    ");
}

#[test]
fn a_store_is_verified() {
    let folder = Folder::new::<&str>(&[]);
    let filled = Filled::demo(&store(&folder));
    filled.put(
        "web/0",
        1,
        "started",
        json!({"port": "eighty"}),
        json!(null),
    );
    filled.put("web/0", 1, "lost", json!({}), json!(null));
    filled.put("web/0", 1, "new", json!({}), json!({"transition": "mend"}));
    filled.close();
    assert_snapshot!(folder.run("verify state.db"), @r#"
    exit 1
    unit/web/0, record 4: `port` is int, and not "eighty"
    unit/web/0, record 5: there is no state `lost`
    unit/web/0, record 6: `mend` does not leave `new`
    6 instances, 17 records: 3 damaged records
    ---- stderr
    "#);
    let mut bytes = fs::read(store(&folder)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 600].fill(0xff);
    fs::write(store(&folder), bytes).unwrap();
    let verified = folder.run("verify state.db");
    assert!(verified.starts_with("exit 1\n"), "{verified}");
    assert!(verified.contains("restore it from a copy"), "{verified}");
}

#[test]
fn a_store_is_compacted() {
    let folder = Folder::new::<&str>(&[]);
    let owner = Filled::demo(&store(&folder));
    let refused = folder.run("compact state.db");
    assert!(refused.starts_with("exit 2\n"), "{refused}");
    assert!(refused.contains("help: stop that process"), "{refused}");
    for _ in 0..300 {
        owner.put("web/0", 1, "new", json!({}), json!(null));
    }
    owner.close();
    let sizes = folder.run("compact --json --keep 2 state.db");
    let sizes: serde_json::Value = serde_json::from_str(sizes.lines().nth(1).unwrap()).unwrap();
    assert!(
        sizes["after"].as_u64() < sizes["before"].as_u64().map(|it| it / 2),
        "{sizes}"
    );
    assert_snapshot!(folder.run("verify state.db"), @"
    exit 0
    6 instances, 10 records: all is well
    ---- stderr
    ");
}
