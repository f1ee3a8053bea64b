//! The resolved model: what a file of workflows means, with every name looked up.
//!
//! A [`Model`] exists only for text that passed every check, so whoever reads it
//! (code generation, diagrams) has nothing left to refuse. Everything is in source
//! order and refers to its neighbours by index; an inline error transition stands
//! directly after the transition that declares it.

mod types;

use crate::span::Span;

pub use types::Type;

/// Everything one file declares.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The `//!` lines of the file, without the marker.
    pub docs: Vec<String>,
    /// The workflows, in source order.
    pub workflows: Vec<Workflow>,
}

/// One workflow: a graph of states and transitions, and what runs on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Workflow {
    /// The name, which is the name of the generated module too.
    pub name: Name,
    /// The `///` lines before it, without the marker.
    pub docs: Vec<String>,
    /// The states; exactly one is initial.
    pub states: Vec<State>,
    /// The actions that transitions run.
    pub actions: Vec<Action>,
    /// The guards that transitions ask.
    pub guards: Vec<Guard>,
    /// The aliases, in order of first use.
    pub aliases: Vec<Alias>,
    /// The transitions, error transitions included.
    pub transitions: Vec<Transition>,
    /// What runs while instances rest in certain states.
    pub activities: Vec<Activity>,
    /// States that are gone, and where records that name them lead.
    pub retired_states: Vec<RetiredState>,
    /// Transitions that are gone.
    pub retired_transitions: Vec<Name>,
}

/// A name as it is persisted and shown (`snake_case`), and where it is declared.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name itself.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Index of a state in [`Workflow::states`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId(pub usize);

/// Index of an action in [`Workflow::actions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionId(pub usize);

/// Index of a guard in [`Workflow::guards`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GuardId(pub usize);

/// Index of an alias in [`Workflow::aliases`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AliasId(pub usize);

/// Index of a transition in [`Workflow::transitions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TransitionId(pub usize);

/// A state and the variables that exist while it is current.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The name.
    pub name: Name,
    /// The names it had before, under which records may still have it.
    pub was: Vec<Name>,
    /// Which of the four kinds it is.
    pub kind: StateKind,
    /// Its doc comment.
    pub docs: Vec<String>,
    /// Its variables.
    pub variables: Vec<Field>,
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

/// A named and typed variable, input or parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name.
    pub name: Name,
    /// The names it had before, under which records may still have it.
    pub was: Vec<Name>,
    /// The type.
    pub ty: Type,
    /// Of a variable: its value where no transition gives one, and where an older record
    /// has none. It is a literal. Without one, that of a `T?` is null.
    pub default: Option<Value>,
    /// Its doc comment.
    pub docs: Vec<String>,
}

/// Something the user implements, asynchronously, and a transition runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The name, which is the name of the generated method too.
    pub name: Name,
    /// Its doc comment.
    pub docs: Vec<String>,
    /// What it is called with.
    pub parameters: Vec<Field>,
    /// What it returns, if it supplies variables of a state (`-> STATE`).
    pub result: Option<ActionResult>,
}

/// The variables of a state that an action supplies.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionResult {
    /// The state.
    pub state: StateId,
    /// Indices into the state's variables: those that no transition which runs the
    /// action gives another source.
    pub variables: Vec<usize>,
}

/// A question about a state, which the user answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Guard {
    /// The name, which is the name of the generated method too.
    pub name: Name,
    /// Its doc comment.
    pub docs: Vec<String>,
    /// What it is called with.
    pub parameters: Vec<Field>,
}

/// A second name under which transitions may be fired.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The name, as it stands at its first use.
    pub name: Name,
    /// The inputs, which all its transitions share.
    pub inputs: Vec<Field>,
    /// The transitions that carry it; at most one leaves any state.
    pub transitions: Vec<TransitionId>,
}

/// A change of state, and what happens on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Transition {
    /// The name: its identity, persisted, and what callers fire.
    pub name: Name,
    /// The names it had before, under which records may still have it in flight.
    pub was: Vec<Name>,
    /// Its doc comment.
    pub docs: Vec<String>,
    /// For an inline error transition, the transition that declares it. Such a
    /// transition is entered by failure only; callers cannot fire it.
    pub error_of: Option<TransitionId>,
    /// What it is fired with. For an inline error transition these are the inputs of
    /// the failing transition that it uses, under the same names.
    pub inputs: Vec<Field>,
    /// The states it leaves, each once, in the order of [`Workflow::states`].
    pub sources: Vec<StateId>,
    /// Where it leads.
    pub target: Target,
    /// Indices of the target's variables that nothing gives a value, so that they get
    /// their default or null.
    pub unset: Vec<usize>,
    /// Whether it fires by itself whenever a source is current.
    pub automatic: bool,
    /// How long after a source was entered it fires by itself, in nanoseconds; never
    /// together with `automatic`.
    pub after: Option<u64>,
    /// The alias under which it may be fired.
    pub alias: Option<AliasId>,
    /// Its guards; all must hold.
    pub guards: Vec<GuardCall>,
    /// What it runs.
    pub action: Option<ActionCall>,
    /// How often a failed action is tried again; only together with an action.
    pub retry: Option<Retry>,
    /// How long one attempt of the action may take, in nanoseconds; only together with
    /// an action.
    pub timeout: Option<u64>,
    /// What recovery does when the process died during the action.
    pub on_interrupt: OnInterrupt,
    /// Where a failure leads.
    pub on_error: Option<ErrorPath>,
    /// The whole declaration.
    pub span: Span,
}

