//! The workflows that the project shows are formatted, each as `inflight fmt` does it.
//!
//! Blocks of documents and files are brought into form by `UPDATE_FORMATTED=1 cargo test
//! -p inflight-dsl --test format_examples`.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use inflight_dsl::format::format;
use std::fs;
use std::path::{Path, PathBuf};

/// Compares a file with its form, or writes that.
fn check(path: &Path, form: impl Fn(&str) -> String) {
    let text = fs::read_to_string(path).unwrap();
    let form = form(&text);
    if std::env::var_os("UPDATE_FORMATTED").is_some() {
        fs::write(path, form).unwrap();
    } else {
        assert_eq!(text, form, "{}: see the head of this test", path.display());
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn workflow_files_are_formatted() {
    let mut paths = vec![
        root().join("dsl/tests/right/relation.workflow"),
        root().join("dsl/tests/right/unit.workflow"),
        root().join("runtime/examples/firmware.workflow"),
    ];
    let examples = fs::read_dir(root().join("examples/unit-agent/workflows")).unwrap();
    paths.extend(examples.map(|entry| entry.unwrap().path()));
    for path in paths {
        check(&path, |text| format(text).unwrap());
    }
}

#[test]
fn blocks_of_documents_are_formatted() {
    for name in ["LANGUAGE.md", "README.md"] {
        check(&root().join(name), |text| {
            let pieces = text
                .split("\n```")
                .map(|piece| match piece.split_once('\n') {
                    Some((tag, block)) if tag.starts_with("workflow") => {
                        format!("{tag}\n{}", form(block))
                    }
                    _ => piece.to_owned(),
                });
            pieces.collect::<Vec<_>>().join("\n```")
        });
    }
}

/// The form of a whole file, or of what stands in a workflow.
fn form(block: &str) -> String {
    let whole = block.starts_with("//!") || block.lines().any(|line| line.starts_with("workflow "));
    if whole {
        return format(block).unwrap().trim_end().to_owned();
    }
    let framed = format(&format!("workflow frame {{\n{block}\n}}\n")).unwrap();
    let inside = framed.lines().skip(1).map(|line| line.strip_prefix("    "));
    let lines: Vec<_> = inside.map_while(|line| line.or(Some(""))).collect();
    lines.join("\n").trim_end().to_owned()
}
