//! What `LANGUAGE.md` shows of the command is what the command prints.
//!
//! It runs in a folder with the workflows of the document, each in a file of its name; if
//! there are several of a name, in the one of the last, and the others in `old_NAME`.
//! After a change of its output: `UPDATE_DOCUMENTS=1 cargo test -p inflight-cli --test
//! documents`

#![allow(clippy::expect_used, reason = "helpers of tests")]

mod command;

use std::{env, fs};

use command::Folder;

const LANGUAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../LANGUAGE.md");

/// The document in pieces: text and blocks by turns, blocks with their tag.
fn pieces(document: &str) -> Vec<&str> {
    document.split("\n```").collect()
}

/// A file for each workflow of the document.
fn files(document: &str) -> Vec<(String, String)> {
    let pieces = pieces(document);
    let shown = pieces.iter().filter_map(|piece| {
        let (_, text) = piece.strip_prefix("workflow")?.split_once('\n')?;
        let header = text
            .lines()
            .find_map(|line| line.strip_prefix("workflow "))?;
        let name = header.strip_suffix(" {")?;
        Some((format!("{name}.workflow"), format!("{text}\n")))
    });
    let mut files: Vec<_> = shown.collect();
    let mut later = Vec::new();
    for (name, _) in files.iter_mut().rev() {
        if later.contains(name) {
            *name = format!("old_{name}");
        }
        later.push(name.clone());
    }
    files
}

/// A block that shows what the command prints, as it should be.
fn printed(folder: &Folder, piece: &str) -> Option<String> {
    let tag = piece.lines().next()?;
    let (shown, arguments) = match tag.strip_prefix("mermaid ") {
        Some(name) => (tag.to_owned(), format!("diagram {name}.workflow")),
        None => {
            let call = piece.strip_prefix("console\n$ inflight ")?.lines().next()?;
            (format!("{tag}\n$ inflight {call}"), call.to_owned())
        }
    };
    let output = folder
        .command(&arguments)
        .output()
        .expect("the command runs");
    let text = String::from_utf8_lossy(&output.stdout);
    Some(format!("{shown}\n{}", text.trim_end()))
}

#[test]
fn the_command_prints_what_the_document_shows() {
    let document = fs::read_to_string(LANGUAGE).expect("the document is there");
    let files = files(&document);
    let files: Vec<_> = files.iter().map(|(name, text)| (&**name, text)).collect();
    let folder = Folder::new(&files);
    let right: Vec<String> = pieces(&document)
        .into_iter()
        .map(|piece| printed(&folder, piece).unwrap_or_else(|| piece.to_owned()))
        .collect();
    if env::var_os("UPDATE_DOCUMENTS").is_some() {
        fs::write(LANGUAGE, right.join("\n```")).expect("the document can be written");
        return;
    }
    for (shown, printed) in pieces(&document).into_iter().zip(&right) {
        assert_eq!(shown, printed, "see the head of this file");
    }
}
