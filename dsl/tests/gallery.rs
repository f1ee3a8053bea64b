//! The gallery: real lifecycles, which compile without a word and in canonical form, are all
//! in its index, and show all of the language.
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
use pest_vm::Vm;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "support/files.rs"]
mod files;
use files::workflow_files;

const LANGUAGE: &str = include_str!("../../LANGUAGE.md");

/// What is read without a word: between tokens, and within one.
const SILENT: [&str; 3] = ["COMMENT", "WHITESPACE", "digits"];

const GALLERY: &str = "../examples/gallery";

/// One lifecycle.
struct Example {
    /// The name of the file, which is that of its first workflow.
    name: String,
    source: String,
}

fn gallery() -> Vec<Example> {
    let example = |path: PathBuf| Example {
        name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
        source: fs::read_to_string(&path).unwrap(),
    };
    let paths = workflow_files(&[GALLERY]);
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

/// Each rule of the grammar that `LANGUAGE.md` shows, and each word in it, occurs somewhere.
#[test]
fn the_gallery_shows_all_of_the_language() {
    let gallery = gallery();
    assert!(gallery.len() >= 40, "only {} lifecycles", gallery.len());

    let (_, grammar) = LANGUAGE.split_once("```pest\n").unwrap();
    let (grammar, _) = grammar.split_once("```").unwrap();
    let (_, rules) = pest_meta::parse_and_optimize(grammar).unwrap();
    let vm = Vm::new(rules.clone());
    let mut met = BTreeSet::new();
    for Example { name, source } in &gallery {
        let read = vm.parse("file", source);
        let nodes = read.unwrap_or_else(|error| panic!("{name}: {error}"));
        met.extend(nodes.flatten().map(|node| node.as_rule().to_owned()));
    }
    let rules = rules.iter().map(|rule| rule.name.as_str());
    let unmet: Vec<&str> = rules
        .filter(|rule| !met.contains(*rule) && !SILENT.contains(rule))
        .collect();
    assert_eq!(unmet, [""; 0], "rules");

    let code: String = gallery
        .iter()
        .map(|example| code(&example.source))
        .collect();
    let (above, _) = grammar.split_once("\ntext ").unwrap();
    let words = above.split('"').skip(1).step_by(2);
    let written = words.chain(["true", "false", "null", "failure", "same"]);
    let written = written.chain(["ms", "s", "m", "h", "d"]);
    let unwritten: Vec<&str> = written.filter(|word| !occurs(&code, word)).collect();
    assert_eq!(unwritten, [""; 0], "words and signs");
}

/// A file without its comments.
fn code(source: &str) -> String {
    let lines = source.lines().map(|line| line.split("//").next().unwrap());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Whether a word stands somewhere by itself, or behind a number; a sign, anywhere.
fn occurs(code: &str, word: &str) -> bool {
    let is_word = word.starts_with(char::is_alphabetic);
    let letter = |next: char| next.is_alphanumeric() || next == '_';
    code.match_indices(word).any(|(at, _)| {
        let alone = !code[..at].ends_with(|last: char| letter(last) && !last.is_ascii_digit())
            && !code[at + word.len()..].starts_with(letter);
        alone || !is_word
    })
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
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(GALLERY)
        .join("README.md");
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
    let links = index.split("](").skip(1);
    for link in links.filter_map(|link| link.split(')').next()) {
        assert!(path.with_file_name(link).exists(), "there is no {link}");
    }
}
