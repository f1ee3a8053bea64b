//! The shipped charm, driven through its life by the built agent.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail as tests do"
)]

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

struct Unit {
    folder: tempfile::TempDir,
}

impl Unit {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn agent(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_unit-agent"));
        command
            .args(line.split_whitespace())
            .arg("--data")
            .arg(self.folder.path());
        command
    }

    fn succeeds(&self, line: &str) -> String {
        let output = self.agent(line).output().unwrap();
        let log = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {log}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn run(&self) -> Json {
        self.succeeds("run --until-idle");
        serde_json::from_str(&self.succeeds("status --json")).unwrap()
    }

    fn charm(&self, name: &str) -> PathBuf {
        self.folder.path().join("charm").join(name)
    }

    fn page(&self) -> String {
        let address = fs::read_to_string(self.charm("address")).unwrap();
        let host = address
            .trim()
            .trim_start_matches("http://")
            .trim_end_matches('/');
        let mut page = String::new();
        let mut server = TcpStream::connect(host).unwrap();
        server.write_all(b"GET / HTTP/1.0\r\n\r\n").unwrap();
        server.read_to_string(&mut page).unwrap();
        page
    }
}

fn shipped(charm: &str) -> String {
    let charms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../charms");
    charms.join(charm).display().to_string()
}

#[test]
fn the_shipped_charm_lives_its_life() {
    let unit = Unit::new();
    unit.succeeds(&format!("run --until-idle --charm {}", shipped("page")));
    assert!(unit.page().contains("Unit page/0, revision 1"));

    unit.succeeds("relation join neighbour --remote blog/0 address=http://blog/");
    unit.succeeds("configure title=Changed");
    let status = unit.run();
    assert_eq!(status["relations"]["neighbour"]["state"], "up");
    assert!(unit.page().contains("<h1>Changed</h1>"));
    assert!(unit.page().contains("<li>blog/0 http://blog/</li>"));

    unit.succeeds(&format!("upgrade --charm {}", shipped("page-2")));
    unit.run();
    assert!(unit.page().contains("revision 2"));
    assert!(unit.page().contains("color-scheme"));

    unit.succeeds("relation remove neighbour");
    unit.succeeds("stop");
    let status = unit.run();
    assert_eq!(status["state"], "stopped");
    assert_eq!(status["relations"]["neighbour"]["state"], "departed");
    assert!(!unit.charm("address").exists());
    let life = fs::read_to_string(unit.charm("life.log")).unwrap();
    let hooks: Vec<_> = life
        .lines()
        .map(|line| line.split_once(' ').unwrap().1)
        .collect();
    assert_eq!(hooks.last(), Some(&"stop"));
    assert!(hooks.contains(&"neighbour-relation-broken"));
}

/// Whoever listens on all addresses has the port of the page's address too.
#[test]
fn the_shipped_charm_takes_a_port_that_is_free() {
    let unit = Unit::new();
    let all: [SocketAddr; 2] = [
        (Ipv4Addr::UNSPECIFIED, 0).into(),
        (Ipv6Addr::UNSPECIFIED, 0).into(),
    ];
    // Not every machine has IPv6.
    for listener in all.iter().flat_map(TcpListener::bind) {
        let port = listener.local_addr().unwrap().port();
        unit.succeeds(&format!("configure port={port}"));
        if unit.charm("address").exists() {
            unit.run();
        } else {
            unit.succeeds(&format!("run --until-idle --charm {}", shipped("page")));
        }
        assert!(unit.page().contains("Unit page/0"), "port {port} is taken");
    }
    unit.succeeds("stop");
    assert_eq!(unit.run()["state"], "stopped");
}

#[test]
fn an_agent_that_is_killed_is_carried_on() {
    let unit = Unit::new();
    let charm = unit.folder.path().join("killed");
    let fifo = unit.folder.path().join("fifo");
    fs::create_dir_all(charm.join("hooks")).unwrap();
    fs::write(charm.join("metadata.yaml"), "name: killed").unwrap();
    fs::write(charm.join("revision"), "1").unwrap();
    // The first run tells that it has begun, and never ends.
    let script = format!(
        "#!/bin/sh\necho run >> runs\n[ -p {0} ] || exit 0\necho > {0}\nwhile :; do sleep 600; done\n",
        fifo.display()
    );
    fs::write(charm.join("hooks/install"), script).unwrap();
    Command::new("chmod")
        .arg("+x")
        .arg(charm.join("hooks/install"))
        .status()
        .unwrap();
    Command::new("mkfifo").arg(&fifo).status().unwrap();

    let run = format!("run --charm {}", charm.display());
    let mut agent = unit.agent(&run).spawn().unwrap();
    fs::read(&fifo).unwrap();
    fs::remove_file(&fifo).unwrap();
    let beside = unit.agent("run").output().unwrap();
    let refusal = String::from_utf8_lossy(&beside.stderr).into_owned();
    assert!(
        refusal.contains(&format!("pid {}", agent.id())),
        "{refusal}"
    );
    agent.kill().unwrap();
    agent.wait().unwrap();

    assert_eq!(unit.run()["state"], "started");
    assert_eq!(
        fs::read_to_string(unit.charm("runs")).unwrap(),
        "run\nrun\n"
    );
    let history = unit.succeeds("history --json");
    let records: Vec<_> = history
        .lines()
        .map(|line| {
            let record: Json = serde_json::from_str(line).unwrap();
            let inflight = &record["inflight"];
            (
                record["state"].as_str().unwrap().to_owned(),
                inflight["transition"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                inflight["interruptions"].as_u64().unwrap_or_default(),
            )
        })
        .collect();
    let expect = [
        ("new", "install", 0),
        ("new", "install", 1),
        ("installed", "start", 0),
        ("started", "", 0),
    ];
    let expect = expect.map(|(state, transition, times)| (state.into(), transition.into(), times));
    assert_eq!(records, expect);
}
