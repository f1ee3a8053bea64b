//! The types of variables, inputs and parameters.

use inflight_dsl::model::{Field, Type};
use proc_macro2::{Span, TokenStream};

use super::docs::docs;
use super::scope::Scope;

/// The Rust type of a field.
pub(super) fn ty(scope: &Scope<'_>, field: &Field) -> TokenStream {
    of(&field.ty, scope.ident(&field.name).span())
}

/// The Rust type of a type of the language; what is said of a type of the user's is said
/// at `place`.
fn of(ty: &Type, place: Span) -> TokenStream {
    match ty {
        Type::Bool => generate! { bool },
        Type::Int => generate! { i64 },
        Type::Float => generate! { f64 },
        Type::String => generate! { ::std::string::String },
        Type::Bytes => generate! { ::std::vec::Vec<u8> },
        Type::Json => generate! { ::inflight::Json },
        Type::Timestamp => generate! { ::std::time::SystemTime },
        Type::Duration => generate! { ::core::time::Duration },
        Type::Optional(inner) => {
            let inner = of(inner, place);
            generate! { ::core::option::Option<#inner> }
        }
        Type::List(inner) => {
            let inner = of(inner, place);
            generate! { ::std::vec::Vec<#inner> }
        }
        Type::Map(inner) => {
            let inner = of(inner, place);
            generate! { ::std::collections::BTreeMap<::std::string::String, #inner> }
        }
        // The compiler accepts only paths, which are tokens.
        Type::Rust(path) => {
            let tokens: TokenStream = path.parse().unwrap_or_default();
            let placed = tokens.into_iter().map(|mut token| {
                token.set_span(place);
                token
            });
            placed.collect()
        }
    }
}

/// The documented variants of an enum, each with its fields.
pub(super) fn variants<'a>(
    scope: &Scope<'_>,
    variants: impl Iterator<Item = (&'a proc_macro2::Ident, TokenStream, &'a [Field])>,
) -> TokenStream {
    let variants = variants.map(|(variant, docs, fields)| {
        let body = match fields {
            [] => TokenStream::new(),
            fields => {
                let fields = self::fields(scope, fields, &TokenStream::new());
                generate! { { #fields } }
            }
        };
        generate! { #docs #variant #body, }
    });
    generate! { #(#variants)* }
}

/// The documented fields of a struct or variant.
pub(super) fn fields(scope: &Scope<'_>, fields: &[Field], visibility: &TokenStream) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let docs = docs(&field.docs, || format!("The value `{}`.", field.name.text));
        let name = scope.ident(&field.name);
        let ty = ty(scope, field);
        generate! { #docs #visibility #name: #ty, }
    });
    generate! { #(#fields)* }
}

/// The fields of a pattern or an expression; nothing where a variant has none.
pub(super) fn braces(fields: impl Iterator<Item = TokenStream>) -> TokenStream {
    let mut fields = fields.peekable();
    if fields.peek().is_none() {
        return TokenStream::new();
    }
    generate! { { #(#fields),* } }
}
