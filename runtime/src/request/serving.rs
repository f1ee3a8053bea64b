//! Looks for requests, and answers them.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Answer, Carried, Pending, Request, RequestQueue, past};
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
    crowd: Crowd<(Hold, Carried)>,
}

/// The requests that are being carried out, whoever found them: a fleet and a `drive` of one of
/// its instances look in the same place. Each with the epoch that the store was held with.
#[derive(Debug, Default)]
pub(crate) struct Busy(Mutex<HashMap<String, u64>>);

impl Busy {
    /// The epoch with which the store was held when a request was found.
    pub(super) fn epoch(&self, id: &str) -> u64 {
        locked(&self.0).get(id).copied().unwrap_or(0)
    }
}

/// The right to carry out a request, until it is dropped.
struct Hold {
    around: Arc<Surroundings>,
    id: String,
    epoch: u64,
}

impl Hold {
    fn take(around: &Arc<Surroundings>, id: &str, epoch: u64) -> Option<Self> {
        let mut busy = locked(&around.busy.0);
        if busy.contains_key(id) {
            return None;
        }
        busy.insert(id.to_owned(), epoch);
        Some(Self {
            around: Arc::clone(around),
            id: id.to_owned(),
            epoch,
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
            self.look(&queue, &take).await;
            let mut pause = self.around.clock.sleep(PAUSE);
            // What ends meanwhile does not make the pause longer.
            let answered = before(self.answer_all(&queue), Box::pin(&mut pause)).await;
            if answered.is_some() {
                pause.await;
            }
        }
    }

    /// Waits for what is being carried out, unless nobody is to wait any more. Meanwhile it has
    /// those requests carried out that `take` takes: of what hangs, say, or this never ends.
    pub(crate) async fn finish(&mut self, take: impl Fn(Request) -> Option<Work>) {
        let Some(queue) = self.queue.clone() else {
            return;
        };
        let around = Arc::clone(&self.around);
        while !self.crowd.is_empty() {
            self.look(&queue, &take).await;
            let pause = around.clock.sleep(PAUSE);
            let answered = before(self.answer_all(&queue), pause);
            let closed = Box::pin(around.until_closed());
            if before(answered, closed).await.is_none() {
                return;
            }
        }
    }

    /// Answers all that is being carried out, as it ends.
    async fn answer_all(&mut self, queue: &RequestQueue) {
        while let Some((hold, carried)) = self.crowd.next().await {
            self.answer(queue, &hold, carried);
        }
    }

    /// Begins to carry out what has come, unless somebody else is to: an idle process has not
    /// learnt by a commit that it was taken over.
    async fn look(&mut self, queue: &RequestQueue, take: &impl Fn(Request) -> Option<Work>) {
        if self.around.is_closing() {
            return;
        }
        let epoch = match self.around.store.held().await {
            Ok(epoch) => epoch,
            Err(error) => {
                tracing::debug!(%error, "requests are left to others");
                return;
            }
        };
        let pending = match queue.pending() {
            Ok(pending) => pending,
            Err(error) => {
                tracing::warn!(%error, "requests cannot be read");
                return;
            }
        };
        for Pending { id, request, .. } in pending {
            let Some(hold) = Hold::take(&self.around, &id, epoch) else {
                continue;
            };
            // Whoever had it before may have answered it since it was read.
            if !queue.is_pending(&id) {
                continue;
            }
            match request {
                Ok(request) => {
                    if let Some(work) = take(request.clone()) {
                        tracing::info!(request = id, "carrying out a request");
                        let around = Arc::clone(&self.around);
                        self.crowd.push(async move {
                            let carried = match caught(work).await {
                                Ok(carried) => carried,
                                Err(words) => Ok(panicked(&around, &request, &words).await),
                            };
                            (hold, carried)
                        });
                    }
                }
                Err(reason) => {
                    let reason = format!("the request cannot be understood: {reason}");
                    self.answer(queue, &hold, Ok(Some(Answer::Refused { reason })));
                }
            }
        }
    }

    fn answer(&self, queue: &RequestQueue, hold: &Hold, carried: Carried) {
        let id = &hold.id;
        let answer = match carried {
            Ok(Some(answer)) => answer,
            // Whoever has the instance next answers, or it was withdrawn.
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, request = id, "a request cannot be carried out now");
                return;
            }
        };
        if let Err(error) = queue.answer_as(id, &answer, hold.epoch) {
            tracing::warn!(%error, request = id, "a request cannot be answered");
        }
    }
}

/// The answer to a request that ended in a panic: what it did before is durable all the same.
/// None if that cannot be found out now.
async fn panicked(around: &Surroundings, request: &Request, words: &str) -> Option<Answer> {
    match around.store.history(&request.instance).await {
        Ok(history) => Some(past::answer_of_panic(request, &history, words)),
        Err(error) => {
            tracing::warn!(%error, request = request.id, "cannot read the history");
            None
        }
    }
}
