//! `StateName` and `TransitionName`: what is persisted and shown.

use inflight_dsl::model::Name;
use proc_macro2::{Ident, TokenStream};

use super::docs::doc_text;
use super::scope::Scope;
use super::text::list;
use super::types;

pub(super) fn expand(scope: &Scope<'_>) -> TokenStream {
    let workflow = &scope.workflow.name.text;
    let states = scope
        .states()
        .map(|(state, variant)| (&state.name, &*state.docs, variant));
    let transitions = scope
        .transitions()
        .map(|(transition, variant)| (&transition.name, &*transition.docs, variant));
    let states = name(
        scope,
        "state",
        &generate! { StateName },
        &format!(" The name of a state of the workflow `{workflow}`."),
        states,
        &generate! { STATES },
    );
    let transitions = name(
        scope,
        "transition",
        &generate! { TransitionName },
        &format!(" The name of a transition of the workflow `{workflow}`."),
        transitions,
        &generate! { TRANSITIONS },
    );
    generate! { #states #transitions }
}

/// A fieldless enum, whose names are in the rows of a table.
fn name<'a>(
    scope: &Scope<'_>,
    kind: &str,
    ty: &TokenStream,
    title: &str,
    names: impl Iterator<Item = (&'a Name, &'a [String], &'a Ident)> + Clone,
    rows: &TokenStream,
) -> TokenStream {
    let all = list(
        names
            .clone()
            .map(|(_, _, variant)| format!("{ty}::{variant}")),
    );
    let variants = types::variants(
        scope,
        names.map(|(name, docs, variant)| {
            let docs = doc_text(docs, || format!("`{}`", name.text));
            (name, variant, docs, [].as_slice())
        }),
    );
    generate! {
        #[doc = #title]
        #[derive(
            ::core::clone::Clone,
            ::core::marker::Copy,
            ::core::cmp::PartialEq,
            ::core::cmp::Eq,
            ::core::cmp::PartialOrd,
            ::core::cmp::Ord,
            ::core::hash::Hash,
        )]
        #[repr(u16)]
        pub enum #ty { #variants }

        impl #ty {
            /// All names, in source order.
            pub const ALL: &'static [#ty] = &[#all];

            /// The name as it is written in the workflow and persisted.
            pub const fn as_str(self) -> &'static str {
                #rows[self as usize].name
            }
        }

        impl ::inflight::__private::Name for #ty {
            const ALL: &'static [Self] = #ty::ALL;

            fn index(self) -> u16 {
                self as u16
            }

            fn as_str(self) -> &'static str {
                #ty::as_str(self)
            }
        }

        impl ::core::fmt::Display for #ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(#ty::as_str(*self))
            }
        }

        impl ::core::fmt::Debug for #ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(#ty::as_str(*self))
            }
        }

        impl ::core::str::FromStr for #ty {
            type Err = ::inflight::__private::DecodeError;

            fn from_str(name: &str) -> ::core::result::Result<Self, ::inflight::__private::DecodeError> {
                ::inflight::__private::name(#kind, name)
            }
        }

        impl ::inflight::__private::serde::Serialize for #ty {
            fn serialize<S: ::inflight::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(#ty::as_str(*self))
            }
        }

        impl<'de> ::inflight::__private::serde::Deserialize<'de> for #ty {
            fn deserialize<D: ::inflight::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::inflight::__private::deserialize_name(#kind, deserializer)
            }
        }
    }
}
