//! Why an action did not do what it should.

use std::fmt;

use inflight::Failure;

#[derive(Debug)]
pub enum Stop {
    Failed(&'static str),
    Interrupted,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Failed(text) => text,
            Self::Interrupted => "shutting down",
        })
    }
}

impl Failure for Stop {
    fn is_interruption(&self) -> bool {
        matches!(self, Self::Interrupted)
    }
}
