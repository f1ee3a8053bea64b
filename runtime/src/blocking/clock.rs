//! Time without a runtime.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Condvar, LazyLock, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::clock::Clock;
use crate::shared::locked;

/// The system's time of day, and timers that need no runtime: a thread of its own, which all
/// share, wakes those who sleep.
#[derive(Clone, Copy, Debug, Default)]
pub struct ThreadClock;

impl Clock for ThreadClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(Sleep {
            until: Instant::now().checked_add(duration),
            number: None,
        })
    }
}

/// The one thread, and what it has to do; no thread if the system gives none.
static ALARMS: LazyLock<Option<&'static Alarms>> = LazyLock::new(|| {
    let alarms: &Alarms = Box::leak(Box::default());
    let thread = thread::Builder::new().name("inflight-clock".to_owned());
    thread.spawn(|| alarms.ring()).ok().map(|_| alarms)
});

#[derive(Default)]
struct Alarms {
    set: Mutex<Set>,
    changed: Condvar,
}

#[derive(Default)]
struct Set {
    sleepers: BTreeMap<(Instant, u64), Waker>,
    next: u64,
}

impl Alarms {
    /// Wakes those whose time has come, for ever.
    fn ring(&self) {
        let mut set = locked(&self.set);
        loop {
            let now = Instant::now();
            let first = set.sleepers.first_key_value().map(|((until, _), _)| *until);
            set = match first {
                None => self
                    .changed
                    .wait(set)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(until) if until > now => {
                    let waited = self.changed.wait_timeout(set, until - now);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
                Some(_) => {
                    let due = set.sleepers.pop_first();
                    // Not with the alarms locked: who is woken may set one.
                    drop(set);
                    if let Some((_, waker)) = due {
                        waker.wake();
                    }
                    locked(&self.set)
                }
            };
        }
    }
}

struct Sleep {
    /// `None` is too far away to be counted.
    until: Option<Instant>,
    number: Option<u64>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(until) = self.until else {
            return Poll::Pending;
        };
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Poll::Ready(());
        }
        let Some(alarms) = *ALARMS else {
            // Nobody would wake us.
            thread::sleep(left);
            return Poll::Ready(());
        };
        let mut set = locked(&alarms.set);
        let number = *self.number.get_or_insert_with(|| {
            set.next += 1;
            set.next
        });
        let before = set
            .sleepers
            .insert((until, number), context.waker().clone());
        let is_first = set.sleepers.first_key_value().map(|(key, _)| *key) == Some((until, number));
        // Not with the alarms locked: whoever goes with a waker may sleep too.
        drop(set);
        drop(before);
        if is_first {
            alarms.changed.notify_one();
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let (Some(until), Some(number), Some(alarms)) = (self.until, self.number, *ALARMS) {
            let waker = locked(&alarms.set).sleepers.remove(&(until, number));
            drop(waker);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocking::wait;
    use crate::race::before;

    const TICK: Duration = Duration::from_millis(1);

    #[test]
    fn who_sleeps_is_woken_in_time_and_in_order() {
        let begun = Instant::now();
        let sleeps = [3, 1, 2].map(|ticks| (ticks, ThreadClock.sleep(TICK * ticks)));
        for (ticks, sleep) in sleeps {
            wait(sleep).unwrap();
            assert!(begun.elapsed() >= TICK * ticks);
        }
    }

    #[test]
    fn a_shorter_sleep_ends_before_one_that_was_begun_earlier() {
        let long = ThreadClock.sleep(Duration::MAX);
        let hour = ThreadClock.sleep(Duration::from_secs(3_600));
        let end = Box::pin(async {
            before(hour, ThreadClock.sleep(TICK)).await;
        });
        assert_eq!(wait(before(long, end)), Ok(None));
        let alarms = ALARMS.unwrap();
        let soon = Instant::now() + Duration::from_secs(60);
        let sleepers = &locked(&alarms.set).sleepers;
        assert!(sleepers.keys().all(|(until, _)| *until < soon), "forgotten");
    }
}
