//! What owners do in the tests.

use super::chance::Random;
use super::life::Step;

/// Few steps that come to everything: creation, groups, records of less than a sector and
/// more than a page, rotation, a snapshot, segments that are removed and written anew, and
/// another owner.
pub(super) fn small() -> Vec<Step> {
    vec![
        Step::Commit(vec![(0, 40)]),
        Step::Commit(vec![(1, 3_000), (2, 40), (3, 40)]),
        Step::Commit(vec![(1, 40)]),
        Step::Reopen,
        Step::Commit(vec![(1, 900)]),
        Step::Commit(vec![(1, 40)]),
        Step::Reopen,
        Step::Commit(vec![(1, 40)]),
        Step::Commit(vec![(1, 40)]),
        Step::Commit(vec![(1, 5_000)]),
        Step::Compact,
        Step::Commit(vec![(1, 40), (2, 6_000)]),
        Step::Commit(vec![(1, 40)]),
        Step::Commit(vec![(1, 7_000)]),
        Step::Compact,
        Step::Commit(vec![(0, 300)]),
        Step::Reopen,
        Step::Commit(vec![(0, 40)]),
    ]
}

/// Several segments are given back at once, one after the other.
pub(super) fn given_back() -> Vec<Step> {
    let mut steps = vec![Step::Commit(vec![(1, 9_000)]); 9];
    steps.extend([Step::Compact, Step::Commit(vec![(0, 40)])]);
    steps
}

/// Any steps.
pub(super) fn any(random: &mut Random, count: usize) -> Vec<Step> {
    (0..count)
        .map(|_| match random.below(12) {
            0 => Step::Reopen,
            1 => Step::Compact,
            _ => Step::Commit(group(random)),
        })
        .collect()
}

/// Records of different instances, of any size.
fn group(random: &mut Random) -> Vec<(u8, usize)> {
    let mut instances = vec![0, 1, 2, 3, 4];
    let count = 1 + random.below(3);
    (0..count)
        .map(|_| {
            let at = random.below(instances.len() as u64);
            let instance = instances.swap_remove(usize::try_from(at).unwrap());
            let most = [60, 700, 2_000, 9_000][usize::try_from(random.below(4)).unwrap()];
            (instance, usize::try_from(random.below(most)).unwrap())
        })
        .collect()
}
