//! Elements to lines.

use super::align::align;
use super::arrange::arrange;
use super::text::{Text, flat, is_flat};
use super::tree::{Element, Kind, List, ListKind, Note, Part};
use crate::grammar::Rule;

/// How wide a line may be.
const WIDTH: usize = 100;

/// How far each level is indented.
pub(super) const LEVEL: usize = 4;

/// A line of the result.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) indent: usize,
    pub(super) code: String,
    /// The comment at its end.
    pub(super) comment: Option<String>,
    /// Whether a whole element stands on it.
    pub(super) whole: bool,
    /// What may be moved to stand in one column with its neighbours: where in the code.
    pub(super) column: Option<(Kind, usize)>,
}

impl Line {
    /// Whether it is not too wide, with more text at its end.
    pub(super) fn fits(&self, more: &str) -> bool {
        self.indent + self.code.chars().count() + more.chars().count() <= WIDTH
    }
}

/// Writes a file.
pub(super) fn page(file: &List<'_>) -> String {
    let mut page = Page::default();
    page.elements(file, 0);
    align(&mut page.lines);
    let mut text = String::new();
    for line in page.lines {
        if !line.code.is_empty() {
            text.extend(std::iter::repeat_n(' ', line.indent));
            text.push_str(&line.code);
        }
        if let Some(comment) = line.comment {
            text.push(' ');
            text.push_str(&comment);
        }
        text.push('\n');
    }
    text
}

/// The lines so far, and the one that is being written.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) indent: usize,
    pub(super) text: Text,
}

impl Page {
    /// Ends the line that is being written.
    pub(super) fn end_line(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.lines.push(Line {
            indent: self.indent,
            code: text.code,
            ..Line::default()
        });
    }

    /// Everything in a list, a line each.
    fn elements(&mut self, list: &List<'_>, indent: usize) {
        let begin = self.lines.len();
        let comma = match list.kind {
            ListKind::Variables | ListKind::Arguments => ",",
            _ => "",
        };
        for (index, element) in list.elements.iter().enumerate() {
            let documented = self.notes(&element.above, indent, begin);
            if element.apart && !documented && self.lines.len() > begin {
                self.lines.push(Line::default());
            }
            self.indent = indent;
            if list.kind == ListKind::Sources && index > 0 {
                self.text.token(Rule::pipe, "|");
            }
            self.element(element, comma);
            if let Some(line) = self.lines.last_mut() {
                line.code.push_str(comma);
                line.comment = element.beside.map(str::to_owned);
            }
        }
        self.notes(&list.below, indent, begin);
    }

    /// Comments on lines of their own; whether some of them document what follows.
    fn notes(&mut self, notes: &[Note<'_>], indent: usize, begin: usize) -> bool {
        let mut documented = false;
        for note in notes {
            if note.apart && !documented && self.lines.len() > begin {
                self.lines.push(Line::default());
            }
            self.lines.push(Line {
                indent,
                code: note.text.clone().into_owned(),
                ..Line::default()
            });
            documented |= note.doc;
        }
        documented
    }

    fn element(&mut self, element: &Element<'_>, comma: &str) {
        if let Some(line) = self.whole(element, comma) {
            self.text = Text::default();
            self.lines.push(line);
            return;
        }
        if element.kind == Kind::Transition && arrange(self, element) {
            return;
        }
        // Where no comment keeps a list from standing on one line, the width does.
        let lists = element.parts.iter().filter_map(|part| match part {
            Part::List(list) => Some(list),
            Part::Token(..) => None,
        });
        let width = lists.clone().all(is_flat);
        self.parts(&element.parts, |list| width || !is_flat(list));
        self.end_line();
    }

    /// The element on one line, if it fits there with the comma that follows.
    fn whole(&self, element: &Element<'_>, comma: &str) -> Option<Line> {
        let mut text = self.text.clone();
        text.parts(&element.parts)?;
        let line = Line {
            indent: self.indent,
            column: column(element),
            code: text.code,
            whole: true,
            comment: None,
        };
        line.fits(comma).then_some(line)
    }

    /// Tokens and lists, of which those that `breaks` names are written an entry a line.
    pub(super) fn parts(&mut self, parts: &[Part<'_>], breaks: impl Fn(&List<'_>) -> bool) {
        for part in parts {
            match part {
                Part::List(list) if breaks(list) => self.broken(list),
                _ => {
                    let _ = self.text.parts(std::slice::from_ref(part));
                }
            }
        }
    }

    /// A list, an entry a line. The line that closes it stays open.
    pub(super) fn broken(&mut self, list: &List<'_>) {
        let indent = self.indent;
        let brackets = match list.kind {
            ListKind::Arguments => Some(((Rule::paren, "("), (Rule::paren_close, ")"))),
            ListKind::Sources | ListKind::File => None,
            _ => Some(((Rule::open, "{"), (Rule::close, "}"))),
        };
        if let Some(((rule, text), _)) = brackets {
            self.text.token(rule, text);
        }
        self.end_line();
        if let Some(line) = self.lines.last_mut() {
            line.comment = list.opened.map(str::to_owned);
        }
        self.elements(list, indent + LEVEL);
        self.indent = indent;
        if let Some((_, (rule, text))) = brackets {
            self.text.token(rule, text);
        }
    }
}

/// Where an element has something that may be moved to stand in one column with that of
/// its neighbours.
fn column(element: &Element<'_>) -> Option<(Kind, usize)> {
    let at = element.parts.iter().position(|part| match part {
        Part::List(_) => element.kind == Kind::State,
        Part::Token(rule, _) => element.kind == Kind::Action && *rule == Rule::arrow,
    })?;
    let before = flat(element.parts.get(..at)?)?;
    Some((element.kind, before.len()))
}
