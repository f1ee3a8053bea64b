//! Looks for requests, and answers them.

use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Answer, Carried, Pending, Request, RequestQueue};
use crate::crowd::{Crowd, caught};
use crate::race::before;
use crate::shared::locked;
use crate::surroundings::Surroundings;

/// How often somebody looks.
const PAUSE: Duration = Duration::from_secs(1);

/// After how many looks old answers are removed: about once an hour.
const TIDY: u32 = 3600;

/// A request being carried out.
type Work = Pin<Box<dyn Future<Output = Carried> + Send>>;

/// Looks for requests, and answers them.
pub(crate) struct Serving {
    around: Arc<Surroundings>,
    /// `None` where a store has no place for requests.
    queue: Option<RequestQueue>,
    crowd: Crowd<(Hold, Result<Carried, String>)>,
}

/// The requests that are being carried out, whoever found them: a fleet and a `drive` of one of
/// its instances look in the same place.
#[derive(Debug, Default)]
pub(crate) struct Busy(Mutex<HashSet<String>>);

/// The right to carry out a request, until it is dropped.
struct Hold {
    around: Arc<Surroundings>,
    id: String,
}

impl Hold {
    fn take(around: &Arc<Surroundings>, id: &str) -> Option<Self> {
        let is_free = locked(&around.busy.0).insert(id.to_owned());
        is_free.then(|| Self {
            around: Arc::clone(around),
            id: id.to_owned(),
        })
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        locked(&self.around.busy.0).remove(&self.id);
    }
}

impl Serving {
    pub(crate) fn new(around: &Arc<Surroundings>) -> Self {
        Self {
            queue: around.store.requests().map(RequestQueue::at),
            around: Arc::clone(around),
            crowd: Crowd::new(),
        }
    }

    /// Has requests carried out as they come, those that `take` takes, and never ends.
    /// Dropping this leaves what is being carried out where it is: see
    /// [`finish`](Self::finish).
    pub(crate) async fn carry_on(&mut self, take: impl Fn(Request) -> Option<Work>) {
        let Some(queue) = self.queue.clone() else {
            return std::future::pending().await;
        };
        for look in 0_u32.. {
            if look % TIDY == 0
                && let Err(error) = queue.tidy()
            {
                tracing::warn!(%error, "requests cannot be answered");
            }
            if !self.around.is_closing() {
                self.look(&queue, &take);
            }
            let mut pause = self.around.clock.sleep(PAUSE);
            // What ends meanwhile is answered, and does not make the pause longer.
            loop {
                let next = async {
                    match self.crowd.is_empty() {
                        true => std::future::pending().await,
                        false => self.crowd.next().await,
                    }
                };
                match before(next, Box::pin(&mut pause)).await {
                    Some(Some((hold, carried))) => self.answer(&queue, &hold, carried),
                    Some(None) | None => break,
                }
            }
        }
    }

    /// Waits for what is being carried out, unless nobody is to wait any more.
    pub(crate) async fn finish(&mut self) {
        let Some(queue) = self.queue.clone() else {
            return;
        };
        let around = Arc::clone(&self.around);
        while !self.crowd.is_empty() {
            let closed = Box::pin(around.until_closed());
            match before(self.crowd.next(), closed).await {
                Some(Some((hold, carried))) => self.answer(&queue, &hold, carried),
                Some(None) | None => return,
            }
        }
    }

    /// Begins to carry out what has come.
    fn look(&mut self, queue: &RequestQueue, take: &impl Fn(Request) -> Option<Work>) {
        let pending = match queue.pending() {
            Ok(pending) => pending,
            Err(error) => {
                tracing::warn!(%error, "requests cannot be read");
                return;
            }
        };
        for Pending { id, request, .. } in pending {
            let Some(hold) = Hold::take(&self.around, &id) else {
                continue;
            };
            // Whoever had it before may have answered it since it was read.
            if !queue.is_pending(&id) {
                continue;
            }
            match request {
                Ok(request) => {
                    if let Some(work) = take(request) {
                        tracing::info!(request = id, "carrying out a request");
                        self.crowd.push(async move { (hold, caught(work).await) });
                    }
                }
                Err(reason) => {
                    let reason = format!("the request cannot be understood: {reason}");
                    self.answer(queue, &hold, Ok(Ok(Some(Answer::Refused { reason }))));
                }
            }
        }
    }

    fn answer(&self, queue: &RequestQueue, hold: &Hold, carried: Result<Carried, String>) {
        let id = &hold.id;
        let answer = match carried {
            Ok(Ok(Some(answer))) => answer,
            // Whoever has the instance next answers, or it was withdrawn.
            Ok(Ok(None)) => return,
            Ok(Err(error)) => {
                tracing::warn!(%error, request = id, "a request cannot be carried out now");
                return;
            }
            Err(words) => Answer::Refused {
                reason: format!("an action panicked: {words}; its transition is in flight"),
            },
        };
        if let Err(error) = queue.answer(id, &answer) {
            tracing::warn!(%error, request = id, "a request cannot be answered");
        }
    }
}
