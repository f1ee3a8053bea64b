//! Looks for requests, and answers them.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::oneshot;

use super::{Answer, Carried, Pending, Request, RequestError, RequestQueue, past};
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
/// its instances look in the same place.
#[derive(Debug, Default)]
pub(crate) struct Busy {
    /// Each with the epoch that the store was held with.
    held: Mutex<HashMap<String, u64>>,
    /// Those that are about to be carried out, once that is written down.
    beginning: Mutex<Vec<Beginning>>,
}

#[derive(Debug)]
struct Beginning {
    id: String,
    epoch: u64,
    begun: oneshot::Sender<Result<bool, RequestError>>,
}

impl Busy {
    /// Notes, for whoever looks for requests, that one is about to be carried out. What comes
    /// is whether it may be: it may have been withdrawn.
    pub(super) fn begin(&self, id: &str) -> oneshot::Receiver<Result<bool, RequestError>> {
        let (begun, receiver) = oneshot::channel();
        let held = locked(&self.held).get(id).copied();
        locked(&self.beginning).push(Beginning {
            id: id.to_owned(),
            epoch: held.unwrap_or(0),
            begun,
        });
        receiver
    }

    /// Writes down which are about to be carried out, all at once; false if none is.
    fn begin_all(&self, queue: &RequestQueue) -> bool {
        let beginning = mem::take(&mut *locked(&self.beginning));
        let some = !beginning.is_empty();
        let mut begun = Vec::new();
        for same in beginning.chunk_by(|one, other| one.epoch == other.epoch) {
            let ids: Vec<_> = same.iter().map(|it| it.id.as_str()).collect();
            let epoch = same.first().map_or(0, |it| it.epoch);
            begun.extend(queue.begin(&ids, epoch));
        }
        for (beginning, begun) in beginning.into_iter().zip(begun) {
            // Whoever does not wait for it any more has not begun.
            drop(beginning.begun.send(begun));
        }
        some
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
        let mut busy = locked(&around.busy.held);
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
        locked(&self.around.busy.held).remove(&self.id);
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
        loop {
            let ended = poll_fn(|context| self.poll_ended(queue, context)).await;
            if ended.is_empty() {
                return;
            }
            self.answer(queue, ended);
        }
    }

    /// All that has ended, and nothing once there is nothing left.
    fn poll_ended(
        &mut self,
        queue: &RequestQueue,
        context: &mut Context<'_>,
    ) -> Poll<Vec<(Hold, Carried)>> {
        let mut ended = Vec::new();
        loop {
            while let Poll::Ready(Some(next)) = self.crowd.poll_next(context) {
                ended.push(next);
            }
            if !self.around.busy.begin_all(queue) {
                break;
            }
        }
        match ended.is_empty() && !self.crowd.is_empty() {
            true => Poll::Pending,
            false => Poll::Ready(ended),
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
                    self.answer(queue, vec![(hold, Ok(Some(Answer::Refused { reason })))]);
                }
            }
        }
    }

    fn answer(&self, queue: &RequestQueue, ended: Vec<(Hold, Carried)>) {
        let mut answers = Vec::new();
        for (hold, carried) in ended {
            match carried {
                Ok(Some(answer)) => answers.push((hold, answer)),
                // Whoever has the instance next answers, or it was withdrawn.
                Ok(None) => {}
                Err(error) => {
                    let id = &hold.id;
                    tracing::warn!(%error, request = id, "a request cannot be carried out now");
                }
            }
        }
        for same in answers.chunk_by(|(one, _), (other, _)| one.epoch == other.epoch) {
            let epoch = same.first().map_or(0, |(hold, _)| hold.epoch);
            let answers: Vec<_> = { same.iter() }
                .map(|(hold, answer)| (hold.id.as_str(), answer))
                .collect();
            for error in queue
                .answer_as(&answers, epoch)
                .iter()
                .filter_map(|it| it.as_ref().err())
            {
                tracing::warn!(%error, "a request cannot be answered");
            }
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
