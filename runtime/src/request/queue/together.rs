//! Waiting for a disk at the same time for many.

use std::panic::resume_unwind;
use std::thread;

/// How many wait at the same time. A file system writes down together what is to be synced
/// together.
const THREADS: usize = 32;

/// What comes of each item, in their order.
pub(super) fn together<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let share = items.len().div_ceil(THREADS).max(1);
    let do_share = |share: &[T]| share.iter().map(&work).collect::<Vec<_>>();
    let mut shares = items.chunks(share);
    let own = shares.next().unwrap_or_default();
    thread::scope(|scope| {
        let others: Vec<_> = shares
            .map(|share| {
                let builder = thread::Builder::new();
                (share, builder.spawn_scoped(scope, move || do_share(share)))
            })
            .collect();
        let mut results = do_share(own);
        for (share, thread) in others {
            results.extend(match thread {
                Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
                // The system has no thread to spare.
                Err(_) => do_share(share),
            });
        }
        results
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_result_is_in_the_place_of_its_item() {
        for count in [0, 1, 2, 31, 32, 33, 1_000] {
            let items: Vec<_> = (0..count).collect();
            let results = together(&items, |item| item * 2);
            assert_eq!(
                results,
                items.iter().map(|item| item * 2).collect::<Vec<_>>()
            );
        }
    }
}
