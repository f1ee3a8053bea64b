//! What the command does with wrong arguments, and where it cannot write.

mod command;

use command::{BAD, Folder, GOOD};
use insta::assert_snapshot;

/// The exit code of the arguments.
fn exit(arguments: &str) -> Option<i32> {
    let folder = Folder::new(&[("door.workflow", GOOD)]);
    folder.command(arguments).output().ok()?.status.code()
}

#[test]
fn wrong_arguments_are_misuse() {
    assert_eq!(exit("check door.workflow"), Some(0));
    for arguments in [
        "check",
        "check --formt json door.workflow",
        "check --format xml door.workflow",
        "check .",
        "diagram",
        "fmt",
        "fmt --chek door.workflow",
        "fmt .",
        "diagram door.workflow door.workflow",
        "diagram --format png door.workflow",
        "frobnicate",
    ] {
        assert_eq!(exit(arguments), Some(2), "{arguments}");
    }
}

#[test]
fn version_and_help_are_no_misuse() {
    let folder = Folder::new::<&str>(&[]);
    assert_snapshot!(folder.run("--version"), @"
    exit 0
    inflight 0.1.0
    ---- stderr
    ");
    assert_snapshot!(folder.run("-h"), @"
    exit 0
    Checks, draws and formats workflow files, serves editors, and operates stores

    Usage: inflight [OPTIONS] <COMMAND>

    Commands:
      check      Reports all mistakes and warnings of workflow files
      coverage   Tells what tests have exercised of workflows
      diagram    Draws the workflows of a file
      diff       Says what has changed between two versions of workflow files
      explain    Explains the code of a mistake or warning
      fmt        Formats workflow files
      lsp        Serves an editor, over standard input and output
      list       Lists the instances of a store, those first that want an operator
      show       Shows an instance: where it is, why, and what can be done
      history    Tells what became of an instance, record by record
      watch      Shows what happens in a store as it happens
      fire       Fires a transition, by its name or its alias
      retry      Has what is in flight run again, at once
      skip       Takes what is in flight for done: its target is entered
      abandon    Gives up what is in flight: the state stays as it is
      set-state  Sets the state, whatever is in flight
      requests   Lists requests to the owner of a store, tells what became of one, or withdraws one
      verify     Reads all of a store, and says whether it is whole
      compact    Gives back the space that a store does not need
      help       Print this message or the help of the given subcommand(s)

    Options:
          --color <WHEN>  When to use colour; `auto` is where there is a terminal, unless NO_COLOR is set [default: auto] [possible values: auto, always, never]
      -h, --help          Print help
      -V, --version       Print version

    Exit codes:
      0  nothing to complain about
      1  errors in a workflow file, or warnings that `--deny` names; with `fmt --check`, a
         file that is not formatted
      2  misuse: an unknown flag, a file that cannot be read or written, no such workflow
    Those of the commands about a store are these; `inflight retry --help` has them in full:
      1  a change was refused or failed, or the store is damaged, fails, or is in use
      3  a change of an instance waits for the program that owns the store
      4  a change of an instance is done, and what followed by itself failed
    ---- stderr
    ");
    assert_snapshot!(folder.run("check -h"), @"
    exit 0
    Reports all mistakes and warnings of workflow files

    Usage: inflight check [OPTIONS] <FILE>...

    Arguments:
      <FILE>...  The files to check; `-` is standard input

    Options:
          --format <FORMAT>  How to report [default: human] [possible values: human, json, sarif, github]
          --deny <CODE>      Make an error of a warning, by its code, or of all with `warnings`; may be repeated
          --against <OLD>    Report what would strand records of this older version too: a file, a git revision, or `REVISION:PATH`
          --color <WHEN>     When to use colour; `auto` is where there is a terminal, unless NO_COLOR is set [default: auto] [possible values: auto, always, never]
      -h, --help             Print help (see more with '--help')

    Examples:
      inflight check workflows/*.workflow
      inflight check --format json unit.workflow | jq .message
      inflight check --format sarif workflows/*.workflow > inflight.sarif
      inflight check --deny warnings workflows/*.workflow
      inflight check --against v1.2 workflows/*.workflow
      git show HEAD:unit.workflow | inflight check -

    JSON is one object a line, for each diagnostic, and nothing where there is none:
      code       stable name of what it is about, such as `unknown_state`
      severity   `error` or `warning`
      message    what is wrong
      file       the file as it was given; `<stdin>` for `-`
      line       line where it begins, from 1
      column     column where it begins, from 1, counted in characters; a tab is one
      end        `{line, column}` of the place just after its last character
      help       what to write instead, or null

    Exit codes:
      0  nothing to complain about
      1  errors in a workflow file, or warnings that `--deny` names; with `fmt --check`, a
         file that is not formatted
      2  misuse: an unknown flag, a file that cannot be read or written, no such workflow
    ---- stderr
    ");
    assert_snapshot!(folder.run("diagram -h"), @"
    exit 0
    Draws the workflows of a file

    Usage: inflight diagram [OPTIONS] <FILE>

    Arguments:
      <FILE>  The file to draw; `-` is standard input

    Options:
          --format <FORMAT>    How to draw [default: mermaid] [possible values: mermaid, dot, plantuml, svg, table]
          --workflow <NAME>    Draw only the workflow of this name
          --highlight <STATE>  Point out this state, such as the one that is current
          --focus <STATE>      Draw only this state and what is near it
          --depth <N>          How many transitions from the focus is near, in either direction [default: 1]
          --only <PART>        Draw only a part [possible values: errors]
          --color <WHEN>       When to use colour; `auto` is where there is a terminal, unless NO_COLOR is set [default: auto] [possible values: auto, always, never]
      -h, --help               Print help (see more with '--help')

    Examples:
      inflight diagram unit.workflow
      inflight diagram --format svg unit.workflow > unit.svg
      inflight diagram --format dot unit.workflow | dot -Tpdf > unit.pdf
      inflight diagram --format table --workflow relation agent.workflow
      inflight diagram --highlight started unit.workflow
      inflight diagram --focus started --depth 2 large.workflow
      inflight diagram --only errors unit.workflow

    All workflows of the file are drawn in its order, with an empty line between them; with
    `--focus` and `--only`, those of which something is left. The title says which part it is.
    A state beyond the focus to or from which transitions lead is drawn as a dotted stub.
    If the file has errors, they are written to standard error as `check` shows them.

    Exit codes:
      0  nothing to complain about
      1  errors in a workflow file, or warnings that `--deny` names; with `fmt --check`, a
         file that is not formatted
      2  misuse: an unknown flag, a file that cannot be read or written, no such workflow
    ---- stderr
    ");
    assert_snapshot!(folder.run("fmt -h"), @"
    exit 0
    Formats workflow files

    Usage: inflight fmt [OPTIONS] <FILE>...

    Arguments:
      <FILE>...  The files to format; `-` is standard input

    Options:
          --check         Write nothing; show what would change, and exit with 1 if something would
          --color <WHEN>  When to use colour; `auto` is where there is a terminal, unless NO_COLOR is set [default: auto] [possible values: auto, always, never]
      -h, --help          Print help

    Examples:
      inflight fmt workflows/*.workflow
      inflight fmt --check workflows/*.workflow
      inflight fmt - < draft.workflow

    Files are written in their one canonical form, and only after it is proved to mean the
    same. Comments stay, and blank lines between groups, one at most. A file with mistakes of
    syntax is left as it is, and they are written to standard error as `check` shows them.
    With `-`, the formatted text goes to standard output.

    Exit codes:
      0  nothing to complain about
      1  errors in a workflow file, or warnings that `--deny` names; with `fmt --check`, a
         file that is not formatted
      2  misuse: an unknown flag, a file that cannot be read or written, no such workflow
    ---- stderr
    ");
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    let folder = Folder::new(&[("bad.workflow", BAD), ("good.workflow", GOOD)]);
    for (arguments, code) in [
        ("check bad.workflow good.workflow", 1),
        ("check --format json bad.workflow", 1),
        ("check good.workflow", 0),
        ("diagram good.workflow", 0),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = folder.command(arguments).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_written_is_told() {
    let folder = Folder::new(&[("good.workflow", GOOD)]);
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = folder
        .command("diagram good.workflow")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_snapshot!(
        String::from_utf8_lossy(&output.stderr),
        @"inflight: cannot write: No space left on device (os error 28)"
    );
}
