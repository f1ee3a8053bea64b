//! CPU seconds of child processes.

use std::fs;
use std::io::{self, Error};
use std::process::Command;

/// The unit of the times in `/proc`: the same on every Linux.
const TICKS_A_SECOND: f64 = 100.0;

/// Runs a command to its end and says how many CPU seconds it and its children took.
pub fn cpu_seconds(command: &mut Command) -> io::Result<f64> {
    let before = children()?;
    let output = command.output()?;
    if !output.status.success() {
        return Err(Error::other(String::from_utf8_lossy(&output.stderr)));
    }
    Ok(children()? - before)
}

/// The CPU seconds of all children that have ended.
fn children() -> io::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The second field is the name in brackets, and may hold blanks.
    let (_, fields) = stat.rsplit_once(')').unwrap_or_default();
    let ticks = fields.split_whitespace().skip(13).take(2);
    let ticks = ticks.filter_map(|ticks| ticks.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() / TICKS_A_SECOND)
}
