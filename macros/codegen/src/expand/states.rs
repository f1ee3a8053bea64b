//! `State`: the states with their variables.

use proc_macro2::TokenStream;

use super::docs::docs;
use super::scope::Scope;
use super::types;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let title = format!(" A state of the workflow `{workflow}`, with its variables.");
    let variants = types::variants(
        scope,
        scope.states().map(|(state, variant)| {
            let docs = docs(&state.docs, || format!("The state `{}`.", state.name.text));
            (variant, docs, &*state.variables)
        }),
    );
    let names = scope.states().map(|(state, variant)| {
        if state.variables.is_empty() {
            generate! { State::#variant => StateName::#variant, }
        } else {
            generate! { State::#variant { .. } => StateName::#variant, }
        }
    });
    let questions = scope.states().map(|(state, variant)| {
        let question = scope.prefixed("is_", &state.name);
        let docs = format!(" Whether this is `{}`.", state.name.text);
        generate! {
            #[doc = #docs]
            #[inline]
            pub const fn #question(&self) -> bool {
                self.is(StateName::#variant)
            }
        }
    });
    generate! {
        #[doc = #title]
        #[derive(::core::clone::Clone, ::core::cmp::PartialEq)]
        pub enum State { #variants }

        impl State {
            /// The name of the state.
            pub const fn name(&self) -> StateName {
                match self { #(#names)* }
            }

            /// Whether this is the state of this name.
            #[inline]
            pub const fn is(&self, name: StateName) -> bool {
                self.name() as u16 == name as u16
            }

            #(#questions)*
        }
    }
}
