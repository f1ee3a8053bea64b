//! Who owns a store.

use std::fmt;
use std::time::SystemTime;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::fields::{decode_time, encode_time};

/// The process that owns a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Its process id.
    pub pid: u32,
    /// Its program, or what it calls itself.
    pub program: String,
    /// Since when it owns the store; RFC 3339 where it is written.
    #[serde(serialize_with = "write_time", deserialize_with = "read_time")]
    pub since: SystemTime,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            pid,
            program,
            since,
        } = self;
        write!(f, "`{program}` (pid {pid}, since {})", encode_time(*since))
    }
}

fn write_time<S: Serializer>(time: &SystemTime, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&encode_time(*time))
}

fn read_time<'de, D: Deserializer<'de>>(from: D) -> Result<SystemTime, D::Error> {
    let text = String::deserialize(from)?;
    decode_time(&text).ok_or_else(|| D::Error::custom("not a time"))
}
