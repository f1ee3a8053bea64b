//! What an operator is told of a failure: one that led nowhere, and one that nobody could
//! count as such, for the action panicked.

mod command;
mod operator;
mod stores;

use command::Folder;
use insta::assert_snapshot;
use operator::{last, run, store};
use serde_json::{Value as Json, json};
use stores::Filled;

/// A store with what has failed, which nobody owns.
fn failed() -> Folder {
    let folder = Folder::new::<&str>(&[]);
    let store = Filled::new(&store(&folder));
    let port = || json!({"port": 80});
    let halt = json!({"transition": "halt"});
    store.put("web/0", 400, "started", port(), halt.clone());
    let long = "the hook exited with 1:\n\u{1b}[31mno such file\u{1b}[0m\n  /srv/halt";
    store.fail("web/0", 300, ("started", port()), &[("halt", long)]);

    let reload = json!({"transition": "reload", "inputs": port()});
    store.put("web/1", 300, "started", port(), reload);
    let error = json!({"transition": "reload_failed", "execution": "2", "failure": "in use"});
    store.put("web/1", 240, "started", port(), error);
    let both = [
        ("reload", "in use"),
        ("reload_failed", "timed out after 5s"),
    ];
    store.fail("web/1", 180, ("started", port()), &both);

    store.put("web/2", 120, "started", port(), halt);
    let panicked = json!({"transition": "halt", "panicked": "index out of bounds"});
    store.put("web/2", 110, "started", port(), panicked);
    store.put("web/3", 100, "started", port(), Json::Null);
    store.close();
    folder
}

#[test]
fn what_led_nowhere_wants_somebody() {
    let folder = failed();
    assert_snapshot!(run(&folder, "list state.db"), @"
    exit 0
    INSTANCE    STATE    FOR    CONDITION              CAUSE
    unit/web/2  started  2 min  in doubt: halt         its action panicked: index out of bounds
    unit/web/0  started  6 min  failed: halt           the hook exited with 1: …
    unit/web/1  started  5 min  failed: reload_failed  timed out after 5s, after reload: in use
    unit/web/3  started  1 min
    4 instances: 1 in doubt, 2 failed, 1 resting
    no process owns the store
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "list --failing state.db"), @"
    exit 0
    INSTANCE    STATE    FOR    CONDITION              CAUSE
    unit/web/0  started  6 min  failed: halt           the hook exited with 1: …
    unit/web/1  started  5 min  failed: reload_failed  timed out after 5s, after reload: in use
    2 instances: 2 failed
    no process owns the store
    ---- stderr
    ");
}

#[test]
fn a_failure_is_shown_in_full() {
    let folder = failed();
    let shown = |instance: &str| {
        let text = run(&folder, &format!("show state.db {instance}"));
        let lines = text.lines().skip(1);
        let lines = lines.take_while(|line| !line.contains("possible"));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(shown("web/0"), @r"
    unit/web/0
      state         started, for 6 min
                      port: 80
      condition     failed: halt led nowhere
      in flight     nothing
      last failure  halt, 5 min ago: the hook exited with 1:
                    \u{1b}[31mno such file\u{1b}[0m
                      /srv/halt
    ");
    assert_snapshot!(shown("web/1"), @"
    unit/web/1
      state         started, for 5 min
                      port: 80
      condition     failed: reload_failed led nowhere
      in flight     nothing
      last failure  reload, 3 min ago: in use
                    reload_failed, 3 min ago: timed out after 5s
    ");
    assert_snapshot!(shown("web/2"), @"
    unit/web/2
      state         started, for 2 min
                      port: 80
      condition     in doubt: its action panicked: index out of bounds
      in flight     halt
    ");
}

#[test]
fn the_history_tells_of_a_failure() {
    let folder = failed();
    let told = last(&folder, "web/0");
    let expect = "started: halt failed, and led nowhere: the hook exited with 1:\n";
    assert!(told.starts_with(expect), "{told}");
    assert_snapshot!(last(&folder, "web/1"), @"started: reload_failed failed, and led nowhere: timed out after 5s");
    assert_snapshot!(last(&folder, "web/2"), @"started: halt panicked, and is to be carried on with: index out of bounds");
}

#[test]
fn a_failure_is_there_for_programs() {
    let folder = failed();
    for command in [
        "list --json --name web/1 state.db",
        "show --json state.db web/1",
        "history --json --last 1 state.db web/1",
    ] {
        let told = run(&folder, command);
        let line: Json = serde_json::from_str(told.lines().nth(1).unwrap()).unwrap();
        let failure = &line["failures"][1];
        let expect = json!({
            "transition": "reload_failed", "execution": "1", "cause": null, "attempt": 1,
            "interruptions": 0, "at": failure["at"], "failure": "timed out after 5s",
            "handled": false,
        });
        assert_eq!(*failure, expect, "{command}");
    }
}

/// Colours of the store's own: none of them reaches the terminal.
#[test]
fn no_terminal_obeys_a_failure() {
    let folder = failed();
    for command in ["list", "show", "history"] {
        let instance = if command == "list" { "" } else { "web/0" };
        let told = folder.run(&format!("{command} state.db {instance}"));
        assert!(!told.contains('\u{1b}'), "{told}");
    }
}
