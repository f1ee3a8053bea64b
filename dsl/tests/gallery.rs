//! The gallery: real lifecycles, which compile without a word, in canonical form, and are
//! all in its index.
//!
//! The lines of the index are written anew, each in its place, by
//! UPDATE_GALLERY=1 cargo test -p inflight-dsl --test gallery
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use inflight_dsl::compile;
use inflight_dsl::diagnostic::Diagnostic;
use inflight_dsl::format::format;
use inflight_dsl::report::report;
use std::fs;
use std::path::{Path, PathBuf};

const GALLERY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/gallery");

/// One lifecycle.
struct Example {
    /// The name of the file, which is that of its first workflow.
    name: String,
    source: String,
}

fn gallery() -> Vec<Example> {
    let mut paths: Vec<PathBuf> = fs::read_dir(GALLERY)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "workflow")
        })
        .collect();
    paths.sort();
    let example = |path: PathBuf| Example {
        name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        source: fs::read_to_string(&path).unwrap(),
    };
    paths.into_iter().map(example).collect()
}

#[test]
fn every_lifecycle_compiles_without_a_word() {
    for Example { name, source } in gallery() {
        let compiled = compile(&source);
        let shown = |found: &Diagnostic| report(&name, &source, found);
        let said: Vec<String> = compiled.diagnostics.iter().map(shown).collect();
        assert!(said.is_empty(), "{}", said.join("\n"));
        let model = compiled.model.unwrap();
        assert_eq!(
            model.workflows[0].name.text, name,
            "the file's first workflow"
        );
    }
}

#[test]
fn every_lifecycle_is_in_canonical_form() {
    for Example { name, source } in gallery() {
        assert_eq!(format(&source).unwrap(), source, "{name}");
    }
}

/// What the index says of a lifecycle: its first words, and where it is drawn.
fn line(example: &Example) -> String {
    let Example { name, source } = example;
    let about = source.lines().next().unwrap().strip_prefix("//! ");
    let about = about.unwrap_or_else(|| panic!("{name} begins with a line about it"));
    format!(
        "- [`{name}`]({name}.workflow): {about} \
         [Diagram](../../snapshots/gallery/{name}.mermaid.snap), \
         [table](../../snapshots/gallery/{name}.table.snap)"
    )
}

#[test]
fn every_lifecycle_is_in_the_index() {
    let path = Path::new(GALLERY).join("README.md");
    let mut index = fs::read_to_string(&path).unwrap();
    let gallery = gallery();
    let entry = |line: &str| line.starts_with("- [`");
    if std::env::var_os("UPDATE_GALLERY").is_some() {
        let fresh = index.lines().map(|kept| {
            let of = |example: &&Example| kept.starts_with(&format!("- [`{}`]", example.name));
            gallery.iter().find(of).map_or(kept.to_owned(), line) + "\n"
        });
        index = fresh.collect();
        fs::write(&path, &index).unwrap();
    }
    let mut listed: Vec<&str> = index.lines().filter(|line| entry(line)).collect();
    listed.sort_unstable();
    let mut expected: Vec<String> = gallery.iter().map(line).collect();
    expected.sort_unstable();
    assert_eq!(listed, expected);
}
