//! Does what a request asks of an instance.

use std::panic::Location;
use std::pin::pin;
use std::sync::Arc;

use super::known::{Known, is_new};
use super::{Answer, Busy, Command, Request};
use crate::chain::Chain;
use crate::definition::{Definition, Dispatch, Name};
use crate::engine::Resolution;
use crate::error::Error;
use crate::fields::DecodeError;
use crate::locked::Locked;
use crate::outcome::{Outcome, Step, Verdict};
use crate::race::before;
use crate::record::{Inflight, Record, named};
use crate::under_way::Decided;
use crate::workflow::Workflow;

/// What came of a request: no answer if this process is not the one to give it, for it does
/// not have the instance any more.
pub(crate) type Carried = Result<Option<Answer>, Error>;

impl<D: Dispatch<A>, A: Send + 'static> Locked<D, A> {
    /// Does what a request asks, unless the history says that it was done before. No answer
    /// means that somebody else has the instance now, and will answer.
    /// [`Workflow::drive`](crate::Workflow::drive) and [`Fleet::run`](crate::Fleet::run) call
    /// this by themselves.
    ///
    /// # Errors
    ///
    /// [`Error::Commit`] when the store fails, and [`Error::Poisoned`] and
    /// [`Error::Closed`] from then on. A refusal is an answer.
    ///
    /// # Panics
    ///
    /// When an action panics; its transition stays in flight, as after a crash.
    ///
    /// # Cancel safety
    ///
    /// As safe as a crash: see [`Locked`]. Another call finds out what was done.
    pub async fn carry_out(&mut self, request: &Request) -> Result<Option<Answer>, Error> {
        self.instance.ready().await?;
        let record = Arc::clone(&self.instance.record);
        if let Err(known) = is_new(&self.instance.shared, request, &record).await {
            return Ok(known.answer());
        }
        let result = match asked::<D>(request, record.inflight.as_ref()) {
            Err(reason) => return Ok(Some(Answer::Refused { reason })),
            Ok(Asked::Fire(transition)) => self.fire(transition).cause(request.cause()).await,
            Ok(Asked::Decided(decided)) => {
                let sets = matches!(decided, Decided::Set(_));
                let cause = Some(request.cause());
                match self.instance.intervene(decided, cause).await {
                    Ok(outcome) if sets => self.follow(outcome).await,
                    outcome => outcome,
                }
            }
        };
        match result {
            Ok(outcome) => Ok(Some(self.done(&outcome))),
            Err(error) => refused(error),
        }
    }

    /// The state was set. What is automatic there follows, as after any commit that enters it:
    /// an operator has no `synchronize`.
    async fn follow(&mut self, mut outcome: Outcome<D>) -> Result<Outcome<D>, Error> {
        outcome.steps.extend(self.synchronize().await?.steps);
        Ok(outcome)
    }

    /// The answer once an operation under way has set the state.
    async fn was_set(&mut self, cancelled: Option<Step<D>>) -> Carried {
        let outcome = Outcome {
            verdict: Verdict::Set,
            steps: Vec::new(),
        };
        let outcome = self.follow(outcome).await?;
        let mut answer = self.done(&outcome);
        if let Answer::Done { steps, .. } = &mut answer {
            steps.splice(..0, cancelled.iter().map(ToString::to_string));
        }
        Ok(Some(answer))
    }

    fn done(&self, outcome: &Outcome<D>) -> Answer {
        let came_to_nothing = matches!(
            outcome.verdict,
            Verdict::Failed { .. } | Verdict::Interrupted | Verdict::Parked
        );
        let well = outcome.is_clean() && !outcome.is_interrupted();
        Answer::Done {
            verdict: outcome.verdict.to_string(),
            steps: outcome.steps.iter().map(ToString::to_string).collect(),
            achieved: !came_to_nothing,
            clean: well || outcome.verdict == Verdict::Abandoned,
            state: self.instance.state_name().as_str().to_owned(),
        }
    }
}

