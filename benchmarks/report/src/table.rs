//! Tables of measured values.

use std::fmt::{self, Display};
use std::fs::OpenOptions;
use std::io::{self, Write};

use serde_json::{Value, json};

/// Values that were measured in one run, beside those of a peer.
pub struct Table {
    name: &'static str,
    title: String,
    keys: Vec<&'static str>,
    measures: Vec<Measure>,
    peer: Option<&'static str>,
    rows: Vec<Row>,
    goals: Vec<Goal>,
    notes: Vec<String>,
}

/// A column of measured values.
pub struct Measure {
    name: &'static str,
    digits: usize,
    ratio: bool,
}

struct Row {
    keys: Vec<String>,
    values: Result<Vec<f64>, String>,
}

struct Goal {
    text: String,
    measured: Option<f64>,
    met: bool,
}

impl Measure {
    /// A column of this name, which should name the unit, with whole numbers and a ratio.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            digits: 0,
            ratio: true,
        }
    }

    /// Shows so many digits after the point.
    #[must_use]
    pub fn digits(self, digits: usize) -> Self {
        Self { digits, ..self }
    }

    /// Shows no ratio: the value is for orientation only.
    #[must_use]
    pub fn alone(self) -> Self {
        Self {
            ratio: false,
            ..self
        }
    }
}

