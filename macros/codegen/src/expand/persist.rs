//! serde's traits, as calls of helpers that all workflows share.

use proc_macro2::TokenStream;

/// `State` and `Transition` are persisted as their names and values.
pub(super) fn expand() -> TokenStream {
    let state = serde(
        &generate! { State },
        &generate! { serialize_state },
        &generate! { deserialize_state },
        &generate! { debug_state },
    );
    let transition = serde(
        &generate! { Transition },
        &generate! { serialize_transition },
        &generate! { deserialize_transition },
        &generate! { debug_transition },
    );
    generate! { #state #transition }
}

fn serde(
    ty: &TokenStream,
    serialize: &TokenStream,
    deserialize: &TokenStream,
    debug: &TokenStream,
) -> TokenStream {
    generate! {
        impl ::inflight::__private::serde::Serialize for #ty {
            fn serialize<S: ::inflight::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                ::inflight::__private::#serialize::<Definition, S>(self, serializer)
            }
        }

        impl<'de> ::inflight::__private::serde::Deserialize<'de> for #ty {
            fn deserialize<D: ::inflight::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                ::inflight::__private::#deserialize::<Definition, D>(deserializer)
            }
        }

        impl ::core::fmt::Debug for #ty {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::inflight::__private::#debug::<Definition>(self, f)
            }
        }
    }
}
