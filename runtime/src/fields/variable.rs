//! The language's types, as JSON.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde_json::Value as Json;

use super::time::{decode_duration, decode_time, encode_duration, encode_time};

/// A type of the language, and what it is in a record.
///
/// Reading back what was written gives the same value, and writing that gives the same
/// bytes.
pub trait Variable: Sized {
    /// The type as a workflow spells it.
    const NAME: &'static str;

    /// The value as it is persisted.
    fn encode(&self) -> Json;

    /// The value that was persisted, if it is of this type.
    fn decode(json: &Json) -> Option<Self>;

    /// What a record without the value means, if that is allowed.
    fn absent() -> Option<Self> {
        None
    }
}

impl Variable for bool {
    const NAME: &'static str = "bool";

    fn encode(&self) -> Json {
        Json::Bool(*self)
    }

    fn decode(json: &Json) -> Option<Self> {
        json.as_bool()
    }
}

impl Variable for i64 {
    const NAME: &'static str = "int";

    fn encode(&self) -> Json {
        Json::from(*self)
    }

    fn decode(json: &Json) -> Option<Self> {
        json.as_i64()
    }
}

impl Variable for f64 {
    const NAME: &'static str = "float";

    // JSON has no number for what is not finite.
    fn encode(&self) -> Json {
        match serde_json::Number::from_f64(*self) {
            Some(number) => Json::Number(number),
            None if self.is_nan() => Json::from("NaN"),
            None if *self > 0.0 => Json::from("inf"),
            None => Json::from("-inf"),
        }
    }

    fn decode(json: &Json) -> Option<Self> {
        match json.as_str() {
            None => json.as_f64(),
            Some("NaN") => Some(f64::NAN),
            Some("inf") => Some(f64::INFINITY),
            Some("-inf") => Some(f64::NEG_INFINITY),
            Some(_) => None,
        }
    }
}

impl Variable for String {
    const NAME: &'static str = "string";

    fn encode(&self) -> Json {
        Json::from(self.as_str())
    }

    fn decode(json: &Json) -> Option<Self> {
        json.as_str().map(str::to_owned)
    }
}

// Hexadecimal, not base64: what workflows keep as bytes is short (digests, keys), is
// known to people in this form, and can be compared by eye with other tools' output.
impl Variable for Vec<u8> {
    const NAME: &'static str = "bytes";

    fn encode(&self) -> Json {
        let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        let text: String = self
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)])
            .collect();
        Json::from(text)
    }

    fn decode(json: &Json) -> Option<Self> {
        let text = json.as_str()?.as_bytes();
        let (pairs, rest) = text.as_chunks::<2>();
        let digit = |byte: u8| char::from(byte).to_digit(16);
        pairs
            .iter()
            .map(|[high, low]| u8::try_from(digit(*high)? << 4 | digit(*low)?).ok())
            .collect::<Option<Self>>()
            .filter(|_| rest.is_empty())
    }
}

impl Variable for Json {
    const NAME: &'static str = "json";

    fn encode(&self) -> Json {
        self.clone()
    }

    fn decode(json: &Json) -> Option<Self> {
        Some(json.clone())
    }
}

impl Variable for SystemTime {
    const NAME: &'static str = "timestamp";

    fn encode(&self) -> Json {
        Json::from(encode_time(*self))
    }

    fn decode(json: &Json) -> Option<Self> {
        decode_time(json.as_str()?)
    }
}

impl Variable for Duration {
    const NAME: &'static str = "duration";

    fn encode(&self) -> Json {
        Json::from(encode_duration(*self))
    }

    fn decode(json: &Json) -> Option<Self> {
        decode_duration(json.as_str()?)
    }
}

/// `T?`. The null of a `json?` is the absence of a value.
impl<T: Variable> Variable for Option<T> {
    const NAME: &'static str = T::NAME;

    fn encode(&self) -> Json {
        self.as_ref().map_or(Json::Null, T::encode)
    }

    fn decode(json: &Json) -> Option<Self> {
        match json {
            Json::Null => Some(None),
            value => T::decode(value).map(Some),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Variable> Variable for Vec<T> {
    const NAME: &'static str = "list";

    fn encode(&self) -> Json {
        Json::Array(self.iter().map(T::encode).collect())
    }

    fn decode(json: &Json) -> Option<Self> {
        json.as_array()?.iter().map(T::decode).collect()
    }
}

impl<T: Variable> Variable for BTreeMap<String, T> {
    const NAME: &'static str = "map";

    fn encode(&self) -> Json {
        Json::Object(
            self.iter()
                .map(|(key, value)| (key.clone(), value.encode()))
                .collect(),
        )
    }

    fn decode(json: &Json) -> Option<Self> {
        json.as_object()?
            .iter()
            .map(|(key, value)| Some((key.clone(), T::decode(value)?)))
            .collect()
    }
}
