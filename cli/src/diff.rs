//! `inflight diff`

mod drawing;
mod json;
mod moved;
mod pairs;
mod text;

use std::io::Result;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use inflight_dsl::compare::{Comparison, compare};

use crate::exit::Exit;
use crate::human;
use crate::output::Output;

pub(crate) const NOTES: &str = "\
Examples:
  inflight diff old.workflow new.workflow
  inflight diff HEAD unit.workflow                what is about to be committed
  inflight diff v1.2:unit.workflow unit.workflow  REVISION:PATH, as git knows it
  inflight diff main feature unit.workflow        one file of two revisions
  inflight diff main                              all workflow files, against the working tree
  inflight diff --format dot HEAD unit.workflow | dot -Tsvg > change.svg

What is a file is a file; everything else git is asked for. Of two revisions, or of one
and the working tree, all workflow files that differ are compared, unless files are named.

A line begins with
  !  a change that strands records: there may be some of the old version that the new
     one cannot read. The help below says how to keep them
  +  added   -  removed   ~  changed, or renamed

JSON is one object a line, for each change, and nothing where there is none:
  file       the new file, or the old one if it is gone
  workflow   the workflow that has changed
  edit       `added`, `removed`, `renamed` or `changed`
  subject    what: `workflow`, `state`, `variable`, `transition`, `input`, `action`,
             `guard`, `parameter` or `activity`
  name       its name, with that of its owner before it, as in `started.port`
  sentence   what has changed, as a person would say it
  strands    code of what is wrong if it strands records, or null
  help       how to keep them, or null
  old, new   `{line, column}` in either version, or null

Exit codes:
  0  no change that strands records
  1  such a change, or errors in a workflow file
  2  misuse: an unknown flag, a file or revision that cannot be read, no such workflow";

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The old version: a file, a git revision, or `REVISION:PATH`.
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The new version, likewise; without it the working tree.
    #[arg(value_name = "NEW")]
    pub(crate) new: Option<String>,
    /// Of two revisions, only these files.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// How to show what has changed: in words, or drawn with both versions in one picture.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// Compare only the workflow of this name.
    #[arg(long, value_name = "NAME")]
    pub(crate) workflow: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Sentences, for reading.
    Text,
    /// For programs, one object a line.
    Json,
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

/// Compares versions. A file that cannot be compared keeps none of the others from it.
pub(crate) fn run(diff: &Diff, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let pairs = match pairs::pairs(diff) {
        Ok(pairs) => pairs,
        Err(error) => {
            err.write(&error)?;
            return Ok(Exit::Misuse);
        }
    };
    if pairs.is_empty() && diff.format == DiffFormat::Text {
        out.write("no workflow file differs\n")?;
    }
    let mut exit = Exit::Clean;
    let mut found = diff.workflow.is_none();
    let mut written = false;
    // The mistakes of one file would hide what is said of the others.
    let several = pairs.len() > 1;
    for pair in pairs {
        let pair = match pair {
            Ok(pair) => pair,
            Err(error) => {
                err.write(&error)?;
                exit = Exit::Misuse;
                continue;
            }
        };
        let models = (
            pair.which.of(pair.old.as_ref()),
            pair.which.of(pair.new.as_ref()),
        );
        let (Some(old), Some(new)) = models else {
            let sources = [&pair.old, &pair.new].into_iter().flatten();
            for source in sources.filter(|source| source.compiled.model.is_none()) {
                err.write(&match several {
                    true => format!(
                        "inflight: `{}` is not compared: {}\n",
                        source.name,
                        human::summary(source)
                    ),
                    false => human::report(source, err.colored()),
                })?;
            }
            exit = exit.max(Exit::Errors);
            continue;
        };
        let mut comparisons = compare(&old, &new);
        if let Some(name) = &diff.workflow {
            comparisons.retain(|comparison| comparison.workflow == *name);
            if comparisons.is_empty() {
                continue;
            }
            found = true;
        }
        if strands(&comparisons) {
            exit = exit.max(Exit::Errors);
        }
        let shown = match diff.format {
            DiffFormat::Text => text::shown(&pair, &comparisons, out.colored()),
            DiffFormat::Json => json::shown(&pair, &comparisons)?,
            format => match drawing::shown(format, (&old, &new), &comparisons, !written) {
                Ok(drawings) => drawings,
                Err(error) => {
                    err.write(&error)?;
                    exit = Exit::Misuse;
                    continue;
                }
            },
        };
        if written && !shown.is_empty() && diff.format != DiffFormat::Json {
            out.write("\n")?;
        }
        written |= !shown.is_empty();
        out.write(&shown)?;
    }
    if let (Some(name), false) = (&diff.workflow, found) {
        err.write(&format!(
            "inflight: there is no workflow `{name}` in either version\n"
        ))?;
        return Ok(Exit::Misuse);
    }
    Ok(exit)
}

fn strands(comparisons: &[Comparison]) -> bool {
    let mut changes = comparisons.iter().flat_map(|it| &it.changes);
    changes.any(|change| change.stranding.is_some())
}