impl<D: Dispatch<A>, A: Send + 'static> Workflow<D, A> {
    /// Does what a request asks, as [`Locked::carry_out`] does, without waiting for the lock
    /// where that might take for ever: what waits for its next attempt is retried, skipped,
    /// abandoned or set at once, and so is what has its action running, if the request says
    /// that this is to be [cancelled](Request::cancel). If it does not say so, it is refused
    /// with a word about what is running. To fire a transition takes the lock in any case.
    ///
    /// [`Workflow::drive`] and [`Fleet::run`](crate::Fleet::run) call this by themselves for
    /// what is requested through the store.
    ///
    /// An action is cancelled as one is whose `timeout` is over: its future is dropped where
    /// it awaits. What the operator decided is committed by the operation that had it running,
    /// whose caller is told of it by its [`Outcome`].
    ///
    /// ```
    /// use inflight::request::{Command, Request};
    /// use inflight::store::MemoryStore;
    ///
    /// inflight::workflow! {
    ///     workflow switch {
    ///         initial state off
    ///         state on
    ///         action turn
    ///         transition turn_on: off -> on { do turn }
    ///         transition turn_off: on -> off { do turn }
    ///     }
    /// }
    ///
    /// struct Stuck;
    ///
    /// impl switch::Actions for Stuck {
    ///     type Error = std::io::Error;
    ///
    ///     async fn turn(&mut self, _: &switch::Context) -> Result<(), std::io::Error> {
    ///         std::future::pending().await
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let workflow = switch::Workflow::open(MemoryStore::new(), "hall", Stuck).await?;
    /// let hanging = workflow.clone();
    /// let firing = tokio::spawn(async move {
    ///     hanging.lock().await.fire(switch::Transition::TurnOn).await
    /// });
    /// while workflow.record().inflight.is_none() {
    ///     tokio::task::yield_now().await;
    /// }
    ///
    /// let abandon = Command::Abandon { execution: None };
    /// let mut request = Request::new(workflow.instance().clone(), abandon);
    /// request.cancel = true;
    /// workflow.carry_out(&request).await?;
    /// assert_eq!(firing.await??.verdict, inflight::Verdict::Abandoned);
    /// assert!(workflow.state().is_off());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Locked::carry_out`].
    ///
    /// # Panics
    ///
    /// As [`Locked::carry_out`].
    ///
    /// # Cancel safety
    ///
    /// As safe as a crash: see [`Locked`]. Another call finds out what was done.
    #[track_caller]
    pub fn carry_out(
        &self,
        request: &Request,
    ) -> impl Future<Output = Result<Option<Answer>, Error>> + Send {
        self.carry_out_from(request, None, Location::caller())
    }

    /// Carries out a request from the queue of the store.
    pub(crate) async fn serve(
        self,
        request: Request,
        location: &'static Location<'static>,
    ) -> Carried {
        let busy = Some(&self.shared.around.busy);
        self.carry_out_from(&request, busy, location).await
    }

    /// Does what a request asks on behalf of the code at this location, unless it is withdrawn
    /// from the queue that it came by, if it did, or is for an owner with a higher epoch than
    /// this.
    async fn carry_out_from(
        &self,
        request: &Request,
        busy: Option<&Busy>,
        location: &'static Location<'static>,
    ) -> Carried {
        let mut lock = pin!(self.lock_from(location));
        let fires = request.fires();
        let mut committing = None;
        loop {
            let reached = self.shared.until(|shared| {
                let committing = committing == Some(shared.record().version);
                !fires && !committing && shared.can_be_reached()
            });
            let locked = before(lock.as_mut(), Box::pin(reached)).await;
            // Not before: one that waits can be withdrawn.
            if let Some(busy) = busy {
                match busy.begin(&request.id).await {
                    Ok(Ok(true)) => {}
                    // Or nobody is there to write it down.
                    Ok(Ok(false)) | Err(_) => return Ok(None),
                    Ok(Err(error)) => {
                        tracing::warn!(%error, request = request.id, "a request cannot be begun");
                        return Ok(None);
                    }
                }
            }
            if let Some(mut locked) = locked {
                return locked.carry_out(request).await;
            }
            let Some(carried) = self.reach(request).await else {
                continue;
            };
            return match carried? {
                Reached::Answered(answer) => Ok(answer),
                Reached::Committing(version) => {
                    committing = Some(version);
                    continue;
                }
                // What is automatic in a state that was set follows, as with the lock.
                Reached::Set(cancelled) => lock.await.was_set(cancelled).await,
            };
        }
    }

    /// Has the operation under way do what a request asks; `None` if that is over, or has gone
    /// on meanwhile.
    async fn reach(&self, request: &Request) -> Option<Result<Reached<D>, Error>> {
        let answered = |answer| Some(Ok(Reached::Answered(answer)));
        let record = self.record();
        let inflight = record.inflight.as_ref()?;
        let under_way = &self.shared.under_way;
        match is_new(&self.shared, request, &record).await {
            Ok(()) => {}
            Err(Known::Behind) if !under_way.waits_with(record.version) => {
                return Some(Ok(Reached::Committing(record.version)));
            }
            Err(known) => return answered(known.answer()),
        }
        let decided = match asked::<D>(request, Some(inflight)) {
            Err(reason) => return answered(Some(Answer::Refused { reason })),
            Ok(Asked::Fire(_)) => return None,
            Ok(Asked::Decided(decided)) => decided,
        };
        if !record.is_waiting() && !request.cancel {
            let reason = self.running(&record, inflight).await;
            return answered(Some(Answer::Refused { reason }));
        }
        let verdict = match (&decided, record.is_waiting()) {
            (Decided::Resolve(Resolution::Retry), true) => "its next attempt has begun",
            (Decided::Resolve(Resolution::Retry), false) => "it has begun anew",
            (Decided::Resolve(Resolution::Skip), _) => "skipped",
            (Decided::Resolve(Resolution::Abandon), _) => "abandoned",
            (Decided::Set(_), _) => "set",
        };
        let sets = matches!(decided, Decided::Set(_));
        if let Decided::Set(state) = &decided
            && let Some(source) = D::variables(state).refused()
        {
            // Not by the operation: it would have cancelled the action for nothing.
            let error = Error::Unwritable {
                instance: self.shared.instance.clone(),
                source: Box::new(source.clone()),
            };
            return Some(refused(error).map(Reached::Answered));
        }
        let becomes = under_way.hand(record.version, decided, Some(request.cause()))?;
        match becomes.await.ok()? {
            Ok(cancelled) if sets => Some(Ok(Reached::Set(cancelled))),
            Ok(cancelled) => answered(Some(Answer::Done {
                verdict: verdict.to_owned(),
                steps: cancelled.iter().map(ToString::to_string).collect(),
                achieved: true,
                clean: true,
                state: D::state_name(&self.record().state).as_str().to_owned(),
            })),
            Err(error) => Some(refused(error).map(Reached::Answered)),
        }
    }

    /// What is said of an action that is running.
    async fn running(&self, record: &Record<D>, inflight: &Inflight<D>) -> String {
        let row = D::TABLES.transition(inflight.name().index());
        let stored = self.shared.around.store.load(&self.shared.instance).await;
        let begun = stored.ok().flatten();
        let begun = begun.filter(|stored| stored.version == record.version);
        let since = begun.map_or_else(String::new, |stored| {
            let since = humantime::format_rfc3339_seconds(stored.committed);
            format!(" since {since}")
        });
        format!(
            "`{}` is in flight, and its action `{}` has been running{since}: add `--cancel` to \
             stop it",
            row.name,
            row.action.unwrap_or_default()
        )
    }
}

