//! Both versions in one picture.

use inflight_dsl::compare::Comparison;
use inflight_dsl::diagram::{Drawing, Format};
use inflight_dsl::model::{Model, Workflow};

use super::DiffFormat;

/// The workflows that have changed, drawn.
pub(super) fn shown(
    format: DiffFormat,
    (old, new): (&Model, &Model),
    comparisons: &[Comparison],
) -> String {
    let format = match format {
        DiffFormat::Dot => Format::Dot,
        DiffFormat::PlantUml => Format::PlantUml,
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
        let drawing = match (named(old), named(new)) {
            (Some(old), Some(new)) => Drawing::between(&old, &new),
            (Some(old), None) => Drawing::between(&old, &empty(&old)),
            (None, Some(new)) => Drawing::between(&empty(&new), &new),
            (None, None) => return None,
        };
        Some(drawing.render(format))
    });
    drawings.collect::<Vec<_>>().join("\n")
}

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
