//! Two sequences side by side, each in its order.

/// Something in the old sequence, in the new one, or in both.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Side<T> {
    Old(T),
    New(T),
    Both(T, T),
}

/// Pairs what is the same in both. The result is in the order of the new sequence; what
/// only the old one has stands where it stood.
pub(super) fn paired<T>(old: Vec<T>, new: Vec<T>, same: impl Fn(&T, &T) -> bool) -> Vec<Side<T>> {
    let is_gone: Vec<bool> = (old.iter())
        .map(|before| !new.iter().any(|now| same(before, now)))
        .collect();
    let mut old: Vec<_> = old.into_iter().map(Some).zip(is_gone).collect();
    let mut sides = Vec::new();
    for now in new {
        let leading = old
            .iter()
            .take_while(|(slot, gone)| *gone || slot.is_none());
        let leading = leading.count();
        sides.extend(take_gone(&mut old, leading));
        let is_now = |slot: &Option<T>| slot.as_ref().is_some_and(|before| same(before, &now));
        let Some(place) = old.iter().position(|(slot, _)| is_now(slot)) else {
            sides.push(Side::New(now));
            continue;
        };
        sides.extend(take_gone(&mut old, place));
        match old.get_mut(place).and_then(|(slot, _)| slot.take()) {
            Some(before) => sides.push(Side::Both(before, now)),
            None => sides.push(Side::New(now)),
        }
    }
    let rest = old.len();
    sides.extend(take_gone(&mut old, rest));
    sides
}

/// What is gone of the first so many.
fn take_gone<T>(old: &mut [(Option<T>, bool)], count: usize) -> Vec<Side<T>> {
    (old.iter_mut().take(count))
        .filter(|(_, gone)| *gone)
        .filter_map(|(slot, _)| slot.take().map(Side::Old))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_stands_where_it_stood() {
        let check = |old: &str, new: &str, expect: &str| {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let sides = paired(letters(old), letters(new), |left, right| left == right);
            let shown: Vec<_> = (sides.iter())
                .map(|side| match side {
                    Side::Old(letter) => format!("-{letter}"),
                    Side::New(letter) => format!("+{letter}"),
                    Side::Both(letter, _) => letter.to_string(),
                })
                .collect();
            assert_eq!(shown.join(" "), expect);
        };
        check("", "", "");
        check("abc", "abc", "a b c");
        check("abc", "ac", "a -b c");
        check("ac", "abc", "a +b c");
        check("abc", "abd", "a b -c +d");
        check("abc", "", "-a -b -c");
        check("abcd", "dba", "-c d b a");
    }
}