/// How often a failed action is tried again, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How many times, after the first attempt; at least 1.
    pub times: u32,
    /// How long to wait before the next attempt; at once if there is none.
    pub backoff: Option<Backoff>,
}

/// Waits that double from the first to the longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The wait before the second attempt, in nanoseconds.
    pub first: u64,
    /// The longest wait, in nanoseconds; at least `first`.
    pub longest: u64,
}

/// What recovery does with an action that was interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnInterrupt {
    /// Runs it again, up to so many times; at least 1.
    Rerun(u32),
    /// Takes the error path at once.
    Fail,
    /// Waits until an operator decides.
    Ask,
    /// Asks the user's code whether it was done.
    Probe,
}

/// Unless a transition says otherwise.
impl Default for OnInterrupt {
    fn default() -> Self {
        OnInterrupt::Rerun(10)
    }
}

/// Something that runs while an instance rests in certain states.
#[derive(Clone, Debug, PartialEq)]
pub struct Activity {
    /// The name, of which the generated methods `start_NAME` and `stop_NAME` are made.
    pub name: Name,
    /// Its doc comment.
    pub docs: Vec<String>,
    /// The states in which it runs, in the order of [`Workflow::states`].
    pub states: Vec<StateId>,
    /// The transitions during which it does not run although it does in the state they
    /// leave, their error transitions included, in order.
    pub paused: Vec<TransitionId>,
}

/// A state that is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct RetiredState {
    /// Its name.
    pub name: Name,
    /// Its doc comment.
    pub docs: Vec<String>,
    /// The variables it had that are still of use.
    pub variables: Vec<Field>,
    /// The state that a record of it loads as.
    pub target: StateId,
    /// One value for each variable of the target, in their order.
    /// [`Value::SourceVariable`] is a variable of the retired state.
    pub values: Vec<Value>,
}

/// Where a transition leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// To a state, with one value for each of its variables, in their order.
    State(StateId, Vec<Value>),
    /// To the state it leaves, variables kept (`-> same`).
    Same,
}

/// A guard asked by a transition.
#[derive(Clone, Debug, PartialEq)]
pub struct GuardCall {
    /// The guard.
    pub guard: GuardId,
    /// Whether it must say no (`when not`).
    pub negated: bool,
    /// One value for each parameter, in their order.
    pub arguments: Vec<Value>,
}

/// An action run by a transition.
#[derive(Clone, Debug, PartialEq)]
pub struct ActionCall {
    /// The action.
    pub action: ActionId,
    /// One value for each parameter, in their order.
    pub arguments: Vec<Value>,
}

/// The error transition of a transition.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorPath {
    /// The error transition.
    pub transition: TransitionId,
    /// One value for each of its inputs, in their order. They are evaluated when the
    /// failing transition fails: [`Value::Input`] is an input of the failing one.
    pub inputs: Vec<Value>,
}

/// Where a value comes from. It already has the type of what it is given to.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `true`, `false`
    Bool(bool),
    /// A whole number for an `int`.
    Int(i64),
    /// A number for a `float`; finite.
    Float(f64),
    /// Text for a `string`, escapes resolved.
    String(String),
    /// A length of time for a `duration`, in nanoseconds.
    Duration(u64),
    /// `null`, for a `T?`; also what an unset optional variable without a default gets.
    Null,
    /// A value for a `T?` that has a value: the inner one is a `T`.
    Some(Box<Value>),
    /// Input number N of the transition at hand.
    Input(usize),
    /// `source.VAR`: every source has a variable of this name and type.
    SourceVariable(String),
    /// `failure`: the text of the error that led here.
    Failure,
    /// The variable of this name in what the transition's action returned.
    Result(String),
}

impl Workflow {
    /// The state where instances begin.
    pub fn initial(&self) -> StateId {
        StateId(
            self.states
                .iter()
                .position(|state| state.kind == StateKind::Initial)
                .unwrap_or_default(),
        )
    }
}
