//! Waits for a future on the thread that asks for it.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::Handle;

/// A thread that belongs to an async runtime was asked to block. Nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this would block a thread of an async runtime: await the methods of `inflight::Workflow` \
     there, or call this on a thread of its own"
)]
pub struct InRuntime;

thread_local! {
    /// One for each thread, so that those who wait can be told apart by their wakers.
    static PARKER: Arc<Parker> = Arc::new(Parker {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
}

struct Parker {
    thread: Thread,
    woken: AtomicBool,
}

/// What a future comes to.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> Result<T, InRuntime> {
    if Handle::try_current().is_ok() {
        return Err(InRuntime);
    }
    let parker = PARKER.with(Arc::clone);
    // An action may wait in turn: what was meant for the outer wait must not be lost.
    let _afterwards = Woken(&parker);
    let waker = Waker::from(Arc::clone(&parker));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return Ok(value);
        }
        while !parker.woken.swap(false, Ordering::SeqCst) {
            thread::park();
        }
    }
}

impl Wake for Parker {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        self.thread.unpark();
    }
}

/// Has whoever waits next look, however this wait ends.
struct Woken<'a>(&'a Parker);

impl Drop for Woken<'_> {
    fn drop(&mut self) {
        self.0.woken.store(true, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;
    use std::time::Duration;

    use super::wait;
    use crate::blocking::ThreadClock;
    use crate::clock::Clock;

    #[test]
    fn a_wait_within_another_takes_no_wake_from_it() {
        let mut polls = 0;
        let outer = poll_fn(|context| {
            polls += 1;
            if polls == 2 {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            assert_eq!(wait(ThreadClock.sleep(Duration::from_millis(1))), Ok(()));
            Poll::Pending
        });
        assert_eq!(wait(outer), Ok(()));
        assert_eq!(polls, 2);
    }
}
