//! What the generated code gives the runtime.
//!
//! `workflow!` implements these traits, and nobody else does: users of the crate meet
//! them as the bounds of code that serves any workflow.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::hash::Hash;
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::context::Context;
use crate::failure::Failure;
use crate::fields::{DecodeError, Fields};
use crate::locked::Locked;
use crate::tables::Tables;

/// The name of a state or transition: a fieldless enum.
pub trait Name: Copy + Eq + Hash + Debug + Display + Send + Sync + 'static {
    /// All names, in source order.
    const ALL: &'static [Self];

    /// The position of this name in [`Name::ALL`].
    fn index(self) -> u16;

    /// The name as it is written in the workflow and persisted.
    fn as_str(self) -> &'static str;
}

/// A workflow's types, and what connects them.
///
/// `workflow!` implements it. Name it to write what serves any workflow:
///
/// ```
/// fn tell<D: inflight::Definition>(outcome: &inflight::Outcome<D>) {
///     for step in &outcome.steps {
///         println!("{step}");
///     }
/// }
/// ```
pub trait Definition: Copy + Debug + PartialEq + Send + Sync + 'static {
    /// The states with their variables.
    type State: Clone + Debug + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// The names of the states.
    type StateName: Name;
    /// The transitions with their inputs.
    type Transition: Clone
        + Debug
        + PartialEq
        + Serialize
        + DeserializeOwned
        + Send
        + Sync
        + 'static;
    /// The names of the transitions.
    type TransitionName: Name;
    /// The aliases with their inputs.
    type Alias: Clone + Debug + PartialEq + Send + Sync + 'static;

    /// The text that declares the workflow, perhaps among others, without mistakes.
    const SOURCE: &'static str;

    /// What the engine needs to know.
    const TABLES: &'static Tables;

    /// The state where instances begin.
    fn initial() -> Self::State;

    /// Where a transition leads from a state, if it leaves it; guards are not asked.
    fn next(state: Self::StateName, transition: Self::TransitionName) -> Option<Self::StateName>;

    /// The name of a state.
    fn state_name(state: &Self::State) -> Self::StateName;

    /// The variables of a state, by name.
    fn variables(state: &Self::State) -> Fields;

    /// The state of this name with these variables.
    ///
    /// # Errors
    ///
    /// When they are not the variables that it declares.
    fn state(name: Self::StateName, variables: Fields) -> Result<Self::State, DecodeError>;

    /// The name of a transition.
    fn transition_name(transition: &Self::Transition) -> Self::TransitionName;

    /// The inputs of a transition, by name.
    fn inputs(transition: &Self::Transition) -> Fields;

    /// The transition of this name with these inputs.
    ///
    /// # Errors
    ///
    /// When they are not the inputs that it declares.
    fn transition(
        name: Self::TransitionName,
        inputs: Fields,
    ) -> Result<Self::Transition, DecodeError>;

    /// The state that a name of the past means, in a record with these variables.
    ///
    /// # Errors
    ///
    /// When the workflow knows no such name, or the variables do not fit the state.
    fn former_state(name: &str, variables: Fields) -> Result<Self::State, DecodeError> {
        let _ = variables;
        Err(DecodeError::unknown("state", name))
    }

    /// The transition that a name of the past means; `None` if it is retired, so that
    /// nothing is in flight any more.
    ///
    /// # Errors
    ///
    /// When the workflow knows no such name.
    fn former_transition(name: &str) -> Result<Option<Self::TransitionName>, DecodeError> {
        Err(DecodeError::unknown("transition", name))
    }

    /// The transition that an alias means in a state.
    fn resolve(alias: &Self::Alias, state: Self::StateName) -> Option<Self::Transition>;

    /// The name of an alias.
    fn alias_name(alias: &Self::Alias) -> &'static str;

    /// The error transition that the failure of a transition leads into.
    fn on_error(
        transition: &Self::Transition,
        source: &Self::State,
        failure: &str,
    ) -> Option<Self::Transition>;

    /// The activities that run in a state while a transition is in flight, or none, in
    /// source order: what the runtime keeps running, or would if the instance were open.
    ///
    /// ```
    /// use inflight::Definition;
    ///
    /// inflight::workflow! {
    ///     workflow site {
    ///         initial state down
    ///         state up
    ///         activity server in up except during restart
    ///         transition start: down -> up
    ///         transition restart: up -> up
    ///         transition stop: up -> down
    ///     }
    /// }
    ///
    /// # fn main() {
    /// let (up, restart) = (site::StateName::Up, site::TransitionName::Restart);
    /// assert_eq!(site::Definition::activities(up, None), ["server"]);
    /// assert!(site::Definition::activities(up, Some(restart)).is_empty());
    /// # }
    /// ```
    fn activities(
        state: Self::StateName,
        inflight: Option<Self::TransitionName>,
    ) -> Vec<&'static str> {
        let inflight = inflight.map(Name::index);
        let rows = Self::TABLES.activities.iter();
        rows.filter(|row| row.runs(state.index(), inflight))
            .map(|row| row.name)
            .collect()
    }
}

/// A workflow bound to an implementation of its actions.
pub trait Dispatch<A>: Definition {
    /// Why an action fails.
    type Error: Failure;

