//! Two futures, of which the first to be ready counts.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

/// What a future comes to, unless `end` is ready before it; then it is dropped.
pub(crate) async fn before<T>(
    future: impl Future<Output = T>,
    mut end: Pin<Box<dyn Future<Output = ()> + Send + '_>>,
) -> Option<T> {
    let mut future = pin!(future);
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => end.as_mut().poll(context).map(|()| None),
    })
    .await
}
