//! The types of the language.

use std::fmt;

/// The types of variables, inputs and parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `int`, 64 bits, signed
    Int,
    /// `float`, 64 bits
    Float,
    /// `string`
    String,
    /// `bytes`
    Bytes,
    /// `json`
    Json,
    /// `timestamp`
    Timestamp,
    /// `duration`
    Duration,
    /// `T?`
    Optional(Box<Type>),
    /// `list<T>`
    List(Box<Type>),
    /// `map<T>`, by string
    Map(Box<Type>),
    /// `"crate::Size"`: the path of a type in Rust.
    Rust(String),
}

/// Writes the type as the language spells it.
impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Bool => formatter.write_str("bool"),
            Type::Int => formatter.write_str("int"),
            Type::Float => formatter.write_str("float"),
            Type::String => formatter.write_str("string"),
            Type::Bytes => formatter.write_str("bytes"),
            Type::Json => formatter.write_str("json"),
            Type::Timestamp => formatter.write_str("timestamp"),
            Type::Duration => formatter.write_str("duration"),
            Type::Optional(inner) => write!(formatter, "{inner}?"),
            Type::List(inner) => write!(formatter, "list<{inner}>"),
            Type::Map(inner) => write!(formatter, "map<{inner}>"),
            Type::Rust(path) => write!(formatter, "\"{path}\""),
        }
    }
}
