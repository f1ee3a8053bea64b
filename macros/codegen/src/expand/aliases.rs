//! `Alias`: second names of transitions, and what they mean in a state.

use inflight_dsl::model::Alias;
use proc_macro2::{Ident, TokenStream};

use super::docs::doc_text;
use super::scope::Scope;
use super::types::{self, braces};

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let title =
        format!(" A name under which transitions of the workflow `{workflow}` may be fired.");
    let aliases = variants(scope);
    let variants = types::variants(
        scope,
        aliases.iter().map(|(alias, variant)| {
            let names: Vec<_> = alias
                .transitions
                .iter()
                .map(|id| format!("`{}`", scope.transition(*id).0.name.text))
                .collect();
            let docs = doc_text(&[], || {
                format!("`{}`: {}.", alias.name.text, names.join(", "))
            });
            (&alias.name, variant, docs, &*alias.inputs)
        }),
    );
    generate! {
        #[doc = #title]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        pub enum Alias { #variants }
    }
}

/// The aliases, each with its variant.
fn variants<'a>(scope: &Scope<'a>) -> Vec<(&'a Alias, Ident)> {
    let aliases = scope.workflow.aliases.iter();
    aliases
        .map(|alias| (alias, scope.pascal(&alias.name)))
        .collect()
}

/// The arms that say what an alias is called.
pub(super) fn names(scope: &Scope<'_>) -> TokenStream {
    let aliases = variants(scope).into_iter();
    let arms = aliases.map(|(alias, variant)| {
        let name = &alias.name.text;
        generate! { Alias::#variant { .. } => #name, }
    });
    generate! { #(#arms)* }
}

/// The arms that say which transition an alias means, by state.
pub(super) fn meanings(scope: &Scope<'_>) -> TokenStream {
    let aliases = variants(scope).into_iter();
    let meanings = aliases.map(|(alias, variant)| {
        let inputs: Vec<_> = alias
            .inputs
            .iter()
            .map(|input| scope.ident(&input.name))
            .collect();
        let bindings = braces(inputs.iter().map(|input| generate! { ref #input }));
        let transitions = alias.transitions.iter().map(|id| scope.transition(*id));
        let sources: usize = transitions.clone().map(|(t, _)| t.sources.len()).sum();
        let arms = transitions.map(|(transition, name)| {
            let sources = match transition.sources.len() == scope.workflow.states.len() {
                true => generate! { _ },
                false => {
                    let sources = transition.sources.iter().map(|id| scope.state(*id).1);
                    generate! { #(StateName::#sources)|* }
                }
            };
            let inputs = braces(inputs.iter().map(|input| {
                generate! { #input: ::core::clone::Clone::clone(#input) }
            }));
            generate! {
                #sources => {
                    ::core::option::Option::Some(Transition::#name #inputs)
                }
            }
        });
        let rest = (sources < scope.workflow.states.len()).then(|| {
            generate! { _ => ::core::option::Option::None, }
        });
        generate! {
            Alias::#variant #bindings => match state { #(#arms)* #rest },
        }
    });
    generate! { #(#meanings)* }
}
