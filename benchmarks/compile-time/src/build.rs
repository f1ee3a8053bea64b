//! One build of one crate, what it depends on aside.

use std::io::{self, Error};
use std::process::Command;

use machines::Scratch;
use report::{Cost, Limits, Spent};

/// What a build may take before it is cut off.
pub const LIMITS: Limits = Limits {
    seconds: 60,
    gigabytes: 8,
};

/// A build that takes longer than this is not repeated.
const LONG: f64 = 5.0;

/// How often a build is measured; the smallest time counts.
const RUNS: usize = 3;

/// A way to build.
#[derive(Clone, Copy)]
pub enum Way {
    /// `cargo build --release`.
    Release,
    /// `cargo check`.
    Check,
}

/// The cost of a build of a library, of which only the sources have changed.
pub fn cost(scratch: &Scratch, way: Way) -> io::Result<Result<Spent, String>> {
    let mut best: Option<Spent> = None;
    for _ in 0..RUNS {
        scratch.touch()?;
        let spent = match report::measure(&command(scratch, way), LIMITS)? {
            Cost::Cut(reason) => return Ok(Err(reason)),
            Cost::Spent(spent) => spent,
        };
        let better = best.is_none_or(|best| spent.cpu < best.cpu);
        best = if better { Some(spent) } else { best };
        if spent.seconds() > LONG {
            break;
        }
    }
    best.map(Ok).ok_or_else(|| Error::other("no runs"))
}

fn command(scratch: &Scratch, way: Way) -> Command {
    match way {
        Way::Release => scratch.cargo(&["build", "--release"]),
        Way::Check => scratch.cargo(&["check"]),
    }
}

/// Builds what a crate depends on.
pub fn prepare(scratch: &Scratch) -> io::Result<()> {
    scratch.write("src/lib.rs", "")?;
    for way in [Way::Release, Way::Check] {
        let output = command(scratch, way).output()?;
        if !output.status.success() {
            return Err(Error::other(String::from_utf8_lossy(&output.stderr)));
        }
    }
    Ok(())
}
