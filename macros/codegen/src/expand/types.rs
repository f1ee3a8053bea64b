//! The types of variables, inputs and parameters.

use inflight_dsl::model::{Field, Name, Type};
use proc_macro2::{Ident, Span, TokenStream};

use super::docs::docs;
use super::scope::Scope;
use super::text::{Pieces, list, tokens};

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
    variants: impl Iterator<Item = (&'a Name, &'a Ident, String, &'a [Field])>,
) -> TokenStream {
    let mut all = Pieces::new(scope);
    for (name, variant, docs, fields) in variants {
        if fields.is_empty() {
            all.add(name, &format!("{docs} {variant},"));
        } else {
            let docs = tokens(&docs);
            let fields = self::fields(scope, fields, &TokenStream::new());
            all.extend(generate! { #docs #variant { #fields }, });
        }
    }
    all.finish()
}

/// The function that makes the variants which have no fields from their names.
pub(super) fn plain<'a>(
    ty: &TokenStream,
    name: &TokenStream,
    variants: impl Iterator<Item = (&'a [Field], &'a Ident)> + Clone,
) -> TokenStream {
    let plain = variants.clone().filter(|(fields, _)| fields.is_empty());
    let arms = list(plain.map(|(_, variant)| format!("{name}::{variant} => {ty}::{variant}")));
    let mut variants = variants;
    let rest = variants
        .any(|(fields, _)| !fields.is_empty())
        .then(|| generate! { _ => return ::core::option::Option::None, });
    generate! {
        /// What has this name, if it has no values.
        fn plain(name: #name) -> ::core::option::Option<#ty> {
            ::core::option::Option::Some(match name { #arms #rest })
        }
    }
}

/// The pattern of the fields of a variant, whatever they are.
pub(super) fn rest(fields: &[Field]) -> &'static str {
    match fields {
        [] => "",
        _ => "{ .. }",
    }
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
