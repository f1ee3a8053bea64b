//! A clock that moves only when a test moves it.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::clock::Clock;

/// A clock that moves only when a test moves it: what waits for hours takes no time, and
/// nothing depends on how fast the machine is.
///
/// Clones are the same clock. It begins at an arbitrary time of day, the same every time.
///
/// ```
/// use std::time::Duration;
///
/// use inflight::Options;
/// use inflight::store::MemoryStore;
/// use inflight::testing::HandClock;
///
/// inflight::workflow! {
///     workflow tea {
///         initial state cup
///         state brewing
///         final state ready
///         transition pour: cup -> brewing
///         transition lift: brewing -> ready { after 3m }
///     }
/// }
///
/// struct Pot;
///
/// impl tea::Actions for Pot {
///     type Error = std::convert::Infallible;
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let clock = HandClock::new();
/// let options = Options::new().clock(clock.clone());
/// let tea = tea::Workflow::open_with(MemoryStore::new(), "mug", Pot, options).await?;
/// tea.lock().await.fire(tea::Transition::Pour).await?;
///
/// clock.advance(Duration::from_secs(179));
/// assert!(tea.lock().await.synchronize().await?.steps.is_empty());
///
/// // Or as fast as time would pass: the last second is over at once.
/// clock.run(tea.drive()).await?;
/// assert!(tea.state().is_ready());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct HandClock(Arc<Mutex<Hands>>);

struct Hands {
    /// When it began.
    began: Instant,
    /// What people read off it.
    wall: SystemTime,
    /// What has passed, whatever people set it to.
    passed: Duration,
    sleepers: Vec<Sleeper>,
    /// How many there have been.
    slept: u64,
}

struct Sleeper {
    number: u64,
    until: Duration,
    waker: Option<Waker>,
}

impl HandClock {
    /// A clock that stands.
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Hands {
            began: Instant::now(),
            wall: UNIX_EPOCH + Duration::from_secs(1_700_000_000),
            passed: Duration::ZERO,
            sleepers: Vec::new(),
            slept: 0,
        })))
    }

    /// Lets time pass, and wakes those who sleep no longer.
    pub fn advance(&self, by: Duration) {
        let mut hands = self.hands();
        hands.wall += by;
        hands.passed += by;
        let passed = hands.passed;
        let woken = hands.sleepers.iter_mut().filter(|it| it.until <= passed);
        let wakers: Vec<_> = woken.filter_map(|it| it.waker.take()).collect();
        drop(hands);
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Sets the time of day back, as a person does: no time passes.
    pub fn set_back(&self, by: Duration) {
        self.hands().wall -= by;
    }

    /// How long each of those who sleep still has to, in the order in which they began.
    pub fn sleeping(&self) -> Vec<Duration> {
        let hands = self.hands();
        let sleepers = hands.sleepers.iter();
        sleepers
            .map(|it| it.until.saturating_sub(hands.passed))
            .collect()
    }

    /// What a future comes to, as fast as time would pass: whenever it waits, the clock
    /// jumps to where the first of those who sleep wakes.
    ///
    /// Other tasks are not asked: if one of them has something to do, time does not wait
    /// for that.
    pub async fn run<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        let alarm = Arc::new(Alarm::default());
        let waker = Waker::from(Arc::clone(&alarm));
        poll_fn(|context| {
            alarm.set(context.waker());
            loop {
                if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    return Poll::Ready(value);
                }
                if alarm.has_rung() {
                    continue;
                }
                let sleeping = self.sleeping().into_iter();
                let Some(first) = sleeping.filter(|left| !left.is_zero()).min() else {
                    return Poll::Pending;
                };
                self.advance(first);
                if !alarm.has_rung() {
                    // It was another task that slept: it is its turn.
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
            }
        })
        .await
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for HandClock {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for HandClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hands = self.hands();
        f.debug_struct("HandClock")
            .field("now", &hands.wall)
            .field("sleepers", &hands.sleepers.len())
            .finish()
    }
}

impl Clock for HandClock {
    fn now(&self) -> SystemTime {
        self.hands().wall
    }

    fn instant(&self) -> Instant {
        let hands = self.hands();
        hands.began + hands.passed
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let mut hands = self.hands();
        hands.slept += 1;
        let (number, until) = (hands.slept, hands.passed.saturating_add(duration));
        hands.sleepers.push(Sleeper {
            number,
            until,
            waker: None,
        });
        Box::pin(Sleep {
            clock: self.clone(),
            number,
            until,
        })
    }
}

struct Sleep {
    clock: HandClock,
    number: u64,
    until: Duration,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut hands = self.clock.hands();
        if hands.passed >= self.until {
            return Poll::Ready(());
        }
        let mut sleepers = hands.sleepers.iter_mut();
        if let Some(this) = sleepers.find(|it| it.number == self.number) {
            this.waker = Some(context.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let mut hands = self.clock.hands();
        hands.sleepers.retain(|it| it.number != self.number);
    }
}

/// Knows whether somebody was woken, and wakes whoever polls.
#[derive(Default)]
struct Alarm {
    rung: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl Alarm {
    fn set(&self, waker: &Waker) {
        *self.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
    }

    /// Whether it has rung since this was asked last.
    fn has_rung(&self) -> bool {
        self.rung.swap(false, Ordering::AcqRel)
    }
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        let waker = self
            .waker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}
