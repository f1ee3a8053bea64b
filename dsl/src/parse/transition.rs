//! The headers of transitions, and what stands in them.

use super::Node;
use super::hint;
use super::reader::{Reader, word};
use crate::grammar::Rule;
use crate::syntax::{Arguments, Source, Target, Transition};

impl<'a> Reader<'a, '_> {
    pub(super) fn transition(&mut self, node: Node<'a>, docs: Vec<String>) -> Transition<'a> {
        let mut transition = Transition::begin(docs, node.span());
        let mut stumbled = false;
        let mut header = Header::default();
        for inner in node.inner() {
            let rule = inner.rule();
            header.note(rule);
            match rule {
                Rule::name => transition.name = word(&inner),
                Rule::parameters => transition.inputs = self.fields(inner),
                Rule::sources => transition.sources = self.sources(inner),
                Rule::target => transition.target = self.target(inner),
                Rule::body => {
                    // What is wrong in the braces of no header follows from that.
                    let follows = header.no_colon && header.no_arrow;
                    (transition.clauses, transition.torn) = self.clauses(inner, follows);
                    header.torn |= transition.torn;
                }
                Rule::was => transition.was = self.was(inner),
                Rule::colon | Rule::arrow | Rule::kw_transition => {}
                Rule::junk_header => {
                    self.junk(inner, stumbled, |found| hint::header(rule, found, None));
                }
                // What else is missing follows from the first.
                _ if stumbled => {}
                _ => {
                    stumbled = true;
                    let name = transition.name.map(|name| name.text);
                    self.expected_or(&inner, |found| hint::header(rule, found, name));
                }
            }
        }
        // What stands before the arrow is a source then, and the name is missing.
        if header.no_colon && !header.no_arrow && matches!(transition.sources.first(), Some(None)) {
            self.skipped
                .words
                .extend(transition.name.take().map(|name| name.text));
            header.torn = true;
        }
        if header.is_illegible() {
            self.skipped.words.extend(words(&transition));
            transition.sources = vec![None];
            transition.target = None;
        }
        if let Some(target) = transition.target.as_mut() {
            target.torn |= header.torn;
        }
        transition
    }

    pub(super) fn sources(&mut self, node: Node<'a>) -> Vec<Option<Source<'a>>> {
        let mut sources = Vec::new();
        for inner in node.inner() {
            match inner.rule() {
                Rule::star => sources.push(Some(Source::Any(inner.span()))),
                Rule::name => sources.push(word(&inner).map(Source::Named)),
                Rule::pipe | Rule::comma => {}
                _ => {
                    self.expected(&inner);
                    sources.push(None);
                }
            }
        }
        sources
    }

    /// Reads `STATE(..)`, of a transition or an inline error transition.
    pub(super) fn target(&mut self, node: Node<'a>) -> Option<Target<'a>> {
        let mut state = None;
        let mut values = None;
        for inner in node.inner() {
            match inner.rule() {
                Rule::name | Rule::word => state = word(&inner),
                Rule::arguments => values = Some(self.arguments(inner)),
                _ => self.expected(&inner),
            }
        }
        Some(Target {
            state: state?,
            torn: values
                .as_ref()
                .is_some_and(|values: &Arguments<'_>| values.torn),
            values,
        })
    }
}

/// What is wrong with the header of a transition.
#[derive(Default)]
struct Header {
    no_colon: bool,
    no_arrow: bool,
    junk: bool,
    /// Whether inputs or values of the target are lost.
    torn: bool,
}

impl Header {
    fn note(&mut self, rule: Rule) {
        self.no_colon |= rule == Rule::need_colon;
        self.no_arrow |= rule == Rule::need_arrow;
        self.junk |= rule == Rule::junk_header;
    }

    /// Without an arrow, and with something else wrong, what was read as sources and
    /// target may be anything.
    fn is_illegible(&self) -> bool {
        self.no_arrow && (self.no_colon || self.junk)
    }
}

/// The words of a header that were taken for states.
fn words<'a>(transition: &Transition<'a>) -> impl Iterator<Item = &'a str> {
    let sources = transition.sources.iter().filter_map(|source| match source {
        Some(Source::Named(word)) => Some(word.text),
        _ => None,
    });
    let target = transition.target.iter().map(|target| target.state.text);
    sources.chain(target)
}
