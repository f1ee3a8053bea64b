//! The arrows of a drawing: a transition has one for each state that it leaves.

use crate::model::{State, StateId, Target, Transition, TransitionId, Workflow};

/// One way from a state to a state.
pub(super) struct Arrow<'a> {
    pub(super) from: &'a State,
    pub(super) to: &'a State,
    pub(super) transition: &'a Transition,
    /// The transitions whose failure in `from` leads this way.
    pub(super) error_of: Vec<&'a Transition>,
}

impl Arrow<'_> {
    /// Whether it leads back to where it starts.
    pub(super) fn is_loop(&self) -> bool {
        std::ptr::eq(self.from, self.to)
    }
}

/// The arrows of a workflow, by transition and then by source.
pub(super) fn arrows(workflow: &Workflow) -> Vec<Arrow<'_>> {
    let mut arrows = Vec::new();
    for (index, transition) in workflow.transitions.iter().enumerate() {
        let failing = failing(workflow, TransitionId(index));
        for &source in &transition.sources {
            let target = match transition.target {
                Target::State(state, _) => state,
                Target::Same => source,
            };
            if let (Some(from), Some(to)) = (state(workflow, source), state(workflow, target)) {
                let fails_here = |it: &&Transition| it.sources.contains(&source);
                arrows.push(Arrow {
                    from,
                    to,
                    transition,
                    error_of: failing.iter().copied().filter(fails_here).collect(),
                });
            }
        }
    }
    arrows
}

/// The transitions whose error path is the given transition, in source order.
pub(super) fn failing(workflow: &Workflow, error: TransitionId) -> Vec<&Transition> {
    let leads_there = |transition: &&Transition| {
        (transition.on_error.as_ref()).is_some_and(|path| path.transition == error)
    };
    workflow.transitions.iter().filter(leads_there).collect()
}

/// The state of this index.
pub(super) fn state(workflow: &Workflow, id: StateId) -> Option<&State> {
    workflow.states.get(id.0)
}