/// What an operation under way has done of a request.
enum Reached<D: Definition> {
    /// All of it, or nothing.
    Answered(Option<Answer>),
    /// It set the state, and cancelled this for it.
    Set(Option<Step<D>>),
    /// Nothing, for it is about to know of a record that follows this version.
    Committing(u64),
}

/// What is asked, in the workflow's types.
enum Asked<D: Definition> {
    Fire(D::Transition),
    Decided(Decided<D>),
}

fn asked<D: Definition>(
    request: &Request,
    inflight: Option<&Inflight<D>>,
) -> Result<Asked<D>, String> {
    let (resolution, execution) = match &request.command {
        Command::Fire { transition, inputs } => {
            let name = named(transition)
                .ok_or_else(|| DecodeError::unknown("transition", transition).to_string())?;
            let fired = D::transition(name, inputs.clone());
            let fired = fired.map_err(|error| format!("`{transition}`: {error}"))?;
            return Ok(Asked::Fire(fired));
        }
        Command::SetState { state, variables } => {
            let name =
                named(state).ok_or_else(|| DecodeError::unknown("state", state).to_string())?;
            let set = D::state(name, variables.clone());
            let set = set.map_err(|error| format!("`{state}`: {error}"))?;
            return Ok(Asked::Decided(Decided::Set(set)));
        }
        Command::Retry { execution } => (Resolution::Retry, execution),
        Command::Skip { execution } => (Resolution::Skip, execution),
        Command::Abandon { execution } => (Resolution::Abandon, execution),
    };
    match (execution, inflight) {
        (Some(meant), Some(inflight)) if **meant != *inflight.execution => Err(format!(
            "`{}` is in flight now, in another execution than the one that was meant: look again",
            inflight.name().as_str()
        )),
        _ => Ok(Asked::Decided(Decided::Resolve(resolution))),
    }
}

/// The answer to a request that is refused, unless no process can answer that has not opened
/// the instance anew.
fn refused(error: Error) -> Carried {
    match error {
        Error::Commit { .. } | Error::Poisoned { .. } | Error::Closed { .. } => Err(error),
        error => Ok(Some(Answer::Refused {
            reason: Chain(&error).to_string(),
        })),
    }
}
