//! The command line.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use inflight_dsl::diagram;

use crate::coverage::{self, Coverage};
use crate::deny::{self, Deny};
use crate::diff::{self, Diff};
use crate::operate::Operate;

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing to complain about
  1  errors in a workflow file, or warnings that `--deny` names; with `fmt --check`, a
     file that is not formatted
  2  misuse: an unknown flag, a file that cannot be read or written, no such workflow";

const CHANGES: &str = "\
Those of the commands about a store are these; `inflight retry --help` has them in full:
  1  a change was refused or failed, or the store is damaged, fails, or is in use
  3  a change of an instance waits for the program that owns the store
  4  a change of an instance is done, and what followed by itself failed";

const CHECK_EXAMPLES: &str = "\
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
  help       what to write instead, or null";

const DIAGRAM_EXAMPLES: &str = "\
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
If the file has errors, they are written to standard error as `check` shows them.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  inflight explain unreachable_state
  inflight explain";

const FMT_EXAMPLES: &str = "\
Examples:
  inflight fmt workflows/*.workflow
  inflight fmt --check workflows/*.workflow
  inflight fmt - < draft.workflow

Files are written in their one canonical form, and only after it is proved to mean the
same. Comments stay, and blank lines between groups, one at most. A file with mistakes of
syntax is left as it is, and they are written to standard error as `check` shows them.
With `-`, the formatted text goes to standard output.";

const LSP_NOTES: &str = "\
An editor starts this, and talks to it in the Language Server Protocol; EDITORS.md says how to
set it up.

Exit codes:
  0  the editor asked the server to end
  1  the editor went away without a word
  2  what came in was no message";

/// Checks, draws and formats workflow files, serves editors, and operates stores.
#[derive(Debug, Parser)]
#[command(name = "inflight", version, after_help = format!("{EXIT_CODES}\n{CHANGES}"))]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colour; `auto` is where there is a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reports all mistakes and warnings of workflow files.
    #[command(after_help = format!("{CHECK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Check(Check),
    /// Tells what tests have exercised of workflows.
    #[command(after_help = coverage::NOTES)]
    Coverage(Coverage),
    /// Draws the workflows of a file.
    #[command(after_help = format!("{DIAGRAM_EXAMPLES}\n\n{EXIT_CODES}"))]
    Diagram(Diagram),
    /// Says what has changed between two versions of workflow files.
    #[command(after_help = diff::NOTES)]
    Diff(Diff),
    /// Explains the code of a mistake or warning.
    #[command(after_help = format!("{EXPLAIN_EXAMPLES}\n\n{EXIT_CODES}"))]
    Explain(Explain),
    /// Formats workflow files.
    #[command(after_help = format!("{FMT_EXAMPLES}\n\n{EXIT_CODES}"))]
    Fmt(Fmt),
    /// Serves an editor, over standard input and output.
    #[command(after_help = LSP_NOTES)]
    Lsp,
    #[command(flatten)]
    Operate(Operate),
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The files to check; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How to report.
    #[arg(long, value_enum, default_value_t = CheckFormat::Human)]
    pub(crate) format: CheckFormat,
    /// Make an error of a warning, by its code, or of all with `warnings`; may be repeated.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = deny::parse)]
    pub(crate) deny: Vec<Deny>,
    /// Report what would strand records of this older version too: a file, a git revision,
    /// or `REVISION:PATH`.
    #[arg(long, value_name = "OLD")]
    pub(crate) against: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For reading, with the lines in question.
    Human,
    /// For programs, one object a line.
    Json,
    /// For services that gather findings: SARIF 2.1.0, one document for all files.
    Sarif,
    /// For a job of GitHub Actions, which shows them beside the lines in question.
    Github,
}

#[derive(Args, Debug)]
pub(crate) struct Diagram {
    /// The file to draw; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// How to draw.
    #[arg(long, value_enum, default_value_t = DiagramFormat::Mermaid)]
    pub(crate) format: DiagramFormat,
    /// Draw only the workflow of this name.
    #[arg(long, value_name = "NAME")]
    pub(crate) workflow: Option<String>,
    /// Point out this state, such as the one that is current.
    #[arg(long, value_name = "STATE")]
    pub(crate) highlight: Option<String>,
    /// Draw only this state and what is near it.
    #[arg(long, value_name = "STATE")]
    pub(crate) focus: Option<String>,
    /// How many transitions from the focus is near, in either direction.
    #[arg(long, value_name = "N", requires = "focus", default_value_t = 1)]
    pub(crate) depth: usize,
    /// Draw only a part.
    #[arg(long, value_enum, value_name = "PART")]
    pub(crate) only: Option<DiagramPart>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum DiagramPart {
    /// Error states, the transitions to and from them, and error transitions.
    Errors,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiagramFormat {
    /// A Mermaid state diagram, as code hosts show it in Markdown.
    Mermaid,
    /// A graph for Graphviz.
    Dot,
    /// A state diagram for PlantUML.
    #[value(name = "plantuml")]
    PlantUml,
    /// A picture, of one workflow.
    Svg,
    /// Tables of states and transitions, in Markdown.
    Table,
}

#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The code, as it stands beside the mistake; without one, all are listed.
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Fmt {
    /// The files to format; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Write nothing; show what would change, and exit with 1 if something would.
    #[arg(long)]
    pub(crate) check: bool,
}

impl From<DiagramFormat> for diagram::Format {
    fn from(format: DiagramFormat) -> Self {
        match format {
            DiagramFormat::Mermaid => diagram::Format::Mermaid,
            DiagramFormat::Dot => diagram::Format::Dot,
            DiagramFormat::PlantUml => diagram::Format::PlantUml,
            DiagramFormat::Svg => diagram::Format::Svg,
            DiagramFormat::Table => diagram::Format::Table,
        }
    }
}
