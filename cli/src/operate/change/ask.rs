//! Requests to the owner of a store, and its answers.

use std::thread;
use std::time::{Duration, Instant};

use inflight::request::{Command, Request, RequestQueue};
use inflight::store::{InstanceId, ReadStore};

use super::told::{Became, Waits};
use crate::operate::arguments::How;
use crate::operate::place::Place;
use crate::operate::refusal::Refusal;
use crate::operate::requests::cannot;
use crate::operate::wait::wait;

/// How often to look for an answer.
const PAUSE: Duration = Duration::from_millis(20);

/// Writes the requests, and waits for the answers. Each is told of, whatever is amiss with it or
/// with others: what is written down is carried out.
pub(super) fn ask(
    place: &Place,
    queue: &RequestQueue,
    how: &How,
    requests: &[Request],
) -> Vec<(InstanceId, Became)> {
    let mut became = Vec::new();
    let mut waiting = Vec::new();
    for request in requests {
        match queue.add(request) {
            Ok(()) => waiting.push(request),
            Err(error) => became.push((request.instance.clone(), Became::Failed(cannot(error)))),
        }
    }
    let waits = answers(place, queue, how, &mut waiting, &mut became).unwrap_or_else(Waits::from);
    let store = place.reader().map_err(Waits::from);
    for request in waiting {
        let waits = match &store {
            Ok(store) => standing(store.as_ref(), request, &waits).unwrap_or_else(Waits::from),
            Err(unknown) => unknown.clone(),
        };
        let id = request.id.clone();
        became.push((request.instance.clone(), Became::Waits(waits, id)));
    }
    became
}

/// Takes in the answers until there are all, or there is no use in waiting; says why the others
/// wait.
fn answers(
    place: &Place,
    queue: &RequestQueue,
    how: &How,
    waiting: &mut Vec<&Request>,
    became: &mut Vec<(InstanceId, Became)>,
) -> Result<Waits, Refusal> {
    let end = Instant::now() + how.timeout;
    let owner = (place.owner()?).map(|owner| format!("`{}` (pid {})", owner.program, owner.pid));
    let waits = match (owner, how.no_wait) {
        (None, _) => Waits::Unowned,
        (Some(owner), true) => Waits::Unwatched(owner),
        (Some(owner), false) => Waits::Late(owner),
    };
    while !how.no_wait && !waiting.is_empty() {
        let owned = place.owner()?.is_some();
        waiting.retain(|request| {
            let told = match queue.answered(&request.id) {
                Ok(None) => return true,
                Ok(Some(answer)) => {
                    // One that stays is removed by the program after a while.
                    drop(queue.forget(&request.id));
                    answer.into()
                }
                Err(error) => Became::Waits(cannot(error).into(), request.id.clone()),
            };
            became.push((request.instance.clone(), told));
            false
        });
        if !owned {
            return Ok(Waits::Unowned);
        }
        if Instant::now() >= end {
            break;
        }
        thread::sleep(PAUSE);
    }
    Ok(waits)
}

/// Why a request waits, by what has become of its instance.
fn standing(store: &dyn ReadStore, request: &Request, waits: &Waits) -> Result<Waits, Refusal> {
    if let Waits::Unknown(..) = waits {
        return Ok(waits.clone());
    }
    let history = wait(store.history(&request.instance))?;
    if history.iter().any(|record| request.led_to(record)) {
        return Ok(Waits::Begun);
    }
    let fires = matches!(request.command, Command::Fire { .. });
    let inflight = history.last().and_then(|last| last.inflight.as_ref());
    Ok(match (waits, inflight.filter(|_| fires)) {
        (Waits::Late(_), Some(inflight)) => Waits::Busy(inflight.transition.to_string()),
        _ => waits.clone(),
    })
}
