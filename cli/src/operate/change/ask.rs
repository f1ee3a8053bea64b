//! Requests to the owner of a store, and its answers.

use std::thread;
use std::time::{Duration, Instant};

use inflight::request::{Command, Request, RequestQueue};
use inflight::store::InstanceId;

use super::told::{Became, Waits};
use crate::operate::arguments::How;
use crate::operate::place::Place;
use crate::operate::refusal::Refusal;
use crate::operate::requests::cannot;
use crate::operate::wait::wait;

/// How often to look for an answer.
const PAUSE: Duration = Duration::from_millis(20);

/// Writes the requests, and waits for the answers.
pub(super) fn ask(
    place: &Place,
    queue: &RequestQueue,
    how: &How,
    requests: &[Request],
) -> Result<Vec<(InstanceId, Became)>, Refusal> {
    for request in requests {
        queue.add(request).map_err(cannot)?;
    }
    let end = Instant::now() + how.timeout;
    let mut waiting: Vec<_> = requests.iter().collect();
    let mut became = Vec::new();
    let owner = (place.owner()?).map(|owner| format!("`{}` (pid {})", owner.program, owner.pid));
    let mut waits = match (owner, how.no_wait) {
        (None, _) => Waits::Unowned,
        (Some(owner), true) => Waits::Unwatched(owner),
        (Some(owner), false) => Waits::Late(owner),
    };
    while !how.no_wait && !waiting.is_empty() {
        let owned = place.owner()?.is_some();
        let mut unanswered = Vec::new();
        for request in waiting {
            match queue.answered(&request.id).map_err(cannot)? {
                Some(answer) => {
                    queue.forget(&request.id).map_err(cannot)?;
                    became.push((request.instance.clone(), answer.into()));
                }
                None => unanswered.push(request),
            }
        }
        waiting = unanswered;
        if !owned {
            waits = Waits::Unowned;
            break;
        }
        if Instant::now() >= end {
            break;
        }
        thread::sleep(PAUSE);
    }
    let store = place.reader()?;
    for request in waiting {
        let history = wait(store.history(&request.instance))?;
        let fires = matches!(request.command, Command::Fire { .. });
        let inflight = history.last().and_then(|last| last.inflight.as_ref());
        let inflight = inflight.filter(|_| fires);
        let waits = match (
            history.iter().any(|record| request.led_to(record)),
            inflight,
        ) {
            (true, _) => Waits::Begun,
            (false, Some(inflight)) if matches!(waits, Waits::Late(_)) => {
                Waits::Busy(inflight.transition.to_string())
            }
            (false, _) => waits.clone(),
        };
        let id = request.id.clone();
        became.push((request.instance.clone(), Became::Waits(waits, id)));
    }
    Ok(became)
}
