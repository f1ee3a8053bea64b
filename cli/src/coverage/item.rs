//! What there is to exercise of a workflow.

use inflight_dsl::model::{OnInterrupt, Workflow};

use super::notes::Notes;

/// One thing that a test can exercise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    pub(super) transition: &'a str,
    pub(super) what: What,
    /// Of what is taken, the state that it leaves.
    pub(super) from: Option<&'a str>,
    /// Whether a test has.
    pub(super) exercised: bool,
}

/// What can be exercised of a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Taken,
    Failed,
    Retried,
    TimedOut,
    Refused,
    Interrupted,
    FoundDone,
    FoundUndone,
    FoundUnknown,
}

impl What {
    /// As it is noted.
    pub(super) fn word(self) -> &'static str {
        match self {
            What::Taken => "taken",
            What::Failed => "failed",
            What::Retried => "retried",
            What::TimedOut => "timed_out",
            What::Refused => "refused",
            What::Interrupted => "interrupted",
            What::FoundDone => "found_done",
            What::FoundUndone => "found_undone",
            What::FoundUnknown => "found_unknown",
        }
    }
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
            add(What::Taken, Some(&source.name.text));
        }
        if !transition.guards.is_empty() {
            add(What::Refused, None);
        }
        if transition.action.is_none() {
            continue;
        }
        add(What::Failed, None);
        if transition.retry.is_some() {
            add(What::Retried, None);
        }
        if transition.timeout.is_some() {
            add(What::TimedOut, None);
        }
        add(What::Interrupted, None);
        if transition.on_interrupt == OnInterrupt::Probe {
            add(What::FoundDone, None);
            add(What::FoundUndone, None);
            add(What::FoundUnknown, None);
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
