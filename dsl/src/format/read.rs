//! From the nodes of the grammar to what is to be written.
//!
//! Rules that have no layout of their own are written as their tokens in a row, so most
//! of what the grammar may gain needs nothing here.

use super::comment::{Comment, Gap};
use super::tree::{Element, Kind, List, ListKind, Note, Part};
use crate::grammar::{Node, Rule};
use std::borrow::Cow;

/// Reads a file without mistakes of syntax.
pub(super) fn read(source: &str) -> Option<List<'_>> {
    let file = Node::file(source)?;
    let mut reader = Reader {
        source,
        gap: Gap::after(source, 0),
    };
    let mut list = reader.list(ListKind::File, None, file.inner());
    let mut before: Option<Kind> = None;
    for element in &mut list.elements {
        match (before.replace(element.kind), element.kind) {
            (None | Some(Kind::Allow), _) => {}
            (Some(Kind::FileDoc), Kind::FileDoc) => element.join(),
            _ => element.part(),
        }
    }
    Some(list)
}

struct Reader<'a> {
    source: &'a str,
    /// What stands after the last token that was read.
    gap: Gap<'a>,
}

impl<'a> Reader<'a> {
    /// Passes a token. What stands before it is the caller's.
    fn pass(&mut self, token: &Node<'a>) -> (Vec<Note<'a>>, bool) {
        let after = Gap::after(self.source, token.span().end);
        let Gap { comments, apart } = std::mem::replace(&mut self.gap, after);
        (comments.into_iter().map(Note::from).collect(), apart)
    }

    /// Takes the comment on the line of the last token.
    fn beside(&mut self) -> Option<&'a str> {
        let first = self.gap.comments.first()?;
        let beside = first.beside.then_some(first.text)?;
        self.gap.comments.remove(0);
        Some(beside)
    }

    /// Reads what stands in a list, its closing bracket included.
    fn list(
        &mut self,
        kind: ListKind,
        opened: Option<&'a str>,
        nodes: impl Iterator<Item = Node<'a>>,
    ) -> List<'a> {
        let mut elements: Vec<Element<'a>> = Vec::new();
        let mut above = Vec::new();
        for node in nodes {
            match node.rule() {
                Rule::doc => {
                    let (notes, apart) = self.pass(&node);
                    above.extend(notes);
                    above.push(Note {
                        text: doc(&node),
                        doc: true,
                        apart,
                    });
                }
                Rule::comma | Rule::pipe => {
                    let (notes, _) = self.pass(&node);
                    if let (true, Some(last)) = (notes.is_empty(), elements.last_mut())
                        && last.beside.is_none()
                    {
                        last.beside = self.beside();
                    }
                    above.extend(notes);
                }
                Rule::close | Rule::paren_close | Rule::EOI => above.extend(self.pass(&node).0),
                _ => {
                    let above = std::mem::take(&mut above);
                    let mut element = self.element(node, above);
                    if elements.last().is_some_and(|last| last.kind == Kind::Allow) {
                        element.join();
                    }
                    elements.push(element);
                }
            }
        }
        List {
            kind,
            opened,
            elements,
            below: above,
        }
    }

    fn element(&mut self, node: Node<'a>, above: Vec<Note<'a>>) -> Element<'a> {
        let mut element = Element {
            above,
            apart: false,
            kind: match node.rule() {
                Rule::state => Kind::State,
                Rule::action => Kind::Action,
                Rule::transition | Rule::on_error => Kind::Transition,
                Rule::inner_doc => Kind::FileDoc,
                Rule::allow => Kind::Allow,
                _ => Kind::Other,
            },
            parts: Vec::new(),
            beside: None,
        };
        self.parts(node, &mut element);
        element.leave_out_empty_brackets();
        element.beside = self.beside();
        element
    }

    /// Adds the tokens and lists of a node to the element that it is part of.
    fn parts(&mut self, node: Node<'a>, element: &mut Element<'a>) {
        let rule = node.rule();
        if is_token(&node) {
            self.token(&node, element);
            return;
        }
        let mut inner = node.inner();
        if rule == Rule::sources {
            let mut sources = self.list(ListKind::Sources, None, inner);
            for source in &mut sources.elements {
                source.join();
            }
            element.parts.push(Part::List(sources));
            return;
        }
        while let Some(node) = inner.next() {
            let Some(kind) = opens(rule, node.rule()) else {
                self.parts(node, element);
                continue;
            };
            let (notes, _) = self.pass(&node);
            element.lift(notes);
            let opened = self.beside();
            let list = self.list(kind, opened, inner);
            element.parts.push(Part::List(list));
            return;
        }
    }

    fn token(&mut self, node: &Node<'a>, element: &mut Element<'a>) {
        let (notes, apart) = self.pass(node);
        if element.parts.is_empty() {
            element.above.extend(notes);
            element.apart = apart;
        } else {
            element.lift(notes);
        }
        let text = match node.rule() {
            Rule::inner_doc => doc(node),
            _ => Cow::Borrowed(node.text()),
        };
        element.parts.push(Part::Token(node.rule(), text));
    }
}

/// Whether a node is written as it stands.
pub(super) fn is_token(node: &Node<'_>) -> bool {
    node.rule() == Rule::string || node.inner().next().is_none()
}

/// A doc comment, with one blank after its marker.
fn doc<'a>(node: &Node<'a>) -> Cow<'a, str> {
    let (marker, text) = node.text().split_at_checked(3).unwrap_or_default();
    match text.strip_prefix(' ') {
        Some("") => Cow::Borrowed(marker),
        None if !text.is_empty() => Cow::Owned(format!("{marker} {text}")),
        _ => Cow::Borrowed(node.text()),
    }
}

/// The kind of list that a bracket opens.
fn opens(rule: Rule, bracket: Rule) -> Option<ListKind> {
    match (rule, bracket) {
        (Rule::workflow, Rule::open) => Some(ListKind::Items),
        (Rule::variables, Rule::open) => Some(ListKind::Variables),
        (_, Rule::open) => Some(ListKind::Clauses),
        (_, Rule::paren) => Some(ListKind::Arguments),
        _ => None,
    }
}

impl<'a> From<Comment<'a>> for Note<'a> {
    fn from(comment: Comment<'a>) -> Self {
        Note {
            apart: comment.apart,
            ..Note::comment(comment.text)
        }
    }
}
