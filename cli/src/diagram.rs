//! `inflight diagram`

use std::io::Result;

use inflight_dsl::diagram::render;
use inflight_dsl::model::Workflow;

use crate::arguments::Diagram;
use crate::exit::Exit;
use crate::human;
use crate::output::Output;
use crate::source::Source;

/// Draws the workflows of a file, or the one that is asked for.
pub(crate) fn run(diagram: &Diagram, out: &mut Output<'_>, err: &mut Output<'_>) -> Result<Exit> {
    let source = match Source::read(&diagram.file) {
        Ok(source) => source,
        Err(error) => {
            err.write(&error)?;
            return Ok(Exit::Misuse);
        }
    };
    let Some(model) = &source.compiled.model else {
        err.write(&human::report(&source, err.colored()))?;
        return Ok(Exit::Errors);
    };
    let asked_for = |workflow: &&Workflow| {
        (diagram.workflow.as_ref()).is_none_or(|name| *name == workflow.name.text)
    };
    let drawings: Vec<_> = (model.workflows.iter())
        .filter(asked_for)
        .map(|workflow| render(workflow, diagram.format.into()))
        .collect();
    if let (Some(name), []) = (&diagram.workflow, drawings.as_slice()) {
        let known: Vec<_> = (model.workflows.iter())
            .map(|workflow| format!("`{}`", workflow.name.text))
            .collect();
        err.write(&format!(
            "inflight: there is no workflow `{name}` in `{}`\nhelp: it has {}\n",
            source.name,
            known.join(", ")
        ))?;
        return Ok(Exit::Misuse);
    }
    out.write(&drawings.join("\n"))?;
    Ok(Exit::Clean)
}
