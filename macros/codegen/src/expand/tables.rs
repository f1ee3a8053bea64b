//! The tables that the engine works on.

use inflight_dsl::model::{State, StateKind, Target, Transition};
use proc_macro2::{Literal, TokenStream};

use super::fingerprint::fingerprint;
use super::scope::Scope;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let fingerprint = Literal::u64_unsuffixed(fingerprint(scope.workflow));
    let initial = scope.state(scope.workflow.initial()).1;
    let outgoing = outgoing(scope);
    let mut first = 0;
    let states = scope.states().zip(&outgoing).map(|((state, _), outgoing)| {
        let row = state_row(state, first);
        first += outgoing.len();
        row
    });
    let states: Vec<_> = states.collect();
    let transitions: Vec<_> = scope
        .transitions()
        .map(|(transition, _)| transition_row(scope, transition))
        .collect();
    let outgoing: Vec<_> = outgoing
        .iter()
        .flatten()
        .map(|index| number(*index))
        .collect();
    let state_count = number(states.len());
    let transition_count = number(transitions.len());
    generate! {
        static TABLES: ::inflight::__private::Tables = ::inflight::__private::Tables {
            workflow: #workflow,
            fingerprint: #fingerprint,
            initial: StateName::#initial as u16,
            states: &STATES,
            transitions: &TRANSITIONS,
            outgoing: &[#(#outgoing,)*],
        };

        static STATES: [::inflight::__private::StateRow; #state_count] = [#(#states,)*];

        static TRANSITIONS: [::inflight::__private::TransitionRow; #transition_count] =
            [#(#transitions,)*];
    }
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

fn state_row(state: &State, first: usize) -> TokenStream {
    let name = &state.name.text;
    let kind = match state.kind {
        StateKind::Initial => generate! { Initial },
        StateKind::Ordinary => generate! { Ordinary },
        StateKind::Error => generate! { Error },
        StateKind::Final => generate! { Final },
    };
    let first = number(first);
    generate! {
        ::inflight::__private::StateRow {
            name: #name,
            kind: ::inflight::__private::StateKind::#kind,
            first: #first,
        }
    }
}

fn transition_row(scope: &Scope<'_>, transition: &Transition) -> TokenStream {
    let name = &transition.name.text;
    let mut row = generate! { ::inflight::__private::TransitionRow::new(#name) };
    if let Target::State(target, _) = &transition.target {
        let target = scope.state(*target).1;
        row.extend(generate! { .to(StateName::#target as u16) });
    }
    if transition.automatic {
        row.extend(generate! { .automatic() });
    }
    if let Some(call) = &transition.action {
        let action = &scope.action(call.action).name.text;
        row.extend(generate! { .runs(#action) });
    }
    if let Some(path) = &transition.on_error {
        let error = scope.transition(path.transition).1;
        row.extend(generate! { .on_error(TransitionName::#error as u16) });
    }
    if transition.error_of.is_some() {
        row.extend(generate! { .error() });
    }
    row
}

fn number(number: usize) -> Literal {
    Literal::usize_unsuffixed(number)
}
