//! Types and fields.

use super::graph::Field;
use super::names::Names;
use super::{former, rust_path, spelling};
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Type;
use crate::span::Span;
use crate::suggest::nearest;
use crate::syntax::{self, Call, TYPES, TypeKind, Value, ValueKind, Word};

/// What other languages call these types.
const ELSEWHERE: [(&str, &[&str]); 10] = [
    ("bool", &["boolean", "Bool", "Boolean"]),
    (
        "int",
        &[
            "integer", "i64", "i32", "u64", "u32", "u16", "u8", "usize", "long", "bigint", "int64",
            "Int",
        ],
    ),
    ("float", &["f64", "f32", "double", "number", "Float"]),
    ("string", &["str", "String", "text", "varchar"]),
    ("bytes", &["blob", "binary", "Bytes"]),
    ("json", &["any", "object", "value", "Value"]),
    (
        "timestamp",
        &[
            "datetime",
            "date",
            "time",
            "instant",
            "DateTime",
            "SystemTime",
            "Instant",
        ],
    ),
    ("duration", &["Duration", "timedelta", "interval"]),
    ("list<string>", &["List", "Vec", "array", "Array"]),
    ("map<string>", &["dict", "Dict", "Map", "HashMap"]),
];

/// Looks up the types of variables, inputs or parameters, and their names.
pub(super) fn fields<'a>(
    syntax: &'a [syntax::Field<'a>],
    kind: &str,
    twice: Code,
    diagnostics: &mut Diagnostics,
) -> Vec<Field<'a>> {
    let mut names = Names::default();
    let fields = syntax
        .iter()
        .map(|field| {
            spelling::check(field.name, kind, diagnostics);
            let first = names.declare(field.name, twice, kind, diagnostics);
            let ty = field.ty.as_ref().and_then(|ty| resolve(ty, diagnostics));
            // What is given to the second of two is not held against its type.
            let ty = ty.filter(|_| first);
            Field { syntax: field, ty }
        })
        .collect();
    former::fields(syntax, kind, &names, diagnostics);
    fields
}

fn resolve(ty: &syntax::Type<'_>, diagnostics: &mut Diagnostics) -> Option<Type> {
    Some(match &ty.kind {
        TypeKind::Named(name) => match *name {
            "bool" => Type::Bool,
            "int" => Type::Int,
            "float" => Type::Float,
            "string" => Type::String,
            "bytes" => Type::Bytes,
            "json" => Type::Json,
            "timestamp" => Type::Timestamp,
            "duration" => Type::Duration,
            "list" | "map" => {
                malformed(
                    ty.span,
                    format!("`{name}` does not say of what"),
                    format!("write `{name}<string>`, or another type"),
                    diagnostics,
                );
                return None;
            }
            _ => {
                let word = Word {
                    text: name,
                    span: ty.span,
                };
                unknown(word, diagnostics);
                return None;
            }
        },
        TypeKind::Generic(name, _) if !TYPES.contains(&name.text) => {
            let unknown = unknown_type(*name);
            diagnostics.report(match ours(ty) {
                Some(ours) => Diagnostic {
                    span: ty.span,
                    ..unknown
                }
                .replace_by(&ours),
                None => match generic_elsewhere(name.text) {
                    Some(ours) => unknown.help(format!("write `{ours}<T>`")),
                    None => unknown.maybe_meant(nearest(name.text, TYPES)),
                },
            });
            return None;
        }
        TypeKind::Generic(name, parts) => {
            let part = match parts.as_slice() {
                [Some(part)] => resolve(part, diagnostics),
                [_] => None,
                _ => {
                    malformed(
                        ty.span,
                        format!(
                            "`{}` has {} types where one is wanted",
                            name.text,
                            parts.len()
                        ),
                        "write `map<T>` with the type of the values: keys are strings".into(),
                        diagnostics,
                    );
                    return None;
                }
            };
            match name.text {
                "list" => Type::List(Box::new(part?)),
                "map" => Type::Map(Box::new(part?)),
                other => {
                    malformed(
                        ty.span,
                        format!("`{other}` takes no type"),
                        format!("write `{other}`"),
                        diagnostics,
                    );
                    return None;
                }
            }
        }
        TypeKind::Optional(inner) => match resolve(inner, diagnostics)? {
            Type::Optional(_) => {
                malformed(
                    ty.span,
                    "this type is optional twice".into(),
                    "one `?` is enough".into(),
                    diagnostics,
                );
                return None;
            }
            inner => Type::Optional(Box::new(inner)),
        },
        TypeKind::Rust(path) => match rust_path::read(path) {
            Ok(path) => Type::Rust(path),
            Err(help) => {
                malformed(
                    ty.span,
                    format!("`{path}` is no path of a Rust type"),
                    help,
                    diagnostics,
                );
                return None;
            }
        },
        TypeKind::Broken => return None,
    })
}

