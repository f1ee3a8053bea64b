//! What an editor asks about a text, broken or not.
//!
//! A [`Document`] is one text with all its names looked up. It is made anew after each
//! change, and answers from the syntax tree, so that it knows what is there while
//! something else is half written; only a drawing needs a text without mistakes.
//!
//! Places are bytes of the text. A place between two tokens belongs to the one it
//! touches, so that a caret behind a name is still on it.
//!
//! ```
//! use inflight_dsl::editor::Document;
//!
//! let document = Document::new("workflow door {
//!     initial state open
//!     final state shut
//!     transition close: open -> shut
//! }");
//! let shut = document.text().rfind("shut").unwrap();
//! let declared = document.definitions(shut)[0];
//! assert_eq!(document.text()[..declared.start].matches('\n').count(), 2);
//!
//! let renamed = document.rename(shut, "closed").unwrap();
//! assert_eq!(renamed.len(), 2);
//! assert!(document.rename(shut, "open").is_err());
//! ```

mod complete;
mod context;
mod expected;
mod extent;
mod highlight;
mod hover;
mod index;
mod mend;
mod outline;
mod refer;
mod rename;
mod statement;
mod symbol;

pub use complete::{Completion, CompletionKind, Completions};
pub use highlight::Highlight;
pub use hover::Hover;
pub use mend::Mend;
pub use outline::Item;
pub use rename::NotRenamed;
pub use symbol::{Symbol, SymbolKind};

use crate::diagnostic::Diagnostics;
use crate::span::Span;
use crate::{Compiled, compiled, parse};
use extent::Extents;
use index::Index;
use rename::OldName;

/// A text, and what its names stand for.
#[derive(Debug)]
pub struct Document {
    text: String,
    compiled: Compiled,
    index: Index,
    braces: Vec<Span>,
}

/// A change of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is only added.
    pub span: Span,
    /// What takes its place.
    pub text: String,
}

impl Document {
    /// Reads a text.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let mut diagnostics = Diagnostics::default();
        let node = parse::node(&text, &mut diagnostics);
        let extents = node.as_ref().map_or_else(Extents::default, Extents::of);
        let file = node.map(|node| parse::file(&text, node, &mut diagnostics));
        let index = file
            .as_ref()
            .map_or_else(Index::default, |file| Index::new(&text, file, &extents));
        let compiled = compiled(file.as_ref(), diagnostics);
        Document {
            compiled,
            index,
            braces: extents.braces,
            text,
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the compiler says of it.
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// What is named at a place. Several variables are if one name may read any of them.
    pub fn symbols(&self, offset: usize) -> Vec<&Symbol> {
        let found = self.index.at(offset).map(|found| found.symbols.as_slice());
        let ids = found.unwrap_or_default().iter();
        ids.filter_map(|id| self.index.symbol(*id)).collect()
    }

    /// Where what is named at a place is declared.
    pub fn definitions(&self, offset: usize) -> Vec<Span> {
        let symbols = self.symbols(offset);
        symbols.iter().map(|symbol| symbol.name_span).collect()
    }

    /// All places that name what is named at a place, in the order of the text.
    pub fn references(&self, offset: usize, with_declarations: bool) -> Vec<Span> {
        let Some(asked) = self.index.at(offset) else {
            return Vec::new();
        };
        let names_it = |ids: &[_]| ids.iter().any(|id| asked.symbols.contains(id));
        let occurrences = self.index.occurrences.iter();
        occurrences
            .filter(|found| with_declarations || !found.declares)
            .filter(|found| names_it(&found.symbols))
            .map(|found| found.span)
            .collect()
    }

    /// What is to be said of the name at a place.
    pub fn hover(&self, offset: usize) -> Option<Hover> {
        hover::hover(self, offset)
    }

    /// What may be written at a place; `None` where nothing is to be said, as in comments.
    pub fn complete(&self, offset: usize) -> Option<Completions> {
        complete::complete(self, offset)
    }

    /// The name at a place, if it can be changed.
    ///
    /// # Errors
    ///
    /// If there is no name, or it is that of something that is gone.
    pub fn renameable(&self, offset: usize) -> Result<Span, NotRenamed> {
        rename::renameable(self, offset)
    }

    /// Gives what is named at a place another name, wherever it stands. What the text
    /// means stays the same, names aside.
    ///
    /// # Errors
    ///
    /// If there is no name that may change, or the text would have a mistake that it has
    /// not, or mean something else.
    pub fn rename(&self, offset: usize, name: &str) -> Result<Vec<Edit>, NotRenamed> {
        rename::rename(self, offset, name, OldName::Forgotten)
    }

    /// Does the same, and keeps the old name of what is persisted behind `was`, so that
    /// records which have it still load.
    ///
    /// # Errors
    ///
    /// As [`rename`](Document::rename).
    pub fn rename_keeping(&self, offset: usize, name: &str) -> Result<Vec<Edit>, NotRenamed> {
        rename::rename(self, offset, name, OldName::Kept)
    }

    /// What the text declares, in its order.
    pub fn outline(&self) -> Vec<Item> {
        outline::outline(&self.index)
    }

    /// Ways to mend the mistakes that touch a part of the text.
    pub fn mends(&self, part: Span) -> Vec<Mend> {
        mend::mends(self, part)
    }

    /// What each name is, in the order of the text.
    pub fn highlights(&self) -> Vec<Highlight> {
        highlight::highlights(&self.index)
    }

    /// What stands in braces, which may be folded away.
    pub fn folds(&self) -> &[Span] {
        &self.braces
    }
}

/// The text with some changes, which must not overlap, in any order.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut edited = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        edited.push_str(text.get(done..edit.span.start).unwrap_or_default());
        edited.push_str(&edit.text);
        done = edit.span.end;
    }
    edited.push_str(text.get(done..).unwrap_or_default());
    edited
}
