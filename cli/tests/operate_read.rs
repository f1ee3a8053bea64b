//! `inflight list`, `show`, `history` and `watch`, as an operator meets them.

mod command;
mod stores;

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;

use command::Folder;
use insta::assert_snapshot;
use serde_json::json;
use stores::Filled;

/// A folder with a store that nobody owns, with an instance in each condition.
fn demo() -> Folder {
    let folder = Folder::new::<&str>(&[]);
    Filled::demo(&folder.path().join("state.db")).close();
    folder
}

/// What the command prints; moments, which differ from run to run, as `THEN` and dots.
fn run(folder: &Folder, arguments: &str) -> String {
    let shown = folder.run(arguments);
    let mut text = String::new();
    let mut rest = shown.as_str();
    while let Some(place) = rest.find("Z ").filter(|place| *place >= 19) {
        let (before, after) = rest.split_at(place + 1);
        let moment = before.len() - 20;
        text.push_str(before.get(..moment).unwrap_or_default());
        text.push_str("THEN................");
        rest = after;
    }
    text += rest;
    let text = text.replace(&format!("pid {}", std::process::id()), "pid PID");
    match text.split_once(", since ") {
        Some((before, after)) => {
            let after = after.split_once(')').map_or("", |(_, after)| after);
            format!("{before}, since THEN){after}")
        }
        None => text,
    }
}

