//! What may be written, in the protocol's form.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionTextEdit, Documentation,
    InsertTextFormat, MarkupContent, MarkupKind, TextEdit,
};

use inflight_dsl::editor::{Completion, CompletionKind, SymbolKind};

use super::client::Client;
use super::document::Documents;
use super::refusal::Refusal;

pub(super) fn complete(
    documents: &Documents,
    client: Client,
    params: CompletionParams,
) -> Result<Vec<CompletionItem>, Refusal> {
    let at = params.text_document_position;
    let open = documents.of(&at.text_document.uri)?;
    let Some(offered) = open.document().complete(open.offset(at.position)) else {
        return Ok(Vec::new());
    };
    // A blank asks only where a name is wanted: everywhere else it would be in the way.
    let asked_by = params.context.and_then(|context| context.trigger_character);
    let is_keyword = |item: &Completion| item.kind == CompletionKind::Keyword;
    if asked_by.as_deref() == Some(" ") && offered.items.iter().all(is_keyword) {
        return Ok(Vec::new());
    }
    let rest = open.text().get(offered.replace.end..).unwrap_or_default();
    let has_list = rest.trim_start().starts_with(['(', ':']);
    let range = open.range(offered.replace);
    let items = offered.items.into_iter().enumerate();
    Ok(items
        .map(|(number, item)| {
            let (new_text, snippet) = match has_list {
                true => (item.text.clone(), false),
                false => inserted(&item, client.snippets),
            };
            CompletionItem {
                kind: Some(kind(item.kind)),
                detail: (!item.detail.is_empty()).then_some(item.detail),
                documentation: (!item.docs.is_empty()).then(|| {
                    Documentation::MarkupContent(MarkupContent {
                        kind: MarkupKind::Markdown,
                        value: item.docs.join("\n"),
                    })
                }),
                // The order is that of likelihood.
                sort_text: Some(format!("{number:05}")),
                insert_text_format: snippet.then_some(InsertTextFormat::SNIPPET),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
                label: item.text,
                ..CompletionItem::default()
            }
        })
        .collect())
}

/// What is written, and whether it leaves places to fill in.
fn inserted(item: &Completion, snippets: bool) -> (String, bool) {
    if item.kind == CompletionKind::Argument {
        return (format!("{}: ", item.text), false);
    }
    if !snippets || item.arguments.is_empty() {
        return (item.text.clone(), false);
    }
    let arguments = item.arguments.iter().enumerate();
    let arguments: Vec<String> = arguments
        .map(|(number, name)| format!("{name}: ${}", number + 1))
        .collect();
    (format!("{}({})$0", item.text, arguments.join(", ")), true)
}

fn kind(kind: CompletionKind) -> CompletionItemKind {
    match kind {
        CompletionKind::Symbol(symbol) => match symbol {
            SymbolKind::Workflow => CompletionItemKind::MODULE,
            SymbolKind::State => CompletionItemKind::ENUM_MEMBER,
            SymbolKind::Action | SymbolKind::Guard => CompletionItemKind::FUNCTION,
            SymbolKind::Transition | SymbolKind::ErrorTransition => CompletionItemKind::EVENT,
            SymbolKind::Alias => CompletionItemKind::REFERENCE,
            SymbolKind::Variable => CompletionItemKind::FIELD,
            _ => CompletionItemKind::VARIABLE,
        },
        CompletionKind::Argument => CompletionItemKind::PROPERTY,
        CompletionKind::Value => CompletionItemKind::VALUE,
        CompletionKind::Type => CompletionItemKind::STRUCT,
        CompletionKind::Code => CompletionItemKind::CONSTANT,
        _ => CompletionItemKind::KEYWORD,
    }
}
