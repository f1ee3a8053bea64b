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
    /// The action it runs.
    pub action: Option<&'static str>,
    /// Where a failure leads.
    pub on_error: Option<TransitionIndex>,
    /// Whether only a failure leads into it.
    pub error: bool,
    /// How many times an interrupted action is run again.
    pub reruns: u32,
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
}

impl Tables {
    /// What is known of a transition of this workflow.
    #[expect(
        clippy::indexing_slicing,
        reason = "the index comes from the workflow's own names, of which each has a row"
    )]
    pub(crate) fn transition(&self, transition: TransitionIndex) -> &'static TransitionRow {
        &self.transitions[usize::from(transition)]
    }
}
