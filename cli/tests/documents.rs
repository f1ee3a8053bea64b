//! The consoles in `LANGUAGE.md` show what the command prints.
//!
//! They run in a folder with the workflows of the document, each in a file of its name.

#![allow(clippy::expect_used, reason = "helpers of tests")]

mod command;

use command::Folder;

const LANGUAGE: &str = include_str!("../../LANGUAGE.md");

/// The texts of the fenced blocks whose tag begins so.
fn blocks(tag: &str) -> impl Iterator<Item = &'static str> {
    let fenced = LANGUAGE.split("\n```").skip(1).step_by(2);
    fenced.filter_map(move |block| {
        block
            .strip_prefix(tag)?
            .split_once('\n')
            .map(|(_, text)| text)
    })
}

/// The name of the workflow that a block shows.
fn name(block: &str) -> Option<&str> {
    let header = block
        .lines()
        .find_map(|line| line.strip_prefix("workflow "));
    header?.strip_suffix(" {")
}

#[test]
fn consoles_show_what_is_printed() {
    let files: Vec<_> = blocks("workflow")
        .filter_map(|block| Some((format!("{}.workflow", name(block)?), format!("{block}\n"))))
        .collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (&**name, text)).collect();
    let folder = Folder::new(&files);
    let mut consoles = 0;
    for console in blocks("console") {
        let (command, shown) = console.split_once('\n').unwrap_or((console, ""));
        let arguments = command
            .strip_prefix("$ inflight ")
            .expect("a call of the command");
        let output = folder
            .command(arguments)
            .output()
            .expect("the command runs");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert_eq!(shown.trim_end(), printed.trim_end(), "{command}");
        consoles += 1;
    }
    assert!(consoles > 0);
}
