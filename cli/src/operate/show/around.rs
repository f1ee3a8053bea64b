//! The neighbourhood of a state, for a terminal.

use std::time::SystemTime;

use inflight::store::StoredRecord;
use inflight_dsl::diagram::duration;
use inflight_dsl::model::{Transition, TransitionId, Workflow};

use crate::operate::table::{Cell, Style, Table};
use crate::operate::{age, known};

/// Points out where the instance is.
const HERE: &str = "▶ ";

/// Up to so many states are named that a transition leaves.
const NAMED: usize = 3;

/// The transitions to the state and from it, a line each.
pub(super) fn around(
    workflow: &Workflow,
    record: &StoredRecord,
    now: SystemTime,
    colored: bool,
) -> String {
    let here = &*record.state;
    let mut table = Table::new(&["  FROM", "TRANSITION", "  TO"]);
    for transition in &workflow.transitions {
        let leaves = known::sources(workflow, transition).any(|state| state == here);
        let target = known::target(workflow, transition);
        if !leaves && target != Some(here) {
            continue;
        }
        let from = match leaves {
            true => place(here, true),
            false => place(&named(workflow, transition), false),
        };
        let to = match target {
            Some(target) => place(target, target == here),
            None => place(here, true),
        };
        let mut name = name(workflow, transition, record);
        if leaves {
            name.push_str(&left(transition, record, now));
        }
        let guards = known::guards(workflow, transition);
        if !guards.is_empty() && !in_flight(transition, record) {
            name.push_str(&format!(", when {}", guards.join(" and ")));
        }
        let style = match in_flight(transition, record) {
            true => Style::Warning,
            false => Style::Plain,
        };
        table.row([from, Cell::styled(name, style), to]);
    }
    table.render(2, colored)
}

fn place(state: &str, is_here: bool) -> Cell {
    match is_here {
        true => Cell::styled(format!("{HERE}{state}"), Style::Here),
        false => Cell::from(format!("  {state}")),
    }
}

fn named(workflow: &Workflow, transition: &Transition) -> String {
    let mut states: Vec<_> = known::sources(workflow, transition).collect();
    let more = states.len() > NAMED;
    states.truncate(NAMED);
    if more {
        states.push("…");
    }
    states.join(", ")
}

/// The name of a transition, and how it comes about.
fn name(workflow: &Workflow, transition: &Transition, record: &StoredRecord) -> String {
    let name = &transition.name.text;
    if in_flight(transition, record) {
        return format!("{name}, in flight");
    }
    let failing = |TransitionId(place): TransitionId| workflow.transitions.get(place);
    match (transition.error_of.and_then(failing), transition.after) {
        (Some(failing), _) => format!("{name}, when {} fails", failing.name.text),
        (None, Some(after)) => format!("{name}, after {}", duration(after)),
        (None, None) if transition.automatic => format!("{name}, by itself"),
        (None, None) => name.clone(),
    }
}

fn in_flight(transition: &Transition, record: &StoredRecord) -> bool {
    let inflight = record.inflight.as_ref();
    inflight.is_some_and(|inflight| inflight.transition == transition.name.text)
}

/// How long until a transition falls due; nothing while something is in flight, or once it
/// has fired.
fn left(transition: &Transition, record: &StoredRecord, now: SystemTime) -> String {
    let due = known::due(transition, record).filter(|_| record.inflight.is_none());
    match due.map(|due| due.duration_since(now)) {
        None => String::new(),
        Some(Ok(left)) => format!(", in {}", age::length(left)),
        Some(Err(_)) => ", due".to_owned(),
    }
}
