//! A clock that moves only when a test moves it, and futures that are polled by hand.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests"
)]

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use inflight::Clock;

/// A clock that moves only when a test moves it.
#[derive(Clone)]
pub struct HandClock(Arc<Mutex<Hands>>);

struct Hands {
    /// What people read off it.
    wall: SystemTime,
    /// When it began.
    began: Instant,
    /// What has passed, whatever people set it to.
    passed: Duration,
    /// Until when somebody sleeps.
    sleepers: Vec<Duration>,
    /// Whoever sleeps.
    wakers: Vec<Waker>,
}

impl HandClock {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Hands {
            wall: UNIX_EPOCH + Duration::from_secs(1_700_000_000),
            began: Instant::now(),
            passed: Duration::ZERO,
            sleepers: Vec::new(),
            wakers: Vec::new(),
        })))
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        let mut hands = self.0.lock().unwrap();
        hands.wall += by;
        hands.passed += by;
        let wakers = std::mem::take(&mut hands.wakers);
        drop(hands);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Somebody sets it back.
    pub fn set_back(&self, by: Duration) {
        self.0.lock().unwrap().wall -= by;
    }

    /// How long those who sleep have still to.
    pub fn sleeping(&self) -> Vec<Duration> {
        let hands = self.0.lock().unwrap();
        let sleepers = hands.sleepers.iter();
        sleepers
            .map(|until| until.saturating_sub(hands.passed))
            .collect()
    }
}

impl Clock for HandClock {
    fn now(&self) -> SystemTime {
        self.0.lock().unwrap().wall
    }

    fn instant(&self) -> Instant {
        let hands = self.0.lock().unwrap();
        hands.began + hands.passed
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut hands = self.0.lock().unwrap();
        let until = hands.passed + duration;
        hands.sleepers.push(until);
        Box::pin(Sleep {
            clock: self.clone(),
            until,
        })
    }
}

struct Sleep {
    clock: HandClock,
    until: Duration,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut hands = self.clock.0.lock().unwrap();
        if hands.passed >= self.until {
            return Poll::Ready(());
        }
        hands.wakers.push(context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let sleepers = &mut self.clock.0.lock().unwrap().sleepers;
        let this = sleepers.iter().position(|until| *until == self.until);
        this.map(|this| sleepers.remove(this));
    }
}

/// What a future comes to when it is polled once, if it is ready.
pub fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Option<F::Output> {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// What a future comes to that waits for nothing.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    poll(pin!(future)).expect("it waits for nothing")
}
