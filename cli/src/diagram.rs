//! `inflight diagram`

use std::io::Result;

use inflight_dsl::diagram::{Drawing, Format, UnknownState};
use inflight_dsl::model::Workflow;

use crate::arguments::{Diagram, DiagramFormat, DiagramPart};
use crate::exit::Exit;
use crate::output::Output;
use crate::source::Source;

/// Draws the workflows of a file, or the one that is asked for.
pub(crate) fn run(diagram: &Diagram, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let (name, model) = match Source::model(&diagram.file, err)? {
        Ok(read) => read,
        Err(exit) => return Ok(exit),
    };
    match drawings(diagram, &model.workflows) {
        Ok(drawings) => {
            let texts: Vec<_> = (drawings.iter())
                .map(|drawing| drawing.render(diagram.format.into()))
                .collect();
            out.write(&texts.join("\n"))?;
            Ok(Exit::Clean)
        }
        Err(refusal) => {
            let Refusal { message, help } = refusal;
            err.write(&format!("inflight: {message} in `{name}`\nhelp: {help}\n"))?;
            Ok(Exit::Misuse)
        }
    }
}

/// Why nothing can be drawn.
struct Refusal {
    message: String,
    help: String,
}

/// What is asked for, of the workflows that have it.
fn drawings(asked: &Diagram, workflows: &[Workflow]) -> std::result::Result<Vec<Drawing>, Refusal> {
    let is_asked_for = |workflow: &&Workflow| {
        (asked.workflow.as_ref()).is_none_or(|name| *name == workflow.name.text)
    };
    let mut drawings: Vec<_> = (workflows.iter())
        .filter(is_asked_for)
        .map(Drawing::of)
        .collect();
    if let (Some(name), []) = (&asked.workflow, drawings.as_slice()) {
        let known: Vec<_> = (workflows.iter())
            .map(|workflow| format!("`{}`", workflow.name.text))
            .collect();
        return Err(Refusal {
            message: format!("there is no workflow `{name}`"),
            help: format!("it has {}", known.join(", ")),
        });
    }
    if let Some(state) = &asked.highlight {
        let marked = drawings.iter_mut().map(|drawing| drawing.highlight(state));
        known(marked.collect())?;
    }
    if let Some(state) = &asked.focus {
        let cut = drawings
            .iter_mut()
            .map(|drawing| drawing.focus(state, asked.depth));
        known(cut.collect())?;
        drawings.retain(|drawing| drawing.has_state(state));
    }
    if let Some(DiagramPart::Errors) = asked.only {
        drawings.iter_mut().for_each(Drawing::only_errors);
        drawings.retain(|drawing| !drawing.is_empty());
    }
    if drawings.is_empty() {
        return Err(Refusal {
            message: "there are no error paths to draw".to_owned(),
            help: "draw it without `--only errors`".to_owned(),
        });
    }
    if let DiagramFormat::Svg = asked.format {
        is_one_picture(&drawings)?;
    }
    match &asked.highlight {
        Some(state) if !drawings.iter().any(|drawing| drawing.has_state(state)) => Err(Refusal {
            message: format!("the state `{state}` is outside the part to draw"),
            help: "draw a larger part, or highlight another state".to_owned(),
        }),
        _ => Ok(drawings),
    }
}

/// An SVG is one picture, and one that somebody can look at.
fn is_one_picture(drawings: &[Drawing]) -> std::result::Result<(), Refusal> {
    match drawings {
        [drawing] if drawing.fits(Format::Svg) => Ok(()),
        [_] => Err(Refusal {
            message: "there is too much to draw for one picture".to_owned(),
            help: "draw a part with `--focus STATE`, or let `--format dot` be laid out".to_owned(),
        }),
        _ => Err(Refusal {
            message: "there are several workflows, and an SVG shows one".to_owned(),
            help: "pick it with `--workflow NAME`".to_owned(),
        }),
    }
}

/// Whether one of the workflows at least has the state.
fn known(tries: Vec<std::result::Result<(), UnknownState>>) -> std::result::Result<(), Refusal> {
    let mut unknown = Vec::new();
    for one in tries {
        match one {
            Ok(()) => return Ok(()),
            Err(error) => unknown.push(error),
        }
    }
    // A name that may have been meant says more than a list of all.
    let told = (unknown.iter().find(|error| error.nearest.is_some())).or(unknown.first());
    told.map_or(Ok(()), |error| {
        Err(Refusal {
            message: error.to_string(),
            help: error.help(),
        })
    })
}
