//! `LANGUAGE.md` and `README.md` say what the compiler does.
//!
//! Blocks of Rust are doctests of the crate `inflight`, and what is shown of the
//! command is compared with what that prints in `cli/tests/documents.rs`. Every other
//! block, and every example in the tables of diagnostics, is checked here.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use std::collections::BTreeSet;
use std::fs;

use inflight_dsl::compare::compare;
use inflight_dsl::{Code, compile};
use pest_vm::Vm;

/// Other workflows without mistakes.
const RIGHT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/right");

const LANGUAGE: &str = include_str!("../../LANGUAGE.md");

const README: &str = include_str!("../../README.md");

/// A fenced block, and where it stands.
#[derive(Debug)]
struct Block {
    line: usize,
    tags: Vec<&'static str>,
    text: String,
}

fn blocks(document: &'static str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in document.lines().enumerate() {
        match (line.strip_prefix("```"), open.as_mut()) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(tags), None) => {
                open = Some(Block {
                    line: index + 1,
                    tags: tags.split_whitespace().collect(),
                    text: String::new(),
                });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// The workflow in which parts stand: the first block after the promise that they do.
fn frame() -> String {
    let promise = LANGUAGE
        .lines()
        .position(|line| line.contains("stands inside this one"))
        .expect("the document says where parts stand");
    let frame = blocks(LANGUAGE)
        .into_iter()
        .find(|block| block.line > promise);
    frame.expect("a block after the promise").text
}

/// The file that a piece of text stands for: itself if it is one, or else the frame with
/// the text in it.
fn file(text: &str) -> String {
    let whole = text.starts_with("//!") || text.lines().any(|line| line.starts_with("workflow "));
    if whole {
        return text.to_owned();
    }
    let frame = frame();
    let (before, after) = frame.trim_end().rsplit_once('}').expect("the frame ends");
    format!("{before}{text}\n}}{after}")
}

/// The codes of what the compiler says about a text.
fn reported(text: &str) -> Vec<&'static str> {
    let diagnostics = compile(&file(text)).diagnostics;
    diagnostics
        .iter()
        .map(|found| found.code.as_str())
        .collect()
}

/// The codes of what the compiler says about a text beside an older one.
fn stranded(old: &str, new: &str) -> Vec<&'static str> {
    let model = |text| compile(&file(text)).model.expect("no mistake of its own");
    let comparisons = compare(&model(old), &model(new));
    let changes = comparisons.iter().flat_map(|it| &it.changes);
    changes
        .filter_map(|change| Some(change.stranding.as_ref()?.code.as_str()))
        .collect()
}

/// The tags of the blocks that something else checks.
const ELSEWHERE: [(&str, &str, &[&str]); 2] = [
    (
        "LANGUAGE.md",
        LANGUAGE,
        &[
            "rust",
            "rust,ignore",
            "console",
            "mermaid",
            "pest",
            "sh",
            "text",
            "toml",
        ],
    ),
    ("README.md", README, &["sh", "toml"]),
];

#[test]
fn every_block_is_what_its_tag_says() {
    for (name, document, elsewhere) in ELSEWHERE {
        for Block { line, tags, text } in blocks(document) {
            match tags.as_slice() {
                ["workflow"] => {
                    let found = compile(&file(&text)).diagnostics;
                    assert!(found.is_empty(), "{name}:{line}: {found:#?}");
                }
                ["workflow", "wrong", code] => {
                    assert_eq!(reported(&text), [*code], "{name}:{line}");
                }
                [tag, ..] if elsewhere.contains(tag) => {}
                _ => panic!("{name}:{line}: the block has no known tag"),
            }
        }
    }
}

/// The rows of the tables of diagnostics: code and example.
fn refused() -> Vec<(&'static str, String)> {
    let lines = LANGUAGE.lines();
    let cells = lines.filter_map(|line| line.strip_prefix("| [`")?.strip_suffix(" |"));
    let rows = cells.filter_map(|cells| {
        let (code, rest) = cells.split_once("`](")?;
        let (page, rest) = rest.split_once(") | ")?;
        let (_, example) = rest.split_once(" | ")?;
        assert_eq!(page, format!("dsl/src/explain/{code}.md"));
        Some((code, example.replace("\\|", "|")))
    });
    rows.collect()
}

/// The example of a code: what stands in backticks, or what is described in words.
fn example(code: &str, cell: &str) -> String {
    match cell
        .strip_prefix('`')
        .and_then(|cell| cell.strip_suffix('`'))
    {
        Some(example) => example.to_owned(),
        None => match code {
            "too_many" => {
                let there: String = (1..65_535)
                    .map(|number| format!("transition t{number}: a -> b "))
                    .collect();
                format!("workflow a {{ initial state a state b transition t: b -> a {there} }}")
            }
            _ => panic!("`{code}` has no example"),
        },
    }
}

#[test]
fn every_example_is_refused_with_its_code() {
    let mut wrong = String::new();
    for (code, cell) in refused() {
        let found: BTreeSet<_> = match cell.split_once("` becomes `") {
            Some((old, new)) => stranded(old.trim_matches('`'), new.trim_matches('`')),
            None => reported(&example(code, &cell)),
        }
        .into_iter()
        .collect();
        if found != BTreeSet::from([code]) {
            wrong.push_str(&format!("{code}: {found:?} in {cell}\n"));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_code_is_explained_once_and_in_order() {
    let explained: Vec<_> = refused().into_iter().map(|(code, _)| code).collect();
    let known: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(explained, known);
}

/// What the summary of the grammar makes of a text.
fn summary() -> Vm {
    let blocks = blocks(LANGUAGE);
    let grammar = blocks.iter().find(|block| block.tags == ["pest"]);
    let (_, rules) = pest_meta::parse_and_optimize(&grammar.expect("a grammar").text)
        .unwrap_or_else(|errors| panic!("the grammar is none: {errors:#?}"));
    Vm::new(rules)
}

#[test]
fn the_grammar_reads_every_workflow() {
    let summary = summary();
    for Block { line, text, .. } in blocks(LANGUAGE)
        .iter()
        .filter(|block| block.tags == ["workflow"])
    {
        if let Err(error) = summary.parse("file", &file(text)) {
            panic!("the grammar does not read the workflow in line {line}:\n{error}");
        }
    }
    for entry in fs::read_dir(RIGHT).unwrap() {
        let path = entry.unwrap().path();
        if let Err(error) = summary.parse("file", &fs::read_to_string(&path).unwrap()) {
            panic!("the grammar does not read {}:\n{error}", path.display());
        }
    }
    let refused = refused();
    let (_, wrong) = refused.iter().find(|(code, _)| *code == "syntax").unwrap();
    let wrong = file(&example("syntax", wrong));
    assert!(summary.parse("file", &wrong).is_err());
}
