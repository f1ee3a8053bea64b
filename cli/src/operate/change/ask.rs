//! Requests to the owner of a store, and its answers.

use std::thread;
use std::time::{Duration, Instant};

use inflight::request::{Command, Request, RequestQueue};
use inflight::store::{InstanceId, ReadStore};

use super::Ahead;
use super::plan::NeedsCode;
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
    ahead: &[Ahead],
) -> Vec<(InstanceId, Became)> {
    let requests: Vec<_> = ahead.iter().map(|(request, _)| request.clone()).collect();
    let mut became = Vec::new();
    let mut waiting = Vec::new();
    for (added, (request, needs_code)) in queue.add_all(&requests).into_iter().zip(ahead) {
        match added {
            Ok(()) => waiting.push((request, needs_code.as_ref())),
            Err(error) => became.push((request.instance.clone(), Became::Failed(cannot(error)))),
        }
    }
    let timeout = (!how.no_wait).then_some(how.timeout);
    let (told, read) = wait_for(place, queue, timeout, waiting);
    let read: Vec<_> = read.iter().map(String::as_str).collect();
    // Those that stay are removed by the program after a while.
    drop(queue.forget_all(&read));
    became.extend(told);
    became
}

/// Waits for the answer to a request, and leaves it there for others.
pub(in crate::operate) fn watch(
    place: &Place,
    timeout: Option<Duration>,
    request: &Request,
) -> Vec<(InstanceId, Became)> {
    let queue = RequestQueue::of(place.path());
    wait_for(place, &queue, timeout, vec![(request, None)]).0
}

/// A request, and why only the program can carry it out.
type Waiting<'r> = (&'r Request, Option<&'r NeedsCode>);

/// What becomes of requests, and the ids of those that are answered.
fn wait_for(
    place: &Place,
    queue: &RequestQueue,
    timeout: Option<Duration>,
    mut waiting: Vec<Waiting<'_>>,
) -> (Vec<(InstanceId, Became)>, Vec<String>) {
    let mut became = Vec::new();
    let mut read = Vec::new();
    let waits = answers(place, queue, timeout, &mut waiting, &mut became, &mut read);
    let waits = waits.unwrap_or_else(Waits::from);
    let store = place.reader().map_err(Waits::from);
    for (request, needs_code) in waiting {
        let waits = match &waits {
            Waits::Unowned(_) => &Waits::Unowned(needs_code.cloned()),
            waits => waits,
        };
        let waits = match &store {
            Ok(store) => standing(store.as_ref(), request, waits).unwrap_or_else(Waits::from),
            Err(unknown) => unknown.clone(),
        };
        let id = request.id.clone();
        became.push((request.instance.clone(), Became::Waits(waits, id)));
    }
    (became, read)
}

/// Takes in the answers until there are all, or there is no use in waiting; says why the others
/// wait.
fn answers(
    place: &Place,
    queue: &RequestQueue,
    timeout: Option<Duration>,
    waiting: &mut Vec<Waiting<'_>>,
    became: &mut Vec<(InstanceId, Became)>,
    read: &mut Vec<String>,
) -> Result<Waits, Refusal> {
    let owner = (place.owner()?).map(|owner| format!("`{}` (pid {})", owner.program, owner.pid));
    let Some(timeout) = timeout else {
        return Ok(owner.map_or(Waits::Unowned(None), Waits::Unwatched));
    };
    let end = Instant::now() + timeout;
    while !waiting.is_empty() {
        let owned = place.owner()?.is_some();
        waiting.retain(|(request, _)| {
            let told = match queue.answered(&request.id) {
                Ok(None) => return true,
                Ok(Some(answer)) => {
                    read.push(request.id.clone());
                    answer.into()
                }
                Err(error) => Became::Waits(cannot(error).into(), request.id.clone()),
            };
            became.push((request.instance.clone(), told));
            false
        });
        if !owned {
            return Ok(Waits::Unowned(None));
        }
        if Instant::now() >= end {
            break;
        }
        thread::sleep(PAUSE);
    }
    Ok(owner.map_or(Waits::Unowned(None), Waits::Late))
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
