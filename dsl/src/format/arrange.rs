//! Transitions that do not fit on one line.

use super::page::{LEVEL, Line, Page};
use super::text::{flat, is_flat};
use super::tree::{Element, List, ListKind, Part};
use crate::grammar::Rule;

/// Where a header breaks, from the least to the most.
const ARRANGEMENTS: [Arrangement; 4] = [
    Arrangement::Whole,
    Arrangement::Arrow,
    Arrangement::Sources,
    Arrangement::EachSource,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Arrangement {
    /// Nowhere but in its lists.
    Whole,
    /// Before the arrow.
    Arrow,
    /// Before the sources, too.
    Sources,
    /// Before every single source.
    EachSource,
}

/// Writes a transition over several lines; `false` if it is none.
pub(super) fn arrange(page: &mut Page, element: &Element<'_>) -> bool {
    let Some(arrow) = position(&element.parts, |part| {
        matches!(part, Part::Token(Rule::arrow, _))
    }) else {
        return false;
    };
    let clauses = element.clauses();
    let length = element.parts.len() - usize::from(clauses.is_some());
    let header = Header {
        front: element.parts.get(..arrow).unwrap_or_default(),
        back: element.parts.get(arrow..length).unwrap_or_default(),
    };
    let indent = page.indent;
    let more = if clauses.is_some() { " {" } else { "" };
    let mut chosen = Arrangement::EachSource;
    for arrangement in ARRANGEMENTS {
        if header.allows(arrangement) {
            let mut trial = Page {
                indent,
                ..Page::default()
            };
            header.write(&mut trial, arrangement);
            trial.end_line();
            let more = if arrangement == Arrangement::Whole {
                more
            } else {
                ""
            };
            chosen = arrangement;
            if fits(&trial.lines, more) {
                break;
            }
        }
    }
    header.write(page, chosen);
    if let Some(clauses) = clauses {
        if chosen != Arrangement::Whole {
            page.end_line();
            page.indent = indent;
        }
        page.broken(clauses);
    }
    page.end_line();
    true
}

fn fits(lines: &[Line], more: &str) -> bool {
    let mut lines = lines.iter().rev();
    lines.next().is_none_or(|last| last.fits(more)) && lines.all(|line| line.fits(""))
}

fn position(parts: &[Part<'_>], is: impl Fn(&Part<'_>) -> bool) -> Option<usize> {
    parts.iter().position(is)
}

/// A transition up to its clauses.
struct Header<'p, 'a> {
    /// What stands before the arrow.
    front: &'p [Part<'a>],
    /// The arrow, and what follows.
    back: &'p [Part<'a>],
}

impl Header<'_, '_> {
    /// Whether there is something to break, and nothing that must break more.
    fn allows(&self, arrangement: Arrangement) -> bool {
        let sources = self.front.iter().find_map(sources);
        match sources {
            Some(list) if is_flat(list) => {
                arrangement != Arrangement::EachSource || list.elements.len() > 1
            }
            Some(_) => arrangement == Arrangement::EachSource,
            None => arrangement <= Arrangement::Arrow,
        }
    }

    /// Writes the header; its last line stays open.
    fn write(&self, page: &mut Page, arrangement: Arrangement) {
        let indent = page.indent;
        let named = position(self.front, |part| sources(part).is_some());
        let (name, rest) = self
            .front
            .split_at_checked(named.unwrap_or(self.front.len()))
            .unwrap_or((self.front, &[]));
        let inputs = breaks(name, indent);
        page.parts(name, |_| inputs);
        for part in rest {
            match sources(part) {
                Some(list) if arrangement == Arrangement::EachSource => page.broken(list),
                Some(_) if arrangement == Arrangement::Sources => {
                    page.end_line();
                    page.indent = indent + LEVEL;
                    page.parts(std::slice::from_ref(part), |_| false);
                }
                _ => page.parts(std::slice::from_ref(part), |_| false),
            }
        }
        let values = breaks(self.back, indent + LEVEL);
        if arrangement != Arrangement::Whole {
            if !page.text.code.is_empty() {
                page.end_line();
            }
            page.indent = indent + LEVEL;
        }
        page.parts(self.back, |_| values);
    }
}

fn sources<'p, 'a>(part: &'p Part<'a>) -> Option<&'p List<'a>> {
    match part {
        Part::List(list) if list.kind == ListKind::Sources => Some(list),
        _ => None,
    }
}

/// Whether the list in these parts does not even fit on a line with them alone.
fn breaks(parts: &[Part<'_>], indent: usize) -> bool {
    flat(parts).is_none_or(|code| {
        let line = Line {
            indent,
            code,
            ..Line::default()
        };
        !line.fits("")
    })
}
