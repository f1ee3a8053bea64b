//! From a workflow to the module that stands for it.
//!
//! Each file here generates one family of items. The rules they share:
//!
//! - Code and tables grow in a straight line with the workflow. There is no item for
//!   a pair of states, no block of async code for a transition, and no derive that
//!   expands to an arm for every variant where a table does.
//! - A match gives an arm of its own only to what needs one; what is alike shares an
//!   arm.
//! - Paths begin with `::inflight`, `::core` or `::std`, for the user's crate may
//!   have shadowed everything else.
//! - What there is of every state and every transition is written as text ([`text`]).
//! - Tokens of ours are hygienic like those of `macro_rules!` ([`generate`]), so that
//!   a parameter of ours and an input of the user's may share a name.

/// `quote!` with the hygiene of `macro_rules!`: our local variables are not the user's.
/// `@ span` puts the tokens at the place of what the user declared, where the compiler
/// and editors point when they mean the item.
macro_rules! generate {
    (@ $span:expr => $($tokens:tt)*) => {
        ::quote::quote_spanned! { $span => $($tokens)* }
    };
    ($($tokens:tt)*) => {
        ::quote::quote_spanned! { ::proc_macro2::Span::mixed_site() => $($tokens)* }
    };
}

mod actions;
mod aliases;
mod arms;
mod at;
mod definition;
mod dispatch;
mod docs;
mod former;
mod names;
mod next;
mod persist;
mod persisted;
mod scope;
mod states;
mod tables;
mod text;
mod transitions;
mod types;
mod values;

use inflight_dsl::model::{Model, Workflow};
use proc_macro2::TokenStream;

use crate::spans::Spans;
use docs::docs;
use scope::Scope;

/// What a module takes from the call of the macro.
pub(crate) struct Origin {
    /// Who sees it.
    pub(crate) visibility: TokenStream,
    /// An expression for the text that declares its workflow.
    pub(crate) source: TokenStream,
}

/// Generates the modules of a model, of which each has its origin.
pub(crate) fn modules(
    model: &Model,
    spans: &Spans,
    origin: impl Fn(&Workflow) -> Origin,
) -> TokenStream {
    let workflows = model.workflows.iter();
    let modules = workflows.map(|workflow| module(model, workflow, &origin(workflow), spans));
    generate! { #(#modules)* }
}

/// Generates the module of a workflow, whose docs are its own and those of the file.
fn module(model: &Model, workflow: &Workflow, origin: &Origin, spans: &Spans) -> TokenStream {
    let scope = Scope::new(workflow, spans);
    let Origin { visibility, source } = origin;
    let name = scope.ident(&workflow.name);
    let mut lines = workflow.docs.clone();
    if !lines.is_empty() && !model.docs.is_empty() {
        lines.push(String::new());
    }
    lines.extend_from_slice(&model.docs);
    let docs = docs(&lines, || format!("The workflow `{}`.", workflow.name.text));
    let items = [
        states::expand(&scope),
        transitions::expand(&scope),
        aliases::expand(&scope),
        names::expand(&scope),
        next::expand(&scope),
        actions::expand(&scope),
        at::expand(&scope),
        definition::expand(&scope, source),
        dispatch::expand(&scope),
        persist::expand(),
        tables::expand(&scope),
    ];
    generate! {
        #docs
        #[allow(dead_code)]
        #visibility mod #name {
            #(#items)*
        }
    }
}
