//! `Dispatch`: the workflow bound to the user's actions.

use inflight_dsl::model::{GuardCall, OnInterrupt, Target, Transition};
use proc_macro2::TokenStream;

use super::arms::Arms;
use super::at;
use super::scope::Scope;
use super::tables::index;
use super::values::Values;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let at = at::function(scope);
    let refusal = refusal(scope);
    let run = run(scope);
    let probe = probe(scope);
    let switch = switch(scope);
    generate! {
        #[allow(unused_variables)]
        impl<A: Actions + 'static> ::inflight::__private::Dispatch<A> for Definition {
            type Error = A::Error;
            type At<'a> = At<'a, A>;

            #at

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

            #probe
            #switch
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
        let plain = is_plain(transition);
        let body = match &transition.action {
            None if plain => continue,
            None => {
                let target = target(scope, transition, &mut values);
                generate! { ::inflight::__private::Run::done(#target) }
            }
            Some(call) => {
                let action = scope.action(call.action);
                let method = scope.ident(&action.name);
                let arguments = values.expressions(&call.arguments);
                let start = generate! { actions.#method(#(#arguments,)* context) };
                if action.result.is_some() {
                    let target = target(scope, transition, &mut values);
                    let result = scope.pascal(&action.name);
                    generate! {
                        if skipped {
                            ::inflight::__private::Run::Needed
                        } else {
                            ::inflight::__private::Run::supplied(
                                #start,
                                move |result: results::#result| #target,
                            )
                        }
                    }
                } else {
                    let entered = match plain {
                        true => generate! {
                            let ::core::option::Option::Some(target) = entered(transition) else {
                                return ::inflight::__private::Run::Needed;
                            };
                        },
                        false => {
                            let target = target(scope, transition, &mut values);
                            generate! { let target = #target; }
                        }
                    };
                    generate! {
                        {
                            #entered
                            if skipped {
                                ::inflight::__private::Run::done(target)
                            } else {
                                ::inflight::__private::Run::action(#start, target)
                            }
                        }
                    }
                }
            }
        };
        let key = match plain {
            true => format!("{:?}", transition.action),
            false => format!("{:?}", (&transition.action, &transition.target)),
        };
        arms.add(&values, key, body);
    }
    let rest = generate! {
        match entered(transition) {
            ::core::option::Option::Some(target) => ::inflight::__private::Run::done(target),
            ::core::option::Option::None => ::inflight::__private::Run::Needed,
        }
    };
    let run = with_sources(scope, arms, &rest);
    let mut transitions = scope.workflow.transitions.iter();
    let acts = transitions.any(|transition| transition.action.is_some());
    let skipped = acts.then(|| {
        generate! { let skipped = ::inflight::__private::is_skipped(context); }
    });
    generate! { #skipped #run }
}

/// How each transition that says `on interrupt probe` asks whether its action was done.
fn probe(scope: &Scope<'_>) -> Option<TokenStream> {
    let mut arms = Arms::default();
    for (transition, variant) in scope.transitions() {
        let (OnInterrupt::Probe, Some(call)) = (transition.on_interrupt, &transition.action) else {
            continue;
        };
        let mut values = Values::new(scope, transition, variant);
        let target = target(scope, transition, &mut values);
        let action = scope.action(call.action);
        let method = scope.prefixed("probe_", &action.name);
        let arguments = values.expressions(&call.arguments);
        let result = match action.result {
            Some(_) => {
                let result = scope.pascal(&action.name);
                generate! { result: results::#result }
            }
            None => generate! { (): () },
        };
        let body = generate! {
            ::core::option::Option::Some(::inflight::__private::probe(
                actions.#method(#(#arguments,)* context),
                move |#result| #target,
            ))
        };
        let key = format!("{:?}", (&transition.action, &transition.target));
        arms.add(&values, key, body);
    }
    if arms.is_empty() {
        return None;
    }
    let probe = with_sources(scope, arms, &generate! { ::core::option::Option::None });
    Some(generate! {
        fn probe<'a>(
            actions: &'a mut A,
            transition: &'a Transition,
            context: &'a Context,
        ) -> ::core::option::Option<::inflight::__private::Probing<'a, State, A::Error>> {
            #probe
        }
    })
}

/// How each activity is started and stopped.
fn switch(scope: &Scope<'_>) -> Option<TokenStream> {
    let activities = &scope.workflow.activities;
    if activities.is_empty() {
        return None;
    }
    let arms = activities.iter().enumerate().map(|(at, activity)| {
        let number = index(at);
        let start = scope.prefixed("start_", &activity.name);
        let stop = scope.prefixed("stop_", &activity.name);
        generate! {
            (#number, true) => ::std::boxed::Box::pin(actions.#start()),
            (#number, false) => ::std::boxed::Box::pin(actions.#stop()),
        }
    });
    Some(generate! {
        fn switch(
            actions: &mut A,
            activity: usize,
            on: bool,
        ) -> ::core::option::Option<::inflight::__private::Switching<'_>> {
            ::core::option::Option::Some(match (activity, on) {
                #(#arms)*
                _ => return ::core::option::Option::None,
            })
        }
    })
}

/// Whether the target is what its name says: another state, without variables.
fn is_plain(transition: &Transition) -> bool {
    matches!(&transition.target, Target::State(_, variables) if variables.is_empty())
}

/// The state that a transition leads to.
fn target(scope: &Scope<'_>, transition: &Transition, values: &mut Values<'_>) -> TokenStream {
    match &transition.target {
        Target::State(state, variables) => {
            let (state, variant) = scope.state(*state);
            let variables = values.fields(&state.variables, variables);
            generate! { State::#variant #variables }
        }
        Target::Same => {
            values.source = true;
            generate! { ::core::clone::Clone::clone(source) }
        }
    }
}

/// The match, after the variables that its arms name.
fn with_sources(scope: &Scope<'_>, arms: Arms, rest: &TokenStream) -> TokenStream {
    let source = arms
        .source
        .then(|| generate! { let source = context.source(); });
    let failure = arms
        .failure
        .then(|| generate! { let failure = context.failure().unwrap_or_default(); });
    let arms = arms.finish(scope, rest);
    generate! { #source #failure #arms }
}
