//! `Actions`: what the user implements, and what actions return.

use inflight_dsl::model::{Action, ActionResult, Field, Guard};
use proc_macro2::{Ident, Span, TokenStream};

use super::docs::{docs, parameter_docs};
use super::scope::{Scope, at};
use super::types::{fields, ty};

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let title = format!(" What the transitions of the workflow `{workflow}` run and ask.");
    let actions = scope.workflow.actions.iter();
    let methods = actions.clone().map(|action| method(scope, action));
    let questions = scope
        .workflow
        .guards
        .iter()
        .map(|guard| question(scope, guard));
    let results: Vec<_> = actions
        .filter_map(|action| Some(result(scope, action, action.result.as_ref()?)))
        .collect();
    let results = (!results.is_empty()).then(|| {
        generate! {
            /// What actions return: the variables that they supply.
            pub mod results { #(#results)* }
        }
    });
    generate! {
        #[doc = #title]
        pub trait Actions: ::core::marker::Send {
            /// Why an action fails.
            type Error: ::inflight::Failure;

            #(#methods)*
            #(#questions)*
        }

        #results
    }
}

fn method(scope: &Scope<'_>, action: &Action) -> TokenStream {
    let docs = docs(&action.docs, || format!("Runs `{}`.", action.name.text));
    let name = scope.ident(&action.name);
    let parameter_docs = parameter_docs(&action.parameters);
    let parameters = parameters(scope, &action.parameters);
    let context = free(&action.parameters, "cx");
    let result = match &action.result {
        Some(_) => {
            let name = scope.pascal(&action.name);
            generate! { results::#name }
        }
        None => generate! { () },
    };
    generate! { @ scope.place(&action.name) =>
        #docs
        #parameter_docs
        fn #name(&mut self, #parameters #context: &Context) -> impl ::core::future::Future<
            Output = ::core::result::Result<#result, Self::Error>,
        > + ::core::marker::Send;
    }
}

fn question(scope: &Scope<'_>, guard: &Guard) -> TokenStream {
    let docs = docs(&guard.docs, || {
        format!("Whether `{}` holds.", guard.name.text)
    });
    let name = scope.ident(&guard.name);
    let parameter_docs = parameter_docs(&guard.parameters);
    let parameters = parameters(scope, &guard.parameters);
    let state = free(&guard.parameters, "state");
    generate! { @ scope.place(&guard.name) =>
        #docs
        #parameter_docs
        fn #name(&self, #parameters #state: &State) -> bool;
    }
}

/// The type of what an action returns.
fn result(scope: &Scope<'_>, action: &Action, result: &ActionResult) -> TokenStream {
    let state = scope.state(result.state).0;
    let title = format!(
        " What `{}` supplies of the variables of `{}`.",
        action.name.text, state.name.text
    );
    let name = scope.pascal(&action.name);
    let variables: Vec<Field> = result
        .variables
        .iter()
        .map(|index| at(&state.variables, *index).clone())
        .collect();
    let fields = fields(scope, &variables, &generate! { pub });
    generate! { @ scope.place(&action.name) =>
        #[doc = #title]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        pub struct #name { #fields }
    }
}

fn parameters(scope: &Scope<'_>, parameters: &[Field]) -> TokenStream {
    parameters
        .iter()
        .map(|parameter| {
            let name = scope.ident(&parameter.name);
            let ty = ty(&parameter.ty);
            generate! { #name: #ty, }
        })
        .collect()
}

/// A name for a parameter of ours that none of the user's has.
fn free(parameters: &[Field], name: &str) -> Ident {
    let mut name = name.to_owned();
    while parameters
        .iter()
        .any(|parameter| parameter.name.text == name)
    {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}
