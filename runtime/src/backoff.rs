//! How long a failed action waits for its next attempt.

use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::tables::Backoff;

/// 64 random bits, one after another.
pub(crate) type Random = dyn Fn() -> u64 + Send + Sync;

/// The wait before an attempt, of which the first that is waited for is the second: half
/// of what the workflow says is certain, and the other half is left to chance, so that
/// what failed together is not tried again together.
pub(crate) fn wait(backoff: Backoff, attempt: u32, random: u64) -> Duration {
    let longest = backoff.before(attempt);
    let chance = longest - longest / 2;
    let chance = (u128::from(chance) * u128::from(random)) >> u64::BITS;
    Duration::from_nanos(longest / 2 + u64::try_from(chance).unwrap_or(u64::MAX))
}

/// Random bits that are good enough to keep waits apart, from what the standard library
/// seeds its hash maps with.
pub(crate) fn system() -> impl Fn() -> u64 + Send + Sync {
    let (state, count) = (RandomState::new(), AtomicU64::new(0));
    move || state.hash_one(count.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::wait;
    use crate::tables::Backoff;

    const SECOND: u64 = 1_000_000_000;

    #[test]
    fn waits_double_up_to_the_longest() {
        let backoff = Backoff {
            first: SECOND,
            longest: 30 * SECOND,
        };
        let check = |attempt, random, expect: f64| {
            let found = wait(backoff, attempt, random).as_secs_f64();
            assert!(
                (found - expect).abs() < 1e-6,
                "{attempt}, {random}: {found}"
            );
        };
        check(2, 0, 0.5);
        check(2, u64::MAX / 2, 0.75);
        check(2, u64::MAX, 1.0);
        check(3, 0, 1.0);
        check(4, u64::MAX, 4.0);
        check(6, 0, 8.0);
        check(7, 0, 15.0);
        check(100, u64::MAX, 30.0);
        check(u32::MAX, 0, 15.0);
    }

    #[test]
    fn no_wait_is_longer_than_the_longest() {
        let backoff = Backoff {
            first: 1,
            longest: u64::MAX,
        };
        assert_eq!(wait(backoff, 2, u64::MAX), Duration::from_nanos(0));
        assert!(wait(backoff, 1_000, u64::MAX) < Duration::from_nanos(u64::MAX));
    }
}
