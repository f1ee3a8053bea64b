//! `inflight fire`, `retry`, `skip`, `abandon` and `set-state`, as an operator meets them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the helpers fail where something is amiss"
)]

mod command;
mod operator;
mod owner;
mod stores;

use std::process::Stdio;

use command::Folder;
use inflight::request::RequestQueue;
use insta::assert_snapshot;
use operator::{command, demo, last, run, store};
use owner::Program;
use stores::Filled;

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
    unit/web/1    started  2 h     in doubt: halt    to be run again, and no process runs it
    unit/db/1     new      10 min  failing: install  attempt 2 in 1 h, after: the port is taken
    unit/cache/0  started  3 min
    unit/cache/1  stopped  2 d     final
    unit/web/0    started  2 h
    5 instances: 1 in doubt, 1 failing, 2 resting, 1 final
    no process owns the store
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
    assert_snapshot!(run(&folder, "fire --no-wait state.db web/0 halt"), @"
    exit 0
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
    assert_snapshot!(last(&folder, "web/0"), @"stopped: halt done");
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
    {"workflow":"unit","instance":"web/0","outcome":"done","verdict":"completed","steps":["reload: started -> started"],"clean":true,"state":"started","then":[],"older":[],"reason":null,"request":null}
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

/// With an owner or without one, what is automatic in a state follows when it is set.
#[test]
fn what_is_automatic_in_a_state_that_is_set_follows() {
    let folder = demo();
    assert_snapshot!(run(&folder, "set-state state.db web/0 restarting port=80 --reason test"), @"
    exit 0
    unit/web/0: set, now restarting
      come_back fires by itself when the program next opens it
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "set-state --json state.db db/0 restarting port=80 --reason test"), @r#"
    exit 0
    {"workflow":"unit","instance":"db/0","outcome":"done","verdict":"set","steps":[],"clean":true,"state":"restarting","then":["come_back"],"older":[],"reason":null,"request":null}
    ---- stderr
    "#);
    let program = Program::start(&store(&folder));
    assert_snapshot!(last(&folder, "web/0"), @"started: come_back done");
    assert_snapshot!(run(&folder, "set-state state.db web/0 restarting port=81 --reason test"), @"
    exit 0
    unit/web/0: set, now started
      come_back: restarting -> started
    ---- stderr
    ");
    assert_snapshot!(last(&folder, "web/0"), @"started: come_back done");
    drop(program);
}

#[test]
fn a_failure_of_what_follows_is_not_one_of_what_was_asked_for() {
    let folder = demo();
    let program = Program::start(&store(&folder));
    assert_snapshot!(run(&folder, "set-state state.db web/0 restarting port=13 --reason test"), @"
    exit 4
    unit/web/0: set, now broken
      come_back: restarting, failed: the port is cursed
      restart_failed: restarting -> broken
    ---- stderr
    ");
    run(
        &folder,
        "set-state state.db web/0 started port=13 --reason test",
    );
    assert_snapshot!(run(&folder, "fire --json state.db web/0 restart"), @r#"
    exit 4
    {"workflow":"unit","instance":"web/0","outcome":"done","verdict":"completed","steps":["restart: started -> restarting","come_back: restarting, failed: the port is cursed","restart_failed: restarting -> broken"],"clean":false,"state":"broken","then":[],"older":[],"reason":null,"request":null}
    ---- stderr
    "#);
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
fn what_hangs_is_reached_and_what_is_fired_meanwhile_waits() {
    let folder = demo();
    let program = Program::start(&store(&folder));
    run(&folder, "fire state.db web/0 reload port=666 --no-wait");
    while !last(&folder, "web/0").contains("reload") {
        std::thread::yield_now();
    }
    let queue = RequestQueue::of(store(&folder));
    assert_snapshot!(run(&folder, "fire state.db web/0 reload port=1 --timeout 50ms"), @"
    exit 3
    unit/web/0: waits as request ID
      `reload` is in flight: it is done when that is over, or somebody has abandoned it
    ---- stderr
    ");
    for pending in queue.pending().unwrap() {
        assert_ne!(queue.withdraw(&pending.id).unwrap(), pending.begun);
    }
    assert_snapshot!(run(&folder, "abandon state.db web/0").replace(char::is_numeric, "0"), @"
    exit 0
    unit/web/0: refused: `reload` is in flight, and its action `install` has been running since 0000-00-00T00:00:00Z: add `--cancel` to stop it
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "abandon state.db web/0 --cancel --reason 'it hangs'"), @"
    exit 0
    unit/web/0: abandoned, now started
      reload: started, cancelled, as an operator decided
    ---- stderr
    ");
    assert_snapshot!(last(&folder, "web/0"), @"started: an operator gave reload up: it hangs (oncall, request ID)");
    drop(program);
}

#[test]
fn requests_are_listed_and_withdrawn() {
    let folder = demo();
    assert_snapshot!(run(&folder, "requests state.db"), @"
    exit 0
    0 requests wait
    ---- stderr
    ");
    run(
        &folder,
        "fire state.db web/0 reload port=81 --reason 'ticket 8'",
    );
    run(&folder, "skip state.db web/1 --cancel");
    let masked = |text: String| text.replace(" 0 s", " N").replace(" 1 s", " N");
    let listed = run(&folder, "requests state.db");
    let listed = listed
        .split_inclusive(' ')
        .map(|word| match word.ends_with("Z ") {
            true => "THEN ",
            false => word,
        });
    assert_snapshot!(listed.collect::<String>(), @"
    exit 0
    REQUEST                               INSTANCE    WHAT                   MADE                  BY      REASON
    ID  unit/web/0  fire reload(port: 81)  THEN  oncall  ticket 8
    ID  unit/web/1  skip --cancel          THEN  oncall
    2 requests wait
    ---- stderr
    ");
    assert_snapshot!(masked(run(&folder, "list --parked state.db")), @"
    exit 0
    INSTANCE    STATE    FOR  CONDITION     CAUSE
    unit/web/1  started  2 h  parked: halt  interrupted once
    1 instance: 1 parked
    no process owns the store
    2 requests wait: `inflight requests STORE` lists them
    ---- stderr
    ");
    let shown = masked(run(&folder, "show state.db web/1"));
    assert_snapshot!(shown.lines().find(|line| line.contains("requests")).unwrap(), @"  requests      skip --cancel, waits, made N ago: ID");
    let queue = RequestQueue::of(store(&folder));
    let id = queue.pending().unwrap()[0].id.clone();
    assert_snapshot!(run(&folder, &format!("requests state.db --withdraw {id}")), @"
    exit 0
    unit/web/0: withdrawn: fire reload(port: 81)
    ---- stderr
    ");
    assert_snapshot!(run(&folder, &format!("requests state.db --withdraw {id}")), @"
    exit 2
    ---- stderr
    inflight: there is no request `ID`
    help: it was withdrawn, its answer was read by whoever asked, or that is over a week ago; `inflight requests STORE` lists those that there are
    ");
    let json = run(&folder, "requests --json state.db");
    let json: serde_json::Value = serde_json::from_str(json.lines().nth(1).unwrap()).unwrap();
    assert_eq!(json["command"], "skip --cancel");
    assert_eq!(json["begun"], false);
    assert_eq!(json["by"], "oncall");
}

#[test]
fn many_are_listed_before_they_are_changed() {
    let folder = demo();
    assert_snapshot!(run(&folder, "abandon state.db '*' --older 1min"), @"
    exit 0
    INSTANCE      STATE    WOULD
    unit/cache/0  started  give up what is in flight
    unit/db/1     new      give up what is in flight
    unit/web/1    started  give up what is in flight
    3 instances have nothing in flight
    3 instances would be changed, and none is yet: add --yes to do it
    ---- stderr
    ");
    assert_eq!(
        last(&folder, "web/1"),
        "started: halt was interrupted, and waits for an operator"
    );
    assert_snapshot!(run(&folder, "abandon state.db '*' --parked --failing --yes"), @"
    exit 0
    unit/db/1: abandoned, now new
    unit/web/1: abandoned, now started
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "abandon state.db '*' --parked --yes"), @"
    exit 0
    nothing to do: no instance that fits `*` fits the flags too
    ---- stderr
    ");
}

#[test]
fn an_owner_that_does_not_drive_leaves_the_request_waiting() {
    let folder = Folder::new::<&str>(&[]);
    let owner = Filled::demo(&store(&folder));
    assert_snapshot!(run(&folder, "retry state.db web/1 --timeout 50ms"), @"
    exit 3
    unit/web/1: waits as request ID
      `unit-agent` (pid PID), the owner, has not answered: it is done when it drives the instance and has the lock
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "abandon state.db web/1 --no-wait"), @"
    exit 0
    unit/web/1: waits as request ID
      written down for `unit-agent` (pid PID), the owner: it is done when it drives the instance and has the lock
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
        let arguments = format!("fire state.db web/0 reload port={port} --reason {port}");
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
        let fired = format!("reload(port: {port}) fired: {port} (oncall");
        assert_eq!(history.matches(&fired).count(), 1, "{history}");
    }
}

/// A service manager or a container may say nothing of who runs the command.
#[test]
fn the_history_says_who_though_the_environment_does_not() {
    let folder = demo();
    let mut abandon = command(&folder, "abandon state.db cache/0");
    abandon.env_remove("USER").env_remove("LOGNAME");
    assert!(abandon.status().unwrap().success());
    let name = std::process::Command::new("id")
        .arg("-un")
        .output()
        .unwrap();
    let name = String::from_utf8(name.stdout).unwrap();
    let told = last(&folder, "cache/0");
    let by = format!(
        "started: an operator gave halt up: {}, request ",
        name.trim()
    );
    assert!(told.starts_with(&by), "{told}");
}
