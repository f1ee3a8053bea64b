//! `Transition`: the transitions with their inputs.

use proc_macro2::TokenStream;

use super::docs::docs;
use super::scope::Scope;
use super::types;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let title = format!(" A transition of the workflow `{workflow}`, with its inputs.");
    let variants = types::variants(
        scope,
        scope.transitions().map(|(transition, variant)| {
            let docs = docs(&transition.docs, || {
                format!("The transition `{}`.", transition.name.text)
            });
            (variant, docs, &*transition.inputs)
        }),
    );
    let names = scope.transitions().map(|(transition, variant)| {
        if transition.inputs.is_empty() {
            generate! { Transition::#variant => TransitionName::#variant, }
        } else {
            generate! { Transition::#variant { .. } => TransitionName::#variant, }
        }
    });
    generate! {
        #[doc = #title]
        #[derive(::core::clone::Clone, ::core::cmp::PartialEq)]
        pub enum Transition { #variants }

        impl Transition {
            /// The name of the transition.
            pub const fn name(&self) -> TransitionName {
                match self { #(#names)* }
            }
        }
    }
}
