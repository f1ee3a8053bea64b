//! The texts that are open.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use lsp_types::{
    Location, OptionalVersionedTextDocumentIdentifier, Position, Range,
    TextDocumentContentChangeEvent, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use inflight_dsl::editor::{Document, Edit};
use inflight_dsl::span::Span;

use super::client::Client;
use super::lines::{Encoding, Lines};
use super::refusal::Refusal;

/// A text that is open in the editor.
pub(super) struct Open {
    pub(super) uri: Uri,
    pub(super) version: i32,
    text: String,
    lines: Lines,
    encoding: Encoding,
    document: OnceCell<Document>,
    /// Whether it has changed since the client was told what is wrong with it.
    pub(super) untold: bool,
}

impl Open {
    pub(super) fn new(uri: Uri, version: i32, text: String, encoding: Encoding) -> Self {
        Self {
            uri,
            version,
            lines: Lines::of(&text, encoding),
            text,
            encoding,
            document: OnceCell::new(),
            untold: true,
        }
    }

    /// Applies changes, each to the text that the one before it left.
    pub(super) fn change(&mut self, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        for change in changes {
            match change.range {
                Some(range) => {
                    let span = self.lines.span(&self.text, range);
                    self.text.replace_range(span.start..span.end, &change.text);
                }
                None => self.text = change.text,
            }
            self.lines = Lines::of(&self.text, self.encoding);
        }
        self.version = version;
        self.document = OnceCell::new();
        self.untold = true;
    }

    /// The text with all its names looked up.
    pub(super) fn document(&self) -> &Document {
        self.document
            .get_or_init(|| Document::new(self.text.as_str()))
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn offset(&self, position: Position) -> usize {
        self.lines.offset(&self.text, position)
    }

    pub(super) fn span(&self, range: Range) -> Span {
        self.lines.span(&self.text, range)
    }

    pub(super) fn range(&self, span: Span) -> Range {
        self.lines.range(&self.text, span)
    }

    pub(super) fn location(&self, span: Span) -> Location {
        Location {
            uri: self.uri.clone(),
            range: self.range(span),
        }
    }

    pub(super) fn text_edit(&self, edit: Edit) -> TextEdit {
        TextEdit {
            range: self.range(edit.span),
            new_text: edit.text,
        }
    }

    /// Changes of this text, in the form that the client knows.
    pub(super) fn workspace_edit(&self, edits: Vec<Edit>, client: Client) -> WorkspaceEdit {
        let edits = edits.into_iter().map(|edit| self.text_edit(edit)).collect();
        if !client.versioned_edits {
            return WorkspaceEdit::new([(self.uri.clone(), edits)].into_iter().collect());
        }
        let edit = TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri: self.uri.clone(),
                version: Some(self.version),
            },
            edits: edits.into_iter().map(lsp_types::OneOf::Left).collect(),
        };
        WorkspaceEdit {
            document_changes: Some(lsp_types::DocumentChanges::Edits(vec![edit])),
            ..WorkspaceEdit::default()
        }
    }
}

/// All texts that are open, by their URIs as the client writes them.
#[derive(Default)]
pub(super) struct Documents(BTreeMap<String, Open>);

impl Documents {
    pub(super) fn open(&mut self, open: Open) {
        self.0.insert(open.uri.as_str().to_owned(), open);
    }

    /// Forgets a text; whether there was one.
    pub(super) fn close(&mut self, uri: &Uri) -> bool {
        self.0.remove(uri.as_str()).is_some()
    }

    pub(super) fn of(&self, uri: &Uri) -> Result<&Open, Refusal> {
        let found = self.0.get(uri.as_str());
        found.ok_or_else(|| Refusal::params(format!("`{}` is not open", uri.as_str())))
    }

    pub(super) fn of_mut(&mut self, uri: &Uri) -> Option<&mut Open> {
        self.0.get_mut(uri.as_str())
    }

    pub(super) fn untold(&mut self) -> impl Iterator<Item = &mut Open> {
        self.0.values_mut().filter(|open| open.untold)
    }
}
