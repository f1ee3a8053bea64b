//! The tables that the engine works on.

use inflight_dsl::model::StateKind;
use proc_macro2::{Literal, TokenStream};

use super::scope::Scope;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let fingerprint = Literal::u64_unsuffixed(scope.workflow.fingerprint());
    let initial = index(scope.workflow.initial().0);
    let outgoing = outgoing(scope);
    let states = states(scope, &outgoing);
    let transitions = transitions(scope);
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
    let transitions = || scope.workflow.transitions.iter().enumerate();
    let count = index(scope.workflow.transitions.len());
    let automatic = transitions().filter(|(_, transition)| transition.automatic);
    let automatic = automatic.map(|(transition, _)| index(transition));
    let errors = transitions().filter(|(_, transition)| transition.error_of.is_some());
    let errors = errors.map(|(transition, _)| index(transition));
    let runs = transitions().filter_map(|(at, transition)| {
        let action = scope.action(transition.action.as_ref()?.action);
        let (at, action) = (index(at), &action.name.text);
        Some(generate! { (#at, #action) })
    });
    let on_error = transitions().filter_map(|(at, transition)| {
        let path = transition.on_error.as_ref()?;
        let (at, error) = (index(at), index(path.transition.0));
        Some(generate! { (#at, #error) })
    });
    generate! {
        static TRANSITIONS: [::inflight::__private::TransitionRow; #count] =
            ::inflight::__private::transitions(
                &EDGES,
                &[#(#automatic),*],
                &[#(#errors),*],
                &[#(#runs),*],
                &[#(#on_error),*],
            );
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

pub(super) fn index(index: usize) -> Literal {
    Literal::usize_unsuffixed(index)
}
