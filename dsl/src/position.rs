//! Lines and columns.

/// A line and a column, both counted from 1; a column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// Where the lines of a text begin, to find positions without reading it again.
///
/// ```
/// use inflight_dsl::position::{LineIndex, Position};
///
/// let index = LineIndex::new("workflow\nünit");
/// assert_eq!(index.position(11), Position { line: 2, column: 2 });
/// assert_eq!(index.line(2), Some("ünit"));
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

impl<'s> LineIndex<'s> {
    /// Finds the lines of a text. They end with `\n`, `\r\n` or `\r`.
    pub fn new(source: &'s str) -> Self {
        let bytes = source.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(index, _)| index + 1));
        LineIndex {
            source,
            starts: starts.collect(),
        }
    }

    /// The position of a byte. Past the end it is that of the end; a byte order mark
    /// takes no column.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let rest = self.source.get(start..).unwrap_or_default();
        let before = rest
            .char_indices()
            .take_while(|(index, _)| start + index < offset)
            .filter(|(index, character)| start + index > 0 || *character != '\u{feff}')
            .count();
        Position {
            line,
            column: before + 1,
        }
    }

    /// The text of a line, counted from 1, without its end and without a byte order mark.
    pub fn line(&self, number: usize) -> Option<&'s str> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self
            .starts
            .get(number)
            .copied()
            .unwrap_or(self.source.len());
        let line = self.source.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(match start {
            0 => line.trim_start_matches('\u{feff}'),
            _ => line,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters() {
        let check = |source: &str, offset, line, column| {
            let found = LineIndex::new(source).position(offset);
            assert_eq!(found, Position { line, column }, "{source:?} at {offset}");
        };
        check("", 0, 1, 1);
        check("ab", 1, 1, 2);
        check("ab", 9, 1, 3);
        check("ab\ncd", 2, 1, 3);
        check("ab\ncd", 3, 2, 1);
        check("ab\r\ncd", 4, 2, 1);
        check("ab\rcd", 3, 2, 1);
        check("\tß日x", 6, 1, 4);
        check("\u{feff}ab", 3, 1, 1);
        check("\u{feff}ab", 4, 1, 2);
        check("a\n", 2, 2, 1);
    }

    #[test]
    fn lines_come_without_their_ends() {
        let index = LineIndex::new("\u{feff}one\r\ntwo\n\nfour");
        let lines: Vec<_> = (0..6).map(|number| index.line(number)).collect();
        assert_eq!(
            lines,
            [None, Some("one"), Some("two"), Some(""), Some("four"), None]
        );
    }
}
