//! The ring, in each way to write it.

use std::fmt::{self, Display};

use crate::peers;

/// A way to write the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Machine {
    /// No states: what a loop over the events costs.
    Empty,
    /// An enum of states, one of the two events, and a match.
    HandWritten,
    /// The same with a name for each transition, as in a workflow.
    HandWrittenNames,
    /// That with the texts of all names, to write them to records and read them.
    HandWrittenPersisted,
    /// The crate `statig`.
    Statig,
    /// The crate `smlang`.
    Smlang,
    /// The crate `rust-fsm`.
    RustFsm,
    /// The crate `stateforward-sml`.
    Sml,
    /// The crate `state-machines`, with its dynamic dispatch.
    StateMachines,
    /// A workflow, and its function `next`.
    Inflight,
    /// The same, fired by an alias.
    InflightAlias,
}

/// What is compiled: the machine itself, and what the benchmarks call it by.
pub struct Source {
    /// The machine, as a user writes it.
    pub machine: String,
    /// `Ring`, which has `new`, `step` for an event, and `state`; and `event`, which has the
    /// event that steps on from a state, or resets.
    pub face: String,
    /// The workflow file, if it has one.
    pub workflow: Option<String>,
}

impl Machine {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Empty,
        Self::HandWritten,
        Self::HandWrittenNames,
        Self::Statig,
        Self::Smlang,
        Self::RustFsm,
        Self::Sml,
        Self::StateMachines,
        Self::Inflight,
        Self::InflightAlias,
    ];

    /// Those whose builds differ.
    pub const BUILT: [Self; 8] = [
        Self::HandWritten,
        Self::HandWrittenPersisted,
        Self::Statig,
        Self::Smlang,
        Self::RustFsm,
        Self::Sml,
        Self::StateMachines,
        Self::Inflight,
    ];

    /// The crates that others have written.
    pub const PEERS: [Self; 5] = [
        Self::Statig,
        Self::Smlang,
        Self::RustFsm,
        Self::Sml,
        Self::StateMachines,
    ];

    /// A name for folders.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::HandWritten => "hand_written",
            Self::HandWrittenNames => "hand_written_names",
            Self::HandWrittenPersisted => "hand_written_persisted",
            Self::Statig => "statig",
            Self::Smlang => "smlang",
            Self::RustFsm => "rust_fsm",
            Self::Sml => "sml",
            Self::StateMachines => "state_machines",
            Self::Inflight => "inflight",
            Self::InflightAlias => "inflight_alias",
        }
    }

    /// What it depends on, as a line of a manifest.
    pub fn dependency(self) -> String {
        match self {
            Self::Empty
            | Self::HandWritten
            | Self::HandWrittenNames
            | Self::HandWrittenPersisted => String::new(),
            Self::Statig => "statig = \"=0.4.1\"".to_owned(),
            Self::Smlang => "smlang = \"=0.8.0\"".to_owned(),
            Self::RustFsm => "rust-fsm = \"=0.8.0\"".to_owned(),
            Self::Sml => {
                "sml = { package = \"stateforward-sml\", version = \"=2.0.0\" }".to_owned()
            }
            Self::StateMachines => "state-machines = \"=0.21.1\"".to_owned(),
            Self::Inflight | Self::InflightAlias => format!(
                "inflight = {{ path = {:?}, default-features = false }}",
                crate::folder().join("../../runtime")
            ),
        }
    }

    /// The ring with so many states.
    pub fn source(self, states: usize) -> Source {
        match self {
            Self::Empty => peers::empty(),
            Self::HandWritten => peers::hand_written(states),
            Self::HandWrittenNames => peers::hand_written_names(states),
            Self::HandWrittenPersisted => peers::hand_written_persisted(states),
            Self::Statig => peers::statig(states),
            Self::Smlang => peers::smlang(states),
            Self::RustFsm => peers::rust_fsm(states),
            Self::Sml => peers::sml(states),
            Self::StateMachines => peers::state_machines(states),
            Self::Inflight => peers::inflight(states),
            Self::InflightAlias => peers::inflight_alias(states),
        }
    }
}

impl Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty loop",
            Self::HandWritten => "hand-written enum and match",
            Self::HandWrittenNames => "the same, a name for each transition",
            Self::HandWrittenPersisted => {
                "the same, names of transitions, and their texts to persist"
            }
            Self::Statig => "statig",
            Self::Smlang => "smlang",
            Self::RustFsm => "rust-fsm",
            Self::Sml => "stateforward-sml",
            Self::StateMachines => "state-machines",
            Self::Inflight => "inflight: `next`",
            Self::InflightAlias => "inflight: an alias, then `next`",
        })
    }
}
