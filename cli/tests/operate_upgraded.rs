//! A store that another version of the program has opened than the one that wrote it.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod command;
mod operator;
mod stores;

use command::Folder;
use insta::assert_snapshot;
use operator::{last, run, store};
use stores::{Filled, UNIT};

/// A store of units that a program with this version of their workflow has opened, and left.
fn opened(version: &str) -> Folder {
    let folder = Folder::new::<&str>(&[]);
    let filled = Filled::demo(&store(&folder));
    filled.declare(version);
    filled.close();
    folder
}

/// Nothing says which quota those have that are started.
fn lacking() -> String {
    let version = UNIT.replace("started { port: int }", "started { port: int, quota: int }");
    let version = version.replace("started(port: port)", "started(port: port, quota: 1)");
    version.replace(
        "started(port: source.port)",
        "started(port: source.port, quota: 1)",
    )
}

/// What is started serves, in a zone, and can be pinged.
fn renaming() -> String {
    let state = "state started { port: int }";
    let version = UNIT.replace("started", "serving");
    version
        .replace(
            "state serving { port: int }",
            &state.replace("started {", "serving was started { zone: string = \"eu\", "),
        )
        .replace(
            "    transition mend",
            "    transition ping: serving -> same\n    transition mend",
        )
}

#[test]
fn what_the_new_version_cannot_read_is_told() {
    let folder = opened(&lacking());
    assert_snapshot!(run(&folder, "list --failing state.db"), @"
    exit 0
    INSTANCE      STATE    FOR     CONDITION         CAUSE
    unit/web/0    started  2 h     unreadable        `quota` is missing, for the version that opened the store last
    unit/web/1    started  2 h     unreadable: halt  `quota` is missing, for the version that opened the store last
    unit/cache/0  started  3 min   unreadable: halt  `quota` is missing, for the version that opened the store last
    unit/db/1     new      10 min  failing: install  attempt 2 in 1 h, after: the port is taken
    unit/db/0     broken   1 d     error             no space left …
    5 instances: 3 unreadable, 1 failing, 1 error
    no process owns the store
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "verify state.db"), @"
    exit 1
    unit/cache/0, record 1: `quota` is missing, for the version that opened the store last
    unit/web/0, record 3: `quota` is missing, for the version that opened the store last
    unit/web/1, record 4: `quota` is missing, for the version that opened the store last
    6 instances, 14 records: no damage
    3 instances cannot be read by the version of the program that opened the store last
    ---- stderr
    ");
    let shown = run(&folder, "show state.db web/0");
    let lines = shown
        .lines()
        .filter(|line| line.contains("condition") || line.contains("possible"));
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @"
      condition     unreadable: `quota` is missing, for the version that opened the store last
      possible      set-state, while no process owns the store
    ");
    assert_snapshot!(run(&folder, "fire state.db web/0 reload port=1"), @"
    exit 1
    ---- stderr
    inflight: the version that opened the store last cannot read it: `quota` is missing
    help: set the state while no process owns the store, or start the version that wrote it
    ");
}

#[test]
fn what_cannot_be_read_is_set_by_the_names_of_the_new_version() {
    let folder = opened(&lacking());
    let set = "set-state state.db web/0 started port=80";
    let short = run(&folder, &format!("{set} --reason quota"));
    assert!(
        short.contains("`quota`, which is int, is missing"),
        "{short}"
    );
    assert_snapshot!(run(&folder, &format!("{set} quota=5 --reason quota")), @"
    exit 0
    unit/web/0: set, now started
    ---- stderr
    ");
    assert_snapshot!(last(&folder, "web/0"), @"started: an operator set the state: quota (oncall, request ID)");
    let left = run(&folder, "list --failing --name web/0 state.db");
    assert!(left.contains("0 instances"), "{left}");
}

#[test]
fn nothing_is_asked_of_an_owner_that_cannot_read_it() {
    let folder = Folder::new::<&str>(&[]);
    let filled = Filled::demo(&store(&folder));
    filled.declare(&lacking());
    let set = "set-state state.db web/0 started port=80 quota=5 --reason quota";
    assert!(
        run(&folder, set).starts_with("exit 1\n---- stderr\ninflight: the version that opened")
    );
    filled.close();
}

#[test]
fn the_version_that_wrote_them_reads_them_again() {
    let folder = opened(&lacking());
    let filled = Filled::new(&store(&folder));
    filled.declare(UNIT);
    filled.close();
    let verified = run(&folder, "verify state.db");
    assert!(verified.contains("14 records: all is well"), "{verified}");
}

#[test]
fn names_are_those_of_the_new_version() {
    let folder = opened(&renaming());
    assert_snapshot!(run(&folder, "list --state serving --name web/* state.db"), @"
    exit 0
    INSTANCE    STATE    FOR  CONDITION     CAUSE
    unit/web/1  serving  2 h  parked: halt  interrupted once
    unit/web/0  serving  2 h
    2 instances: 1 parked, 1 resting
    no process owns the store
    ---- stderr
    ");
    let shown = run(&folder, "show --json state.db web/0");
    assert!(
        shown.contains(r#""variables":{"port":80,"zone":"eu"}"#),
        "{shown}"
    );
    let verified = run(&folder, "verify state.db");
    assert!(verified.contains("14 records: all is well"), "{verified}");
    let fired = run(&folder, "fire state.db web/0 ping --no-wait");
    assert!(fired.contains("waits as request"), "{fired}");
    let because = "--reason mended";
    assert_snapshot!(run(&folder, &format!("set-state state.db db/0 started port=1 {because}")), @"
    exit 2
    ---- stderr
    inflight: there is no state `started`
    help: the states are `new`, `serving`, `restarting`, `stopped`, `broken`
    ");
    assert_snapshot!(run(&folder, &format!("set-state state.db db/0 serving port=1 {because}")), @"
    exit 0
    unit/db/0: set, now serving
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "verify state.db"), @"
    exit 0
    6 instances, 15 records: all is well
    ---- stderr
    ");
}
