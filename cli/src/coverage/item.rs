//! What there is to exercise of a workflow.

use inflight::__command::Exercised;
use inflight_dsl::model::{OnInterrupt, Workflow};

use super::notes::Notes;

/// One thing that a test can exercise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    pub(super) transition: &'a str,
    pub(super) what: Exercised,
    /// Of what is taken, the state that it leaves.
    pub(super) from: Option<&'a str>,
    /// Whether a test has.
    pub(super) exercised: bool,
}

/// All that there is to exercise, in the order of the file.
pub(super) fn items<'a>(workflow: &'a Workflow, notes: &Notes) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    for transition in &workflow.transitions {
        let name = transition.name.text.as_str();
        let mut add = |what, from| {
            items.push(Item {
                transition: name,
                what,
                from,
                exercised: notes.have(workflow, name, what, from),
            });
        };
        let sources = transition.sources.iter();
        for source in sources.filter_map(|source| workflow.states.get(source.0)) {
            add(Exercised::Taken, Some(&source.name.text));
        }
        if !transition.guards.is_empty() {
            add(Exercised::Refused, None);
        }
        if transition.action.is_none() {
            continue;
        }
        add(Exercised::Failed, None);
        if transition.retry.is_some() {
            add(Exercised::Retried, None);
        }
        if transition.timeout.is_some() {
            add(Exercised::TimedOut, None);
        }
        add(Exercised::Interrupted, None);
        if transition.on_interrupt == OnInterrupt::Probe {
            add(Exercised::FoundDone, None);
            add(Exercised::FoundUndone, None);
            add(Exercised::FoundUnknown, None);
        }
    }
    items
}

/// How much is exercised, of 100; less than that if anything is missing.
pub(super) fn percent(items: &[Item<'_>]) -> u8 {
    let exercised = items.iter().filter(|item| item.exercised).count();
    let percent = (exercised * 100).checked_div(items.len()).unwrap_or(100);
    u8::try_from(percent).unwrap_or(100)
}
