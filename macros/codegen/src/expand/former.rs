//! What records of older versions of the workflow mean.

use inflight_dsl::model::{RetiredState, Value};
use proc_macro2::{Span, TokenStream};

use super::persisted::{prepare, take};
use super::scope::{Scope, ident};
use super::types::{braces, ty};
use super::values::literal;

/// The functions that know the names of the past; none where there are none.
pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let states = states(scope);
    let transitions = transitions(scope);
    generate! { #states #transitions }
}

fn states(scope: &Scope<'_>) -> TokenStream {
    let renamed = scope.states().filter(|(state, _)| !state.was.is_empty());
    let renamed = renamed.map(|(state, variant)| {
        let was = state.was.iter().map(|was| &was.text);
        generate! {
            #(#was)|* => {
                <Definition as ::inflight::__private::Definition>::state(StateName::#variant, fields)
            }
        }
    });
    let retired = scope.workflow.retired_states.iter();
    let arms: Vec<_> = renamed
        .chain(retired.map(|state| retired_state(scope, state)))
        .collect();
    if arms.is_empty() {
        return TokenStream::new();
    }
    generate! {
        fn former_state(
            name: &str,
            fields: ::inflight::__private::Fields,
        ) -> ::core::result::Result<State, ::inflight::__private::DecodeError> {
            match name {
                #(#arms)*
                _ => ::core::result::Result::Err(
                    ::inflight::__private::DecodeError::unknown("state", name),
                ),
            }
        }
    }
}

/// The arm of a state that is gone: its variables are read, as far as they are declared,
/// and the target is made of them.
fn retired_state(scope: &Scope<'_>, retired: &RetiredState) -> TokenStream {
    let name = &retired.name.text;
    let (target, variant) = scope.state(retired.target);
    let prepare = prepare(scope, &retired.variables);
    let mutable = (!retired.variables.is_empty()).then(|| generate! { let mut fields = fields; });
    let variables = retired.variables.iter().map(|variable| {
        let (name, ty, value) = (
            scope.ident(&variable.name),
            ty(scope, variable),
            take(variable),
        );
        generate! { let #name: #ty = #value; }
    });
    let body = braces(
        target
            .variables
            .iter()
            .zip(&retired.values)
            .map(|(variable, value)| {
                let name = scope.ident(&variable.name);
                let value = expression(value);
                generate! { #name: #value }
            }),
    );
    generate! {
        #name => {
            #mutable
            #prepare
            #(#variables)*
            ::core::result::Result::Ok(State::#variant #body)
        }
    }
}

/// A literal, or a variable of the retired state.
fn expression(value: &Value) -> TokenStream {
    match value {
        Value::SourceVariable(name) => {
            let name = ident(name, Span::call_site());
            generate! { ::core::clone::Clone::clone(&#name) }
        }
        Value::Some(value) => {
            let value = expression(value);
            generate! { ::core::option::Option::Some(#value) }
        }
        value => literal(value).unwrap_or_default(),
    }
}

fn transitions(scope: &Scope<'_>) -> TokenStream {
    let renamed = scope
        .transitions()
        .filter(|(transition, _)| !transition.was.is_empty());
    let renamed = renamed.map(|(transition, variant)| {
        let was = transition.was.iter().map(|was| &was.text);
        let name = generate! { ::core::option::Option::Some(TransitionName::#variant) };
        generate! { #(#was)|* => ::core::result::Result::Ok(#name), }
    });
    let retired = scope.workflow.retired_transitions.iter().map(|retired| {
        let name = &retired.text;
        generate! { #name => ::core::result::Result::Ok(::core::option::Option::None), }
    });
    let arms: Vec<_> = renamed.chain(retired).collect();
    if arms.is_empty() {
        return TokenStream::new();
    }
    generate! {
        fn former_transition(
            name: &str,
        ) -> ::core::result::Result<
            ::core::option::Option<TransitionName>,
            ::inflight::__private::DecodeError,
        > {
            match name {
                #(#arms)*
                _ => ::core::result::Result::Err(
                    ::inflight::__private::DecodeError::unknown("transition", name),
                ),
            }
        }
    }
}
