//! A record in bytes: its parts in the order in which they are listed here.
//!
//! ```text
//! number   u32 or u64                  name     length u32 | UTF-8
//! flag     u8, 0 or 1                  json     length u32 | JSON
//! time     flag: before 1970 | seconds u64 | nanoseconds u32
//! option   flag | part, if it is 1     list     count u32 | parts
//! record, inflight, failure            length u32 | parts
//! ```
//!
//! Values are JSON, and so is what people wrote, which may be any text: JSON has no zeros.
//! Their lengths leave room for parts that a later format adds at the end.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

use super::bytes::{Reading, put};
use crate::fields::Fields;
use crate::store::{Intervention, StoredFailure, StoredInflight, StoredRecord};

/// Something in a record.
pub(super) trait Part: Sized {
    /// Adds it to bytes.
    fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()>;

    /// Takes it off the front of bytes; `None` if they make no sense.
    fn read(from: &mut Reading<'_>) -> Option<Self>;
}

macro_rules! parts {
    ($whole:ident: $($part:ident),*) => {
        impl Part for $whole {
            fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
                let Self { $($part),* } = self;
                counted(to, |to| {
                    $($part.write(to)?;)*
                    Ok(())
                })
            }

            fn read(from: &mut Reading<'_>) -> Option<Self> {
                let mut parts = Reading(from.counted()?);
                $(let $part = Part::read(&mut parts)?;)*
                parts.0.is_empty().then_some(Self { $($part),* })
            }
        }
    };
}

parts!(StoredRecord: version, committed, fingerprint, state, variables, inflight, entered, spent,
    intervention, failures);

parts!(StoredInflight: transition, inputs, execution, cause, attempt, interruptions, failure,
    until, parked, last_failure, panicked);

parts!(StoredFailure: transition, execution, cause, attempt, interruptions, at, failure, handled);

macro_rules! numbers {
    ($($number:ident),*) => {$(
        impl Part for $number {
            fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
                to.extend_from_slice(&self.to_le_bytes());
                Ok(())
            }

            fn read(from: &mut Reading<'_>) -> Option<Self> {
                from.array().map(Self::from_le_bytes)
            }
        }
    )*};
}

numbers!(u32, u64);

macro_rules! names {
    ($($name:ty),*) => {$(
        impl Part for $name {
            fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
                counted(to, |to| {
                    to.extend_from_slice(self.as_bytes());
                    Ok(())
                })
            }

            fn read(from: &mut Reading<'_>) -> Option<Self> {
                let name = str::from_utf8(from.counted()?).ok()?;
                Some(name.to_owned().into())
            }
        }
    )*};
}

names!(Cow<'static, str>, Arc<str>);

macro_rules! json {
    ($($value:ty),*) => {$(
        impl Part for $value {
            fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
                counted(to, |to| self.serialize(&mut serde_json::Serializer::new(to)))
            }

            fn read(from: &mut Reading<'_>) -> Option<Self> {
                serde_json::from_slice(from.counted()?).ok()
            }
        }
    )*};
}

json!(Fields, String, Intervention);

impl Part for bool {
    fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
        to.push(u8::from(*self));
        Ok(())
    }

    fn read(from: &mut Reading<'_>) -> Option<Self> {
        match from.array()? {
            [0] => Some(false),
            [1] => Some(true),
            _ => None,
        }
    }
}

impl Part for SystemTime {
    fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
        let (before, since) = match self.duration_since(UNIX_EPOCH) {
            Ok(since) => (false, since),
            Err(error) => (true, error.duration()),
        };
        before.write(to)?;
        since.as_secs().write(to)?;
        since.subsec_nanos().write(to)
    }

    fn read(from: &mut Reading<'_>) -> Option<Self> {
        let (before, seconds, nanos) = (bool::read(from)?, from.u64()?, from.u32()?);
        let since = Duration::from_secs(seconds).checked_add(Duration::from_nanos(nanos.into()))?;
        match before {
            false => UNIX_EPOCH.checked_add(since),
            true => UNIX_EPOCH.checked_sub(since),
        }
    }
}

