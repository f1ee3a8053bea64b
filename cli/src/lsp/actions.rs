//! Changes that the server proposes.

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, DocumentFormattingParams,
    TextEdit,
};

use inflight_dsl::editor::Edit;
use inflight_dsl::format::{self, Refused};
use inflight_dsl::span::Span;

use super::client::Client;
use super::diagnose::diagnostic;
use super::document::Documents;
use super::refusal::Refusal;

/// Ways to mend what is wrong in a part of a text.
pub(super) fn actions(
    documents: &Documents,
    client: Client,
    params: CodeActionParams,
) -> Result<Vec<CodeActionOrCommand>, Refusal> {
    let open = documents.of(&params.text_document.uri)?;
    let wanted = params.context.only.is_none_or(|kinds| {
        let kinds = kinds.iter();
        kinds
            .map(CodeActionKind::as_str)
            .any(|kind| ["", "quickfix"].contains(&kind))
    });
    if !wanted {
        return Ok(Vec::new());
    }
    let document = open.document();
    let mends = document.mends(open.span(params.range));
    let actions = mends.into_iter().map(|mend| {
        let mistake = document.compiled().diagnostics.get(mend.diagnostic);
        CodeActionOrCommand::CodeAction(CodeAction {
            title: mend.title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: mistake.map(|mistake| vec![diagnostic(open, client, mistake)]),
            edit: Some(open.workspace_edit(mend.edits, client)),
            is_preferred: Some(mend.preferred),
            ..CodeAction::default()
        })
    });
    Ok(actions.collect())
}

/// The changes that give a text its one form. A text with mistakes of syntax is left
/// alone without a word: the mistakes are shown already.
pub(super) fn format(
    documents: &Documents,
    params: DocumentFormattingParams,
) -> Result<Option<Vec<TextEdit>>, Refusal> {
    let open = documents.of(&params.text_document.uri)?;
    let formatted = match format::format(open.text()) {
        Ok(formatted) => formatted,
        Err(Refused::Syntax) => return Ok(None),
        Err(refused) => return Err(Refusal::failed(refused.to_string())),
    };
    let edit = difference(open.text(), &formatted);
    Ok(Some(
        edit.map(|edit| open.text_edit(edit)).into_iter().collect(),
    ))
}

/// The lines that differ, so that the caret stays where it is in all others.
fn difference(before: &str, after: &str) -> Option<Edit> {
    if before == after {
        return None;
    }
    let common = |pairs: &mut dyn Iterator<Item = (&str, &str)>| -> usize {
        let same = pairs.take_while(|(one, other)| one == other);
        same.map(|(line, _)| line.len()).sum()
    };
    let (old, new) = (before.split_inclusive('\n'), after.split_inclusive('\n'));
    let start = common(&mut old.zip(new));
    let (before_rest, after_rest) = (before.get(start..)?, after.get(start..)?);
    let old = before_rest.split_inclusive('\n').rev();
    let new = after_rest.split_inclusive('\n').rev();
    let end = common(&mut old.zip(new));
    Some(Edit {
        span: Span {
            start,
            end: before.len() - end,
        },
        text: after_rest.get(..after_rest.len() - end)?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use inflight_dsl::editor::edited;

    #[test]
    fn only_the_lines_that_differ_are_changed() {
        let check = |before: &str, after: &str, changed: &str| {
            let edit = difference(before, after).unwrap();
            assert_eq!(edited(before, std::slice::from_ref(&edit)), after);
            assert_eq!(&before[edit.span.start..edit.span.end], changed);
        };
        check("a\nb\nc\n", "a\nB\nc\n", "b\n");
        check("a\nb\n", "a\n\nb\n", "");
        check("a\na\na\n", "a\na\n", "a\n");
        check("a", "a\n", "a");
        check("", "a\n", "");
        check("a\r\nb\r\n", "a\nb\n", "a\r\nb\r\n");
        assert_eq!(difference("a\n", "a\n"), None);
    }
}
