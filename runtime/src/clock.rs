//! Time, handed in.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

/// Where the runtime gets its time from.
///
/// What has to hold in another process, such as a deadline, is a time of day. Waiting in
/// this one goes by [`Clock::sleep`] alone, so that nothing is hastened or delayed when
/// somebody sets the clock.
pub trait Clock: Send + Sync + 'static {
    /// The time of day, which records carry. It may be set, even back.
    fn now(&self) -> SystemTime;

    /// What has passed, which [`Clock::sleep`] goes by: nobody can set it, and it means
    /// nothing in another process.
    fn instant(&self) -> Instant;

    /// Is ready when this much time has passed, whatever becomes of the time of day.
    /// Nobody sleeps any more when the future is dropped.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The system's time of day, and tokio's timers: sleeping needs a tokio runtime with
/// time enabled, and follows `tokio::time::pause` in tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokioClock;

impl Clock for TokioClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn instant(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }
}
