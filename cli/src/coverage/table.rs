//! What is exercised, as a table.

use inflight_dsl::model::{OnInterrupt, Transition, Workflow};

use inflight::__command::Exercised;

use super::item::{Item, percent};

const HEAD: [&str; 7] = [
    "transition",
    "taken from",
    "failed",
    "retried",
    "timed out",
    "refused",
    "interrupted",
];

/// A row for each transition, in Markdown; columns in which nothing can be are left out.
pub(super) fn table(workflow: &Workflow, items: &[Item<'_>]) -> String {
    let rows: Vec<_> = (workflow.transitions.iter())
        .map(|transition| row(transition, items))
        .collect();
    let widths = HEAD.iter().enumerate().map(|(column, word)| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        if widest == 0 {
            0
        } else {
            widest.max(word.len())
        }
    });
    let widths: Vec<_> = widths.collect();
    let line = |cells: &[String]| {
        let shown = cells.iter().zip(&widths).filter(|(_, width)| **width > 0);
        let cells = shown.map(|(cell, width)| format!(" {cell:width$} |", width = *width));
        format!("|{}\n", cells.collect::<String>())
    };
    let (name, exercised) = (
        &workflow.name.text,
        items.iter().filter(|item| item.exercised).count(),
    );
    let mut text = format!(
        "## {name}\n\n{exercised} of {} exercised, {} %\n\n",
        items.len(),
        percent(items)
    );
    text += &line(&HEAD.map(str::to_owned));
    let rules: Vec<_> = widths.iter().map(|width| "-".repeat(*width)).collect();
    text += &line(&rules);
    text.extend(rows.iter().map(|row| line(row)));
    text
}

fn row(transition: &Transition, items: &[Item<'_>]) -> [String; 7] {
    let name = transition.name.text.as_str();
    let own: Vec<_> = items
        .iter()
        .filter(|item| item.transition == name)
        .collect();
    let of = |what| {
        own.iter()
            .find(|item| item.what == what)
            .map(|item| item.exercised)
    };
    let cell = |what| of(what).map_or("", sign).to_owned();
    let taken = |exercised: bool| {
        let taken = own.iter().filter(|item| item.what == Exercised::Taken);
        let states: Vec<_> = taken
            .filter(|item| item.exercised == exercised)
            .filter_map(|item| item.from)
            .collect();
        match states.as_slice() {
            [] => None,
            _ => Some(format!("{} {}", sign(exercised), states.join(", "))),
        }
    };
    let sides: Vec<_> = [true, false].into_iter().filter_map(taken).collect();
    [
        name.to_owned(),
        sides.join(" "),
        cell(Exercised::Failed),
        cell(Exercised::Retried),
        cell(Exercised::TimedOut),
        cell(Exercised::Refused),
        interrupted(transition, &of),
    ]
}

fn interrupted(transition: &Transition, of: &dyn Fn(Exercised) -> Option<bool>) -> String {
    let Some(exercised) = of(Exercised::Interrupted) else {
        return String::new();
    };
    let sign_of = |what| of(what).map_or("", sign);
    let form = match transition.on_interrupt {
        OnInterrupt::Rerun(_) => "rerun".to_owned(),
        OnInterrupt::Fail => "fail".to_owned(),
        OnInterrupt::Ask => "ask".to_owned(),
        OnInterrupt::Probe => format!(
            "probe: {} done {} not done {} unknown",
            sign_of(Exercised::FoundDone),
            sign_of(Exercised::FoundUndone),
            sign_of(Exercised::FoundUnknown)
        ),
    };
    format!("{} {form}", sign(exercised))
}

fn sign(exercised: bool) -> &'static str {
    if exercised { "✓" } else { "✗" }
}
