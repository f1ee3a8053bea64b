//! What an operator does with a store of units, and what is then told.

#![allow(dead_code, reason = "each test file uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot be set up fails"
)]

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::command::{Folder, shown};
use crate::stores::Filled;

/// A folder with a store that nobody owns, with an instance in each condition.
pub(crate) fn demo() -> Folder {
    let folder = Folder::new::<&str>(&[]);
    Filled::demo(&store(&folder)).close();
    folder
}

pub(crate) fn store(folder: &Folder) -> PathBuf {
    folder.path().join("state.db")
}

/// The command with these arguments, for which blanks within quotes are none.
pub(crate) fn command(folder: &Folder, arguments: &str) -> Command {
    let mut command = Command::new(folder.command("x").get_program());
    command.current_dir(folder.path()).env("USER", "oncall");
    command.env_remove("SUDO_USER");
    for (number, part) in arguments.split('\'').enumerate() {
        match number % 2 {
            0 => command.args(part.split_whitespace()),
            _ => command.arg(part),
        };
    }
    command
}

/// What the command did, ids of requests as `ID`, that of this process as `PID`, and the folder
/// as `HERE`.
pub(crate) fn run(folder: &Folder, arguments: &str) -> String {
    masked(folder, &command(folder, arguments).output().unwrap())
}

/// The same of one that has ended.
pub(crate) fn masked(folder: &Folder, output: &Output) -> String {
    let text = shown(output).replace(&folder.path().display().to_string(), "HERE");
    let text = text.replace(&format!("pid {}", std::process::id()), "pid PID");
    let words = text.split_inclusive(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
    words
        .map(|word| {
            let id = word.trim_end_matches(|letter: char| !letter.is_ascii_hexdigit());
            match id.len() == 36 && id.matches('-').count() == 4 {
                true => word.replace(id, "ID"),
                false => word.to_owned(),
            }
        })
        .collect()
}

/// The last line of a history, without its moment.
pub(crate) fn last(folder: &Folder, instance: &str) -> String {
    let told = run(
        folder,
        &format!("history --last 1 --json state.db {instance}"),
    );
    let line = told.lines().nth(1).unwrap();
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    let told = line["told"].as_str().unwrap();
    format!("{}: {told}", line["state"].as_str().unwrap())
}
