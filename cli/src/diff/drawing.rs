//! Both versions in one picture.

use inflight_dsl::compare::{Comparison, Edit, Subject};
use inflight_dsl::diagram::{Drawing, Format, Mark};
use inflight_dsl::model::{Model, Workflow};

use super::DiffFormat;

/// The workflows that have changed, drawn. An SVG is a single picture; `first` says
/// whether it would be. An error is a line for the user.
pub(super) fn shown(
    format: DiffFormat,
    (old, new): (&Model, &Model),
    comparisons: &[Comparison],
    first: bool,
) -> Result<String, String> {
    let format = match format {
        DiffFormat::Dot => Format::Dot,
        DiffFormat::PlantUml => Format::PlantUml,
        DiffFormat::Svg => Format::Svg,
        DiffFormat::Table => Format::Table,
        DiffFormat::Mermaid | DiffFormat::Text | DiffFormat::Json => Format::Mermaid,
    };
    let changed = comparisons.iter().filter(|it| !it.changes.is_empty());
    let drawings = changed.filter_map(|comparison| {
        let named = |model: &'_ Model| {
            let mut workflows = model.workflows.iter();
            workflows
                .find(|it| it.name.text == comparison.workflow)
                .cloned()
        };
        match (named(old), named(new)) {
            (Some(old), Some(new)) => {
                let mut drawing = Drawing::between(&old, &new);
                let renamed = comparison.changes.iter().filter(|change| {
                    change.subject == Subject::State && change.edit == Edit::Renamed
                });
                for state in renamed {
                    drawing.mark_state(&state.name, Mark::Changed);
                }
                Some(drawing)
            }
            (Some(old), None) => Some(Drawing::between(&old, &empty(&old))),
            (None, Some(new)) => Some(Drawing::between(&empty(&new), &new)),
            (None, None) => None,
        }
    });
    let drawings: Vec<_> = drawings.collect();
    match drawings.as_slice() {
        [_, _, ..] if format == Format::Svg => Err(SEVERAL.to_owned()),
        [_] if format == Format::Svg && !first => Err(SEVERAL.to_owned()),
        drawings if drawings.iter().any(|drawing| !drawing.fits(format)) => {
            Err(TOO_MUCH.to_owned())
        }
        drawings => {
            let texts: Vec<_> = drawings
                .iter()
                .map(|drawing| drawing.render(format))
                .collect();
            Ok(texts.join("\n"))
        }
    }
}

const SEVERAL: &str = "\
inflight: several workflows have changed, and an SVG shows one
help: pick it with `--workflow NAME`, or name a file
";

const TOO_MUCH: &str = "\
inflight: there is too much to draw for one picture
help: let `--format dot` be laid out
";

/// The workflow before there was anything in it.
fn empty(workflow: &Workflow) -> Workflow {
    Workflow {
        name: workflow.name.clone(),
        docs: Vec::new(),
        states: Vec::new(),
        actions: Vec::new(),
        guards: Vec::new(),
        aliases: Vec::new(),
        transitions: Vec::new(),
        activities: Vec::new(),
        retired_states: Vec::new(),
        retired_transitions: Vec::new(),
    }
}
