//! Columns.

use super::page::Line;

/// Moves what stands in lines directly below each other into one column.
pub(super) fn align(lines: &mut [Line]) {
    let kind = |line: &Line| line.column.map(|(kind, _)| kind);
    for run in lines.chunk_by_mut(|one, next| kind(one).is_some() && kind(one) == kind(next)) {
        align_code(run);
    }
    let commented = |line: &Line| line.whole && line.comment.is_some();
    for run in lines
        .chunk_by_mut(|one, next| commented(one) && commented(next) && one.indent == next.indent)
    {
        align_comments(run);
    }
}

/// Leaves the lines as they are if one of them would become too wide.
fn align_code(lines: &mut [Line]) {
    let at = |line: &Line| line.column.map_or(0, |(_, at)| at);
    let widest = lines.iter().map(at).max().unwrap_or_default();
    let blanks = |line: &Line| " ".repeat(widest - at(line));
    if lines.iter().all(|line| line.fits(&blanks(line))) {
        for line in lines {
            let blanks = blanks(line);
            line.code.insert_str(at(line), &blanks);
        }
    }
}

fn align_comments(lines: &mut [Line]) {
    let width = |line: &Line| line.code.chars().count();
    let widest = lines.iter().map(width).max().unwrap_or_default();
    for line in lines {
        let blanks = " ".repeat(widest - width(line));
        if let Some(comment) = &mut line.comment {
            comment.insert_str(0, &blanks);
        }
    }
}
