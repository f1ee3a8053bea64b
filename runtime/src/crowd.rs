//! Many futures on the one task that waits for them.

use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::future::{Future, poll_fn};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use crate::shared::locked;

/// Many futures on the one task that waits for them; each is polled only when it was
/// woken. They need no executor.
pub(crate) struct Crowd<T> {
    running: HashMap<u64, Runner<T>>,
    next: u64,
    /// What was woken, and has not been polled since.
    turns: VecDeque<u64>,
    calls: Arc<Calls>,
}

struct Runner<T> {
    future: Pin<Box<dyn Future<Output = T> + Send>>,
    call: Arc<Call>,
}

/// Who has called since somebody looked.
#[derive(Default)]
struct Calls {
    numbers: Mutex<Vec<u64>>,
    task: Mutex<Option<Waker>>,
}

struct Call {
    number: u64,
    calls: Arc<Calls>,
    made: AtomicBool,
}

impl<T> Crowd<T> {
    pub(crate) fn new() -> Self {
        Self {
            running: HashMap::new(),
            next: 0,
            turns: VecDeque::new(),
            calls: Arc::default(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.running.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    pub(crate) fn push(&mut self, future: impl Future<Output = T> + Send + 'static) {
        let number = self.next;
        self.next += 1;
        let call = Arc::new(Call {
            number,
            calls: Arc::clone(&self.calls),
            made: AtomicBool::new(true),
        });
        let future = Box::pin(future);
        self.running.insert(number, Runner { future, call });
        self.turns.push_back(number);
    }

    /// What the next of them comes to; `None` when none is left.
    pub(crate) async fn next(&mut self) -> Option<T> {
        poll_fn(|context| self.poll_next(context)).await
    }

    pub(crate) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<T>> {
        // Before they are taken, so that none calls unheard.
        *locked(&self.calls.task) = Some(context.waker().clone());
        self.turns
            .extend(mem::take(&mut *locked(&self.calls.numbers)));
        while let Some(number) = self.turns.pop_front() {
            let Some(runner) = self.running.get_mut(&number) else {
                continue;
            };
            runner.call.made.store(false, Ordering::SeqCst);
            let waker = Waker::from(Arc::clone(&runner.call));
            let polled = runner
                .future
                .as_mut()
                .poll(&mut Context::from_waker(&waker));
            if let Poll::Ready(value) = polled {
                self.running.remove(&number);
                return Poll::Ready(Some(value));
            }
        }
        match self.running.is_empty() {
            true => Poll::Ready(None),
            false => Poll::Pending,
        }
    }
}

impl Wake for Call {
    fn wake(self: Arc<Self>) {
        if self.made.swap(true, Ordering::SeqCst) {
            return;
        }
        locked(&self.calls.numbers).push(self.number);
        let task = locked(&self.calls.task).take();
        if let Some(task) = task {
            task.wake();
        }
    }
}

/// What a panic hands on.
pub(crate) type Panic = Box<dyn Any + Send>;

/// What a future comes to, or why it panicked.
pub(crate) async fn caught<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let result = unwound(pin!(future)).await;
    result.map_err(|panic| message(&panic))
}

/// What a future comes to, or its panic.
pub(crate) async fn unwound<T>(mut future: Pin<&mut impl Future<Output = T>>) -> Result<T, Panic> {
    poll_fn(|context| {
        // It is not polled again after a panic.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}

/// What a panic says.
pub(crate) fn message(panic: &Panic) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without words").to_owned()
}
