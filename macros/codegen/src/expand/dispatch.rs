//! `Dispatch`: the workflow bound to the user's actions.

use inflight_dsl::model::{GuardCall, Target};
use proc_macro2::TokenStream;

use super::arms::Arms;
use super::at;
use super::scope::Scope;
use super::values::Values;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let states = at::arms(scope);
    let refusal = refusal(scope);
    let run = run(scope);
    generate! {
        #[allow(unused_variables)]
        impl<A: Actions + 'static> ::inflight::__private::Dispatch<A> for Definition {
            type Error = A::Error;
            type At<'a> = At<'a, A>;

            fn at(lock: &mut Locked<A>) -> At<'_, A> {
                match lock.state().name() { #states }
            }

            fn refusal(
                actions: &A,
                transition: &Transition,
                state: &State,
            ) -> ::core::option::Option<&'static str> {
                #refusal
            }

            fn run<'a>(
                actions: &'a mut A,
                transition: &'a Transition,
                context: &'a Context,
            ) -> ::inflight::__private::Run<'a, State, A::Error> {
                #run
            }
        }
    }
}

/// The guards of each transition, up to the first that refuses.
fn refusal(scope: &Scope<'_>) -> TokenStream {
    let mut arms = Arms::default();
    for (transition, variant) in scope.transitions() {
        if transition.guards.is_empty() {
            continue;
        }
        let mut values = Values::new(scope, transition, variant);
        let mut body = generate! { { ::core::option::Option::None } };
        for GuardCall {
            guard,
            negated,
            arguments,
        } in transition.guards.iter().rev()
        {
            let name = &scope.guard(*guard).name;
            let question = scope.ident(name);
            let arguments = values.expressions(arguments);
            let (not, refusal) = if *negated {
                (None, format!("not {}", name.text))
            } else {
                (Some(generate! { ! }), name.text.clone())
            };
            let otherwise = body;
            body = generate! {
                if #not actions.#question(#(#arguments,)* state) {
                    ::core::option::Option::Some(#refusal)
                } else #otherwise
            };
        }
        arms.add(&values, format!("{:?}", transition.guards), body);
    }
    let source = arms.source.then(|| generate! { let source = state; });
    let asked = arms.finish(scope, &generate! { ::core::option::Option::None });
    generate! { #source #asked }
}

/// What each transition runs, and the state it leads to.
fn run(scope: &Scope<'_>) -> TokenStream {
    let mut arms = Arms::default();
    for (transition, variant) in scope.transitions() {
        let mut values = Values::new(scope, transition, variant);
        let target = match &transition.target {
            Target::State(state, variables) => {
                let (state, variant) = scope.state(*state);
                let variables = values.fields(&state.variables, variables);
                generate! { State::#variant #variables }
            }
            Target::Same => {
                values.source = true;
                generate! { ::core::clone::Clone::clone(source) }
            }
        };
        let body = match &transition.action {
            None => generate! { ::inflight::__private::Run::done(#target) },
            Some(call) => {
                let action = scope.action(call.action);
                let method = scope.ident(&action.name);
                let arguments = values.expressions(&call.arguments);
                let call = generate! { actions.#method(#(#arguments,)* context) };
                if action.result.is_some() {
                    let result = scope.pascal(&action.name);
                    generate! {
                        ::inflight::__private::Run::supplied(
                            #call,
                            move |result: results::#result| #target,
                        )
                    }
                } else {
                    generate! { ::inflight::__private::Run::action(#call, #target) }
                }
            }
        };
        let key = format!("{:?}", (&transition.action, &transition.target));
        arms.add(&values, key, body);
    }
    let source = arms
        .source
        .then(|| generate! { let source = context.source(); });
    let failure = arms
        .failure
        .then(|| generate! { let failure = context.failure().unwrap_or_default(); });
    let run = arms.finish(scope, &TokenStream::new());
    generate! { #source #failure #run }
}
