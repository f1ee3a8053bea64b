//! Changes in words.

use std::fmt::Write as _;

use inflight_dsl::compare::{Change, Comparison, Edit};

use super::pairs::Pair;

/// The changes of a file, workflow by workflow.
pub(super) fn shown(pair: &Pair, comparisons: &[Comparison], colored: bool) -> String {
    let changed = comparisons.iter().filter(|it| !it.changes.is_empty());
    let texts: Vec<_> = changed.map(|it| of_workflow(pair, it, colored)).collect();
    match texts.as_slice() {
        [] => format!("{}: no change\n", pair.name),
        texts => texts.join("\n"),
    }
}

fn of_workflow(pair: &Pair, comparison: &Comparison, colored: bool) -> String {
    let Comparison { workflow, changes } = comparison;
    let plural = if changes.len() == 1 { "" } else { "s" };
    let mut text = format!(
        "{}: `{workflow}`: {} change{plural}",
        pair.name,
        changes.len()
    );
    match changes.iter().filter(|it| it.stranding.is_some()).count() {
        0 => {}
        1 => text.push_str(", 1 strands records"),
        count => {
            let _ = write!(text, ", {count} strand records");
        }
    }
    text.push('\n');
    for change in changes {
        let (sign, color) = sign(change);
        let sign = match colored {
            true => format!("\u{1b}[{color}m{sign}\u{1b}[0m"),
            false => sign.to_string(),
        };
        let _ = writeln!(text, "  {sign} {}", change.sentence);
        if let Some(help) = change.stranding.as_ref().and_then(|it| it.help.as_ref()) {
            let _ = writeln!(text, "    help: {help}");
        }
    }
    text
}

/// The first character of a line, and the code of its colour.
fn sign(change: &Change) -> (char, &'static str) {
    match (change.edit, &change.stranding) {
        (_, Some(_)) => ('!', "1;31"),
        (Edit::Added, None) => ('+', "32"),
        (Edit::Removed, None) => ('-', "31"),
        (Edit::Changed | Edit::Renamed, None) => ('~', "33"),
    }
}
