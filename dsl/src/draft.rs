//! What can be made of a text with mistakes.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::syntax::File;

/// What a text with mistakes means but for these. Where they stand is a placeholder, so it
/// is good for little more than a comparison with an older version.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The workflows, in source order.
    pub model: Model,
    /// Whether some of the text could not be read.
    torn: bool,
    /// The words of text that could not be read, in order.
    unread: Vec<String>,
}

/// Mistakes after which a name may be another than it seems.
const NAMES: [Code; 3] = [
    Code::NotSnakeCase,
    Code::ReservedName,
    Code::UnspellableName,
];

/// Mistakes after which sources may be missing.
const SOURCES: [Code; 2] = [Code::UnknownState, Code::StarWithNames];

/// Mistakes after which a type or a default may be another than it seems.
const TYPES: [Code; 7] = [
    Code::UnknownType,
    Code::MalformedType,
    Code::DefaultNotLiteral,
    Code::WrongType,
    Code::OutOfRange,
    Code::BadNumber,
    Code::BadEscape,
];

impl Draft {
    /// Of a file of which every declaration could be read.
    pub(crate) fn new(model: Model, file: &File<'_>) -> Option<Self> {
        let mut unread: Vec<_> = (file.skipped.words.iter())
            .map(|&word| word.to_owned())
            .collect();
        unread.sort_unstable();
        (!file.skipped.declarations).then_some(Self {
            model,
            torn: file.torn || file.workflows.iter().any(|workflow| workflow.torn),
            unread,
        })
    }

    /// Whether a change strands records however these mistakes are mended: it is of this
    /// kind, and about what has this name.
    pub fn is_sure(&self, code: Code, name: &str, mistakes: &[Diagnostic]) -> bool {
        let name = name.rsplit('.').next().unwrap_or(name);
        let any = |codes: &[Code]| mistakes.iter().any(|mistake| codes.contains(&mistake.code));
        let unread = |word: &str| self.unread.iter().any(|unread| unread == word);
        match code {
            Code::RemovedSource => !self.torn && !any(&NAMES) && !any(&SOURCES),
            Code::RetypedVariable | Code::AddedVariable => {
                !self.torn && !any(&NAMES) && !any(&TYPES)
            }
            _ => !any(&NAMES) && !unread(name),
        }
    }
}
