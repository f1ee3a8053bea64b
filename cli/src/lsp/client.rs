//! What the client can do.

use lsp_types::ClientCapabilities;
use serde_json::Value;

use super::lines::Encoding;

/// What the client said of itself, as far as it makes a difference.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether what is chosen may leave places to fill in.
    pub(super) snippets: bool,
    /// Whether diagnostics may point at other places.
    pub(super) related: bool,
    /// Whether edits may name the version that they are for.
    pub(super) versioned_edits: bool,
}

impl Client {
    /// Reads the parameters of `initialize`. What cannot be read is not there.
    pub(super) fn new(params: &Value) -> Self {
        let capabilities = params.get("capabilities").cloned().unwrap_or_default();
        let capabilities: ClientCapabilities =
            serde_json::from_value(capabilities).unwrap_or_default();
        let text = capabilities.text_document.unwrap_or_default();
        let snippets =
            (text.completion).and_then(|completion| completion.completion_item?.snippet_support);
        let related = (text.publish_diagnostics).and_then(|it| it.related_information);
        let versioned = (capabilities.workspace)
            .and_then(|workspace| workspace.workspace_edit?.document_changes);
        let encodings = (capabilities.general).and_then(|general| general.position_encodings);
        Self {
            encoding: Encoding::among(&encodings.unwrap_or_default()),
            snippets: snippets.unwrap_or_default(),
            related: related.unwrap_or_default(),
            versioned_edits: versioned.unwrap_or_default(),
        }
    }
}
