//! Blocks of text: lines that are wrapped, measured, and written below each other.

use crate::diagram::drawing::{Line, Role};
use crate::diagram::mark::Mark;
use crate::diagram::svg::measure::width;

/// Where a line is wrapped if it can be.
const WIDEST: f64 = 190.0;

/// Lines of text and the room they take.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) lines: Vec<Text>,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A line of text in one style.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) mark: Mark,
    pub(super) style: Style,
    pub(super) width: f64,
}

/// How text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    pub(super) size: f64,
    pub(super) bold: bool,
    /// Whether it may stand back behind other text.
    pub(super) quiet: bool,
}

impl Style {
    /// The distance from one line to the next.
    pub(super) fn leading(self) -> f64 {
        (self.size * 1.3).round()
    }
}

/// The name of a state.
pub(super) const STATE: Style = Style {
    size: 14.0,
    bold: true,
    quiet: false,
};

/// The name of a transition.
pub(super) const NAME: Style = Style {
    size: 12.0,
    bold: true,
    quiet: false,
};

/// What is said of a state or transition.
pub(super) const DETAIL: Style = Style {
    size: 11.0,
    bold: false,
    quiet: false,
};

/// What is said beside it.
pub(super) const ASIDE: Style = Style {
    quiet: true,
    ..DETAIL
};

impl Block {
    /// Adds a line, wrapped where it is too wide.
    pub(super) fn push(&mut self, text: &str, mark: Mark, style: Style) {
        self.push_within(text, mark, style, WIDEST);
    }

    /// The same, with a width of its own.
    pub(super) fn push_within(&mut self, text: &str, mark: Mark, style: Style, widest: f64) {
        for text in wrapped(text, style, widest) {
            let width = width(&text, style.size, style.bold);
            self.width = self.width.max(width);
            self.height += style.leading();
            self.lines.push(Text {
                text,
                mark,
                style,
                width,
            });
        }
    }

    /// Lines that each say one thing, with the sign of the whole before the first.
    pub(super) fn of_lines(lines: &[Line], mark: Mark) -> Self {
        let mut block = Block::default();
        let mut sign = mark.sign();
        for line in lines {
            let style = match line.role {
                Role::Name => NAME,
                Role::Detail => DETAIL,
                Role::Aside => ASIDE,
            };
            let text = format!("{}{line}", std::mem::take(&mut sign));
            let of_name = (line.role == Role::Name).then_some(mark);
            let mark = match line.mark {
                Mark::None => of_name.unwrap_or_default(),
                mark => mark,
            };
            block.push(&text, mark, style);
        }
        block
    }
}

/// The text in lines that are no wider than that, as far as its words allow.
fn wrapped(text: &str, style: Style, widest: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            // `/ action` would look odd with its sign alone.
            let is_sign = line.chars().count() == 1;
            if is_sign || width(&longer, style.size, style.bold) <= widest {
                *line = longer;
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines
}
