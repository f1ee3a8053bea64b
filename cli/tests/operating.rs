//! What `OPERATING.md` shows of the command is what the command prints, one call after the
//! other, in a folder with a store that nobody owns. Moments and ids differ from run to run.
//! After a change of its output: `UPDATE_DOCUMENTS=1 cargo test -p inflight-cli --test
//! operating`

#![allow(
    clippy::unwrap_used,
    reason = "the helpers fail where something is amiss"
)]

mod command;
mod stores;

use std::process::Command;
use std::{env, fs};

use command::Folder;
use stores::Filled;

const OPERATING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../OPERATING.md");

/// A block that shows what the command prints, as it should be.
fn printed(folder: &Folder, piece: &str) -> Option<String> {
    let call = piece.strip_prefix("console\n$ ")?.lines().next()?;
    let binary = folder.command("x").get_program().to_owned();
    let script = call.replacen("inflight", "\"$INFLIGHT\"", 1);
    let output = Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path())
        .env("INFLIGHT", binary)
        .env("USER", "oncall")
        .env_remove("SUDO_USER")
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    Some(format!("console\n$ {call}\n{}", text.trim_end()))
}

/// The text without what differs from run to run.
fn masked(text: &str) -> String {
    let mut masked = String::new();
    for word in text.split_inclusive([' ', '\n', ')']) {
        let core = word.trim_end_matches([' ', '\n', ')']);
        let is_moment = core.len() == 20 && core.ends_with('Z') && core.starts_with("20");
        let is_id = core.len() == 36 && core.matches('-').count() == 4;
        masked.push_str(&match is_moment || is_id {
            true => word.replace(core, "?"),
            false => word.to_owned(),
        });
    }
    masked
}

#[test]
fn the_command_prints_what_the_document_shows() {
    let folder = Folder::new::<&str>(&[]);
    Filled::demo(&folder.path().join("state.db")).close();
    let document = fs::read_to_string(OPERATING).unwrap();
    let pieces: Vec<_> = document.split("\n```").collect();
    let right: Vec<String> = (pieces.iter())
        .map(|piece| match printed(&folder, piece) {
            Some(printed) if masked(&printed) != masked(piece) => printed,
            _ => (*piece).to_owned(),
        })
        .collect();
    if env::var_os("UPDATE_DOCUMENTS").is_some() {
        fs::write(OPERATING, right.join("\n```")).unwrap();
        return;
    }
    for (shown, printed) in pieces.into_iter().zip(&right) {
        assert_eq!(shown, printed, "see the head of this file");
    }
}
