//! `Definition`: what the runtime asks of a workflow, and the runtime's types for it.

use inflight_dsl::model::Field;
use proc_macro2::{Ident, TokenStream};

use super::arms::Arms;
use super::persisted::{decode, encode};
use super::scope::Scope;
use super::values::Values;
use super::{aliases, former};

pub(super) fn expand(scope: &Scope<'_>, source: &TokenStream) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let title = format!(" The workflow `{workflow}`, as the runtime knows it.");
    let initial = scope.state(scope.workflow.initial()).1;
    let states: Vec<(&[Field], &Ident)> = scope
        .states()
        .map(|(state, variant)| (&*state.variables, variant))
        .collect();
    let transitions: Vec<(&[Field], &Ident)> = scope
        .transitions()
        .map(|(transition, variant)| (&*transition.inputs, variant))
        .collect();
    let variables = encode(scope, &generate! { State }, &generate! { state }, &states);
    let state = decode(
        scope,
        "state",
        &generate! { State },
        &generate! { StateName },
        &states,
    );
    let inputs = encode(
        scope,
        &generate! { Transition },
        &generate! { transition },
        &transitions,
    );
    let transition = decode(
        scope,
        "transition",
        &generate! { Transition },
        &generate! { TransitionName },
        &transitions,
    );
    let meanings = aliases::meanings(scope);
    let aliases = aliases::names(scope);
    let on_error = on_error(scope);
    let former = former::expand(scope);
    let types = types(workflow);
    generate! {
        #[doc = #title]
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::fmt::Debug,
            ::core::cmp::PartialEq,
        )]
        pub struct Definition;

        #types

        #[allow(unused_variables)]
        impl ::inflight::__private::Definition for Definition {
            type State = State;
            type StateName = StateName;
            type Transition = Transition;
            type TransitionName = TransitionName;
            type Alias = Alias;

            const SOURCE: &'static str = #source;
            const TABLES: &'static ::inflight::__private::Tables = &TABLES;

            fn initial() -> State {
                State::#initial
            }

            fn next(
                state: StateName,
                transition: TransitionName,
            ) -> ::core::option::Option<StateName> {
                next(state, transition)
            }

            fn state_name(state: &State) -> StateName {
                state.name()
            }

            fn variables(state: &State) -> ::inflight::__private::Fields {
                #variables
            }

            fn state(
                name: StateName,
                fields: ::inflight::__private::Fields,
            ) -> ::core::result::Result<State, ::inflight::__private::DecodeError> {
                #state
            }

            fn transition_name(transition: &Transition) -> TransitionName {
                transition.name()
            }

            fn inputs(transition: &Transition) -> ::inflight::__private::Fields {
                #inputs
            }

            fn transition(
                name: TransitionName,
                fields: ::inflight::__private::Fields,
            ) -> ::core::result::Result<Transition, ::inflight::__private::DecodeError> {
                #transition
            }

            #former

            fn resolve(alias: &Alias, state: StateName) -> ::core::option::Option<Transition> {
                match *alias { #meanings }
            }

            fn alias_name(alias: &Alias) -> &'static str {
                match *alias { #aliases }
            }

            fn on_error(
                transition: &Transition,
                source: &State,
                failure: &str,
            ) -> ::core::option::Option<Transition> {
                #on_error
            }
        }
    }
}

/// The runtime's types for this workflow.
fn types(workflow: &str) -> TokenStream {
    let instance = format!(" An instance of the workflow `{workflow}`.");
    generate! {
        #[doc = #instance]
        pub type Workflow<A> = ::inflight::Workflow<Definition, A>;

        /// An instance while its lock is held: what changes its state is here.
        pub type Locked<A> = ::inflight::Locked<Definition, A>;

        /// A transition on its way.
        pub type Fire<'a, A> = ::inflight::Fire<'a, Definition, A>;

        /// What an action is told of the transition that runs it.
        pub type Context = ::inflight::Context<Definition>;

        /// What came of a transition that was fired.
        pub type Outcome = ::inflight::Outcome<Definition>;

        /// What is persisted of an instance.
        pub type Record = ::inflight::Record<Definition>;
    }
}

/// The error transition that each transition's failure leads into.
fn on_error(scope: &Scope<'_>) -> TokenStream {
    let mut arms = Arms::default();
    for (transition, variant) in scope.transitions() {
        if let Some(path) = &transition.on_error
            && !path.inputs.is_empty()
        {
            let (error, error_variant) = scope.transition(path.transition);
            let mut values = Values::new(scope, transition, variant);
            let body = values.fields(&error.inputs, &path.inputs);
            let key = format!("{path:?}");
            let error = generate! { Transition::#error_variant #body };
            arms.add(
                &values,
                key,
                generate! { ::core::option::Option::Some(#error) },
            );
        }
    }
    let mut transitions = scope.workflow.transitions.iter();
    let plain = transitions.any(|transition| {
        let path = transition.on_error.as_ref();
        path.is_some_and(|path| path.inputs.is_empty())
    });
    let rest = match plain {
        true => generate! {
            {
                let error = TRANSITIONS[transition.name() as usize].on_error?;
                Transition::plain(TransitionName::ALL[error as usize])
            }
        },
        false => generate! { ::core::option::Option::None },
    };
    arms.finish(scope, &rest)
}
