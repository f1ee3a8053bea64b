//! `inflight fmt`, as a user meets it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod command;

use command::{BAD, Folder, GOOD, shown};
use insta::assert_snapshot;
use std::fs;
use std::path::Path;

/// A workflow that is not formatted.
const MESSY: &str = "workflow door{initial state open\r\nfinal state shut//for good\r\n
transition close:open->shut{}}";

/// The same, formatted.
const NEAT: &str = "\
workflow door {
    initial state open
    final state shut //for good

    transition close: open -> shut
}
";

/// A file whose syntax is not sound.
const BROKEN: &str = "workflow door { initial state open transition close open -> shut }\n";

fn text(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn files_are_written_in_their_form() {
    let folder = Folder::new(&[("good.workflow", GOOD), ("messy.workflow", MESSY)]);
    assert_snapshot!(folder.run("fmt good.workflow messy.workflow"), @"
    exit 0
    messy.workflow: formatted
    ---- stderr
    ");
    assert_eq!(text(&folder, "messy.workflow"), NEAT);
    assert_eq!(text(&folder, "good.workflow"), GOOD);
    assert_eq!(names(folder.path()), ["good.workflow", "messy.workflow"]);
    assert_snapshot!(folder.run("fmt good.workflow messy.workflow"), @"
    exit 0
    ---- stderr
    ");
}

#[test]
fn a_check_shows_what_would_change_and_writes_nothing() {
    let messy = NEAT.replace(" -> ", "->");
    let folder = Folder::new(&[("good.workflow", GOOD), ("messy.workflow", &messy)]);
    assert_snapshot!(folder.run("fmt --check good.workflow messy.workflow"), @"
    exit 1
    --- messy.workflow
    +++ messy.workflow (formatted)
    @@ -4,3 +4,3 @@
     
    -    transition close: open->shut
    +    transition close: open -> shut
     }
    ---- stderr
    ");
    assert_eq!(text(&folder, "messy.workflow"), messy);
    assert_snapshot!(folder.run("fmt --check good.workflow"), @"
    exit 0
    ---- stderr
    ");
}

#[test]
fn mistakes_of_syntax_leave_the_file_alone() {
    let folder = Folder::new(&[("broken.workflow", BROKEN), ("messy.workflow", MESSY)]);
    assert_snapshot!(folder.run("fmt broken.workflow messy.workflow"), @"
    exit 1
    messy.workflow: formatted
    ---- stderr
    syntax

      × expected `:`, found `open`
       ╭─[broken.workflow:1:53]
     1 │ workflow door { initial state open transition close open -> shut }
       ·                                                     ──┬─
       ·                                                       ╰── expected `:`
       ╰────
      help: write `transition close: open -> shut`

    unknown_state

      × there is no state `shut`
       ╭─[broken.workflow:1:61]
     1 │ workflow door { initial state open transition close open -> shut }
       ·                                                             ──┬─
       ·                                                               ╰── unknown
       ╰────
      help: declare `state shut`, or use one of `open`

    broken.workflow: 2 errors
    ");
    assert_eq!(text(&folder, "broken.workflow"), BROKEN);
    assert_eq!(text(&folder, "messy.workflow"), NEAT);
}

#[test]
fn mistakes_of_meaning_do_not_matter() {
    let folder = Folder::new(&[("bad.workflow", BAD.replace('\n', " "))]);
    assert_snapshot!(folder.run("fmt bad.workflow"), @"
    exit 0
    bad.workflow: formatted
    ---- stderr
    ");
    assert_eq!(text(&folder, "bad.workflow"), BAD);
}

#[test]
fn a_dash_is_standard_input_and_output() {
    let folder = Folder::new::<&str>(&[]);
    assert_eq!(
        shown(&folder.run_with("fmt -", MESSY)),
        format!("exit 0\n{NEAT}---- stderr\n")
    );
    assert_snapshot!(shown(&folder.run_with("fmt --check -", NEAT)), @"
    exit 0
    ---- stderr
    ");
    assert_snapshot!(shown(&folder.run_with("fmt -", BROKEN)), @"
    exit 1
    ---- stderr
    syntax

      × expected `:`, found `open`
       ╭─[<stdin>:1:53]
     1 │ workflow door { initial state open transition close open -> shut }
       ·                                                     ──┬─
       ·                                                       ╰── expected `:`
       ╰────
      help: write `transition close: open -> shut`

    unknown_state

      × there is no state `shut`
       ╭─[<stdin>:1:61]
     1 │ workflow door { initial state open transition close open -> shut }
       ·                                                             ──┬─
       ·                                                               ╰── unknown
       ╰────
      help: declare `state shut`, or use one of `open`

    <stdin>: 2 errors
    ");
}

#[test]
fn a_file_that_cannot_be_read_keeps_no_other_from_being_formatted() {
    let folder = Folder::new(&[("messy.workflow", MESSY)]);
    assert_snapshot!(folder.run("fmt gone.workflow messy.workflow"), @"
    exit 2
    messy.workflow: formatted
    ---- stderr
    inflight: cannot read `gone.workflow`: No such file or directory (os error 2)
    ");
    assert_eq!(text(&folder, "messy.workflow"), NEAT);
}

#[test]
#[cfg(unix)]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = Folder::new(&[("messy.workflow", MESSY)]);
    let (file, link) = (
        folder.path().join("messy.workflow"),
        folder.path().join("link"),
    );
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("messy.workflow", &link).unwrap();
    assert_snapshot!(folder.run("fmt link"), @"
    exit 0
    link: formatted
    ---- stderr
    ");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(text(&folder, "messy.workflow"), NEAT);
}

/// The limit on the size of files stands for a full disk.
#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_written_leaves_the_file_alone() {
    let folder = Folder::new(&[("messy.workflow", MESSY)]);
    let limited = "trap '' XFSZ; ulimit -f 0; exec \"$0\" fmt messy.workflow";
    let output = std::process::Command::new("sh")
        .args(["-c", limited, env!("CARGO_BIN_EXE_inflight")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_snapshot!(shown(&output), @"
    exit 2
    ---- stderr
    inflight: cannot write `messy.workflow`: File too large (os error 27)
    help: it is left as it was
    ");
    assert_eq!(text(&folder, "messy.workflow"), MESSY);
    assert_eq!(names(folder.path()), ["messy.workflow"]);
}
