//! Values on their way to and from records, by name.

use inflight_dsl::model::{Field, Type};
use proc_macro2::{Ident, TokenStream};

use super::scope::Scope;
use super::types::{braces, ty};
use super::values::literal;

/// The values of a variant, by name.
pub(super) fn encode(
    scope: &Scope<'_>,
    ty: &TokenStream,
    value: &TokenStream,
    variants: &[(&[Field], &Ident)],
) -> TokenStream {
    let with_fields = variants.iter().filter(|(fields, _)| !fields.is_empty());
    let arms = with_fields.clone().map(|(fields, variant)| {
        let bindings: Vec<_> = fields
            .iter()
            .map(|field| scope.ident(&field.name))
            .collect();
        let with = fields.iter().map(|field| {
            let (name, value) = (&field.name.text, scope.ident(&field.name));
            if is_foreign(&field.ty) {
                generate! { .with_serde(#name, #value) }
            } else {
                generate! { .with(#name, #value) }
            }
        });
        generate! {
            #ty::#variant { #(#bindings),* } => ::inflight::__private::Fields::new() #(#with)*,
        }
    });
    let rest = (with_fields.clone().count() < variants.len())
        .then(|| generate! { _ => ::inflight::__private::Fields::new(), });
    generate! {
        match #value { #(#arms)* #rest }
    }
}

/// The variant of a name, with these values.
pub(super) fn decode(
    scope: &Scope<'_>,
    kind: &str,
    ty: &TokenStream,
    name: &TokenStream,
    variants: &[(&[Field], &Ident)],
) -> TokenStream {
    let with_fields = variants.iter().filter(|(fields, _)| !fields.is_empty());
    let arms = with_fields.map(|(fields, variant)| {
        let body = braces(fields.iter().map(|field| {
            let ident = scope.ident(&field.name);
            let value = take(field);
            generate! { #ident: #value }
        }));
        let value = generate! { #ty::#variant #body };
        match prepare(scope, fields) {
            Some(prepare) => generate! { #name::#variant => { #prepare #value } },
            None => generate! { #name::#variant => #value, },
        }
    });
    let mutable = variants
        .iter()
        .any(|(fields, _)| !fields.is_empty())
        .then(|| generate! { let mut fields = fields; });
    let rest = variants
        .iter()
        .any(|(fields, _)| fields.is_empty())
        .then(|| {
            generate! {
                _ => #ty::plain(name).ok_or_else(|| {
                    ::inflight::__private::DecodeError::unknown(#kind, name.as_str())
                })?,
            }
        });
    generate! {
        #mutable
        let value = match name { #(#arms)* #rest };
        fields.finish()?;
        ::core::result::Result::Ok(value)
    }
}

/// Gives values of the past their present names, and those which older records do not
/// have their defaults.
pub(super) fn prepare(scope: &Scope<'_>, fields: &[Field]) -> Option<TokenStream> {
    let statements = fields.iter().map(|field| {
        let name = &field.name.text;
        let renamed = (!field.was.is_empty()).then(|| {
            let was = field.was.iter().map(|was| &was.text);
            generate! { fields.rename(#name, &[#(#was),*]); }
        });
        let optional = matches!(field.ty, Type::Optional(_));
        let default = match field.default.as_ref().and_then(literal) {
            _ if is_foreign(&field.ty) => optional.then(|| generate! { fields.fill_null(#name); }),
            Some(default) => {
                let ty = ty(scope, field);
                Some(generate! { fields.fill::<#ty>(#name, &#default); })
            }
            None => None,
        };
        generate! { #renamed #default }
    });
    let statements = generate! { #(#statements)* };
    (!statements.is_empty()).then_some(statements)
}

/// Takes a value out of `fields`.
pub(super) fn take(field: &Field) -> TokenStream {
    let name = &field.name.text;
    if is_foreign(&field.ty) {
        let ty = field.ty.to_string();
        generate! { fields.take_serde(#name, #ty)? }
    } else {
        generate! { fields.take(#name)? }
    }
}

/// Whether a type is, or is made of, a type of the user's.
fn is_foreign(ty: &Type) -> bool {
    match ty {
        Type::Rust(_) => true,
        Type::Optional(inner) | Type::List(inner) | Type::Map(inner) => is_foreign(inner),
        _ => false,
    }
}
