//! Where names lead, and what is to be said of them.

use lsp_types::{
    DocumentHighlight, DocumentHighlightParams, GotoDefinitionParams, GotoDefinitionResponse,
    Hover, HoverContents, HoverParams, Location, MarkupContent, MarkupKind, ReferenceParams,
    TextDocumentPositionParams,
};

use super::document::{Documents, Open};
use super::refusal::Refusal;

/// The text and the place that a request is about.
fn place<'d>(
    documents: &'d Documents,
    at: &TextDocumentPositionParams,
) -> Result<(&'d Open, usize), Refusal> {
    let open = documents.of(&at.text_document.uri)?;
    Ok((open, open.offset(at.position)))
}

pub(super) fn definition(
    documents: &Documents,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>, Refusal> {
    let (open, offset) = place(documents, &params.text_document_position_params)?;
    let declared = open.document().definitions(offset);
    let mut locations: Vec<_> = declared.iter().map(|span| open.location(*span)).collect();
    Ok(match locations.len() {
        0 => None,
        1 => locations.pop().map(GotoDefinitionResponse::Scalar),
        _ => Some(GotoDefinitionResponse::Array(locations)),
    })
}

pub(super) fn references(
    documents: &Documents,
    params: ReferenceParams,
) -> Result<Vec<Location>, Refusal> {
    let (open, offset) = place(documents, &params.text_document_position)?;
    let with_declarations = params.context.include_declaration;
    let found = open.document().references(offset, with_declarations);
    Ok(found.iter().map(|span| open.location(*span)).collect())
}

pub(super) fn highlights(
    documents: &Documents,
    params: DocumentHighlightParams,
) -> Result<Vec<DocumentHighlight>, Refusal> {
    let (open, offset) = place(documents, &params.text_document_position_params)?;
    let found = open.document().references(offset, true);
    let highlight = |span| DocumentHighlight {
        range: open.range(span),
        kind: None,
    };
    Ok(found.into_iter().map(highlight).collect())
}

pub(super) fn hover(documents: &Documents, params: HoverParams) -> Result<Option<Hover>, Refusal> {
    let (open, offset) = place(documents, &params.text_document_position_params)?;
    Ok(open.document().hover(offset).map(|hover| Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: hover.text,
        }),
        range: Some(open.range(hover.span)),
    }))
}
