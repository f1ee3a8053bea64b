//! Columns that line up.

/// How a cell is pointed out, where there is colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    #[default]
    Plain,
    /// The head of a table, and what matters little.
    Faint,
    /// Wants an operator.
    Alarm,
    /// May want one soon.
    Warning,
    /// What is looked at.
    Here,
}

/// Text in a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    text: String,
    style: Style,
}

/// Rows under a head. A column without a word is left out.
pub(super) struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

impl Style {
    /// Text in this style, if there is colour.
    pub(super) fn paint(self, text: &str, colored: bool) -> String {
        let code = match self {
            Style::Plain => return text.to_owned(),
            Style::Faint => "2",
            Style::Alarm => "1;31",
            Style::Warning => "33",
            Style::Here => "1",
        };
        match colored {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_owned(),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self {
            text,
            style: Style::Plain,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Cell {
    pub(super) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self {
            text: text.into(),
            style,
        }
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

impl Table {
    pub(super) fn new(head: &[&'static str]) -> Self {
        Self {
            head: head.to_vec(),
            rows: Vec::new(),
        }
    }

    pub(super) fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(cells.into());
    }

    /// The table as lines, moved in so far.
    pub(super) fn render(&self, indent: usize, colored: bool) -> String {
        let columns: Vec<(usize, usize)> = (0..self.head.len())
            .filter_map(|column| {
                let cells = self.rows.iter().filter_map(|row| row.get(column));
                let widest = cells.map(Cell::width).max().filter(|width| *width > 0)?;
                let head = self.head.get(column).map_or(0, |head| head.chars().count());
                Some((column, widest.max(head)))
            })
            .collect();
        let head: Vec<_> = (self.head.iter())
            .map(|head| Cell::styled(*head, Style::Faint))
            .collect();
        let mut text = String::new();
        for row in std::iter::once(&head).chain(&self.rows) {
            let mut line = " ".repeat(indent);
            // What stands before a cell is only written if the cell is.
            let mut gap = String::new();
            for &(column, width) in &columns {
                let cell = row.get(column).cloned().unwrap_or_default();
                if !cell.text.is_empty() {
                    line.push_str(&gap);
                    gap.clear();
                    line.push_str(&cell.style.paint(&cell.text, colored));
                }
                gap.push_str(&" ".repeat(width - cell.width() + 2));
            }
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_empty_ones_are_left_out() {
        let mut table = Table::new(&["NAME", "NOTHING", "AGE", "WHY"]);
        table.row(["é".into(), "".into(), "3 h".into(), "".into()]);
        table.row([
            "longer".into(),
            "".into(),
            "".into(),
            Cell::styled("bad", Style::Alarm),
        ]);
        let expect = "\
            \x20 NAME    AGE  WHY\n\
            \x20 é       3 h\n\
            \x20 longer       bad\n";
        assert_eq!(table.render(2, false), expect);
        assert!(table.render(0, true).contains("\u{1b}[1;31mbad\u{1b}[0m\n"));
    }
}
