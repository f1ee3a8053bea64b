//! Time, handed in.

use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, SystemTime};

/// Where the runtime gets its time from.
pub trait Clock: Send + Sync + 'static {
    /// The time of day, which records carry.
    fn now(&self) -> SystemTime;

    /// Is ready when this much time has passed.
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

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(tokio::time::sleep(duration))
    }
}
