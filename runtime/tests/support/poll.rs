//! Futures that are polled by hand.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    reason = "helpers of tests"
)]

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

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
