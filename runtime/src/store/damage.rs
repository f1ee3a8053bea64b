//! Damage that is looked for, not stumbled upon.

use std::fmt;
use std::path::PathBuf;

/// What is damaged in a store, as its `verify` tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The file; the store itself, if what is damaged is how its files fit together.
    pub file: PathBuf,
    /// What is wrong, and at which byte if that is known.
    pub detail: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.file.display(), self.detail)
    }
}
