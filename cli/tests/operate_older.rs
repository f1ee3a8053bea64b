//! What operators are told of requests that were asked before, and of answers that nobody
//! waited for.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

mod command;
mod operator;
mod owner;
mod stores;

use std::time::SystemTime;

use command::Folder;
use inflight::Fields;
use inflight::request::RequestQueue;
use inflight::store::{Commit, InstanceId, SqliteStore, Store as _, StoredRecord};
use insta::assert_snapshot;
use operator::{demo, last, run, store};
use owner::Program;
use stores::{until_free, wait};

/// The id of the only request that waits.
fn waiting(folder: &Folder) -> String {
    let pending = RequestQueue::of(store(folder)).pending().unwrap();
    assert_eq!(pending.len(), 1);
    pending[0].id.clone()
}

#[test]
fn what_an_operator_decides_is_not_undone_by_what_was_asked_before() {
    let folder = demo();
    run(&folder, "fire state.db web/0 halt --reason 'remove it'");
    let id = waiting(&folder);
    let kept = "set-state state.db web/0 started port=80 --reason 'no, keep it'";
    assert_snapshot!(run(&folder, kept), @"
    exit 0
    unit/web/0: set, now started
      request ID, asked before, is not carried out any more: fire halt
    ---- stderr
    ");
    Program::start(&store(&folder)).serve(&store(&folder));
    assert_snapshot!(last(&folder, "web/0"), @"started: an operator set the state: no, keep it (oncall, request ID)");
    assert_snapshot!(run(&folder, &format!("requests state.db {id}")), @"
    exit 1
    unit/web/0: refused: since it was asked, an operator set the state: no, keep it (oncall, request ID)
    ---- stderr
    ");
}

#[test]
fn what_waits_still_is_told_beside_what_is_done() {
    let folder = demo();
    run(&folder, "fire state.db db/1 halt --no-wait");
    run(
        &folder,
        "set-state state.db db/1 started port=1 --reason test",
    );
    run(&folder, "fire state.db web/0 halt");
    run(&folder, "skip state.db web/1");
    assert_snapshot!(run(&folder, "retry state.db web/1"), @"
    exit 0
    unit/web/1: to be run again when the program next opens it, now started
      request ID, asked before, still waits: skip; `inflight requests STORE --withdraw ID` withdraws it
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "abandon --json state.db web/1"), @r#"
    exit 0
    {"workflow":"unit","instance":"web/1","outcome":"done","verdict":"abandoned","steps":[],"clean":true,"state":"started","then":[],"older":["ID"],"reason":null,"request":null}
    ---- stderr
    "#);
}

#[test]
fn an_answer_that_nobody_waited_for_can_be_read() {
    let folder = demo();
    run(&folder, "fire state.db web/0 reload port=13 --no-wait");
    let id = waiting(&folder);
    assert_snapshot!(run(&folder, &format!("requests state.db {id}")), @"
    exit 3
    unit/web/0: waits as request ID
      no process owns the store: it is done by the next that opens the store and drives the instance
    ---- stderr
    ");
    Program::start(&store(&folder)).serve(&store(&folder));
    assert_snapshot!(run(&folder, &format!("requests state.db {id} --wait")), @"
    exit 1
    unit/web/0: failed, handled, now broken
      reload: started, failed: the port is cursed
      reload_failed: started -> broken
    ---- stderr
    ");
    assert_snapshot!(run(&folder, &format!("requests --json state.db {id}")), @r#"
    exit 1
    {"workflow":"unit","instance":"web/0","outcome":"failed","verdict":"failed, handled","steps":["reload: started, failed: the port is cursed","reload_failed: started -> broken"],"clean":false,"state":"broken","then":[],"older":[],"reason":null,"request":null}
    ---- stderr
    "#);
    assert_snapshot!(run(&folder, &format!("requests state.db --withdraw {id}")), @"
    exit 1
    ---- stderr
    inflight: it is too late to withdraw request ID: unit/web/0: failed, handled, now broken
      reload: started, failed: the port is cursed
      reload_failed: started -> broken
    help: `inflight show STORE INSTANCE` says how it is now
    ");
    let listed = run(&folder, "requests state.db");
    assert!(
        listed.ends_with("1 request is answered, which nobody waited for\n---- stderr\n"),
        "{listed}"
    );
    assert!(listed.contains("fire reload(port: 13)"), "{listed}");
    assert_snapshot!(run(&folder, "requests state.db nothing"), @"
    exit 2
    ---- stderr
    inflight: there is no request `nothing`
    help: it was withdrawn, its answer was read by whoever asked, or that is over a week ago; `inflight requests STORE` lists those that there are
    ");
}

#[test]
fn where_nothing_is_left_to_be_changed_there_is_nothing_to_do() {
    let folder = demo();
    run(&folder, "abandon state.db web/1");
    assert_snapshot!(run(&folder, "retry state.db '*' --parked --yes"), @"
    exit 0
    nothing to do: no instance that fits `*` fits the flags too
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "retry state.db 'cache/1' --parked --yes"), @"
    exit 1
    ---- stderr
    inflight: `unit/cache/1` has nothing in flight
    help: fire a transition, or set the state
    ");
    assert_snapshot!(run(&folder, "retry state.db 'web/*' --yes"), @"
    exit 0
    nothing to do: 2 instances have nothing in flight
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "retry state.db '*'"), @"
    exit 0
    INSTANCE      STATE    WOULD
    unit/cache/0  started  retry what is in flight
    unit/db/1     new      retry what is in flight
    4 instances have nothing in flight
    2 instances would be changed, and none is yet: add --yes to do it
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "retry state.db 'wbe/*' --yes"), @"
    exit 2
    ---- stderr
    inflight: there is no instance that fits `wbe/*`
    help: `inflight list STORE` lists them
    ");
    assert_snapshot!(run(&folder, "retry --json state.db '*' --parked"), @"
    exit 0
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "fire state.db 'web/*' mend"), @"
    exit 0
    INSTANCE    STATE    WOULD
    unit/web/0  started  nothing: `mend` cannot be fired in `started`
    unit/web/1  started  nothing: `mend` cannot be fired in `started`
    none would be changed
    ---- stderr
    ");
}

/// Nobody can tell here whether a value of the user's own type is one.
#[test]
fn what_only_the_program_can_read_is_named() {
    let folder = Folder::new::<&str>(&[]);
    let opened = SqliteStore::open(store(&folder)).unwrap();
    let instance = InstanceId::new("unit", "web/0");
    let record = StoredRecord {
        version: 1,
        committed: SystemTime::now(),
        fingerprint: 7,
        state: "new".into(),
        variables: Fields::new(),
        inflight: None,
        entered: None,
        spent: Vec::new(),
        intervention: None,
        failures: Vec::new(),
    };
    let commit = Commit {
        epoch: wait(opened.claim(&instance)).unwrap().epoch,
        expected: 0,
        record,
        source: "workflow unit {
            initial state new
            final state tuned { mode: \"crate::Mode\", port: int }
            transition tune(mode: \"crate::Mode\"): new -> tuned(mode: mode, port: 1)
        }",
        instance,
    };
    wait(opened.commit(commit)).unwrap();
    opened.close().unwrap();
    until_free(&store(&folder));
    let tune = "set-state state.db web/0 tuned mode=loud port=1 --reason test";
    assert_snapshot!(run(&folder, tune), @"
    exit 3
    unit/web/0: waits as request ID
      only the program can read `mode`, and no process owns the store: it is done by the next that opens the store and drives the instance
    ---- stderr
    ");
}
