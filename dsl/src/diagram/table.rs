//! Markdown, with columns aligned so that it reads well as plain text too. A column
//! without a word is left out, save those that say what a row is about.

use crate::diagram::drawing::Drawing;
use crate::diagram::mark::Mark;
use crate::diagram::rows::Table;

/// How many columns are never left out.
const KEPT: usize = 3;

pub(super) fn render(drawing: &Drawing) -> String {
    let mut parts = vec![format!("## {}\n", escaped(&drawing.title()))];
    if !drawing.about.is_empty() {
        parts.push(format!("{}\n", escaped(&drawing.about)));
    }
    let tables = [&drawing.states, &drawing.transitions];
    let filled = (tables.into_iter().chain(&drawing.others)).filter(|it| !it.rows.is_empty());
    parts.extend(filled.map(table));
    parts.join("\n")
}

/// A table whose columns are as wide as their widest cell.
fn table(table: &Table) -> String {
    let mut rows = Vec::new();
    for row in &table.rows {
        if let Some(before) = &row.before {
            rows.push(cells("before", before));
        }
        rows.push(cells(row.mark.word(), &row.cells));
    }
    let is_marked = table.rows.iter().any(|row| row.mark != Mark::None);
    let head: Vec<_> = std::iter::once("")
        .chain(table.head.iter().copied())
        .collect();
    let shown: Vec<_> = (head.iter().enumerate())
        .filter(|(column, _)| match column {
            0 => is_marked,
            _ => *column <= KEPT || rows.iter().any(|row| has(row, *column)),
        })
        .map(|(column, word)| (column, *word, width(word, &rows, column)))
        .collect();
    let line = |cell: &dyn Fn(usize, &str) -> String| {
        let mut line = String::from("|");
        for &(column, word, width) in &shown {
            let cell = cell(column, word);
            line.push_str(&format!(" {cell:width$} |"));
        }
        line + "\n"
    };
    let mut text = line(&|_, word| word.to_owned());
    text.push('|');
    for &(_, _, width) in &shown {
        text.push_str(&format!(" {} |", "-".repeat(width)));
    }
    text.push('\n');
    for row in &rows {
        text.push_str(&line(&|column, _| {
            row.get(column).cloned().unwrap_or_default()
        }));
    }
    text
}

fn cells(mark: &str, cells: &[String]) -> Vec<String> {
    std::iter::once(mark.to_owned())
        .chain(cells.iter().map(|cell| escaped(cell)))
        .collect()
}

fn has(row: &[String], column: usize) -> bool {
    row.get(column).is_some_and(|cell| !cell.is_empty())
}

fn width(head: &str, rows: &[Vec<String>], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.get(column));
    let widest = cells.map(|cell| cell.chars().count()).max();
    // A rule of Markdown has at least one dash, and three where one asks for care.
    widest.unwrap_or_default().max(head.len()).max(1)
}

/// Text for a cell, in which Markdown sees no syntax. An underscore within a word is none.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let mut within_word = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let word_follows = characters.peek().is_some_and(|next| next.is_alphanumeric());
        let syntax = match character {
            '_' => !(within_word && (word_follows || characters.peek() == Some(&'_'))),
            _ => "\\`*[]<>&|~$".contains(character),
        };
        if syntax {
            escaped.push('\\');
        }
        escaped.push(character);
        within_word = character.is_alphanumeric() || (character == '_' && within_word);
    }
    escaped
}
