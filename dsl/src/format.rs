//! The one form in which workflow files are written.
//!
//! Names, literals, comments and the order of everything are the author's. Where lines
//! break is not: it depends on the content alone, so the same content gives the same
//! text, wherever its lines broke before.
//!
//! # Lines
//!
//! - A line is at most 100 columns wide, trailing comments aside; four blanks a level.
//! - Items, clauses and what else stands in a list begin a line each, unless the whole
//!   list fits on the line of what it belongs to. A list of values, inputs, parameters
//!   or variables that does not fit, or that has comments, is one entry a line, each
//!   followed by a comma. Empty brackets are left out.
//! - The clauses of a transition stay on its line if there is just one, without a
//!   comment and without clauses of its own, and all of it fits.
//! - A header that is too wide breaks before `->`; if that is not enough, after the
//!   colon as well; if that is not enough, before each `|` as well. The brace of its
//!   clauses then stands on a line of its own.
//! - A blank line is kept between neighbours, but one at most, and none after an opening
//!   or before a closing bracket, between sources, or between a doc comment and what it
//!   documents, or between an `allow` and its item. Workflows, and the words on the file, always have one between them.
//!
//! # Columns
//!
//! In states on lines directly below each other the variables begin in one column, and
//! so do the results of actions, unless a line would become too wide. The same
//! goes for the comments at the end of such lines, if each is all of an item, clause or
//! entry.
//!
//! # Comments
//!
//! A comment belongs to the smallest thing that can have a line of its own: an item, a
//! clause, a variable, a value, a source. One at the end of a line stays there; one on
//! its own line stays above what follows. A comment inside of what is written without a
//! break moves above it. The order of comments never changes.
//!
//! # Proof
//!
//! The result is handed out only after it was read again and found to mean the same: the
//! same syntax tree and, for a text without mistakes, the same model.

mod align;
mod arrange;
mod comment;
mod page;
mod proof;
mod read;
mod text;
mod tree;

use crate::diagnostic::Diagnostics;
use crate::parse;
use std::fmt;

/// Writes a file in its canonical form.
///
/// Mistakes that are not of syntax, such as a name that is not declared, do not matter.
///
/// ```
/// let source = "workflow door{initial state open final state shut // for good
///     transition close:open->shut{}}";
/// assert_eq!(
///     inflight_dsl::format::format(source).unwrap(),
///     "workflow door {
///     initial state open
///     final state shut // for good
///     transition close: open -> shut
/// }
/// "
/// );
/// ```
///
/// # Errors
///
/// If the text is not sound, or, which would be a defect of the formatter, if the result
/// is not the same workflow.
pub fn format(source: &str) -> Result<String, Refused> {
    let mut diagnostics = Diagnostics::default();
    let sound = parse::parse(source, &mut diagnostics).is_some() && diagnostics.is_empty();
    // They are reported by `compile`, with those of the later stages.
    drop(diagnostics.finish());
    if !sound {
        return Err(Refused::Syntax);
    }
    let file = read::read(source).ok_or(Refused::Syntax)?;
    let text = page::page(&file);
    if proof::same(source, &text) {
        Ok(text)
    } else {
        Err(Refused::Unproved)
    }
}

/// Why a text was not formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// The text has mistakes of syntax; [`compile`](crate::compile) reports them.
    Syntax,
    /// The result is not proved to mean the same.
    Unproved,
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Refused::Syntax => "the text has mistakes of syntax",
            Refused::Unproved => "the formatted text is not proved to mean the same",
        })
    }
}

impl std::error::Error for Refused {}
