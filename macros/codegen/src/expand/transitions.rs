//! `Transition`: the transitions with their inputs.

use proc_macro2::TokenStream;

use super::docs::doc_text;
use super::scope::Scope;
use super::text::list;
use super::types;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let title = format!(" A transition of the workflow `{workflow}`, with its inputs.");
    let variants = types::variants(
        scope,
        scope.transitions().map(|(transition, variant)| {
            let docs = doc_text(&transition.docs, || {
                format!("The transition `{}`.", transition.name.text)
            });
            (&transition.name, variant, docs, &*transition.inputs)
        }),
    );
    let names = list(scope.transitions().map(|(transition, variant)| {
        let rest = types::rest(&transition.inputs);
        format!("Transition::{variant} {rest} => TransitionName::{variant}")
    }));
    let plain = types::plain(
        &generate! { Transition },
        &generate! { TransitionName },
        scope
            .transitions()
            .map(|(transition, variant)| (&*transition.inputs, variant)),
    );
    generate! {
        #[doc = #title]
        #[derive(::core::clone::Clone, ::core::cmp::PartialEq)]
        pub enum Transition { #variants }

        impl Transition {
            /// The name of the transition.
            pub const fn name(&self) -> TransitionName {
                match self { #names }
            }

            #plain
        }
    }
}
