//! What values may refer to.

use crate::model::StateId;
use crate::resolve::graph::{self, Field, Graph, Step};

/// What values of one transition may refer to.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a, 'g> {
    /// The inputs of the transition itself, by position.
    pub(super) inputs: &'g [Field<'a>],
    pub(super) sources: &'g [StateId],
    /// Whether all sources are known.
    pub(super) complete: bool,
    /// Whether something has failed.
    pub(super) failed: bool,
    /// The transition that callers fire, with its inputs; none if it fires by itself.
    pub(super) fired: Option<&'g Step<'a>>,
    /// The state whose records load as another, and its variables.
    pub(super) retired: Option<&'g graph::RetiredState<'a>>,
}

impl<'a, 'g> Scope<'a, 'g> {
    pub(super) fn of(graph: &'g Graph<'a>, step: &'g Step<'a>) -> Self {
        let root = graph.steps.get(step.root);
        Scope {
            inputs: &step.inputs,
            sources: &step.sources.states,
            complete: step.sources.complete,
            failed: step.error_of.is_some(),
            fired: root.filter(|root| root.fires_itself().is_none()),
            retired: None,
        }
    }

    /// The scope of defaults, which are literals.
    pub(super) fn of_literals() -> Self {
        Scope {
            inputs: &[],
            sources: &[],
            complete: true,
            failed: false,
            fired: None,
            retired: None,
        }
    }

    /// The scope of what a record of a retired state loads as.
    pub(super) fn retired(state: &'g graph::RetiredState<'a>) -> Self {
        Scope {
            retired: Some(state),
            ..Scope::of_literals()
        }
    }

    /// The scope in which what follows a failure is evaluated.
    pub(super) fn failing(self) -> Self {
        Scope {
            failed: true,
            ..self
        }
    }

    pub(super) fn position(&self, input: &str) -> Option<usize> {
        self.inputs.iter().position(|known| known.is(input))
    }

    pub(super) fn input(&self, name: &str) -> Option<(usize, &'g Field<'a>)> {
        let position = self.position(name)?;
        Some((position, self.inputs.get(position)?))
    }
}
