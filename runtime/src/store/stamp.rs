//! Times within JSON, as text that a person can read.

use std::time::SystemTime;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serializer};

use crate::fields::{decode_time, encode_time};

pub(super) fn serialize<S: Serializer>(time: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&encode_time(*time))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SystemTime, D::Error> {
    read(&String::deserialize(from)?)
}

fn read<E: Error>(text: &str) -> Result<SystemTime, E> {
    decode_time(text).ok_or_else(|| E::custom(format!("`{text}` is not a time")))
}

/// The same for a time that may be missing.
pub(super) mod option {
    use serde::Serialize;

    use super::{Deserialize, Deserializer, Serializer, SystemTime, encode_time, read};

    pub(in crate::store) fn serialize<S: Serializer>(
        time: &Option<SystemTime>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        time.map(encode_time).serialize(to)
    }

    pub(in crate::store) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<SystemTime>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| read(&text)).transpose()
    }
}
