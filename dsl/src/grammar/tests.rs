//! The table of rules, walked here, makes of a text what pest makes of it with the grammar.

use super::Node;
use pest::iterators::Pair;
use pest_vm::Vm;
use std::fs;
use std::path::{Path, PathBuf};

/// A node: how deep it stands, its rule, and where it begins and ends.
type Row = (usize, String, usize, usize);

#[test]
fn every_text_is_taken_apart_as_pest_does() {
    let (_, rules) = pest_meta::parse_and_optimize(include_str!("../grammar.pest")).unwrap();
    let pest = Vm::new(rules);
    let mut files = Vec::new();
    workflows(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(".."),
        &mut files,
    );
    assert!(files.len() > 100, "only {} files", files.len());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        check(&pest, &text, &path);
        // Broken somewhere in the middle.
        let (before, after) = text.split_at(text.floor_char_boundary(text.len() / 2));
        check(&pest, before, &path);
        check(&pest, after, &path);
    }
}

fn check(pest: &Vm, text: &str, path: &Path) {
    let mut wanted = Vec::new();
    for pair in pest.parse("file", text).unwrap() {
        pest_rows(pair, 0, &mut wanted);
    }
    let mut rows = Vec::new();
    our_rows(Node::file(text).unwrap(), 0, &mut rows);
    assert!(rows == wanted, "{}: {text}", path.display());
}

fn our_rows(node: Node<'_>, depth: usize, rows: &mut Vec<Row>) {
    let span = node.span();
    rows.push((depth, format!("{:?}", node.rule()), span.start, span.end));
    for inner in node.inner() {
        our_rows(inner, depth + 1, rows);
    }
}

/// Adds the rows of a node and gives where it ends: pest's ends after the blanks that
/// follow its last part.
fn pest_rows(pair: Pair<'_, &str>, depth: usize, rows: &mut Vec<Row>) -> usize {
    let (row, start) = (rows.len(), pair.as_span().start());
    let mut end = pair.as_span().end();
    rows.push((depth, pair.as_rule().to_owned(), start, end));
    for inner in pair.into_inner() {
        let start = inner.as_span().start();
        let last = pest_rows(inner, depth + 1, rows);
        if start < last {
            end = last;
        }
    }
    rows[row].3 = end;
    end
}

/// All workflows of the repository.
fn workflows(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap();
        if path.is_dir() && name != "target" && name != ".git" {
            workflows(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "workflow")
        {
            found.push(path);
        }
    }
}
