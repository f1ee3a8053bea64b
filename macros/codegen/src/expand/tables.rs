//! The tables that the engine works on.

use inflight_dsl::model::{OnInterrupt, StateKind, Transition};
use proc_macro2::{Literal, TokenStream};

use super::scope::Scope;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let fingerprint = Literal::u64_unsuffixed(scope.workflow.fingerprint());
    let initial = index(scope.workflow.initial().0);
    let outgoing = outgoing(scope);
    let states = states(scope, &outgoing);
    let transitions = transitions(scope);
    let activities = activities(scope);
    let outgoing = outgoing
        .iter()
        .flatten()
        .map(|transition| index(*transition));
    generate! {
        static TABLES: ::inflight::__private::Tables = ::inflight::__private::Tables {
            workflow: #workflow,
            fingerprint: #fingerprint,
            initial: #initial,
            states: &STATES,
            transitions: &TRANSITIONS,
            outgoing: &[#(#outgoing),*],
            activities: &[#(#activities),*],
        };

        #states
        #transitions
    }
}

fn states(scope: &Scope<'_>, outgoing: &[Vec<usize>]) -> TokenStream {
    let states = &scope.workflow.states;
    let count = index(states.len());
    let initial = index(scope.workflow.initial().0);
    let mut first = 0;
    let rows = states.iter().zip(outgoing).map(|(state, outgoing)| {
        let name = &state.name.text;
        let begin = index(first);
        first += outgoing.len();
        generate! { (#name, #begin) }
    });
    let of_kind = |kind| {
        let states = states.iter().enumerate();
        let states = states.filter(move |(_, state)| state.kind == kind);
        states.map(|(state, _)| index(state))
    };
    let errors = of_kind(StateKind::Error);
    let finals = of_kind(StateKind::Final);
    generate! {
        static STATES: [::inflight::__private::StateRow; #count] = ::inflight::__private::states(
            &[#(#rows),*],
            #initial,
            &[#(#errors),*],
            &[#(#finals),*],
        );
    }
}

fn transitions(scope: &Scope<'_>) -> TokenStream {
    let count = index(scope.workflow.transitions.len());
    let automatic = list(scope, |at, transition| {
        transition.automatic.then(|| generate! { #at })
    });
    let errors = list(scope, |at, transition| {
        transition.error_of.map(|_| generate! { #at })
    });
    let runs = list(scope, |at, transition| {
        let action = scope.action(transition.action.as_ref()?.action);
        let action = &action.name.text;
        Some(generate! { (#at, #action) })
    });
    let on_error = list(scope, |at, transition| {
        let error = index(transition.on_error.as_ref()?.transition.0);
        Some(generate! { (#at, #error) })
    });
    let after = list(scope, |at, transition| {
        let after = Literal::u64_unsuffixed(transition.after?);
        Some(generate! { (#at, #after) })
    });
    let retries = list(scope, |at, transition| {
        let times = Literal::u32_unsuffixed(transition.retry.as_ref()?.times);
        Some(generate! { (#at, #times) })
    });
    let backoff = list(scope, |at, transition| {
        let backoff = transition.retry.as_ref()?.backoff?;
        let first = Literal::u64_unsuffixed(backoff.first);
        let longest = Literal::u64_unsuffixed(backoff.longest);
        Some(generate! { (#at, #first, #longest) })
    });
    let timeout = list(scope, |at, transition| {
        let timeout = Literal::u64_unsuffixed(transition.timeout?);
        Some(generate! { (#at, #timeout) })
    });
    let on_interrupt = list(scope, |at, transition| {
        let unusual = transition.on_interrupt != OnInterrupt::default();
        let on_interrupt = on_interrupt(transition.on_interrupt);
        unusual.then(|| generate! { (#at, ::inflight::__private::OnInterrupt::#on_interrupt) })
    });
    generate! {
        static TRANSITIONS: [::inflight::__private::TransitionRow; #count] =
            ::inflight::__private::transitions(
                &EDGES,
                &::inflight::__private::Rare {
                    automatic: #automatic,
                    errors: #errors,
                    runs: #runs,
                    on_error: #on_error,
                    after: #after,
                    retries: #retries,
                    backoff: #backoff,
                    timeout: #timeout,
                    on_interrupt: #on_interrupt,
                },
            );
    }
}

/// The entries of those transitions that have one.
fn list(
    scope: &Scope<'_>,
    entry: impl Fn(Literal, &Transition) -> Option<TokenStream>,
) -> TokenStream {
    let transitions = scope.workflow.transitions.iter().enumerate();
    let entries = transitions.filter_map(|(at, transition)| entry(index(at), transition));
    generate! { &[#(#entries),*] }
}

fn on_interrupt(on_interrupt: OnInterrupt) -> TokenStream {
    match on_interrupt {
        OnInterrupt::Rerun(times) => {
            let times = Literal::u32_unsuffixed(times);
            generate! { Rerun(#times) }
        }
        OnInterrupt::Fail => generate! { Fail },
        OnInterrupt::Ask => generate! { Ask },
        OnInterrupt::Probe => generate! { Probe },
    }
}

fn activities(scope: &Scope<'_>) -> Vec<TokenStream> {
    let activities = scope.workflow.activities.iter();
    activities
        .map(|activity| {
            let name = &activity.name.text;
            let states = activity.states.iter().map(|state| index(state.0));
            let paused = activity.paused.iter().map(|paused| index(paused.0));
            generate! {
                ::inflight::__private::ActivityRow {
                    name: #name,
                    states: &[#(#states),*],
                    paused: &[#(#paused),*],
                }
            }
        })
        .collect()
}

/// By state, the indices of the transitions that callers may fire there.
pub(super) fn outgoing(scope: &Scope<'_>) -> Vec<Vec<usize>> {
    let mut outgoing = vec![Vec::new(); scope.workflow.states.len()];
    for (index, transition) in scope.workflow.transitions.iter().enumerate() {
        if transition.error_of.is_none() {
            for source in &transition.sources {
                if let Some(outgoing) = outgoing.get_mut(source.0) {
                    outgoing.push(index);
                }
            }
        }
    }
    outgoing
}

pub(super) fn index(index: usize) -> Literal {
    Literal::usize_unsuffixed(index)
}
