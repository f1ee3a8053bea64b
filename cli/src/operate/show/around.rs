//! The neighbourhood of a state, for a terminal.

use inflight::store::StoredRecord;
use inflight_dsl::model::{Transition, TransitionId, Workflow};

use crate::operate::known;
use crate::operate::table::{Cell, Style, Table};

/// Points out where the instance is.
const HERE: &str = "▶ ";

/// Up to so many states are named that a transition leaves.
const NAMED: usize = 3;

/// The transitions to the state and from it, a line each.
pub(super) fn around(workflow: &Workflow, record: &StoredRecord, colored: bool) -> String {
    let here = &*record.state;
    let mut table = Table::new(&["  FROM", "TRANSITION", "  TO"]);
    for transition in &workflow.transitions {
        let leaves = sources(workflow, transition).any(|state| state == here);
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
        table.row([from, name(workflow, transition, record), to]);
    }
    table.render(2, colored)
}

fn place(state: &str, is_here: bool) -> Cell {
    match is_here {
        true => Cell::styled(format!("{HERE}{state}"), Style::Here),
        false => Cell::from(format!("  {state}")),
    }
}

fn sources<'w>(
    workflow: &'w Workflow,
    transition: &'w Transition,
) -> impl Iterator<Item = &'w str> {
    let states = transition.sources.iter();
    states.filter_map(|state| Some(workflow.states.get(state.0)?.name.text.as_str()))
}

fn named(workflow: &Workflow, transition: &Transition) -> String {
    let mut states: Vec<_> = sources(workflow, transition).collect();
    let more = states.len() > NAMED;
    states.truncate(NAMED);
    if more {
        states.push("…");
    }
    states.join(", ")
}

/// The name of a transition, and how it comes about.
fn name(workflow: &Workflow, transition: &Transition, record: &StoredRecord) -> Cell {
    let name = &transition.name.text;
    let inflight = record.inflight.as_ref();
    if inflight.is_some_and(|inflight| inflight.transition == *name) {
        return Cell::styled(format!("{name}, in flight"), Style::Warning);
    }
    let failing = |TransitionId(place): TransitionId| workflow.transitions.get(place);
    let how = match (transition.error_of.and_then(failing), transition.after) {
        (Some(failing), _) => format!(", when {} fails", failing.name.text),
        (None, Some(_)) => ", after some time".to_owned(),
        (None, None) if transition.automatic => ", by itself".to_owned(),
        (None, None) => String::new(),
    };
    format!("{name}{how}").into()
}
