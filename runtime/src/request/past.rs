//! What came of a request that was begun before the process died, or code of the program
//! panicked.

use super::{Answer, Request};
use crate::store::{Operation, StoredRecord};

/// What the history proves of a request; `None` if nothing was written for it.
pub(super) fn answer(request: &Request, history: &[StoredRecord]) -> Option<Answer> {
    answer_after("the process died", request, history)
}

/// What the history proves of a request that ended in a panic, which said this.
pub(super) fn answer_of_panic(request: &Request, history: &[StoredRecord], words: &str) -> Answer {
    let inflight = history.last().and_then(|last| last.inflight.as_ref());
    // It is written down of actions alone: a guard or an activity may have panicked as well.
    let panicked = match inflight.is_some_and(|inflight| inflight.panicked.is_some()) {
        true => format!("an action panicked ({words})"),
        false => format!("code of the program panicked ({words})"),
    };
    match answer_after(&panicked, request, history) {
        Some(Answer::Done {
            verdict,
            steps,
            achieved,
            state,
            ..
        }) => Answer::Done {
            verdict,
            steps,
            achieved,
            clean: false,
            state,
        },
        Some(refused) => refused,
        None => Answer::Refused {
            reason: format!("{panicked}, and nothing was done of what was asked"),
        },
    }
}

/// What the history proves of a request that this kept from being answered.
fn answer_after(event: &str, request: &Request, history: &[StoredRecord]) -> Option<Answer> {
    let place = history.iter().position(|it| request.led_to(it))?;
    let (first, later) = history.get(place..)?.split_first()?;
    let came_of = CameOf::of(first, later);
    let last = history.last()?;
    Some(Answer::Done {
        verdict: came_of.told(event),
        steps: Vec::new(),
        achieved: came_of.is_achieved(),
        clean: came_of.is_achieved(),
        state: last.state.to_string(),
    })
}

/// What came of what a request began.
#[derive(Debug, PartialEq)]
enum CameOf {
    /// All of it was one record, which was written.
    Done(Operation),
    Completed,
    /// How it failed.
    Failed(String),
    /// An operator decided otherwise since.
    Decided(Operation),
    InFlight,
}

impl CameOf {
    /// Of a request that led to this record, before these.
    fn of(first: &StoredRecord, later: &[StoredRecord]) -> Self {
        let operation = first.intervention.as_ref().map(|it| it.operation);
        if let Some(done @ (Operation::Skip | Operation::Abandon | Operation::SetState)) = operation
        {
            return Self::Done(done);
        }
        let Some(begun) = &first.inflight else {
            return Self::InFlight;
        };
        let mut before = first;
        for record in later {
            let inflight = record.inflight.as_ref();
            if inflight.is_some_and(|it| it.execution == begun.execution) {
                before = record;
                continue;
            }
            let mut failures = record.failures.iter();
            if let Some(failed) = failures.find(|it| it.execution == begun.execution) {
                return Self::Failed(failed.failure.clone());
            }
            return match &record.intervention {
                Some(it) => Self::Decided(it.operation),
                // Older versions did not say how it failed.
                None if stayed(before, record) => Self::Failed("it was given up".to_owned()),
                None => Self::Completed,
            };
        }
        Self::InFlight
    }

    fn is_achieved(&self) -> bool {
        match self {
            Self::Done(_) | Self::Completed | Self::Decided(Operation::Skip) => true,
            Self::Failed(_) | Self::Decided(_) | Self::InFlight => false,
        }
    }

    fn told(&self, event: &str) -> String {
        let since = match self {
            Self::Done(done) => return format!("{} before {event}", word(*done)),
            Self::Completed => "completed since".to_owned(),
            Self::Failed(failure) => format!("failed: {failure}"),
            Self::Decided(Operation::SetState) => {
                "given up since by an operator, who set the state".to_owned()
            }
            Self::Decided(otherwise) => format!("{} since by an operator", word(*otherwise)),
            Self::InFlight => return format!("still in flight, for {event}"),
        };
        format!("begun before {event}, and {since}")
    }
}

fn stayed(before: &StoredRecord, after: &StoredRecord) -> bool {
    let of = |it: &StoredRecord| (it.entered, it.state.clone(), it.variables.clone());
    of(before) == of(after)
}

fn word(operation: Operation) -> &'static str {
    match operation {
        Operation::Retry => "run again",
        Operation::Skip => "skipped",
        Operation::Abandon => "abandoned",
        Operation::SetState => "set",
    }
}
