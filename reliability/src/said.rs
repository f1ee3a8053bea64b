//! What a loaded process says to the one that watches it: one JSON line each.

use std::fs::File;
use std::io::{IoSlice, IoSliceMut, Read, Write, stdin, stdout};
use std::os::fd::AsFd;
use std::sync::OnceLock;

use inflight::Error;
use inflight::store::{InstanceId, StoreError, StoredRecord};
use serde::{Deserialize, Serialize};

/// What a loaded process says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Said {
    /// It waits for a line, and will open the store then.
    Ready,
    /// The store is open; it waits for a line, and will load it then.
    Opened,
    /// The store was refused.
    NotOpened(Refusal),
    /// This is about to be committed.
    Asked(InstanceId, Box<StoredRecord>),
    /// This version was acknowledged: it is durable.
    Told(InstanceId, u64),
    /// This version was not acknowledged. `nothing` says that it was refused without a
    /// change; otherwise it may be found.
    Refused {
        instance: InstanceId,
        version: u64,
        nothing: bool,
        error: Refusal,
    },
    /// An action runs, for this execution of the transition in flight.
    Ran(InstanceId, String),
    /// An instance could not go on.
    Stuck(InstanceId, Refusal),
    /// The space of what is not kept any more could not be given back.
    NotCompacted(Refusal),
    /// Every instance has come to its end.
    Done,
    /// The store is closed.
    Closed,
    /// The store was not closed in good order.
    NotClosed(Refusal),
}

/// Why something was refused.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Refusal {
    /// Whether that is because somebody took the store over.
    pub(crate) fenced: bool,
    pub(crate) told: String,
}

impl From<&StoreError> for Refusal {
    fn from(error: &StoreError) -> Self {
        Self {
            fenced: matches!(error, StoreError::Fenced { .. }),
            told: format!("{error:?}"),
        }
    }
}

impl From<&Error> for Refusal {
    fn from(error: &Error) -> Self {
        let fenced = match error {
            Error::Commit { source, .. } | Error::Poisoned { source, .. } => {
                matches!(**source, StoreError::Fenced { .. })
            }
            _ => false,
        };
        Self {
            fenced,
            told: format!("{error:?}"),
        }
    }
}

static IN: OnceLock<File> = OnceLock::new();
static OUT: OnceLock<File> = OnceLock::new();

/// Waits for a line on standard input. By `readv`, which no store calls: so a fault at the
/// n-th `read` strikes the store.
pub(crate) fn hear() {
    let mut from = IN.get_or_init(|| File::from(stdin().as_fd().try_clone_to_owned().unwrap()));
    let heard = from.read_vectored(&mut [IoSliceMut::new(&mut [0])]);
    assert_eq!(heard.unwrap(), 1, "nobody is there");
}

/// Says something on standard output, by `writev` for the same reason.
pub(crate) fn say(said: &Said) {
    let mut line = serde_json::to_vec(said).unwrap();
    line.push(b'\n');
    let mut out = OUT.get_or_init(|| File::from(stdout().as_fd().try_clone_to_owned().unwrap()));
    let mut rest = line.as_slice();
    while !rest.is_empty() {
        let written = out.write_vectored(&[IoSlice::new(rest)]).unwrap();
        rest = &rest[written..];
    }
}