impl<T: Part> Part for Option<T> {
    fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
        self.is_some().write(to)?;
        self.as_ref().map_or(Ok(()), |part| part.write(to))
    }

    fn read(from: &mut Reading<'_>) -> Option<Self> {
        match bool::read(from)? {
            true => T::read(from).map(Some),
            false => Some(None),
        }
    }
}

impl<T: Part> Part for Vec<T> {
    fn write(&self, to: &mut Vec<u8>) -> serde_json::Result<()> {
        u32::try_from(self.len()).unwrap_or(u32::MAX).write(to)?;
        self.iter().try_for_each(|part| part.write(to))
    }

    fn read(from: &mut Reading<'_>) -> Option<Self> {
        let count = from.u32()?;
        (0..count).map(|_| T::read(from)).collect()
    }
}

/// Writes something behind its length. More than the length can say is more than an entry
/// can hold, which refuses it.
fn counted(
    to: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>,
) -> serde_json::Result<()> {
    let at = to.len();
    to.extend_from_slice(&[0; 4]);
    write(to)?;
    let length = u32::try_from(to.len() - at - 4).unwrap_or(u32::MAX);
    put(to, at, &length.to_le_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::entry::{self, Entry, Kept};
    use super::*;
    use crate::store::{InstanceId, Operation};

    fn small() -> StoredRecord {
        StoredRecord {
            fingerprint: u64::MAX,
            ..StoredRecord::empty(1)
        }
    }

    fn full() -> StoredRecord {
        let before = UNIX_EPOCH - Duration::new(5, 999_999_999);
        StoredRecord {
            variables: Fields::new().with("note", &"\0 \"quoted\"".to_owned()),
            inflight: Some(StoredInflight {
                transition: "install".into(),
                inputs: Fields::new().with("hooks", &true),
                execution: "an id".into(),
                cause: Some("\0".repeat(600)),
                attempt: 3,
                interruptions: 2,
                failure: Some("disk full".to_owned()),
                until: Some(UNIX_EPOCH + Duration::new(u32::MAX.into(), 1)),
                parked: true,
                last_failure: Some(String::new()),
                panicked: Some("index out of bounds".to_owned()),
            }),
            entered: Some(before),
            spent: vec!["expire".into(), "remind".into()],
            intervention: Some(Intervention {
                operation: Operation::SetState,
                cause: Some("by hand".to_owned()),
            }),
            failures: vec![StoredFailure {
                transition: "configure".into(),
                execution: "another id".into(),
                cause: None,
                attempt: 1,
                interruptions: 0,
                at: before,
                failure: "no route".to_owned(),
                handled: true,
            }],
            ..small()
        }
    }

    /// What is written is read, and neither less of it nor more; and it has no zeros on end.
    fn check(record: &StoredRecord) {
        let mut bytes = Vec::new();
        record.write(&mut bytes).unwrap();
        let read = |bytes: &[u8]| StoredRecord::read(&mut Reading(bytes));
        assert_eq!(read(&bytes).as_ref(), Some(record));
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]), None, "{end} bytes");
        }
        let length = u32::try_from(bytes.len() - 3).unwrap();
        put(&mut bytes, 0, &length.to_le_bytes());
        bytes.push(0);
        assert_eq!(read(&bytes), None);
        assert!(
            !bytes
                .windows(64)
                .any(|bytes| bytes.iter().all(|&byte| byte == 0))
        );
    }

    #[test]
    fn records_are_read_as_they_were_written() {
        check(&small());
        check(&full());
    }

    #[test]
    fn records_of_format_1_are_read() {
        let unit = InstanceId::new("unit", "mysql-0");
        let written = entry::record(&unit, 1, |bytes| serde_json::to_writer(bytes, &full()));
        let mut bytes = written.unwrap().unwrap().bytes().to_vec();
        put(&mut bytes, 4, &1_u32.to_le_bytes());
        let Some(Entry::Record(record)) = entry::parse(&bytes) else {
            panic!("it is a record");
        };
        assert_eq!(Kept::from(record).decode(), Some(full()));
    }
}
