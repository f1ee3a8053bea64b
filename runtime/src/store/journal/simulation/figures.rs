//! What the tests count.

use std::io::{Write, stdout};

/// Whether the long form was asked for.
pub(super) fn full() -> bool {
    std::env::var("RELIABILITY").is_ok_and(|form| form == "full")
}

/// What chance begins with; to be set in order to see a failure again.
pub(super) fn seed() -> u64 {
    let seed = std::env::var("RELIABILITY_SEED").ok();
    seed.map_or(4, |seed| seed.parse().unwrap())
}

/// Figures of one kind of fault.
pub(super) struct Figures {
    fault: &'static str,
    trials: u64,
    acknowledged: u64,
}

impl Figures {
    pub(super) fn new(fault: &'static str) -> Self {
        Self {
            fault,
            trials: 0,
            acknowledged: 0,
        }
    }

    /// Counts a trial in which so many commits had been acknowledged.
    pub(super) fn trial(&mut self, acknowledged: usize) {
        self.trials += 1;
        self.acknowledged += acknowledged as u64;
    }

    /// Prints them, past the test harness, in the form of a table's line.
    pub(super) fn print(self, note: &str) {
        let Self {
            fault,
            trials,
            acknowledged,
        } = self;
        assert!(trials > 0, "nothing was tried");
        if full() {
            writeln!(
                stdout(),
                "\nfigures\t{fault}\t{trials}\t{acknowledged}\t{note}"
            )
            .unwrap();
        }
    }
}
