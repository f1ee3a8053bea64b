//! What operators are told who change several instances, where something is amiss with some.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

mod command;
mod operator;
mod stores;

use std::fs;
use std::process::{Command, Stdio};
use std::thread;

use command::Folder;
use inflight::Json;
use inflight::request::{Answer, RequestQueue};
use insta::assert_snapshot;
use operator::{command, demo, masked, run, store};
use rusqlite::Connection;
use serde_json::json;
use stores::Filled;

/// Lets the store refuse records of an instance.
fn spoil(folder: &Folder, instance: &str) {
    let refuse = format!(
        "CREATE TRIGGER spoilt BEFORE INSERT ON record WHEN NEW.instance = '{instance}'
         BEGIN SELECT RAISE(ABORT, 'it is spoilt'); END"
    );
    let file = Connection::open(store(folder)).unwrap();
    file.execute_batch(&refuse).unwrap();
}

#[test]
fn what_was_done_is_told_although_another_fails() {
    let folder = demo();
    spoil(&folder, "web/1");
    assert_snapshot!(run(&folder, "retry state.db '*' --older 1min --yes"), @"
    exit 1
    unit/cache/0: to be run again when the program next opens it, now started
    unit/db/1: to be run again when the program next opens it, now new
    unit/web/1: failed: cannot write `HERE/state.db`: it is spoilt: Error code 1811: constraint failed; see to the cause, then try again
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "abandon --json state.db '*' --older 1min --failing --parked --yes"), @r#"
    exit 1
    {"workflow":"unit","instance":"db/1","outcome":"done","verdict":"abandoned","steps":[],"clean":true,"state":"new","then":[],"older":[],"reason":null,"request":null}
    {"workflow":"unit","instance":"web/1","outcome":"failed","verdict":null,"steps":[],"clean":null,"state":null,"then":[],"older":[],"reason":"cannot write `HERE/state.db`: it is spoilt: Error code 1811: constraint failed; see to the cause, then try again","request":null}
    ---- stderr
    "#);
    // The same of one alone is told as ever.
    assert_snapshot!(run(&folder, "abandon state.db web/1"), @"
    exit 1
    ---- stderr
    inflight: cannot write `HERE/state.db`
    help: see to the cause, then try again
    because: it is spoilt
    because: Error code 1811: constraint failed
    ");
}

/// A pattern makes no refusal of what is misuse.
#[test]
fn what_is_misuse_for_all_is_misuse() {
    let folder = demo();
    assert_snapshot!(run(&folder, "fire state.db 'web/*' relaod --yes --no-wait"), @"
    exit 2
    unit/web/0: refused: there is no transition or alias `relaod`; did you mean `reload`?
    unit/web/1: refused: `halt` is in flight; retry, skip or abandon it first
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "set-state state.db 'db/*' startd --yes --reason x"), @"
    exit 2
    unit/db/0: refused: there is no state `startd`; did you mean `started`?
    unit/db/1: refused: there is no state `startd`; did you mean `started`?
    ---- stderr
    ");
}

#[test]
fn what_is_written_down_is_told_although_another_cannot_be() {
    let folder = Folder::new::<&str>(&[]);
    let journal = Filled::journal(&store(&folder));
    let long = "b".repeat(20_000);
    for name in ["a", &long, "c"] {
        journal.put(name, 60, "started", json!({"port": 80}), Json::Null);
    }
    journal.close();
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$INFLIGHT\" fire state.db '*' halt --yes";
    let output = Command::new("sh")
        .args(["-c", script])
        .current_dir(folder.path())
        .env("INFLIGHT", folder.command("x").get_program())
        .output();
    let told = masked(&folder, &output.unwrap()).replace(&long, "LONG");
    assert_snapshot!(told, @"
    exit 1
    unit/a: waits as request ID
      no process owns the store: it is done by the next that opens the store and drives the instance
    unit/LONG: failed: cannot write `HERE/state.db.requests/ID.request`: File too large (os error 27); see to the cause, then try again
    unit/c: waits as request ID
      no process owns the store: it is done by the next that opens the store and drives the instance
    ---- stderr
    ");
}

#[test]
fn what_is_written_down_is_told_although_an_answer_cannot_be_read() {
    let folder = Folder::new::<&str>(&[]);
    let owner = Filled::demo(&store(&folder));
    let mut retry = command(&folder, "retry state.db '*' --parked --failing --yes");
    let retry = retry.stdout(Stdio::piped()).spawn().unwrap();
    let queue = RequestQueue::of(store(&folder));
    while queue.pending().unwrap().len() < 2 {
        thread::yield_now();
    }
    for pending in queue.pending().unwrap() {
        if &*pending.request.unwrap().instance.instance == "web/1" {
            let answer = format!("state.db.requests/{}.answer", pending.id);
            fs::write(folder.path().join(answer), "torn").unwrap();
        } else {
            let reason = "not today".to_owned();
            queue
                .answer(&pending.id, &Answer::Refused { reason })
                .unwrap();
        }
    }
    let told = masked(&folder, &retry.wait_with_output().unwrap());
    assert_snapshot!(told, @"
    exit 1
    unit/db/1: refused: not today
    unit/web/1: waits as request ID
      what came of it cannot be told: cannot read `HERE/state.db.requests/ID.answer`: expected value at line 1 column 1; see to the cause, then try again
    ---- stderr
    ");
    drop(owner);
}