    /// The current state as a type that offers only what can be fired there.
    type At<'a>
    where
        A: 'a;

    /// Wraps the lock in the type of the state it is in.
    fn at(lock: &mut Locked<Self, A>) -> Self::At<'_>;

    /// Asks the guards of a transition about a state; the name of the first that
    /// refuses.
    fn refusal(
        actions: &A,
        transition: &Self::Transition,
        state: &Self::State,
    ) -> Option<&'static str>;

    /// Starts the action of the transition that `context` describes, unless it is skipped.
    fn run<'a>(
        actions: &'a mut A,
        transition: &'a Self::Transition,
        context: &'a Context<Self>,
    ) -> Run<'a, Self::State, Self::Error>;

    /// Asks whether the action of the transition that `context` describes was done, if
    /// the workflow says that this can be asked.
    fn probe<'a>(
        actions: &'a mut A,
        transition: &'a Self::Transition,
        context: &'a Context<Self>,
    ) -> Option<Probing<'a, Self::State, Self::Error>> {
        let _ = (actions, transition, context);
        None
    }

    /// Starts or stops the activity of this number, if the workflow has one.
    fn switch(actions: &mut A, activity: usize, on: bool) -> Option<Switching<'_>> {
        let _ = (actions, activity, on);
        None
    }
}

/// What the user's code knows of an action that was interrupted.
///
/// ```
/// use std::collections::BTreeSet;
///
/// use inflight::Probe;
/// use inflight::store::MemoryStore;
///
/// inflight::workflow! {
///     workflow payment {
///         initial state due
///         final state paid
///         action pay(cents: int)
///         transition pay(cents: int): due -> paid {
///             do pay(cents: cents)
///             on interrupt probe
///         }
///     }
/// }
///
/// /// A bank that knows payments by the execution they belong to.
/// #[derive(Default)]
/// struct Bank {
///     paid: BTreeSet<String>,
/// }
///
/// impl payment::Actions for Bank {
///     type Error = String;
///
///     async fn pay(&mut self, _: i64, cx: &payment::Context) -> Result<(), String> {
///         self.paid.insert(cx.execution().to_owned());
///         Ok(())
///     }
///
///     async fn probe_pay(&mut self, _: i64, cx: &payment::Context) -> Result<Probe, String> {
///         Ok(match self.paid.contains(cx.execution()) {
///             true => Probe::Done(()),
///             false => Probe::NotDone,
///         })
///     }
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let workflow = payment::Workflow::open(MemoryStore::new(), "1", Bank::default()).await?;
/// # let mut payment = workflow.lock().await;
/// # assert!(payment.fire(payment::Transition::Pay { cents: 1 }).await?.is_completed());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe<R = ()> {
    /// It was done, and this is its result: the target is entered.
    Done(R),
    /// It was not done: it is run again.
    NotDone,
    /// That cannot be found out: an operator has to decide.
    Unknown,
}

/// A question on its way to what is known of an action, and the state it led to if it was
/// done.
pub type Probing<'a, S, E> = Pin<Box<dyn Future<Output = Result<Probe<S>, E>> + Send + 'a>>;

/// An activity on its way to running, or to having stopped.
pub type Switching<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// An action on its way to the state that its transition leads to.
pub enum Run<'a, S, E> {
    /// Nothing to run.
    Done(S),
    /// Something to wait for.
    Action {
        /// The action.
        action: Pin<Box<dyn Future<Output = Result<S, E>> + Send + 'a>>,
        /// Whether the target cannot be entered without what it supplies.
        supplies: bool,
    },
    /// The target cannot be entered without what the action supplies.
    Needed,
}

impl<'a, S: Send + 'a, E: 'a> Run<'a, S, E> {
    /// A transition without an action.
    pub fn done(target: S) -> Self {
        Run::Done(target)
    }

    /// An action that supplies nothing of the target.
    pub fn action(action: impl Future<Output = Result<(), E>> + Send + 'a, target: S) -> Self {
        Run::Action {
            action: Box::pin(async move { action.await.map(|()| target) }),
            supplies: false,
        }
    }

    /// An action whose result supplies variables of the target.
    pub fn supplied<R>(
        action: impl Future<Output = Result<R, E>> + Send + 'a,
        target: impl FnOnce(R) -> S + Send + 'a,
    ) -> Self {
        Run::Action {
            action: Box::pin(async move { action.await.map(target) }),
            supplies: true,
        }
    }
}

/// Whether an action is not to be started, for it is taken for done.
pub fn is_skipped<D: Definition>(context: &Context<D>) -> bool {
    context.skipped
}

/// Puts the state that was entered in place of the result of an action that was done.
pub fn probe<'a, R, S, E: 'a>(
    probe: impl Future<Output = Result<Probe<R>, E>> + Send + 'a,
    target: impl FnOnce(R) -> S + Send + 'a,
) -> Probing<'a, S, E> {
    Box::pin(async move {
        Ok(match probe.await? {
            Probe::Done(result) => Probe::Done(target(result)),
            Probe::NotDone => Probe::NotDone,
            Probe::Unknown => Probe::Unknown,
        })
    })
}
