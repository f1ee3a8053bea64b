//! `Actions`: what the user implements, and what actions return.

use inflight_dsl::model::{Action, ActionId, ActionResult, Activity, Field, Guard, OnInterrupt};
use proc_macro2::{Ident, Span, TokenStream};

use super::docs::{docs, parameter_docs};
use super::scope::{Scope, at};
use super::types::{fields, ty};

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let title = format!(" What the transitions of the workflow `{workflow}` run and ask.");
    let actions = scope.workflow.actions.iter();
    let methods = actions.clone().map(|action| method(scope, action));
    let probes = actions
        .clone()
        .enumerate()
        .filter(|(action, _)| is_probed(scope, ActionId(*action)))
        .map(|(_, action)| probe(scope, action));
    let activities = scope
        .workflow
        .activities
        .iter()
        .map(|activity| switches(scope, activity));
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
            #(#probes)*
            #(#questions)*
            #(#activities)*
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
    let result = returned(scope, action);
    generate! { @ scope.place(&action.name) =>
        #docs
        #parameter_docs
        fn #name(&mut self, #parameters #context: &Context) -> impl ::core::future::Future<
            Output = ::core::result::Result<#result, Self::Error>,
        > + ::core::marker::Send;
    }
}

/// The type of what an action returns when it is done.
fn returned(scope: &Scope<'_>, action: &Action) -> TokenStream {
    match &action.result {
        Some(_) => {
            let name = scope.pascal(&action.name);
            generate! { results::#name }
        }
        None => generate! { () },
    }
}

/// Whether some transition asks if its action was done.
fn is_probed(scope: &Scope<'_>, action: ActionId) -> bool {
    scope.workflow.transitions.iter().any(|transition| {
        let runs = transition.action.as_ref();
        transition.on_interrupt == OnInterrupt::Probe
            && runs.is_some_and(|call| call.action == action)
    })
}

fn probe(scope: &Scope<'_>, action: &Action) -> TokenStream {
    let title = format!(
        " Whether `{}` was done, after it was interrupted. It is asked anew whenever that \
         happens.",
        action.name.text
    );
    let name = scope.prefixed("probe_", &action.name);
    let parameter_docs = parameter_docs(&action.parameters);
    let parameters = parameters(scope, &action.parameters);
    let context = free(&action.parameters, "cx");
    let result = returned(scope, action);
    generate! { @ scope.place(&action.name) =>
        #[doc = #title]
        ///
        /// An error means that it is unknown, unless it is an interruption.
        #parameter_docs
        fn #name(&mut self, #parameters #context: &Context) -> impl ::core::future::Future<
            Output = ::core::result::Result<::inflight::Probe<#result>, Self::Error>,
        > + ::core::marker::Send;
    }
}

fn switches(scope: &Scope<'_>, activity: &Activity) -> TokenStream {
    let docs = docs(&activity.docs, || {
        format!("Starts `{}`.", activity.name.text)
    });
    let title = format!(
        " Stops [`{0}`](Self::start_{0}). It may have stopped already.",
        activity.name.text
    );
    let start = scope.prefixed("start_", &activity.name);
    let stop = scope.prefixed("stop_", &activity.name);
    generate! { @ scope.place(&activity.name) =>
        #docs
        ///
        /// It may be running already.
        fn #start(&mut self) -> impl ::core::future::Future<Output = ()> + ::core::marker::Send;

        #[doc = #title]
        fn #stop(&mut self) -> impl ::core::future::Future<Output = ()> + ::core::marker::Send;
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
    let parameters = parameters.iter().map(|parameter| {
        let name = scope.ident(&parameter.name);
        let ty = ty(scope, parameter);
        generate! { #name: #ty, }
    });
    generate! { #(#parameters)* }
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
