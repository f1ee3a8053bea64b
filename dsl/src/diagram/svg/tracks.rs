//! Tracks: at which height of a gap a line runs across it, so that no two run on each
//! other, and few cross.

/// How far a line may lead across without a track of its own.
pub(super) const NEAR: f64 = 22.0;

/// The least distance of the ends of two lines on one track.
const APART: f64 = 14.0;

/// A line across a gap, from a place above it to one below.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossing {
    pub(super) gap: usize,
    pub(super) upper: f64,
    pub(super) lower: f64,
}

impl Crossing {
    /// Whether it needs no track.
    pub(super) fn is_near(self) -> bool {
        (self.upper - self.lower).abs() < NEAR
    }

    fn spans(self, x: f64) -> bool {
        x > self.upper.min(self.lower) && x < self.upper.max(self.lower)
    }

    fn touches(self, other: Self) -> bool {
        let (left, right) = (self.upper.min(self.lower), self.upper.max(self.lower));
        let (low, high) = (other.upper.min(other.lower), other.upper.max(other.lower));
        left < high + APART && low < right + APART
    }

    /// How often it crosses the other if its track is above the other's.
    fn crosses_below(self, other: Self) -> u32 {
        u32::from(self.spans(other.upper)) + u32::from(other.spans(self.lower))
    }
}

/// Which track each crossing has, from above, and how many tracks each gap has.
#[derive(Debug)]
pub(super) struct Tracks {
    pub(super) of: Vec<usize>,
    pub(super) counts: Vec<usize>,
}

pub(super) fn assign(crossings: &[Crossing], gaps: usize) -> Tracks {
    let mut tracks = Tracks {
        of: vec![0; crossings.len()],
        counts: vec![0; gaps],
    };
    let mut by_gap: Vec<Vec<(usize, Crossing)>> = vec![Vec::new(); gaps];
    for (number, crossing) in crossings.iter().enumerate() {
        if let Some(gap) = by_gap.get_mut(crossing.gap).filter(|_| !crossing.is_near()) {
            gap.push((number, *crossing));
        }
    }
    for (gap, count) in by_gap.into_iter().zip(&mut tracks.counts) {
        let mut placed: Vec<(Crossing, usize)> = Vec::new();
        for (number, crossing) in ordered(gap) {
            let above = placed.iter().filter(|(other, _)| other.touches(crossing));
            let track = above.map(|(_, track)| track + 1).max().unwrap_or(0);
            placed.push((crossing, track));
            *count = (*count).max(track + 1);
            if let Some(slot) = tracks.of.get_mut(number) {
                *slot = track;
            }
        }
    }
    tracks
}

/// From above to below, by exchanging neighbours as long as that saves a crossing.
fn ordered(mut gap: Vec<(usize, Crossing)>) -> Vec<(usize, Crossing)> {
    // What leads to the right is best in the order of its ends from the right, and what
    // leads to the left from the left.
    gap.sort_by(|(_, one), (_, other)| {
        let is_left = |it: &Crossing| it.lower < it.upper;
        let key = |it: &Crossing| if is_left(it) { it.upper } else { -it.upper };
        (is_left(one).cmp(&is_left(other))).then(key(one).total_cmp(&key(other)))
    });
    for _ in 0..gap.len() {
        let mut is_better = false;
        for index in 1..gap.len() {
            let Some([(_, above), (_, below)]) = gap.get(index - 1..=index) else {
                continue;
            };
            if below.crosses_below(*above) < above.crosses_below(*below) {
                gap.swap(index - 1, index);
                is_better = true;
            }
        }
        if !is_better {
            break;
        }
    }
    gap
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_do_not_run_on_each_other_nor_cross_without_need() {
        let check = |ends: &[(f64, f64)], expect: &[usize]| {
            let crossings: Vec<_> = (ends.iter())
                .map(|(upper, lower)| Crossing {
                    gap: 0,
                    upper: *upper,
                    lower: *lower,
                })
                .collect();
            assert_eq!(assign(&crossings, 1).of, expect);
        };
        // Side by side they share a track.
        check(&[(0.0, 50.0), (100.0, 150.0)], &[0, 0]);
        // Fanned out to the right, the outer one is above; to the left too.
        check(&[(0.0, 100.0), (10.0, 200.0)], &[1, 0]);
        check(&[(0.0, -200.0), (10.0, -100.0)], &[0, 1]);
        // Coming together, the inner one is above.
        check(&[(0.0, 200.0), (100.0, 210.0)], &[1, 0]);
        // What is nearly straight needs none.
        check(&[(0.0, 5.0), (0.0, 100.0)], &[0, 0]);
    }
}
