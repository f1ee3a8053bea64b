//! Places as the protocol counts them.

use lsp_types::{Position, PositionEncodingKind, Range};

use inflight_dsl::span::Span;

/// What a column counts. Clients that do not say otherwise count 16-bit units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    #[default]
    Utf16,
}

impl Encoding {
    /// The one that costs least among those that the client knows.
    pub(super) fn among(offered: &[PositionEncodingKind]) -> Self {
        match offered.contains(&PositionEncodingKind::UTF8) {
            true => Encoding::Utf8,
            false => Encoding::Utf16,
        }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn width(self, letter: char) -> usize {
        match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
        }
    }
}

/// The lines of a text: where each begins.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Lines {
    pub(super) fn of(text: &str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(index, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(index + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(index, _)| index + 1));
        Self {
            starts: starts.collect(),
            encoding,
        }
    }

    /// The byte of a position. Past the end of a line it is that end, and past the last
    /// line the end of the text, as the protocol has it.
    pub(super) fn offset(&self, text: &str, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.starts.get(line).copied() else {
            return text.len();
        };
        let end = self.starts.get(line.saturating_add(1)).copied();
        let line = text.get(start..end.unwrap_or(text.len()));
        let line = line.unwrap_or_default().trim_end_matches(['\n', '\r']);
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let mut column = 0;
        for (index, letter) in line.char_indices() {
            column += self.encoding.width(letter);
            if column > wanted {
                return start + index;
            }
        }
        start + line.len()
    }

    pub(super) fn position(&self, text: &str, offset: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1) - 1;
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = text.get(start..offset.min(text.len())).unwrap_or_default();
        let width = |letter| self.encoding.width(letter);
        Position {
            line: count(line),
            character: count(before.chars().map(width).sum()),
        }
    }

    pub(super) fn range(&self, text: &str, span: Span) -> Range {
        Range {
            start: self.position(text, span.start),
            end: self.position(text, span.end),
        }
    }

    pub(super) fn span(&self, text: &str, range: Range) -> Span {
        let start = self.offset(text, range.start);
        Span {
            start,
            end: self.offset(text, range.end).max(start),
        }
    }
}

/// A number as the protocol has it.
pub(super) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ways, in 16-bit units and in bytes.
    fn check(text: &str, offset: usize, utf16: (u32, u32), utf8: (u32, u32)) {
        for (encoding, (line, character)) in [(Encoding::Utf16, utf16), (Encoding::Utf8, utf8)] {
            let lines = Lines::of(text, encoding);
            let position = Position { line, character };
            assert_eq!(lines.position(text, offset), position, "{text:?} {offset}");
            assert_eq!(
                lines.offset(text, position),
                offset,
                "{text:?} {position:?}"
            );
        }
    }

    #[test]
    fn columns_are_units_of_the_encoding() {
        check("", 0, (0, 0), (0, 0));
        check("ab", 2, (0, 2), (0, 2));
        check("ab\ncd", 2, (0, 2), (0, 2));
        check("ab\ncd", 4, (1, 1), (1, 1));
        check("ab\r\ncd", 4, (1, 0), (1, 0));
        check("ab\rcd", 3, (1, 0), (1, 0));
        check("é日🦀x", 2, (0, 1), (0, 2));
        check("é日🦀x", 5, (0, 2), (0, 5));
        check("é日🦀x", 9, (0, 4), (0, 9));
        check("a\n", 2, (1, 0), (1, 0));
    }

    #[test]
    fn what_is_out_of_reach_is_the_nearest_place() {
        let check = |text: &str, line, character, expect| {
            let lines = Lines::of(text, Encoding::Utf16);
            assert_eq!(lines.offset(text, Position { line, character }), expect);
        };
        check("ab\r\ncd", 0, 9, 2);
        check("ab\r\ncd", 1, 9, 6);
        check("ab\r\ncd", 9, 0, 6);
        check("ab", u32::MAX, u32::MAX, 2);
        // Within a pair of units.
        check("x🦀y", 0, 2, 1);
    }
}
