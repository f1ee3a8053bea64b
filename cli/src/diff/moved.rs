//! Workflows that went from one file to another: records know them by name, wherever they
//! stand.

use inflight_dsl::model::{Model, Workflow};

use super::pairs::{Pair, Which};
use crate::source::Source;

/// Compares each workflow that left a file with the one of its name that came to another.
pub(super) fn together(pairs: Vec<Result<Pair, String>>) -> Vec<Result<Pair, String>> {
    let mut moves: Vec<(usize, usize, Vec<String>)> = Vec::new();
    let left = lone(&pairs, |pair| (pair.old.as_ref(), pair.new.as_ref()));
    let came = lone(&pairs, |pair| (pair.new.as_ref(), pair.old.as_ref()));
    for (from, name) in left {
        let Some((to, _)) = came.iter().find(|(_, came)| *came == name) else {
            continue;
        };
        match moves.iter_mut().find(|it| (it.0, it.1) == (from, *to)) {
            Some((.., names)) => names.push(name),
            None => moves.push((from, *to, vec![name])),
        }
    }
    let names_of = |at: usize| -> Vec<String> {
        let moves = moves
            .iter()
            .filter(|(from, to, _)| at == *from || at == *to);
        moves.flat_map(|(.., names)| names.clone()).collect()
    };
    let moved = moves.iter().filter_map(|(from, to, names)| {
        let (Some(Ok(from)), Some(Ok(to))) = (pairs.get(*from), pairs.get(*to)) else {
            return None;
        };
        Some(Ok(Pair {
            name: to.name.clone(),
            old: from.old.clone(),
            new: to.new.clone(),
            which: Which::Only(names.clone()),
        }))
    });
    let moved: Vec<_> = moved.collect();
    let stayed = pairs.into_iter().enumerate().filter_map(|(at, pair)| {
        let names = names_of(at);
        match pair {
            Ok(pair) if !names.is_empty() => {
                let pair = Pair {
                    which: Which::AllBut(names),
                    ..pair
                };
                let sides = [&pair.old, &pair.new];
                let mut left = sides.iter().filter_map(|side| pair.which.of(side.as_ref()));
                left.any(|model| !model.workflows.is_empty())
                    .then_some(Ok(pair))
            }
            pair => Some(pair),
        }
    });
    let mut pairs: Vec<_> = stayed.chain(moved).collect();
    pairs.sort_by_key(|pair| pair.as_ref().ok().map(|pair| pair.name.clone()));
    pairs
}

/// The workflows that one side of a pair has and the other has not, where both have no
/// mistakes.
fn lone<'p>(
    pairs: &'p [Result<Pair, String>],
    sides: impl Fn(&'p Pair) -> (Option<&'p Source>, Option<&'p Source>),
) -> Vec<(usize, String)> {
    let mut lone = Vec::new();
    for (at, pair) in pairs.iter().enumerate() {
        let Ok(pair) = pair else { continue };
        let (here, there) = sides(pair);
        let models = (Which::All.of(here), Which::All.of(there));
        let (Some(here), Some(there)) = models else {
            continue;
        };
        let has = |model: &Model, name: &str| {
            let mut names = model.workflows.iter().map(|it| &it.name.text);
            names.any(|it| it == name)
        };
        let alone = |workflow: &&Workflow| !has(&there, &workflow.name.text);
        let names = here.workflows.iter().filter(alone);
        lone.extend(names.map(|it| (at, it.name.text.clone())));
    }
    lone
}
