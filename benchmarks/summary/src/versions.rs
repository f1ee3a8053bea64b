//! What was measured, and on what.

use std::fmt::Write;
use std::fs;
use std::process::Command;

/// The versions of everything.
pub fn section() -> String {
    let mut text = "\n## Versions\n\n| what | version |\n| --- | --- |\n".to_owned();
    for (what, version) in versions() {
        // Writing to a string does not fail.
        let _ = writeln!(text, "| {what} | {version} |");
    }
    text
}

fn versions() -> Vec<(String, String)> {
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output();
        let output = output.map(|output| output.stdout).unwrap_or_default();
        let text = String::from_utf8_lossy(&output).into_owned();
        text.lines().next().unwrap_or_default().to_owned()
    };
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split_once(": "));
    let cores = cpu.lines().filter(|line| line.starts_with("processor"));
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory
        .split_whitespace()
        .nth(1)
        .and_then(|it| it.parse::<u64>().ok());
    let mut versions = vec![
        (
            "Inflight".to_owned(),
            said("git", &["describe", "--always", "--dirty"]),
        ),
        ("rustc".to_owned(), said("rustc", &["--version"])),
        ("kernel".to_owned(), said("uname", &["-sr"])),
        (
            "processor".to_owned(),
            format!("{}, {} cores", model.map_or("?", |it| it.1), cores.count()),
        ),
        (
            "memory".to_owned(),
            format!("{} GB", memory.unwrap_or_default() / 1_000_000),
        ),
        (
            "file system of the stores".to_owned(),
            said("findmnt", &["-no", "FSTYPE", "-T", "."]),
        ),
        ("valgrind".to_owned(), said("valgrind", &["--version"])),
    ];
    versions.extend(crates());
    versions
}

/// The peers and what Inflight is built on, as the lock files and the measured crates say.
fn crates() -> Vec<(String, String)> {
    const SHOWN: [&str; 16] = [
        "duroxide",
        "libsqlite3-sys",
        "pest",
        "rusqlite",
        "rust-fsm",
        "serde",
        "serde_json",
        "smlang",
        "sqlx",
        "state-machines",
        "stateforward-sml",
        "statig",
        "tokio",
        "tracing",
        "uuid",
        "stats_alloc",
    ];
    let mut locks = vec!["Cargo.lock".to_owned()];
    for machine in ["statig", "smlang", "rust_fsm", "sml", "state_machines"] {
        locks.push(format!(
            "target/scratch/compile/{machine}/ring_10/Cargo.lock"
        ));
    }
    locks.push("target/scratch/dispatch/fire_10/Cargo.lock".to_owned());
    let mut found = std::collections::BTreeMap::new();
    for lock in locks {
        let lock = fs::read_to_string(lock).unwrap_or_default();
        for package in lock.split("[[package]]") {
            let field = |name: &str| {
                let line = package.lines().find_map(|line| line.strip_prefix(name))?;
                Some(line.trim_start_matches(" = ").trim_matches('"').to_owned())
            };
            if let (Some(name), Some(version)) = (field("name"), field("version"))
                && SHOWN.contains(&name.as_str())
            {
                found.entry(name).or_insert(version);
            }
        }
    }
    found.into_iter().collect()
}
