//! `At`: the current state as a type that offers only what can be fired there.

use inflight_dsl::model::{Name, TransitionId};
use proc_macro2::TokenStream;

use super::docs::doc_text;
use super::scope::Scope;
use super::tables::outgoing;
use super::text::{Pieces, tokens};
use super::types::ty;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let mut variants = String::new();
    let mut handles = Pieces::new(scope);
    for ((state, variant), outgoing) in scope.states().zip(&outgoing(scope)) {
        let name = &state.name.text;
        variants += &doc_text(&[], || format!("In `{name}`."));
        variants += &format!("{variant}(at::{variant}<'a, A>),");
        let docs = doc_text(&[], || format!("What can be fired in `{name}`."));
        // By path, for a state may have the name of the type parameter.
        let head = format!(
            "{docs} pub struct {variant}<'a, A>(pub(super) &'a mut super::Locked<A>);
             impl<'a, A> self::{variant}<'a, A>"
        );
        let methods = outgoing.iter().map(|index| method(scope, *index));
        handles.block(&state.name, &head, methods);
    }
    let variants = tokens(&variants);
    let handles = handles.finish();
    let title = format!(
        " The current state of a locked `{workflow}`, as a type that offers only the transitions \
         which leave it."
    );
    generate! {
        #[doc = #title]
        pub enum At<'a, A> { #variants }

        impl<A> ::core::fmt::Debug for At<'_, A> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct("At").finish_non_exhaustive()
            }
        }

        /// One type for each state, with a method for each transition that leaves it.
        pub mod at { #handles }
    }
}

/// The method that fires a transition.
fn method<'a>(scope: &Scope<'a>, index: usize) -> (&'a Name, String) {
    let (transition, variant) = scope.transition(TransitionId(index));
    let docs = doc_text(&transition.docs, || {
        format!("Fires `{}`.", transition.name.text)
    });
    let method = scope.ident(&transition.name);
    let (mut parameters, mut fields) = (String::new(), String::new());
    for input in &transition.inputs {
        let name = scope.ident(&input.name);
        parameters += &format!(", {name}: {}", ty(scope, input));
        fields += &format!("{name},");
    }
    let fields = match &*fields {
        "" => String::new(),
        fields => format!("{{ {fields} }}"),
    };
    let text = format!(
        "{docs} pub fn {method}(self{parameters}) -> super::Fire<'a, A> {{
             ::inflight::__private::fire(self.0, super::Transition::{variant} {fields})
         }}"
    );
    (&transition.name, text)
}

/// The function that wraps the lock in the type of its state.
pub(super) fn function(scope: &Scope<'_>) -> TokenStream {
    let mut arms = String::new();
    for (_, variant) in scope.states() {
        arms += &format!("StateName::{variant} => At::{variant}(at::{variant}(lock)),");
    }
    tokens(&format!(
        "fn at(lock: &mut Locked<A>) -> At<'_, A> {{ match lock.state().name() {{ {arms} }} }}"
    ))
}
