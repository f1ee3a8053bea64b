//! What befalls an instance, and what is left of it.

use serde_json::Value as Json;

/// What befalls a commit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// It fails, and is not written.
    Before,
    /// It is written, and reported as failed.
    After,
    /// Whoever waits for it is gone when it is written.
    Unseen,
    /// Whoever waits for it is gone when it fails.
    Lost,
}

/// What somebody asks for.
#[derive(Clone, Debug)]
pub enum Operation {
    Fire {
        transition: &'static str,
        inputs: Json,
        cause: Option<String>,
    },
    /// By the alias `go`.
    Go(&'static str),
    Synchronize,
    Retry,
    Skip,
    Abandon,
    /// Fires what falls due, as long as there is patience.
    Drive,
    /// So many seconds pass.
    Pass(u64),
    /// Somebody sets the clock back by so many seconds.
    SetBack(u64),
    /// The process ends, and another begins.
    Reopen,
}

/// How it ends.
#[derive(Debug, PartialEq)]
pub enum End {
    /// The verdict, and the steps.
    Told(String, Vec<String>),
    Refused(&'static str),
    Panicked,
    Dropped,
}

/// Times are in seconds since the clock was made.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub state: String,
    pub variables: Json,
    pub inflight: Option<Inflight>,
    pub entered: Option<i64>,
    pub spent: Vec<String>,
    pub failures: Vec<Failed>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    pub transition: String,
    /// As those in flight.
    pub execution: usize,
    pub cause: Option<String>,
    pub attempt: u32,
    pub interruptions: u32,
    pub at: i64,
    pub failure: String,
    pub handled: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Inflight {
    pub transition: String,
    pub inputs: Json,
    /// Executions are numbered as they appear.
    pub execution: usize,
    pub cause: Option<String>,
    pub attempt: u32,
    pub interruptions: u32,
    pub failure: Option<String>,
    pub until: Option<i64>,
    pub parked: bool,
    pub last_failure: Option<String>,
    pub panicked: Option<String>,
}
