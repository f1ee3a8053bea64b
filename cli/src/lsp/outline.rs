//! What a text declares, what may be folded, and what each name is.

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, FoldingRange, FoldingRangeParams,
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensParams,
    SymbolKind as Kind,
};

use inflight_dsl::editor::{Item, SymbolKind};

use super::document::{Documents, Open};
use super::lines::count;
use super::refusal::Refusal;

/// What a name can be, by number.
pub(super) const TOKEN_TYPES: [SemanticTokenType; 7] = [
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::METHOD,
    SemanticTokenType::EVENT,
    SemanticTokenType::PARAMETER,
];

/// What else can be said of a name, by bit.
pub(super) const TOKEN_MODIFIERS: [SemanticTokenModifier; 1] = [SemanticTokenModifier::DECLARATION];

pub(super) fn symbols(
    documents: &Documents,
    params: DocumentSymbolParams,
) -> Result<DocumentSymbolResponse, Refusal> {
    let open = documents.of(&params.text_document.uri)?;
    let items = open.document().outline();
    let symbols = items.iter().map(|item| symbol(open, item)).collect();
    Ok(DocumentSymbolResponse::Nested(symbols))
}

fn symbol(open: &Open, item: &Item) -> DocumentSymbol {
    let it = &item.symbol;
    // The protocol knows no symbol without a name.
    let name = match it.name.as_str() {
        "" => it.kind.as_str(),
        name => name,
    };
    let children: Vec<_> = item
        .children
        .iter()
        .map(|child| symbol(open, child))
        .collect();
    #[allow(deprecated, reason = "the field must be there")]
    DocumentSymbol {
        name: name.to_owned(),
        detail: (!it.detail.is_empty()).then(|| it.detail.clone()),
        kind: kind(it.kind),
        tags: None,
        deprecated: None,
        range: open.range(it.span),
        selection_range: open.range(it.name_span),
        children: (!children.is_empty()).then_some(children),
    }
}

fn kind(kind: SymbolKind) -> Kind {
    match kind {
        SymbolKind::Workflow => Kind::MODULE,
        SymbolKind::State | SymbolKind::RetiredState => Kind::ENUM_MEMBER,
        SymbolKind::Variable => Kind::FIELD,
        SymbolKind::Action => Kind::FUNCTION,
        SymbolKind::Guard => Kind::BOOLEAN,
        SymbolKind::Transition | SymbolKind::ErrorTransition | SymbolKind::RetiredTransition => {
            Kind::EVENT
        }
        SymbolKind::Activity => Kind::OBJECT,
        _ => Kind::VARIABLE,
    }
}

/// Braces that span lines; the line that closes them stays in view.
pub(super) fn folds(
    documents: &Documents,
    params: FoldingRangeParams,
) -> Result<Vec<FoldingRange>, Refusal> {
    let open = documents.of(&params.text_document.uri)?;
    let ranges = open.document().folds().iter().map(|span| open.range(*span));
    let folds = ranges.filter_map(|range| {
        let end_line = range.end.line.checked_sub(1)?;
        (end_line > range.start.line).then(|| FoldingRange {
            start_line: range.start.line,
            end_line,
            ..FoldingRange::default()
        })
    });
    Ok(folds.collect())
}

pub(super) fn tokens(
    documents: &Documents,
    params: SemanticTokensParams,
) -> Result<SemanticTokens, Refusal> {
    let open = documents.of(&params.text_document.uri)?;
    let mut last = lsp_types::Position::default();
    let mut data = Vec::new();
    for highlight in open.document().highlights() {
        let Some(token_type) = token_type(highlight.kind) else {
            continue;
        };
        let range = open.range(highlight.span);
        let delta_line = range.start.line.saturating_sub(last.line);
        let before = if delta_line == 0 { last.character } else { 0 };
        data.push(SemanticToken {
            delta_line,
            delta_start: range.start.character.saturating_sub(before),
            length: range.end.character.saturating_sub(range.start.character),
            token_type,
            token_modifiers_bitset: u32::from(highlight.declares),
        });
        last = range.start;
    }
    Ok(SemanticTokens {
        result_id: None,
        data,
    })
}

/// The number of what a name is.
fn token_type(kind: SymbolKind) -> Option<u32> {
    let wanted = match kind {
        SymbolKind::Workflow => SemanticTokenType::NAMESPACE,
        SymbolKind::State | SymbolKind::RetiredState => SemanticTokenType::ENUM_MEMBER,
        SymbolKind::Variable => SemanticTokenType::PROPERTY,
        SymbolKind::Action | SymbolKind::Activity => SemanticTokenType::FUNCTION,
        SymbolKind::Guard => SemanticTokenType::METHOD,
        SymbolKind::Parameter | SymbolKind::Input => SemanticTokenType::PARAMETER,
        _ => SemanticTokenType::EVENT,
    };
    TOKEN_TYPES.iter().position(|it| *it == wanted).map(count)
}