impl Table {
    /// An empty table. The name is for programs, the title for people.
    pub fn new(name: &'static str, title: impl Into<String>) -> Self {
        Self {
            name,
            title: title.into(),
            keys: Vec::new(),
            measures: Vec::new(),
            peer: None,
            rows: Vec::new(),
            goals: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The columns that say what a row is about; the last one names what is measured.
    #[must_use]
    pub fn keys(mut self, keys: &[&'static str]) -> Self {
        self.keys = keys.to_vec();
        self
    }

    /// Adds a column of values.
    #[must_use]
    pub fn measure(mut self, measure: Measure) -> Self {
        self.measures.push(measure);
        self
    }

    /// Shows the ratio of each value to that of this peer: to the row which has this last
    /// key, and the same keys before it.
    #[must_use]
    pub fn beside(mut self, peer: &'static str) -> Self {
        self.peer = Some(peer);
        self
    }

    /// Adds what was measured.
    pub fn row(&mut self, keys: &[&str], values: &[f64]) {
        self.push(keys, Ok(values.to_vec()));
    }

    /// Adds what was not measured to its end, and why.
    pub fn cut(&mut self, keys: &[&str], reason: impl Into<String>) {
        self.push(keys, Err(reason.into()));
    }

    fn push(&mut self, keys: &[&str], values: Result<Vec<f64>, String>) {
        let keys = keys.iter().map(ToString::to_string).collect();
        self.rows.push(Row { keys, values });
    }

    /// A measured value.
    pub fn value(&self, keys: &[&str], measure: &str) -> Option<f64> {
        let column = self.measures.iter().position(|it| it.name == measure)?;
        let row = self.rows.iter().find(|row| row.keys == keys)?;
        row.values.as_ref().ok()?.get(column).copied()
    }

    /// A measured value, as a ratio to that of the peer.
    pub fn ratio(&self, keys: &[&str], measure: &str) -> Option<f64> {
        let (_, before) = keys.split_last()?;
        let peer: Vec<&str> = before.iter().copied().chain(self.peer).collect();
        Some(self.value(keys, measure)? / self.value(&peer, measure)?)
    }

    /// Adds a goal, and whether what was measured reaches it. What was not measured does not.
    pub fn goal(
        &mut self,
        text: impl Into<String>,
        measured: Option<f64>,
        reached: impl Fn(f64) -> bool,
    ) {
        self.goals.push(Goal {
            text: text.into(),
            measured,
            met: measured.is_some_and(reached),
        });
    }

    /// Adds a paragraph under the table: what was not measured, say.
    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Writes the table to standard output, and to the file that `BENCHMARK_ROWS` names.
    ///
    /// # Errors
    ///
    /// When that cannot be written.
    pub fn print(&self) -> io::Result<()> {
        writeln!(io::stdout(), "{self}")?;
        if let Some(file) = std::env::var_os("BENCHMARK_ROWS") {
            let mut file = OpenOptions::new().create(true).append(true).open(file)?;
            writeln!(file, "{}", self.as_json())?;
        }
        Ok(())
    }

    fn as_json(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let keys: Vec<&str> = row.keys.iter().map(String::as_str).collect();
            let measures = self.measures.iter();
            let ratios = measures
                .filter(|measure| measure.ratio)
                .filter_map(|measure| Some((measure.name, self.ratio(&keys, measure.name)?)))
                .map(|(name, ratio)| (name.to_owned(), json!(ratio)));
            let ratios: serde_json::Map<_, _> = ratios.collect();
            let values = row.values.as_ref();
            json!({
                "keys": row.keys,
                "values": values.ok(),
                "cut": values.err(),
                "ratios": ratios,
            })
        });
        let goals = self
            .goals
            .iter()
            .map(|goal| json!({ "goal": goal.text, "measured": goal.measured, "met": goal.met }));
        json!({
            "table": self.name,
            "title": self.title,
            "keys": self.keys,
            "measures": self.measures.iter().map(|it| it.name).collect::<Vec<_>>(),
            "peer": self.peer,
            "rows": rows.collect::<Vec<_>>(),
            "goals": goals.collect::<Vec<_>>(),
        })
    }

    /// The cells of a row.
    fn cells(&self, row: &Row) -> Vec<String> {
        let keys: Vec<&str> = row.keys.iter().map(String::as_str).collect();
        let mut cells = row.keys.clone();
        for (column, measure) in self.measures.iter().enumerate() {
            cells.push(match &row.values {
                Ok(values) => values
                    .get(column)
                    .map(|value| number(*value, measure.digits))
                    .unwrap_or_default(),
                Err(reason) if column == 0 => reason.clone(),
                Err(_) => "-".to_owned(),
            });
            if self.shows_ratio(measure) {
                let ratio = self.ratio(&keys, measure.name);
                cells.push(ratio.map_or_else(|| "-".to_owned(), |ratio| number(ratio, 2)));
            }
        }
        cells
    }

    fn shows_ratio(&self, measure: &Measure) -> bool {
        measure.ratio && self.peer.is_some()
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {}\n", self.title)?;
        let mut head: Vec<&str> = self.keys.clone();
        let mut rule = vec!["---"; head.len()];
        for measure in &self.measures {
            head.push(measure.name);
            rule.push("---:");
            if self.shows_ratio(measure) {
                head.push("ratio");
                rule.push("---:");
            }
        }
        writeln!(f, "| {} |\n| {} |", head.join(" | "), rule.join(" | "))?;
        for row in &self.rows {
            writeln!(f, "| {} |", self.cells(row).join(" | "))?;
        }
        if let Some(peer) = self.peer {
            writeln!(f, "\nRatios are to *{peer}*.")?;
        }
        for note in &self.notes {
            writeln!(f, "\n{note}")?;
        }
        for (index, goal) in self.goals.iter().enumerate() {
            let met = if goal.met { "met" } else { "**missed**" };
            let measured = match goal.measured {
                Some(measured) => number(measured, 2),
                None => "not measured".to_owned(),
            };
            let gap = if index == 0 { "\n" } else { "" };
            writeln!(f, "{gap}- Goal {met}: {} ({measured})", goal.text)?;
        }
        Ok(())
    }
}

/// A number with its thousands parted.
fn number(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text.as_str(), None),
    };
    let mut parted = String::new();
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left % 3 == 0 && !parted.ends_with('-') {
            parted.push(',');
        }
        parted.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{parted}.{fraction}"),
        None => parted,
    }
}
