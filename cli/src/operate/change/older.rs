//! What was asked before a change that was done, and waits.

use inflight::request::{Command, Request};
use inflight::store::{InstanceId, Operation};

use super::Ahead;
use super::told::Became;
use crate::operate::place::Place;
use crate::operate::requests;

/// A request that waits, and was asked before what is done now.
pub(in crate::operate) struct Older {
    pub(super) id: String,
    /// What is asked, as it is written on the command line.
    pub(super) what: String,
    /// Whether it will not be carried out any more.
    pub(super) gives_way: bool,
}

/// Notes what waits for the instances that were changed.
pub(super) fn note(place: &Place, ahead: &[Ahead], done: &mut [(InstanceId, Became)]) {
    if done.is_empty() {
        return;
    }
    // What was done is told all the same.
    let pending = requests::pending(place).unwrap_or_default();
    let waiting = pending.iter().filter_map(|it| it.request.as_ref().ok());
    let waiting: Vec<_> = waiting.collect();
    for (instance, became) in done {
        let made = ahead.iter().find(|(made, _)| made.instance == *instance);
        if let (Became::Done { older, .. }, Some((made, _))) = (became, made) {
            let waiting = waiting.iter().filter(|it| it.instance == *instance);
            older.extend(waiting.map(|waiting| Older {
                id: waiting.id.clone(),
                what: requests::written(waiting),
                gives_way: waiting.gives_way_to(operation(made)),
            }));
        }
    }
}

/// What a change that needs no code does.
fn operation(made: &Request) -> Operation {
    match made.command {
        Command::Retry { .. } => Operation::Retry,
        Command::Abandon { .. } => Operation::Abandon,
        Command::Fire { .. } | Command::Skip { .. } => Operation::Skip,
        Command::SetState { .. } => Operation::SetState,
    }
}
