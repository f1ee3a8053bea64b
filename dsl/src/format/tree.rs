//! What is to be written, with the comments where they belong.

use crate::grammar::Rule;
use std::borrow::Cow;

/// What can have a line of its own.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// The comments and doc comments above it.
    pub(super) above: Vec<Note<'a>>,
    /// Whether there is a blank line between those and the element.
    pub(super) apart: bool,
    pub(super) kind: Kind,
    pub(super) parts: Vec<Part<'a>>,
    /// The comment at the end of its last line.
    pub(super) beside: Option<&'a str>,
}

/// A comment or doc comment on a line of its own.
#[derive(Debug)]
pub(super) struct Note<'a> {
    pub(super) text: Cow<'a, str>,
    /// Whether it documents what follows.
    pub(super) doc: bool,
    /// Whether there is a blank line before it.
    pub(super) apart: bool,
}

/// What layout must know of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    State,
    Action,
    /// A transition, or an inline error transition.
    Transition,
    /// `allow`, which stands before an item.
    Allow,
    /// Words on the file.
    FileDoc,
    Other,
}

#[derive(Debug)]
pub(super) enum Part<'a> {
    Token(Rule, Cow<'a, str>),
    List(List<'a>),
}

#[derive(Debug)]
pub(super) struct List<'a> {
    pub(super) kind: ListKind,
    /// The comment beside the opening bracket.
    pub(super) opened: Option<&'a str>,
    pub(super) elements: Vec<Element<'a>>,
    /// The comments above the closing bracket.
    pub(super) below: Vec<Note<'a>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ListKind {
    /// All of a file.
    File,
    /// `{ .. }` of a workflow.
    Items,
    /// `{ .. }` of a transition.
    Clauses,
    /// `{ name: type, .. }`
    Variables,
    /// `(name: .., ..)`
    Arguments,
    /// `a | b`
    Sources,
}

impl<'a> Element<'a> {
    /// Moves comments above the element, and with them those which come before them
    /// inside of it, so that all stay in order.
    pub(super) fn lift(&mut self, inside: Vec<Note<'a>>) {
        if inside.is_empty() {
            return;
        }
        let mut lifted = Vec::new();
        for part in &mut self.parts {
            if let Part::List(list) = part {
                list.give_up_comments(&mut lifted);
            }
        }
        lifted.extend(inside);
        for note in &mut lifted {
            note.apart = std::mem::take(&mut self.apart);
        }
        self.above.extend(lifted);
    }

    /// Puts a blank line before it.
    pub(super) fn part(&mut self) {
        match self.above.first_mut() {
            Some(note) => note.apart = true,
            None => self.apart = true,
        }
    }

    /// Drops the blank lines before it.
    pub(super) fn join(&mut self) {
        self.apart = false;
        for note in &mut self.above {
            note.apart = false;
        }
    }

    /// Drops lists that say nothing; but `same()` is a mistake, which must not vanish.
    pub(super) fn leave_out_empty_brackets(&mut self) {
        let mut same = false;
        self.parts.retain(|part| match part {
            Part::Token(_, text) => {
                same = text == "same";
                true
            }
            Part::List(list) => same || list.kind == ListKind::Items || !list.is_empty(),
        });
    }

    /// Whether some comment keeps it from standing on a line with others.
    pub(super) fn commented(&self) -> bool {
        !self.above.is_empty() || self.beside.is_some()
    }

    /// The clauses of a transition.
    pub(super) fn clauses(&self) -> Option<&List<'a>> {
        self.parts.iter().find_map(|part| match part {
            Part::List(list) if list.kind == ListKind::Clauses => Some(list),
            _ => None,
        })
    }
}

impl<'a> List<'a> {
    /// Whether there is nothing between the brackets.
    fn is_empty(&self) -> bool {
        self.elements.is_empty() && self.opened.is_none() && self.below.is_empty()
    }

    fn give_up_comments(&mut self, into: &mut Vec<Note<'a>>) {
        into.extend(self.opened.take().map(Note::comment));
        for element in &mut self.elements {
            into.extend(element.above.extract_if(.., |note| !note.doc));
            for part in &mut element.parts {
                if let Part::List(list) = part {
                    list.give_up_comments(into);
                }
            }
            into.extend(element.beside.take().map(Note::comment));
        }
        into.append(&mut self.below);
    }
}

impl<'a> Note<'a> {
    pub(super) fn comment(text: &'a str) -> Note<'a> {
        Note {
            text: Cow::Borrowed(text),
            doc: false,
            apart: false,
        }
    }
}
