//! What a file declares, nested.

use super::index::Index;
use super::symbol::{Symbol, SymbolId, SymbolKind};

/// Something that is declared, and what is declared in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// It itself.
    pub symbol: Symbol,
    /// What is declared in it, in the order of the text.
    pub children: Vec<Item>,
}

pub(super) fn outline(index: &Index) -> Vec<Item> {
    let all = (0..index.symbols.len()).map(SymbolId);
    let top = all.filter(|id| index.symbol(*id).is_some_and(|it| it.parent.is_none()));
    items(index, top)
}

fn items(index: &Index, ids: impl Iterator<Item = SymbolId>) -> Vec<Item> {
    let symbols = ids.filter_map(|id| index.symbol(id));
    // An alias has no place of its own: its first use is only where it is met first.
    let mut items: Vec<Item> = symbols
        .filter(|symbol| symbol.kind != SymbolKind::Alias)
        .map(|symbol| Item {
            symbol: symbol.clone(),
            children: items(index, symbol.children.iter().copied()),
        })
        .collect();
    items.sort_by_key(|item| item.symbol.span);
    items
}
