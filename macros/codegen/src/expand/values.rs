//! Values: what a target's variables, arguments and inputs are made from.

use std::collections::BTreeSet;

use inflight_dsl::model::{Field, Transition, Value};
use proc_macro2::{Ident, Literal, Span, TokenStream};

use super::scope::{Scope, at, ident};
use super::types::braces;

/// Values of one transition, as expressions over its inputs bound by reference
/// ([`Values::pattern`]), `source: &State`, `failure: &str` and `result`.
pub(super) struct Values<'a> {
    scope: &'a Scope<'a>,
    transition: &'a Transition,
    variant: &'a Ident,
    inputs: BTreeSet<usize>,
    /// Whether an expression names `source`.
    pub(super) source: bool,
    /// Whether an expression names `failure`.
    pub(super) failure: bool,
    /// Whether an expression depends on which states the transition leaves.
    variable: bool,
}

impl<'a> Values<'a> {
    pub(super) fn new(
        scope: &'a Scope<'a>,
        transition: &'a Transition,
        variant: &'a Ident,
    ) -> Self {
        Values {
            scope,
            transition,
            variant,
            inputs: BTreeSet::new(),
            source: false,
            failure: false,
            variable: false,
        }
    }

    /// The expression of a value.
    pub(super) fn expression(&mut self, value: &Value) -> TokenStream {
        match value {
            Value::Some(value) => {
                let value = self.expression(value);
                generate! { ::core::option::Option::Some(#value) }
            }
            Value::Input(index) => {
                self.inputs.insert(*index);
                let input = self.scope.ident(&at(&self.transition.inputs, *index).name);
                generate! { ::core::clone::Clone::clone(#input) }
            }
            Value::SourceVariable(name) => self.source_variable(name),
            Value::Failure => {
                self.failure = true;
                generate! { ::std::borrow::ToOwned::to_owned(failure) }
            }
            Value::Result(name) => {
                let name = ident(name, Span::call_site());
                generate! { result.#name }
            }
            literal => self::literal(literal).unwrap_or_default(),
        }
    }

    /// The expressions of several values.
    pub(super) fn expressions(&mut self, values: &[Value]) -> Vec<TokenStream> {
        values.iter().map(|value| self.expression(value)).collect()
    }

    /// The fields of a variant, each with its value.
    pub(super) fn fields(&mut self, fields: &[Field], values: &[Value]) -> TokenStream {
        braces(fields.iter().zip(values).map(|(field, value)| {
            let name = self.scope.ident(&field.name);
            let value = self.expression(value);
            generate! { #name: #value }
        }))
    }

    /// Whether the expressions make sense for this transition alone.
    pub(super) fn particular(&self) -> bool {
        self.variable || !self.inputs.is_empty()
    }

    /// The pattern of the transition that binds the inputs which the values need.
    pub(super) fn pattern(&self) -> TokenStream {
        let variant = self.variant;
        let inputs = self.inputs.iter().map(|index| {
            let input = at(&self.transition.inputs, *index);
            self.scope.ident(&input.name)
        });
        match (self.transition.inputs.len(), self.inputs.len()) {
            (0, _) => generate! { Transition::#variant },
            (_, 0) => generate! { Transition::#variant { .. } },
            (all, used) if all == used => generate! { Transition::#variant { #(#inputs),* } },
            _ => generate! { Transition::#variant { #(#inputs,)* .. } },
        }
    }

    /// A variable of the state that the transition leaves.
    fn source_variable(&mut self, name: &str) -> TokenStream {
        self.source = true;
        self.variable = true;
        let variable = ident(name, Span::call_site());
        let sources = self.transition.sources.iter();
        let sources = sources.map(|source| self.scope.state(*source).1);
        let bug = format!(
            "`{}` leaves only states with `{name}`",
            self.transition.name.text
        );
        generate! {
            match source {
                #(State::#sources { #variable, .. })|* => ::core::clone::Clone::clone(#variable),
                _ => ::core::unreachable!(#bug),
            }
        }
    }
}

/// The expression of a literal; `None` for what is known only when it runs.
pub(super) fn literal(value: &Value) -> Option<TokenStream> {
    Some(match value {
        Value::Bool(value) => generate! { #value },
        Value::Int(value) => generate! { #value },
        Value::Float(value) => generate! { #value },
        Value::String(value) => generate! { ::std::borrow::ToOwned::to_owned(#value) },
        Value::Duration(nanoseconds) => {
            let nanoseconds = Literal::u64_unsuffixed(*nanoseconds);
            generate! { ::core::time::Duration::from_nanos(#nanoseconds) }
        }
        Value::Null => generate! { ::core::option::Option::None },
        Value::Some(value) => {
            let value = literal(value)?;
            generate! { ::core::option::Option::Some(#value) }
        }
        Value::Input(_) | Value::SourceVariable(_) | Value::Failure | Value::Result(_) => {
            return None;
        }
    })
}
