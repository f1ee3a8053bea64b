//! Values from the command line, by the types of a workflow.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use inflight::{Fields, Json, Variable};
use inflight_dsl::model::{Field, Type, Value};
use inflight_dsl::nearest;

/// The values of `NAME=VALUE`, for these variables or inputs; those that are not given have
/// their default, or are null. The error says what to write.
pub(super) fn fields(given: &[String], declared: &[Field]) -> Result<Fields, String> {
    let mut values = BTreeMap::new();
    for given in given {
        let Some((name, text)) = given.split_once('=') else {
            return Err(format!("`{given}` is no value: write NAME=VALUE"));
        };
        let known = || declared.iter().map(|field| field.name.text.as_str());
        let Some(field) = declared.iter().find(|field| field.name.text == name) else {
            return Err(match (nearest(name, known()), declared) {
                (Some(meant), _) => format!("there is no `{name}`: did you mean `{meant}`?"),
                (None, []) => format!("there is no `{name}`, for nothing is to be given"),
                (None, _) => format!("there is no `{name}`: there is {}", listed(declared)),
            });
        };
        let Some(value) = parse(text, &field.ty) else {
            return Err(format!(
                "`{name}` is {}, and `{text}` is none: write {}",
                field.ty,
                how(field)
            ));
        };
        if values.insert(name, value).is_some() {
            return Err(format!("`{name}` is given twice"));
        }
    }
    let mut fields = Fields::new();
    for field in declared {
        let name = field.name.text.as_str();
        let default = || match (&field.default, &field.ty) {
            (Some(default), _) => literal(default),
            (None, Type::Optional(_)) => Some(Json::Null),
            (None, _) => None,
        };
        let value = values.remove(name).or_else(default).ok_or_else(|| {
            format!(
                "`{name}`, which is {}, is missing: add {}",
                field.ty,
                how(field)
            )
        })?;
        fields = fields.with(name, &value);
    }
    Ok(fields)
}

/// The names of those that are not checked here: the user's own types are only in their program.
pub(super) fn unread(declared: &[Field]) -> Vec<String> {
    fn known(ty: &Type) -> bool {
        match ty {
            Type::Rust(_) => false,
            Type::Optional(inner) | Type::List(inner) | Type::Map(inner) => known(inner),
            _ => true,
        }
    }
    let unread = declared.iter().filter(|field| !known(&field.ty));
    unread.map(|field| field.name.text.clone()).collect()
}

/// The names of fields, each with its type.
fn listed(declared: &[Field]) -> String {
    let all = declared.iter();
    let all: Vec<_> = all
        .map(|field| format!("`{}` ({})", field.name.text, field.ty))
        .collect();
    all.join(", ")
}

/// A value as it is persisted.
fn parse(text: &str, ty: &Type) -> Option<Json> {
    match ty {
        Type::Bool => text.parse::<bool>().ok().map(|value| value.encode()),
        Type::Int => text.parse::<i64>().ok().map(|value| value.encode()),
        Type::Float => text.parse::<f64>().ok().map(|value| value.encode()),
        Type::Duration => {
            let length = humantime::parse_duration(text).ok()?;
            Some(length.encode())
        }
        Type::String | Type::Bytes | Type::Timestamp => {
            let value = Json::from(text);
            fits(&value, ty).then_some(value)
        }
        Type::Optional(_) if text == "null" => Some(Json::Null),
        Type::Optional(inner) => parse(text, inner),
        Type::List(_) | Type::Map(_) | Type::Json => {
            let value = serde_json::from_str(text).ok()?;
            fits(&value, ty).then_some(value)
        }
        Type::Rust(_) => Some(serde_json::from_str(text).unwrap_or_else(|_| text.into())),
    }
}

/// Whether a value is one that a record may have.
pub(super) fn fits(value: &Json, ty: &Type) -> bool {
    match ty {
        Type::Bool => bool::decode(value).is_some(),
        Type::Int => i64::decode(value).is_some(),
        Type::Float => f64::decode(value).is_some(),
        Type::String => String::decode(value).is_some(),
        Type::Bytes => Vec::<u8>::decode(value).is_some(),
        Type::Timestamp => SystemTime::decode(value).is_some(),
        Type::Duration => Duration::decode(value).is_some(),
        Type::Optional(inner) => value.is_null() || fits(value, inner),
        Type::List(inner) => {
            (value.as_array()).is_some_and(|all| all.iter().all(|it| fits(it, inner)))
        }
        Type::Map(inner) => {
            (value.as_object()).is_some_and(|all| all.values().all(|it| fits(it, inner)))
        }
        Type::Json | Type::Rust(_) => true,
    }
}

/// How a value is given, with an example where the type does not say enough.
fn how(field: &Field) -> String {
    let (name, form) = (&field.name.text, form(&field.ty));
    match example(&field.ty) {
        Some(example) => format!("{name}={form}, such as {name}={example}"),
        None => format!("{name}={form}"),
    }
}

/// What stands for a value of the type where it is said how to give one.
pub(super) fn form(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "BOOL",
        Type::Int => "INT",
        Type::Float => "FLOAT",
        Type::String => "TEXT",
        Type::Bytes => "BYTES",
        Type::Timestamp => "TIMESTAMP",
        Type::Duration => "DURATION",
        Type::Optional(inner) => form(inner),
        Type::List(_) | Type::Map(_) | Type::Json | Type::Rust(_) => "JSON",
    }
}

