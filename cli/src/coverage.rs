//! `inflight coverage`

mod drawing;
mod item;
mod notes;
mod table;

use std::env;
use std::io::Result;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use inflight_dsl::diagram::Format;
use inflight_dsl::model::Workflow;
use serde::Serialize;

use crate::exit::Exit;
use crate::output::Output;
use crate::source::Source;
use item::{Item, items};
use notes::Notes;

/// Names the folder where it is noted what tests exercise.
const FOLDER: &str = "INFLIGHT_COVERAGE";

pub(crate) const NOTES: &str = "\
Tests note what they exercise if their crate has `inflight` with its feature `testing`, and the
environment names a folder; each process adds a file of its own:

  export INFLIGHT_COVERAGE=\"$PWD/target/workflow-coverage\"
  rm -rf \"$INFLIGHT_COVERAGE\"
  cargo test
  inflight coverage workflows/unit.workflow
  inflight coverage --format svg workflows/unit.workflow > coverage.svg

Of each transition it is told from which states it was taken; and, where it can be, whether it
failed for good, was tried again, timed out, was refused by a guard, and was carried on after
an interruption, with each answer of its probe.

JSON is one object a line, for each of these:
  workflow    the workflow
  transition  the transition
  what        `taken`, `failed`, `retried`, `timed_out`, `refused`, `interrupted`, `found_done`,
              `found_undone` or `found_unknown`
  from        of what is taken, the state that it leaves; else null
  exercised   whether a test has

Exit codes:
  0  everything was told
  1  errors in the workflow file, or less is exercised than `--deny-below` wants
  2  misuse: an unknown flag, a file or folder that cannot be read, no such workflow";

#[derive(Args, Debug)]
pub(crate) struct Coverage {
    /// The file whose workflows the tests exercise; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where it is noted what they exercise, unless INFLIGHT_COVERAGE names it.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Look only at the workflow of this name.
    #[arg(long, value_name = "NAME")]
    workflow: Option<String>,
    /// How to tell it.
    #[arg(long, value_enum, default_value_t = CoverageFormat::Table)]
    format: CoverageFormat,
    /// Fail if less than so much of a workflow is exercised, of 100.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    deny_below: Option<u8>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CoverageFormat {
    /// A table in Markdown.
    Table,
    /// For programs, one object a line.
    Json,
    /// A Mermaid state diagram, with what is not exercised marked.
    Mermaid,
    /// A graph for Graphviz, marked.
    Dot,
    /// A state diagram for PlantUML, marked.
    #[value(name = "plantuml")]
    PlantUml,
    /// A picture of one workflow, marked.
    Svg,
}

/// An item as a program reads it.
#[derive(Serialize)]
struct Line<'a> {
    workflow: &'a str,
    transition: &'a str,
    what: &'static str,
    from: Option<&'a str>,
    exercised: bool,
}

/// Tells what tests have exercised of the workflows of a file.
pub(crate) fn run(asked: &Coverage, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let (_, model) = match Source::model(&asked.file, err)? {
        Ok(read) => read,
        Err(exit) => return Ok(exit),
    };
    let is_asked_for = |workflow: &&Workflow| {
        let name = &workflow.name.text;
        (asked.workflow.as_ref()).is_none_or(|asked| asked == name)
    };
    let workflows: Vec<_> = model.workflows.iter().filter(is_asked_for).collect();
    let (notes, texts) = match told(asked, &workflows) {
        Ok(told) => told,
        Err(refusal) => {
            err.write(&format!("inflight: {refusal}\n"))?;
            return Ok(Exit::Misuse);
        }
    };
    let mut exit = Exit::Clean;
    let mut complaints = String::new();
    for workflow in workflows {
        let name = &workflow.name.text;
        if notes.are_stale(workflow) {
            complaints += &format!(
                "inflight: some tests exercised another version of `{name}`, which does not \
                 count\nhelp: empty the folder, and run them again\n"
            );
        }
        let percent = item::percent(&items(workflow, &notes));
        if let Some(least) = asked.deny_below.filter(|least| percent < *least) {
            exit = Exit::Errors;
            complaints += &format!(
                "inflight: {percent} % of `{name}` is exercised, and {least} % is wanted\n"
            );
        }
    }
    out.write(&texts)?;
    err.write(&complaints)?;
    Ok(exit)
}

/// What was noted, and what is said of it.
fn told(asked: &Coverage, workflows: &[&Workflow]) -> std::result::Result<(Notes, String), String> {
    if let (Some(name), []) = (&asked.workflow, workflows) {
        return Err(format!("there is no workflow `{name}` in the file"));
    }
    let folder = asked
        .data
        .clone()
        .or_else(|| env::var_os(FOLDER).map(PathBuf::from));
    let Some(folder) = folder else {
        return Err(format!(
            "it is not said where the data is\nhelp: name the folder with `--data FOLDER`, the \
             one that {FOLDER} named when the tests ran"
        ));
    };
    let notes = Notes::read(&folder)?;
    let text = match asked.format {
        CoverageFormat::Json => lines(workflows, &notes),
        CoverageFormat::Table => {
            let tables = workflows
                .iter()
                .map(|it| table::table(it, &items(it, &notes)));
            tables.collect::<Vec<_>>().join("\n")
        }
        CoverageFormat::Mermaid => drawing::all(workflows, &notes, Format::Mermaid)?,
        CoverageFormat::Dot => drawing::all(workflows, &notes, Format::Dot)?,
        CoverageFormat::PlantUml => drawing::all(workflows, &notes, Format::PlantUml)?,
        CoverageFormat::Svg => drawing::all(workflows, &notes, Format::Svg)?,
    };
    Ok((notes, text))
}

fn lines(workflows: &[&Workflow], notes: &Notes) -> String {
    let mut text = String::new();
    for workflow in workflows {
        for Item {
            transition,
            what,
            from,
            exercised,
        } in items(workflow, notes)
        {
            let line = Line {
                workflow: &workflow.name.text,
                transition,
                what: what.word(),
                from,
                exercised,
            };
            // Names and truths: this is never refused.
            text += &serde_json::to_string(&line).unwrap_or_default();
            text.push('\n');
        }
    }
    text
}
