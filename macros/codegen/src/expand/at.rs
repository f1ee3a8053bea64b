//! `At`: the current state as a type that offers only what can be fired there.

use inflight_dsl::model::TransitionId;
use proc_macro2::TokenStream;

use super::docs::docs;
use super::scope::Scope;
use super::tables::outgoing;
use super::types::{braces, ty};

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let variants = scope.states().map(|(state, variant)| {
        let docs = format!(" In `{}`.", state.name.text);
        generate! { #[doc = #docs] #variant(at::#variant<'a, A>), }
    });
    let outgoing = outgoing(scope);
    let handles = scope
        .states()
        .zip(&outgoing)
        .map(|((state, variant), outgoing)| {
            let docs = format!(" What can be fired in `{}`.", state.name.text);
            let methods = outgoing.iter().map(|index| method(scope, *index));
            // By path, for a state may have the name of the type parameter.
            generate! { @ scope.place(&state.name) =>
                #[doc = #docs]
                pub struct #variant<'a, A>(pub(super) &'a mut super::Locked<A>);

                impl<'a, A> self::#variant<'a, A> { #(#methods)* }
            }
        });
    let title = format!(
        " The current state of a locked `{workflow}`, as a type that offers only the transitions \
         which leave it."
    );
    generate! {
        #[doc = #title]
        pub enum At<'a, A> { #(#variants)* }

        impl<A> ::core::fmt::Debug for At<'_, A> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct("At").finish_non_exhaustive()
            }
        }

        /// One type for each state, with a method for each transition that leaves it.
        pub mod at { #(#handles)* }
    }
}

/// The method that fires a transition.
fn method(scope: &Scope<'_>, index: usize) -> TokenStream {
    let (transition, variant) = scope.transition(TransitionId(index));
    let docs = docs(&transition.docs, || {
        format!("Fires `{}`.", transition.name.text)
    });
    let method = scope.ident(&transition.name);
    let inputs: Vec<_> = transition
        .inputs
        .iter()
        .map(|input| scope.ident(&input.name))
        .collect();
    let types = transition.inputs.iter().map(|input| ty(scope, input));
    let fields = braces(inputs.iter().map(|input| generate! { #input }));
    generate! { @ scope.place(&transition.name) =>
        #docs
        pub fn #method(self, #(#inputs: #types),*) -> super::Fire<'a, A> {
            ::inflight::__private::fire(self.0, super::Transition::#variant #fields)
        }
    }
}

/// The arms that wrap the lock in the type of its state.
pub(super) fn arms(scope: &Scope<'_>) -> TokenStream {
    let arms = scope
        .states()
        .map(|(_, variant)| generate! { StateName::#variant => At::#variant(at::#variant(lock)), });
    generate! { #(#arms)* }
}