/// A value of the type, as it is written on the command line.
fn example(ty: &Type) -> Option<String> {
    Some(match ty {
        Type::Bool => "true".to_owned(),
        Type::Int => "7".to_owned(),
        Type::Float => "0.5".to_owned(),
        Type::Bytes => "c0ffee".to_owned(),
        Type::Timestamp => "2026-01-31T12:00:00Z".to_owned(),
        Type::Duration => "90s".to_owned(),
        Type::Json => r#"'{"a": 1}'"#.to_owned(),
        Type::Optional(inner) => return example(inner),
        Type::List(inner) => format!("'[{}]'", in_json(inner)?),
        Type::Map(inner) => format!(r#"'{{"a": {}}}'"#, in_json(inner)?),
        Type::String | Type::Rust(_) => return None,
    })
}

/// A value of the type within one in JSON.
fn in_json(ty: &Type) -> Option<String> {
    Some(match ty {
        Type::String => r#""a""#.to_owned(),
        Type::Bytes | Type::Timestamp | Type::Duration => format!(r#""{}""#, example(ty)?),
        Type::Optional(inner) => return in_json(inner),
        _ => example(ty)?.replace('\'', ""),
    })
}

/// A default as it is persisted.
pub(super) fn literal(value: &Value) -> Option<Json> {
    match value {
        Value::Bool(value) => Some(value.encode()),
        Value::Int(value) => Some(value.encode()),
        Value::Float(value) => Some(value.encode()),
        Value::String(value) => Some(value.encode()),
        Value::Duration(nanoseconds) => Some(Duration::from_nanos(*nanoseconds).encode()),
        Value::Null => Some(Json::Null),
        Value::Some(inner) => literal(inner),
        Value::Input(_) | Value::SourceVariable(_) | Value::Failure | Value::Result(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use inflight_dsl::compile;
    use serde_json::json;

    use super::*;

    fn told(ty: &str, given: &[&str]) -> Result<Json, String> {
        let go = match ty.contains('=') || ty.ends_with('?') {
            true => "go: i -> a".to_owned(),
            false => format!("go(v: {ty}): i -> a(v: v)"),
        };
        let text = format!(
            "workflow w {{ initial state i  final state a {{ v: {ty} }}  transition {go} }}"
        );
        let compiled = compile(&text);
        let model = compiled
            .model
            .unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
        let states = &model.workflows[0].states;
        let given: Vec<_> = given.iter().map(ToString::to_string).collect();
        let fields = fields(&given, &states.last().unwrap().variables)?;
        Ok(fields.as_json()["v"].clone())
    }

    #[test]
    fn a_value_is_read_by_its_type() {
        let check = |ty, text: &str, expect: Json| {
            assert_eq!(told(ty, &[&format!("v={text}")]), Ok(expect), "{ty} {text}");
        };
        check("bool", "true", json!(true));
        check("int", "-7", json!(-7));
        check("float", "1", json!(1.0));
        check("float", "NaN", json!("NaN"));
        check("string", "a=b", json!("a=b"));
        check("bytes", "c0ffee", json!("c0ffee"));
        check("json", r#"{"a": [1]}"#, json!({"a": [1]}));
        check(
            "timestamp",
            "2026-01-31T12:00:00Z",
            json!("2026-01-31T12:00:00Z"),
        );
        check("duration", "2min", json!("120s"));
        check("int?", "3", json!(3));
        check("int?", "null", Json::Null);
        check("list<int>", "[1, 2]", json!([1, 2]));
        check("map<duration>", r#"{"a": "1s"}"#, json!({"a": "1s"}));
        check(r#""crate::Size""#, "3", json!(3));
        check(r#""crate::Size""#, "large", json!("large"));
    }

    #[test]
    fn a_value_that_is_not_given_has_its_default() {
        assert_eq!(told("int?", &[]), Ok(Json::Null));
        assert_eq!(told("int = 3", &[]), Ok(json!(3)));
        assert_eq!(told("duration = 2s", &[]), Ok(json!("2s")));
    }

    #[test]
    fn what_is_no_value_is_told_with_what_to_write() {
        let check = |ty, given: &[&str], expect: &str| {
            assert_eq!(told(ty, given), Err(expect.to_owned()));
        };
        check(
            "int",
            &[],
            "`v`, which is int, is missing: add v=INT, such as v=7",
        );
        check(
            "string",
            &[],
            "`v`, which is string, is missing: add v=TEXT",
        );
        check(
            "int",
            &["v=x"],
            "`v` is int, and `x` is none: write v=INT, such as v=7",
        );
        check(
            "map<list<duration?>>",
            &["v=[]"],
            "`v` is map<list<duration?>>, and `[]` is none: write v=JSON, such as \
             v='{\"a\": [\"90s\"]}'",
        );
        check(
            "list<int>",
            &["v=[true]"],
            "`v` is list<int>, and `[true]` is none: write v=JSON, such as v='[7]'",
        );
        check(
            "bytes",
            &["v=c0f"],
            "`v` is bytes, and `c0f` is none: write v=BYTES, such as v=c0ffee",
        );
        check("int", &["v"], "`v` is no value: write NAME=VALUE");
        check(
            "int",
            &["v=1", "w=2"],
            "there is no `w`: there is `v` (int)",
        );
        check("int", &["v=1", "v=2"], "`v` is given twice");
    }
}