/// A type is one of the language's own.
fn unknown(name: Word<'_>, diagnostics: &mut Diagnostics) {
    let unknown = unknown_type(name);
    diagnostics.report(match known_elsewhere(name.text) {
        Some(ours) => unknown.replace_by(ours),
        None => unknown.maybe_meant(nearest(name.text, TYPES)),
    });
}

fn unknown_type(name: Word<'_>) -> Diagnostic {
    let unknown = Diagnostic::error(
        Code::UnknownType,
        name.span,
        format!("there is no type `{}`", name.text),
    );
    unknown.label("unknown").help(
        "types are `bool`, `int`, `float`, `string`, `bytes`, `json`, `timestamp`, `duration`, `T?`, `list<T>`, `map<T>`, and the path of a Rust type in quotes",
    )
}

/// Whether a word is a type, here or elsewhere.
pub(super) fn is_type(name: &str) -> bool {
    TYPES.contains(&name) || known_elsewhere(name).is_some()
}

/// The type that is called so elsewhere.
fn known_elsewhere(name: &str) -> Option<&'static str> {
    let mut types = ELSEWHERE.iter();
    let (ours, _) = types.find(|(_, others)| others.contains(&name))?;
    Some(ours)
}

/// A type of other languages in this one, where all of it is known.
fn ours(ty: &syntax::Type<'_>) -> Option<String> {
    match &ty.kind {
        TypeKind::Named(name) if TYPES.contains(name) => Some((*name).into()),
        TypeKind::Named(name) => known_elsewhere(name).map(Into::into),
        TypeKind::Rust(path) => Some(format!("\"{path}\"")),
        TypeKind::Optional(inner) => ours(inner).map(optional),
        TypeKind::Generic(name, parts) => {
            let part = ours(parts.last()?.as_ref()?)?;
            match (name.text, generic_elsewhere(name.text), parts.len()) {
                ("Option" | "Optional" | "optional" | "Maybe", _, 1) => Some(optional(part)),
                ("list", _, 1) | (_, Some("list"), 1) => Some(format!("list<{part}>")),
                ("map", _, 1 | 2) | (_, Some("map"), 1 | 2) => Some(format!("map<{part}>")),
                _ => None,
            }
        }
        TypeKind::Broken => None,
    }
}

/// What takes a type, and is called so elsewhere.
fn generic_elsewhere(name: &str) -> Option<&'static str> {
    match name {
        "Vec" | "List" | "Array" | "array" | "Sequence" => Some("list"),
        "Map" | "HashMap" | "BTreeMap" | "Dict" | "dict" | "Record" => Some("map"),
        _ => None,
    }
}

fn optional(ty: String) -> String {
    if ty.ends_with('?') {
        ty
    } else {
        format!("{ty}?")
    }
}

/// A type has as many parts as it takes.
fn malformed(span: Span, message: String, help: String, diagnostics: &mut Diagnostics) {
    diagnostics.report(
        Diagnostic::error(Code::MalformedType, span, message)
            .label("malformed type")
            .help(help),
    );
}

/// The type that a value suggests for what it is given to.
pub(crate) fn suggested(value: Option<&Value<'_>>) -> &'static str {
    match value.map(|value| &value.kind) {
        Some(ValueKind::Bool(_)) => "bool",
        Some(ValueKind::Int(_)) => "int",
        Some(ValueKind::Float(_) | ValueKind::Large(_)) => "float",
        Some(ValueKind::String(_) | ValueKind::Failure) => "string",
        Some(ValueKind::Duration(_)) => "duration",
        _ => "TYPE",
    }
}

/// The parameters that a call suggests for what it names.
pub(super) fn parameters_of(call: &Call<'_>) -> String {
    let given = call.arguments.iter().flat_map(|given| &given.list);
    let parameters: Vec<String> = given
        .map(|given| format!("{}: {}", given.name.text, suggested(given.value.as_ref())))
        .collect();
    if parameters.is_empty() {
        String::new()
    } else {
        format!("({})", parameters.join(", "))
    }
}
