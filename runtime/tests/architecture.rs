//! The dependency arrows of the project point one way: see ARCHITECTURE.md.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

/// What each package may depend on among the packages of this workspace, tests aside.
const ARROWS: [(&str, &[&str]); 8] = [
    ("inflight-dsl", &[]),
    ("inflight-codegen", &["inflight-dsl"]),
    ("inflight-macros", &["inflight-codegen"]),
    ("inflight", &["inflight-macros", "inflight-dsl"]),
    ("inflight-cli", &["inflight", "inflight-dsl"]),
    ("unit-agent", &["inflight"]),
    ("inflight-reliability", &["inflight"]),
    ("inflight-snapshots", &[]),
];

/// What the language may never learn of.
const FOREIGN_TO_DSL: [&str; 5] = ["proc-macro2", "quote", "syn", "tokio", "serde"];

fn metadata() -> Json {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("cargo prints JSON")
}

fn dependencies(package: &Json) -> BTreeSet<String> {
    let all = package["dependencies"].as_array().expect("a list");
    all.iter()
        .filter(|dependency| dependency["kind"].is_null())
        .map(|dependency| dependency["name"].as_str().expect("a name").to_owned())
        .collect()
}

fn optional(package: &Json, name: &str) -> bool {
    let all = package["dependencies"].as_array().expect("a list");
    all.iter()
        .filter(|dependency| dependency["kind"].is_null() && dependency["name"] == name)
        .all(|dependency| dependency["optional"] == true)
}

#[test]
fn packages_depend_one_way() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("a list");
    let members: BTreeSet<_> = packages
        .iter()
        .map(|package| package["name"].as_str().expect("a name"))
        .collect();
    let known: BTreeSet<_> = ARROWS.iter().map(|(name, _)| *name).collect();
    assert_eq!(members, known, "say here what a new package may depend on");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let allowed = ARROWS
            .iter()
            .find(|arrow| arrow.0 == name)
            .expect("known")
            .1;
        for dependency in dependencies(package) {
            assert!(
                !members.contains(dependency.as_str()) || allowed.contains(&dependency.as_str()),
                "{name} may not depend on {dependency}"
            );
            assert!(
                name != "inflight"
                    || dependency != "inflight-dsl"
                    || optional(package, &dependency),
                "only the tests of users need {dependency}: it is optional"
            );
            assert!(
                name != "inflight-dsl" || !FOREIGN_TO_DSL.contains(&dependency.as_str()),
                "{name} may not depend on {dependency}"
            );
        }
    }
}

/// Every dependency earns its place in ARCHITECTURE.md.
#[test]
fn every_dependency_is_accounted_for() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let page = fs::read_to_string(page).expect("readable");
    let (_, table) = page.split_once("\n## Dependencies\n").expect("a section");
    let metadata = metadata();
    for package in metadata["packages"].as_array().expect("a list") {
        for dependency in package["dependencies"].as_array().expect("a list") {
            let name = dependency["name"].as_str().expect("a name");
            assert!(
                name.starts_with("inflight") || table.contains(&format!("`{name}`")),
                "say in ARCHITECTURE.md why {} depends on `{name}`",
                package["name"]
            );
        }
    }
}

/// The rules of the runtime import no I/O, no clock, no async and no store.
#[test]
fn the_engine_is_pure() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![
        source.join("engine.rs"),
        source.join("outcome.rs"),
        source.join("tables.rs"),
    ];
    files.extend(rust_files(&source.join("engine")));
    let allowed = [
        "crate::outcome",
        "crate::tables",
        "crate::definition",
        "super::",
        "std::fmt",
        "std::collections",
        "std::sync::Arc;",
    ];
    for file in files {
        let text = fs::read_to_string(&file).expect("readable");
        for (number, line) in text.lines().enumerate() {
            let import = line
                .strip_prefix("use ")
                .or_else(|| line.strip_prefix("pub use "));
            assert!(
                import.is_none_or(|import| allowed.iter().any(|path| import.starts_with(path)))
                    && ![
                        "async ",
                        ".await",
                        "std::fs",
                        "std::io",
                        "std::time",
                        "tokio"
                    ]
                    .iter()
                    .any(|word| line.contains(word) && !line.trim_start().starts_with("//")),
                "{}:{}: {line}",
                file.display(),
                number + 1
            );
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("readable");
    entries
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter(|path| !path.ends_with("tests.rs"))
        .collect()
}
