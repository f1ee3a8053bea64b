//! What is known of a workflow when it is compiled, as plain tables.
//!
//! The engine works on these alone: states and transitions are positions in them.

/// Position of a state in [`Tables::states`].
pub(crate) type StateIndex = u16;

/// Position of a transition in [`Tables::transitions`].
pub(crate) type TransitionIndex = u16;

/// Everything the engine needs to know of a workflow.
#[derive(Debug)]
pub struct Tables {
    /// The workflow's name.
    pub workflow: &'static str,
    /// A hash of the workflow's meaning, kept in records for information only.
    pub fingerprint: u64,
    /// Where instances begin.
    pub initial: StateIndex,
    /// The states, in source order.
    pub states: &'static [StateRow],
    /// The transitions, in source order.
    pub transitions: &'static [TransitionRow],
    /// The transitions that callers may fire, state by state, each state's in source
    /// order; [`StateRow::first`] says where a state's begin.
    pub outgoing: &'static [TransitionIndex],
    /// The activities, in source order.
    pub activities: &'static [ActivityRow],
}

/// What is known of a state.
#[derive(Debug)]
pub struct StateRow {
    /// Its name.
    pub name: &'static str,
    /// Which kind it is.
    pub kind: StateKind,
    /// Where its transitions begin in [`Tables::outgoing`]; they end where the next
    /// state's begin.
    pub first: u32,
}

/// The four kinds of state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateKind {
    /// Where an instance begins.
    Initial,
    /// An ordinary state.
    Ordinary,
    /// A person or a retry must resolve it.
    Error,
    /// No way out.
    Final,
}

/// What is known of a transition.
#[derive(Debug)]
pub struct TransitionRow {
    /// Its name.
    pub name: &'static str,
    /// Where it leads; `None` is the state it leaves.
    pub target: Option<StateIndex>,
    /// Whether it fires by itself.
    pub automatic: bool,
    /// How long after its source was entered it fires by itself, in nanoseconds.
    pub after: Option<u64>,
    /// The action it runs.
    pub action: Option<&'static str>,
    /// Where a failure leads.
    pub on_error: Option<TransitionIndex>,
    /// Whether only a failure leads into it.
    pub error: bool,
    /// How many times a failed action is tried again.
    pub retries: u32,
    /// How long to wait before it is.
    pub backoff: Option<Backoff>,
    /// How long one attempt may take, in nanoseconds.
    pub timeout: Option<u64>,
    /// What becomes of an interrupted action.
    pub on_interrupt: OnInterrupt,
}

/// Waits that double from the first to the longest, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The wait before the second attempt.
    pub first: u64,
    /// The longest wait.
    pub longest: u64,
}

/// What becomes of an action that was interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnInterrupt {
    /// It is run again, up to so many times.
    Rerun(u32),
    /// It counts as failed.
    Fail,
    /// An operator decides.
    Ask,
    /// The user's code is asked whether it was done.
    Probe,
}

/// What is known of an activity.
#[derive(Debug)]
pub struct ActivityRow {
    /// Its name.
    pub name: &'static str,
    /// The states in which it runs, in source order.
    pub states: &'static [StateIndex],
    /// The transitions during which it does not.
    pub paused: &'static [TransitionIndex],
}

impl Tables {
    /// The transitions that callers may fire in a state, in source order.
    pub fn outgoing(&self, state: StateIndex) -> &'static [TransitionIndex] {
        let state = usize::from(state);
        let start = self.states.get(state).map_or(0, |row| row.first as usize);
        let end = self
            .states
            .get(state + 1)
            .map_or(self.outgoing.len(), |row| row.first as usize);
        self.outgoing.get(start..end).unwrap_or_default()
    }

    /// The transitions that leave a state after some time, each with that time, in source
    /// order.
    pub(crate) fn timers(&self, state: StateIndex) -> impl Iterator<Item = (TransitionIndex, u64)> {
        self.outgoing(state)
            .iter()
            .filter_map(|timer| Some((*timer, self.transition(*timer).after?)))
    }

    /// What is known of a transition of this workflow.
    #[expect(
        clippy::indexing_slicing,
        reason = "the index comes from the workflow's own names, of which each has a row"
    )]
    pub(crate) fn transition(&self, transition: TransitionIndex) -> &'static TransitionRow {
        &self.transitions[usize::from(transition)]
    }
}

impl Backoff {
    /// The wait before an attempt, of which the first that is waited for is the second.
    pub(crate) fn before(self, attempt: u32) -> u64 {
        let doublings = attempt.saturating_sub(2);
        let factor = 1_u64.checked_shl(doublings).unwrap_or(u64::MAX);
        self.first.saturating_mul(factor).min(self.longest)
    }
}

impl ActivityRow {
    /// Whether it runs in a state while a transition is in flight, or none.
    pub(crate) fn runs(&self, state: StateIndex, inflight: Option<TransitionIndex>) -> bool {
        self.states.binary_search(&state).is_ok()
            && inflight.is_none_or(|inflight| !self.paused.contains(&inflight))
    }
}
