//! Changes for programs.

use inflight_dsl::compare::{Change, Comparison};
use inflight_dsl::position::LineIndex;
use inflight_dsl::span::Span;
use serde::Serialize;

use super::pairs::Pair;
use crate::source::Source;

/// A change, as `inflight diff --help` describes it.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    workflow: &'a str,
    edit: &'static str,
    subject: &'static str,
    name: &'a str,
    sentence: &'a str,
    strands: Option<&'static str>,
    help: Option<&'a str>,
    old: Option<Place>,
    new: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

/// One object a line, for each change.
pub(super) fn shown(pair: &Pair, comparisons: &[Comparison]) -> serde_json::Result<String> {
    let (old, new) = (index(pair.old.as_ref()), index(pair.new.as_ref()));
    let file = pair.new.as_ref().or(pair.old.as_ref());
    let file = file.map_or("", |source| source.name.as_str());
    let mut text = String::new();
    for Comparison { workflow, changes } in comparisons {
        for change in changes {
            let line = line(file, workflow, change, (old.as_ref(), new.as_ref()));
            text += &serde_json::to_string(&line)?;
            text.push('\n');
        }
    }
    Ok(text)
}

fn index(source: Option<&Source>) -> Option<LineIndex<'_>> {
    Some(LineIndex::new(&source?.text))
}

fn line<'a>(
    file: &'a str,
    workflow: &'a str,
    change: &'a Change,
    (old, new): (Option<&LineIndex<'_>>, Option<&LineIndex<'_>>),
) -> Line<'a> {
    let place = |index: Option<&LineIndex<'_>>, span: Option<Span>| {
        let position = index?.position(span?.start);
        Some(Place {
            line: position.line,
            column: position.column,
        })
    };
    Line {
        file,
        workflow,
        edit: change.edit.as_str(),
        subject: change.subject.as_str(),
        name: &change.name,
        sentence: &change.sentence,
        strands: change.stranding.as_ref().map(|it| it.code.as_str()),
        help: change.stranding.as_ref().and_then(|it| it.help.as_deref()),
        old: place(old, change.old),
        new: place(new, change.new),
    }
}
