//! What is told while it runs, and the table that is left.

use std::fmt::Write as _;
use std::fs;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::path::Path;
use std::time::Instant;

use crate::Settings;
use crate::subject::Subject;

/// One line of the table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) fault: String,
    pub(crate) store: String,
    pub(crate) trials: u64,
    pub(crate) acknowledged: u64,
    pub(crate) note: String,
}

/// The lines so far, and the one that is under way.
#[derive(Debug)]
pub(crate) struct Report {
    rows: Vec<Row>,
    /// What could not be run here, and why.
    missing: Vec<String>,
    began: Instant,
}

impl Report {
    pub(crate) fn new() -> Self {
        Self {
            rows: Vec::new(),
            missing: Vec::new(),
            began: Instant::now(),
        }
    }

    /// Begins a line.
    pub(crate) fn begin(&mut self, fault: impl Into<String>, subject: Subject) -> Entry<'_> {
        Entry {
            row: Row {
                fault: fault.into(),
                store: format!("{subject:?}"),
                trials: 0,
                acknowledged: 0,
                note: String::new(),
            },
            report: self,
        }
    }

    /// Adds a line.
    pub(crate) fn row(&mut self, row: Row) {
        let Row {
            fault,
            store,
            trials,
            acknowledged,
            note,
        } = &row;
        let took = self.began.elapsed().as_secs();
        let besides = if note.is_empty() { "" } else { ", " };
        tell(&format!(
            "{took:5} s  {store}: {fault}: {trials} trials, {acknowledged} acknowledged, \
             0 lost{besides}{note}"
        ));
        self.rows.push(row);
    }

    /// Says that something could not be run here.
    pub(crate) fn not_run(&mut self, what: &str, why: &str) {
        let line = format!("NOT RUN: {what}: {why}");
        tell(&line);
        self.missing.push(line);
    }

    /// The table, in Markdown, and how it came about.
    pub(crate) fn figures(&self, settings: &Settings) -> String {
        let minutes = self.began.elapsed().as_secs().div_ceil(60);
        let form = if settings.short { "short" } else { "full" };
        let mut text = format!(
            "A {form} run with seed {}, in {minutes} minutes:\n\n{}",
            settings.seed,
            self.table()
        );
        for line in &self.missing {
            writeln!(text, "\n**{line}**").unwrap();
        }
        text
    }

    fn table(&self) -> String {
        let mut text = String::from(
            "| what befalls it | store | trials | commits acknowledged | lost | besides |\n\
             | --- | --- | ---: | ---: | ---: | --- |\n",
        );
        for row in &self.rows {
            let Row {
                fault,
                store,
                trials,
                acknowledged,
                note,
            } = row;
            let (trials, acknowledged) = (thousands(*trials), thousands(*acknowledged));
            writeln!(
                text,
                "| {fault} | {store} | {trials} | {acknowledged} | 0 | {note} |"
            )
            .unwrap();
        }
        let sum = |of: fn(&Row) -> u64| thousands(self.rows.iter().map(of).sum());
        writeln!(
            text,
            "| **all** | | **{}** | **{}** | **0** | |",
            sum(|row| row.trials),
            sum(|row| row.acknowledged)
        )
        .unwrap();
        text
    }
}

/// A line of the table that is under way.
pub(crate) struct Entry<'a> {
    row: Row,
    report: &'a mut Report,
}

impl Entry<'_> {
    /// Counts a trial, with so many commits that were acknowledged.
    pub(crate) fn trial(&mut self, acknowledged: u64) {
        self.row.trials += 1;
        self.row.acknowledged += acknowledged;
        if stderr().is_terminal() {
            let Row { fault, trials, .. } = &self.row;
            let _ = write!(stderr(), "\r\x1b[K{fault}: {trials}");
        }
    }

    /// Ends the line, with what there is to say besides.
    pub(crate) fn end(mut self, note: impl Into<String>) {
        self.row.note = note.into();
        if stderr().is_terminal() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
        self.report.row(self.row);
    }
}

/// Says something to whoever watches.
pub(crate) fn tell(line: &str) {
    // There is nobody else to say it to.
    let _ = writeln!(stderr(), "{line}");
}

/// Writes a table into a document, between its marks.
pub(crate) fn write(mark: &str, table: &str, document: &Path) {
    let (begin, end) = (
        format!("<!-- {mark} -->"),
        format!("<!-- end of {mark} -->"),
    );
    let text = fs::read_to_string(document).unwrap();
    let (before, rest) = text.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    let text = format!("{before}{begin}\n\n{table}\n{end}{after}");
    fs::write(document, text).unwrap();
}

/// Prints what is left in the end.
pub(crate) fn print(text: &str) {
    stdout().write_all(text.as_bytes()).unwrap();
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