#[test]
fn those_come_first_that_want_an_operator() {
    let folder = demo();
    assert_snapshot!(folder.run("list state.db"), @"
    exit 0
    INSTANCE      STATE    FOR     CONDITION         CAUSE
    unit/web/1    started  2 h     parked: halt      interrupted once
    unit/cache/0  started  3 min   in doubt: halt    its process is gone
    unit/db/1     new      10 min  failing: install  attempt 2 in 1 h, after: the port is taken
    unit/db/0     broken   1 d     error             no space left …
    unit/cache/1  stopped  2 d     final
    unit/web/0    started  2 h
    6 instances: 1 parked, 1 in doubt, 1 failing, 1 error, 1 resting, 1 final
    no process owns the store
    ---- stderr
    ");
}

#[test]
fn a_store_with_an_owner_has_nothing_in_doubt() {
    let folder = Folder::new::<&str>(&[]);
    let store = Filled::demo(&folder.path().join("state.db"));
    assert_snapshot!(run(&folder, "list --name cache/* state.db"), @"
    exit 0
    INSTANCE      STATE    FOR    CONDITION      CAUSE
    unit/cache/0  started  3 min  running: halt  for 3 min
    unit/cache/1  stopped  2 d    final
    2 instances: 1 running, 1 final
    owned by `unit-agent` (pid PID, since THEN)
    ---- stderr
    ");
    let shown = |instance| folder.run(&format!("show state.db {instance}"));
    let runs =
        "possible      retry, skip, abandon or set-state, with --cancel while its action runs\n";
    assert!(shown("cache/0").contains(runs), "{}", shown("cache/0"));
    let parked = "possible      retry, skip, abandon or set-state\n";
    assert!(shown("web/1").contains(parked), "{}", shown("web/1"));
    drop(store);
}

#[test]
fn filters_narrow_the_list() {
    let folder = demo();
    let check = |arguments: &str, expect: &[&str]| {
        let arguments = format!("list --json {arguments}");
        let shown = folder.run(&format!("{} state.db", arguments.trim()));
        let lines = shown.lines().filter(|line| line.starts_with('{'));
        let names: Vec<String> = lines
            .map(|line| {
                let line: serde_json::Value = serde_json::from_str(line).unwrap();
                line["instance"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(names, expect, "{arguments}");
    };
    check(
        "",
        &["web/1", "cache/0", "db/1", "db/0", "cache/1", "web/0"],
    );
    check(
        "--workflow unit --state started",
        &["web/1", "cache/0", "web/0"],
    );
    check("--parked", &["web/1"]);
    check("--in-doubt", &["cache/0"]);
    check("--failing", &["db/1", "db/0"]);
    check("--parked --failing", &["web/1", "db/1", "db/0"]);
    check("--name web/*", &["web/1", "web/0"]);
    check("--name unit/web/?", &["web/1", "web/0"]);
    check("--in-flight-for 2min", &["web/1", "cache/0", "db/1"]);
    check("--in-flight-for 4min", &["web/1", "db/1"]);
    check("--overdue", &[]);
    check("--older 1h", &["web/1", "db/0", "cache/1", "web/0"]);
    check("--older 1h --name *b/1", &["web/1"]);
    check("--state new --parked", &[]);
}

#[test]
fn the_list_is_there_for_programs() {
    let folder = demo();
    let shown = folder.run("list --json --name db/1 state.db");
    let line: serde_json::Value = serde_json::from_str(shown.lines().nth(1).unwrap()).unwrap();
    let mut expect = json!({
        "workflow": "unit", "instance": "db/1", "state": "new", "condition": "failing",
        "inflight": "install", "attempt": 2, "interruptions": 0, "version": 2,
        "cause": "attempt 2 in 1 h, after: the port is taken", "failures": [], "owner": null,
    });
    for moment in ["entered", "until", "committed", "inflight_since"] {
        assert!(line[moment].as_str().unwrap().ends_with('Z'), "{line}");
        expect[moment] = line[moment].clone();
    }
    assert_eq!(line, expect);
}

#[test]
fn an_instance_is_shown_with_what_can_be_done() {
    let folder = demo();
    assert_snapshot!(folder.run("show state.db db/0"), @"
    exit 0
    unit/db/0
      state         broken, an error state, for 1 d
                      reason: no space left
                        on device 7
      in flight     nothing
      last failure  install, 1 d ago: no space left
                    on device 7
      possible      mend
                    give_up
      record        3, written 1 d ago
      owner         none: no process has the store open

        FROM        TRANSITION                              TO
        new         install_failed, when install fails    ▶ broken
        started     reload_failed, when reload fails      ▶ broken
        restarting  restart_failed, when come_back fails  ▶ broken
      ▶ broken      mend                                    new
      ▶ broken      give_up, after 30d, in 28 d             stopped
    ---- stderr
    ");
    assert_snapshot!(folder.run("show state.db web/1"), @"
    exit 0
    unit/web/1
      state         started, for 2 h
                      port: 80
      condition     parked: interrupted once
      in flight     halt, interrupted once
      possible      retry, skip, abandon or set-state
      record        4, written 4 min ago
      owner         none: no process has the store open

        FROM        TRANSITION                          TO
        new         install                           ▶ started
      ▶ started     reload                            ▶ started
      ▶ started     reload_failed, when reload fails    broken
      ▶ started     halt, in flight                     stopped
      ▶ started     restart                             restarting
        restarting  come_back, by itself              ▶ started
    ---- stderr
    ");
    assert_snapshot!(folder.run("show state.db unit/web/0"), @"
    exit 0
    unit/web/0
      state         started, for 2 h
                      port: 80
      in flight     nothing
      possible      reload port=INT
                    halt, when idle
                    restart
      record        3, written 2 h ago
      owner         none: no process has the store open

        FROM        TRANSITION                          TO
        new         install                           ▶ started
      ▶ started     reload                            ▶ started
      ▶ started     reload_failed, when reload fails    broken
      ▶ started     halt, when idle                     stopped
      ▶ started     restart                             restarting
        restarting  come_back, by itself              ▶ started
    ---- stderr
    ");
    assert_snapshot!(folder.run("show state.db cache/1"), @"
    exit 0
    unit/cache/1
      state         stopped, a final state, for 2 d
      in flight     nothing
      possible      set-state only
      record        1, written 2 d ago
      owner         none: no process has the store open

        FROM     TRANSITION            TO
        started  halt, when idle     ▶ stopped
        broken   give_up, after 30d  ▶ stopped
    ---- stderr
    ");
}

#[test]
fn an_instance_is_drawn_where_it_is() {
    let folder = demo();
    let drawn = folder.run("show --format mermaid state.db db/0");
    assert!(drawn.contains("class broken highlighted"), "{drawn}");
}

#[test]
fn an_instance_is_there_for_programs() {
    let folder = demo();
    let shown = folder.run("show --json state.db web/0");
    let line: serde_json::Value = serde_json::from_str(shown.lines().nth(1).unwrap()).unwrap();
    assert_eq!(line["variables"], json!({"port": 80}));
    assert_eq!(
        line["possible"][0],
        json!({
            "transition": "reload", "alias": null, "guards": [], "target": "started",
            "inputs": [{"name": "port", "type": "int"}],
        })
    );
    assert_eq!(line["owner"], json!(null));
    let shown = folder.run("show --json state.db db/0");
    assert!(
        shown.contains(r#""failure":"no space left\non device 7"}"#),
        "{shown}"
    );
}

#[test]
fn history_tells_what_happened() {
    let folder = demo();
    assert_snapshot!(run(&folder, "history state.db web/1"), @"
    exit 0
    VERSION  WHEN                  STATE    IN FLIGHT  WHAT
    1        THEN................  new      install    install(port: 80) fired: ticket 7
    2        THEN................  started             install done
    3        THEN................  started  halt       halt fired
    4        THEN................  started  halt       halt was interrupted, and waits for an operator
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "history state.db db/0"), @"
    exit 0
    VERSION  WHEN                  STATE   IN FLIGHT       WHAT
    1        THEN................  new     install         install(port: 80) fired: ticket 7
    2        THEN................  new     install_failed  install failed: no space left …
    3        THEN................  broken                  install_failed done
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "history --last 1 state.db db/1"), @"
    exit 0
    VERSION  WHEN                  STATE  IN FLIGHT  WHAT
    2        THEN................  new    install    attempt 1 failed: the port is taken
    ---- stderr
    ");
    let shown = folder.run("history --json --last 1 state.db db/1");
    assert!(
        shown.contains(r#""told":"attempt 1 failed: the port is taken"#),
        "{shown}"
    );
}

/// Of what was compacted away nothing is claimed.
#[test]
fn a_history_that_is_cut_does_not_tell_of_a_beginning() {
    let folder = demo();
    folder.run("compact --keep 1 state.db");
    assert_snapshot!(run(&folder, "history state.db web/0"), @"
    exit 0
    VERSION  WHEN                  STATE    WHAT
    3        THEN................  started  what came before is not kept
    ---- stderr
    ");
    assert_snapshot!(run(&folder, "history state.db web/1"), @"
    exit 0
    VERSION  WHEN                  STATE    IN FLIGHT  WHAT
    4        THEN................  started  halt       what came before is not kept
    ---- stderr
    ");
}

#[test]
fn what_is_due_is_told_with_whether_somebody_runs_it() {
    let folder = Folder::new::<&str>(&[]);
    let store = Filled::new(&folder.path().join("state.db"));
    let second = json!({"transition": "install", "inputs": {"port": 80}, "attempt": 2, "until": 5});
    store.put("db/1", 10, "new", json!({}), second);
    assert_snapshot!(run(&folder, "list state.db"), @"
    exit 0
    INSTANCE   STATE  FOR   CONDITION         CAUSE
    unit/db/1  new    10 s  failing: install  attempt 2 is due
    1 instance: 1 failing
    owned by `unit-agent` (pid PID, since THEN)
    ---- stderr
    ");
    store.close();
    assert_snapshot!(folder.run("list state.db"), @"
    exit 0
    INSTANCE   STATE  FOR   CONDITION         CAUSE
    unit/db/1  new    10 s  failing: install  attempt 2 is due, and no process runs it
    1 instance: 1 failing
    no process owns the store
    ---- stderr
    ");
}

#[test]
fn what_happens_is_written_as_it_happens() {
    let folder = Folder::new::<&str>(&[]);
    let store = Filled::demo(&folder.path().join("state.db"));
    let mut child = folder
        .command("watch --every 1ms --name db/1 state.db")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || {
        let line = lines.next().unwrap().unwrap();
        line.split_once("Z  ").unwrap().1.to_owned()
    };
    let first = next();
    assert!(
        first.starts_with("unit/db/1  new  attempt 1 failed"),
        "{first}"
    );
    let second = json!({"transition": "install", "inputs": {"port": 80}, "attempt": 2});
    store.put("db/1", 0, "new", json!({}), second);
    store.put("db/1", 0, "started", json!({"port": 80}), json!(null));
    assert_eq!(next(), "unit/db/1  new  attempt 2");
    assert_eq!(next(), "unit/db/1  started  install done");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn what_was_written_before_can_be_left_out() {
    let folder = Folder::new::<&str>(&[]);
    let store = Filled::demo(&folder.path().join("state.db"));
    let mut child = folder
        .command("watch --every 1ms --new state.db")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (heard, line) = mpsc::channel();
    let listener = thread::spawn(move || lines.take(1).for_each(|it| heard.send(it).unwrap()));
    // When it begins to look nobody knows.
    let mut ports = 1..;
    let first = loop {
        let port = ports.next().unwrap();
        store.put("db/1", 0, "started", json!({"port": port}), json!(null));
        if let Ok(line) = line.try_recv() {
            break line.unwrap();
        }
    };
    assert!(first.contains("Z  unit/db/1  started  "), "{first}");
    listener.join().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
}
