//! A workflow with its names looked up, and holes where that failed.

use super::names::Names;
use crate::model::{OnInterrupt, Retry, StateId, StateKind, Type};
use crate::span::Span;
use crate::syntax::{self, Call, Word};
use std::rc::Rc;

pub(crate) struct Graph<'a> {
    pub(crate) syntax: &'a syntax::Workflow<'a>,
    pub(crate) states: Vec<State<'a>>,
    pub(crate) state_names: Names<'a>,
    pub(crate) actions: Vec<Action<'a>>,
    pub(crate) guards: Vec<Guard<'a>>,
    /// All transitions; an inline error transition directly after the one that has it.
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) activities: Vec<Activity<'a>>,
    pub(crate) retired_states: Vec<RetiredState<'a>>,
    /// What is unknown, so that nothing is said about what seems to be lacking.
    pub(crate) holes: Holes,
}

/// Kinds of reference of which at least one leads nowhere.
#[derive(Clone, Copy, Default)]
pub(crate) struct Holes {
    pub(crate) states: bool,
    pub(crate) actions: bool,
    pub(crate) guards: bool,
}

pub(crate) struct State<'a> {
    pub(crate) syntax: &'a syntax::State<'a>,
    pub(crate) variables: Vec<Field<'a>>,
}

/// A variable, input or parameter; the type is `None` if it could not be made out.
#[derive(Clone)]
pub(crate) struct Field<'a> {
    pub(crate) syntax: &'a syntax::Field<'a>,
    pub(crate) ty: Option<Type>,
}

pub(crate) struct Action<'a> {
    pub(crate) syntax: &'a syntax::Action<'a>,
    pub(crate) parameters: Vec<Field<'a>>,
    pub(crate) result: Option<StateId>,
}

pub(crate) struct Guard<'a> {
    pub(crate) syntax: &'a syntax::Guard<'a>,
    pub(crate) parameters: Vec<Field<'a>>,
}

pub(crate) struct Activity<'a> {
    pub(crate) syntax: &'a syntax::Activity<'a>,
    /// The states in which it runs, in their order.
    pub(crate) states: Vec<StateId>,
    /// The transitions named after `during`.
    pub(crate) paused: Vec<usize>,
}

pub(crate) struct RetiredState<'a> {
    pub(crate) syntax: &'a syntax::RetiredState<'a>,
    pub(crate) variables: Vec<Field<'a>>,
    pub(crate) target: Option<StateId>,
}

/// A clause with its keyword; what it says is `None` where that is illegible.
#[derive(Clone, Copy)]
pub(crate) struct Said<T> {
    pub(crate) keyword: Span,
    pub(crate) what: Option<T>,
}

/// A transition.
pub(crate) struct Step<'a> {
    pub(crate) syntax: &'a syntax::Transition<'a>,
    /// The step that declares this one inline.
    pub(crate) error_of: Option<usize>,
    /// The step with the declared inputs: this one, or the outermost failing one.
    pub(crate) root: usize,
    /// What it is fired with; of an inline error transition those it uses.
    pub(crate) inputs: Vec<Field<'a>>,
    pub(crate) sources: Rc<Sources>,
    pub(crate) target: Option<Destination>,
    pub(crate) automatic: Option<Span>,
    /// In nanoseconds.
    pub(crate) after: Option<Said<u64>>,
    pub(crate) alias: Option<Word<'a>>,
    pub(crate) guards: Vec<GuardUse<'a>>,
    pub(crate) action: Option<ActionUse<'a>>,
    pub(crate) retry: Option<Said<Retry>>,
    /// In nanoseconds.
    pub(crate) timeout: Option<Said<u64>>,
    pub(crate) on_interrupt: Option<Said<OnInterrupt>>,
    pub(crate) handler: Option<HandlerUse<'a>>,
}

#[derive(Default)]
pub(crate) struct Sources {
    /// Each once, in the order of the states.
    pub(crate) states: Vec<StateId>,
    /// Whether they are those of `*`.
    pub(crate) any: bool,
    /// Whether all that were named are known.
    pub(crate) complete: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Destination {
    State(StateId),
    Same,
}

pub(crate) struct GuardUse<'a> {
    pub(crate) keyword: Span,
    pub(crate) negated: bool,
    /// `None` where the guard's name is missing.
    pub(crate) call: Option<&'a Call<'a>>,
    pub(crate) guard: Option<usize>,
}

pub(crate) struct ActionUse<'a> {
    pub(crate) call: Option<&'a Call<'a>>,
    pub(crate) action: Option<usize>,
}

pub(crate) struct HandlerUse<'a> {
    pub(crate) step: Option<usize>,
    /// The call of `fire`; `None` for an inline error transition.
    pub(crate) fire: Option<&'a Call<'a>>,
}

impl<'a> Graph<'a> {
    /// Whether something of the workflow could not be read.
    pub(crate) fn torn(&self) -> bool {
        self.syntax.torn
    }

    pub(crate) fn state(&self, id: StateId) -> Option<&State<'a>> {
        self.states.get(id.0)
    }

    pub(crate) fn state_name(&self, id: StateId) -> &'a str {
        self.state(id).map_or("", |state| state.name())
    }

    pub(crate) fn step_name(&self, step: usize) -> &'a str {
        self.steps.get(step).map_or("", |step| step.name())
    }

    pub(crate) fn state_ids(&self) -> impl Iterator<Item = StateId> + use<'a> {
        (0..self.states.len()).map(StateId)
    }
}

impl<'a> State<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.syntax.name.map_or("", |name| name.text)
    }

    /// Whether it has a variable of this name.
    pub(crate) fn has(&self, variable: &str) -> bool {
        self.variables.iter().any(|known| known.is(variable))
    }

    pub(crate) fn kind(&self) -> StateKind {
        self.syntax.kind
    }
}

impl<'a> Step<'a> {
    pub(crate) fn name(&self) -> &'a str {
        self.syntax.name.map_or("", |name| name.text)
    }

    /// The smallest place that stands for the whole.
    pub(crate) fn place(&self) -> Span {
        self.syntax.name.map_or(self.syntax.span, |name| name.span)
    }

    /// The clause by which it fires without a caller.
    pub(crate) fn fires_itself(&self) -> Option<Span> {
        self.automatic.or(self.after.map(|after| after.keyword))
    }

    /// Where the transition leads if it leaves `source`.
    pub(crate) fn target_from(&self, source: StateId) -> Option<StateId> {
        match self.target? {
            Destination::State(state) => Some(state),
            Destination::Same => Some(source),
        }
    }
}

impl Field<'_> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.syntax.name.text == name
    }
}
