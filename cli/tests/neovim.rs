//! A real editor, Neovim, with the server and the snippet that `EDITORS.md` shows.

#![allow(clippy::expect_used, reason = "a test that cannot be set up fails")]

use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use tempfile::TempDir;

const EDITORS: &str = include_str!("../../EDITORS.md");

const MISSING: &str =
    "`nvim` is missing, and this test drives it: install Debian's `neovim`, or run `.ci/test`";

/// A workflow with one mistake, and not in its one form after the last line is added.
const DOOR: &str = "\
/// A door.
workflow door {
    initial state open
    final state shut // 🦀🦀
    transition close: open -> shutt
}
";

/// What `EDITORS.md` says to put into `init.lua`.
fn snippet() -> &'static str {
    let (_, rest) = EDITORS.split_once("```lua\n").expect("there is a snippet");
    rest.split_once("```").expect("it ends").0
}

#[test]
fn neovim_checks_navigates_renames_completes_and_formats() {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("init.lua"), snippet()).expect("written");
    fs::write(path("door.workflow"), DOOR).expect("written");
    let built = Path::new(env!("CARGO_BIN_EXE_inflight")).parent();
    let others = env::var_os("PATH").unwrap_or_default();
    let paths = built
        .map(Path::to_owned)
        .into_iter()
        .chain(env::split_paths(&others));
    let output = Command::new("nvim")
        .args([
            "--headless",
            "--clean",
            "-u",
            "init.lua",
            "door.workflow",
            "-c",
        ])
        .arg(concat!(
            "luafile ",
            env!("CARGO_MANIFEST_DIR"),
            "/tests/neovim/drive.lua"
        ))
        .current_dir(&folder)
        .env("PATH", env::join_paths(paths).expect("paths"))
        .env("HOME", folder.path())
        .envs(
            ["CONFIG", "DATA", "STATE", "CACHE"]
                .map(|kind| (format!("XDG_{kind}_HOME"), path("xdg"))),
        )
        .output();
    let output = match output {
        Err(error) if error.kind() == ErrorKind::NotFound => panic!("{MISSING}"),
        output => output.expect("Neovim runs"),
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert_eq!(
        fs::read_to_string(path("door.workflow")).expect("there"),
        "\
/// A door.
workflow door {
    initial state open
    final state locked // 🦀🦀
    transition close: open -> locked
    transition bolt: open -> locked
}
"
    );
}
