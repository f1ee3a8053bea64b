//! Another name for something.

use lsp_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit};

use inflight_dsl::editor::NotRenamed;

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
    match found {
        Ok(span) => Ok(Some(PrepareRenameResponse::Range(open.range(span)))),
        Err(NotRenamed::Nothing) => Ok(None),
        Err(refused) => Err(Refusal::failed(refused.to_string())),
    }
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
