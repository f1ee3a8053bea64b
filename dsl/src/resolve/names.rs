//! A name space: what is declared, in order.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::suggest::nearest;
use crate::syntax::{Skipped, Word};
use std::borrow::Cow;
use std::collections::HashMap;

/// After so many diagnostics no more names are suggested: looking through all names of
/// a large file for each of many unknown ones would take for ever.
const SUGGESTIONS: usize = 100;

/// Names and what they stand for, by number.
#[derive(Default)]
pub(crate) struct Names<'a> {
    words: Vec<Word<'a>>,
    numbers: HashMap<Cow<'a, str>, (usize, usize)>,
    next: usize,
    /// Whether a name is so misspelt that it may be any.
    unsure: bool,
}

impl<'a> Names<'a> {
    /// Declares the next thing; of two with one name the first counts. Whether it is
    /// the first.
    pub(crate) fn declare(
        &mut self,
        word: Word<'a>,
        code: Code,
        kind: &str,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let number = self.next;
        self.next += 1;
        let first = self.first(word.text);
        match first {
            Some(first) => diagnostics.report(
                Diagnostic::error(
                    code,
                    word.span,
                    format!("there are two {} named `{}`", plural(kind), word.text),
                )
                .label("the second")
                .related(first.span, "the first")
                .help("rename one of them, or drop it"),
            ),
            None => {
                let place = (number, self.words.len());
                self.numbers.insert(Cow::Borrowed(word.text), place);
                self.words.push(word);
            }
        }
        first.is_none()
    }

    /// Takes a name that is misspelt as what it should be, so that what uses it is no
    /// mistake. Without a name it should be, it may be any.
    pub(crate) fn mend(&mut self, misspelt: Word<'a>, mended: Option<String>) {
        let place = self.numbers.get(misspelt.text).copied();
        match (mended, place) {
            (Some(mended), Some(place)) => {
                self.numbers.entry(Cow::Owned(mended)).or_insert(place);
            }
            _ => self.unsure = true,
        }
    }

    /// Whether a name that is not declared may be one that was misspelt.
    pub(crate) fn is_unsure(&self) -> bool {
        self.unsure
    }

    /// Counts something whose name is illegible.
    pub(crate) fn declare_nameless(&mut self) {
        self.next += 1;
    }

    /// The number of what has this name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).map(|(number, _)| *number)
    }

    /// Where the name is declared.
    pub(crate) fn first(&self, name: &str) -> Option<Word<'a>> {
        let (_, index) = self.numbers.get(name)?;
        self.words.get(*index).copied()
    }

    /// All names with what they stand for, in order.
    pub(crate) fn numbered(&self) -> impl Iterator<Item = (usize, Word<'a>)> {
        let words = self.words.iter();
        words.filter_map(|word| Some((self.find(word.text)?, *word)))
    }

    /// All names, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = Word<'a>> + Clone {
        self.words.iter().copied()
    }
}

fn plural(kind: &str) -> String {
    match kind.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{kind}s"),
    }
}

/// Reports a name that is not declared, unless its declaration may be in what was
/// skipped. The help names the nearest of the candidates, or else says how to declare
/// the name.
pub(crate) fn unknown<'a>(
    code: Code,
    word: Word<'a>,
    message: String,
    candidates: impl Iterator<Item = &'a str> + Clone,
    declare: String,
    skipped: &Skipped<'_>,
    diagnostics: &mut Diagnostics,
) {
    if skipped.words.contains(word.text) || skipped.mended.contains(word.text) {
        return;
    }
    let near = (diagnostics.len() < SUGGESTIONS)
        .then(|| nearest(word.text, candidates.clone()))
        .flatten();
    if skipped.declarations && near.is_none() {
        return;
    }
    diagnostics.report(
        Diagnostic::error(code, word.span, message)
            .label("unknown")
            .help(or_one_of(declare, candidates))
            .maybe_meant(near),
    );
}

/// What to do, or else the candidates, as many as can be shown.
fn or_one_of<'a>(declare: String, mut candidates: impl Iterator<Item = &'a str> + Clone) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = candidates
        .clone()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    if shown.is_empty() {
        return declare;
    }
    let more = if candidates.nth(SHOWN).is_some() {
        ", .."
    } else {
        ""
    };
    format!("{declare}, or use one of {}{more}", shown.join(", "))
}
