//! Another name for something.

use lsp_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit};

use super::client::Client;
use super::document::Documents;
use super::refusal::Refusal;

/// The name that would change.
pub(super) fn prepare(
    documents: &Documents,
    at: &TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, Refusal> {
    let open = documents.of(&at.text_document.uri)?;
    let found = open.document().renameable(open.offset(at.position));
    Ok(found.map(|span| PrepareRenameResponse::Range(open.range(span))))
}

pub(super) fn rename(
    documents: &Documents,
    client: Client,
    params: RenameParams,
) -> Result<WorkspaceEdit, Refusal> {
    let at = params.text_document_position;
    let open = documents.of(&at.text_document.uri)?;
    let edits = open
        .document()
        .rename(open.offset(at.position), &params.new_name)
        .map_err(|refused| Refusal::failed(refused.to_string()))?;
    Ok(open.workspace_edit(edits, client))
}
