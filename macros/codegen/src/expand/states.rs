//! `State`: the states with their variables.

use proc_macro2::TokenStream;

use super::docs::doc_text;
use super::scope::Scope;
use super::text::{Pieces, list};
use super::types;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let title = format!(" A state of the workflow `{workflow}`, with its variables.");
    let variants = types::variants(
        scope,
        scope.states().map(|(state, variant)| {
            let docs = doc_text(&state.docs, || format!("The state `{}`.", state.name.text));
            (&state.name, variant, docs, &*state.variables)
        }),
    );
    let names = list(scope.states().map(|(state, variant)| {
        let rest = types::rest(&state.variables);
        format!("State::{variant} {rest} => StateName::{variant}")
    }));
    let plain = types::plain(
        &generate! { State },
        &generate! { StateName },
        scope
            .states()
            .map(|(state, variant)| (&*state.variables, variant)),
    );
    let mut questions = Pieces::new(scope);
    for (state, variant) in scope.states() {
        let name = &state.name.text;
        let docs = doc_text(&[], || format!("Whether this is `{name}`."));
        let question = format!(
            "{docs} #[inline] pub const fn is_{name}(&self) -> bool {{
                 self.is(StateName::{variant})
             }}"
        );
        questions.add(&state.name, &question);
    }
    let questions = questions.finish();
    generate! {
        #[doc = #title]
        #[derive(::core::clone::Clone, ::core::cmp::PartialEq)]
        pub enum State { #variants }

        impl State {
            /// The name of the state.
            pub const fn name(&self) -> StateName {
                match self { #names }
            }

            /// Whether this is the state of this name.
            #[inline]
            pub const fn is(&self, name: StateName) -> bool {
                self.name() as u16 == name as u16
            }

            #questions

            #plain
        }
    }
}
