//! The tables that the engine works on.

use inflight_dsl::model::{OnInterrupt, StateKind, Transition};
use proc_macro2::{Literal, TokenStream};

use super::scope::Scope;
use super::text::list;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let fingerprint = Literal::u64_unsuffixed(scope.workflow.fingerprint());
    let initial = index(scope.workflow.initial().0);
    let outgoing = outgoing(scope);
    let states = states(scope, &outgoing);
    let transitions = transitions(scope);
    let activities = activities(scope);
    let outgoing = list(outgoing.iter().flatten());
    generate! {
        static TABLES: ::inflight::__private::Tables = ::inflight::__private::Tables {
            workflow: #workflow,
            fingerprint: #fingerprint,
            initial: #initial,
            states: &STATES,
            transitions: &TRANSITIONS,
            outgoing: &[#outgoing],
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
    let rows = list(states.iter().zip(outgoing).map(|(state, outgoing)| {
        let begin = first;
        first += outgoing.len();
        format!("({:?}, {begin})", state.name.text)
    }));
    let of_kind = |kind| {
        let states = states.iter().enumerate();
        let states = states.filter(move |(_, state)| state.kind == kind);
        list(states.map(|(state, _)| state))
    };
    let errors = of_kind(StateKind::Error);
    let finals = of_kind(StateKind::Final);
    generate! {
        static STATES: [::inflight::__private::StateRow; #count] = ::inflight::__private::states(
            &[#rows],
            #initial,
            &[#errors],
            &[#finals],
        );
    }
}

fn transitions(scope: &Scope<'_>) -> TokenStream {
    let count = index(scope.workflow.transitions.len());
    let automatic = rare(scope, |at, transition| {
        transition.automatic.then(|| at.to_string())
    });
    let errors = rare(scope, |at, transition| {
        transition.error_of.map(|_| at.to_string())
    });
    let runs = rare(scope, |at, transition| {
        let action = scope.action(transition.action.as_ref()?.action);
        Some(format!("({at}, {:?})", action.name.text))
    });
    let on_error = rare(scope, |at, transition| {
        let error = transition.on_error.as_ref()?.transition.0;
        Some(format!("({at}, {error})"))
    });
    let after = rare(scope, |at, transition| {
        Some(format!("({at}, {})", transition.after?))
    });
    let retries = rare(scope, |at, transition| {
        Some(format!("({at}, {})", transition.retry.as_ref()?.times))
    });
    let backoff = rare(scope, |at, transition| {
        let backoff = transition.retry.as_ref()?.backoff?;
        Some(format!("({at}, {}, {})", backoff.first, backoff.longest))
    });
    let timeout = rare(scope, |at, transition| {
        Some(format!("({at}, {})", transition.timeout?))
    });
    let on_interrupt = rare(scope, |at, transition| {
        let unusual = transition.on_interrupt != OnInterrupt::default();
        let on_interrupt = on_interrupt(transition.on_interrupt);
        unusual.then(|| format!("({at}, ::inflight::__private::OnInterrupt::{on_interrupt})"))
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

/// The list of those transitions that have an entry.
fn rare(scope: &Scope<'_>, entry: impl Fn(usize, &Transition) -> Option<String>) -> TokenStream {
    let transitions = scope.workflow.transitions.iter().enumerate();
    let entries = list(transitions.filter_map(|(at, transition)| entry(at, transition)));
    generate! { &[#entries] }
}

fn on_interrupt(on_interrupt: OnInterrupt) -> String {
    match on_interrupt {
        OnInterrupt::Rerun(times) => format!("Rerun({times})"),
        OnInterrupt::Fail => "Fail".to_owned(),
        OnInterrupt::Ask => "Ask".to_owned(),
        OnInterrupt::Probe => "Probe".to_owned(),
    }
}

fn activities(scope: &Scope<'_>) -> Vec<TokenStream> {
    let activities = scope.workflow.activities.iter();
    activities
        .map(|activity| {
            let name = &activity.name.text;
            let states = list(activity.states.iter().map(|state| state.0));
            let paused = list(activity.paused.iter().map(|paused| paused.0));
            generate! {
                ::inflight::__private::ActivityRow {
                    name: #name,
                    states: &[#states],
                    paused: &[#paused],
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
