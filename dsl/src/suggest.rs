//! The name that was probably meant.

/// The candidate nearest to `word`, if one is near enough to be a slip of the pen.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    // One letter says too little to guess from.
    let length = word.chars().count();
    let allowed = (length / 3).max(usize::from(length > 1));
    candidates
        .into_iter()
        .filter(|candidate| {
            *candidate != word && candidate.len().abs_diff(word.len()) <= 4 * allowed
        })
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be added, dropped, changed or swapped with their neighbour
/// (Damerau-Levenshtein, no letter edited twice).
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    let mut previous_left = None;
    for (row, letter) in left.chars().enumerate() {
        let mut current = vec![row + 1];
        let mut previous_right = None;
        for (column, other) in right.iter().copied().enumerate() {
            let at =
                |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, column) + usize::from(letter != other);
            let dropped = at(&last, column + 1) + 1;
            let added = at(&current, column) + 1;
            let mut best = changed.min(dropped).min(added);
            if column > 0 && previous_left == Some(other) && previous_right == Some(letter) {
                best = best.min(at(&before_last, column - 1) + 1);
            }
            current.push(best);
            previous_right = Some(other);
        }
        previous_left = Some(letter);
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let check = |word, expect| {
            assert_eq!(nearest(word, ["installed", "started", "new", "up"]), expect);
        };
        check("instaled", Some("installed"));
        check("isntalled", Some("installed"));
        check("strated", Some("started"));
        check("nwe", Some("new"));
        check("stopped", None);
        check("pu", Some("up"));
        check("p", None);
        check("down", None);
    }
}
