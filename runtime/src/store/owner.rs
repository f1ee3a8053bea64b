//! Who owns a store.

use std::fmt;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::stamp;
use crate::fields::encode_time;

/// The process that owns a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Its process id.
    pub pid: u32,
    /// Its program, or what it calls itself.
    pub program: String,
    /// Since when it owns the store; RFC 3339 where it is written.
    #[serde(with = "stamp")]
    pub since: SystemTime,
}

impl Owner {
    /// What a process is called that does not say: the file name of its program.
    pub(super) fn program() -> String {
        std::env::current_exe()
            .ok()
            .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .unwrap_or_else(|| "unknown program".to_owned())
    }
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
