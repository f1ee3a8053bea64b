//! What is said of a trial that was not survived.

use std::fmt::Write;
use std::thread;

use super::explore::ONLY;
use super::fate::End;
use super::trial::Failed;

/// A point where a process crashes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Counted from 1.
    pub(super) number: usize,
    /// How many there are; 0 where nobody has counted them.
    pub(super) of: usize,
}

/// Fails the test: says where it crashed, what was committed, and how to try that alone.
#[track_caller]
pub(super) fn tell(failed: &Failed, path: &[Place]) -> ! {
    let mut text = failed.why.clone();
    if path.is_empty() {
        text += "\n\nwithout any crash";
    }
    let mut places = path.iter();
    for (number, end) in failed.crashes.iter().enumerate() {
        let _ = write!(text, "\n\n{}. process: {end}", number + 1);
        if let (End::Crashed(_) | End::Failing(_), Some(place)) = (end, places.next()) {
            let _ = write!(text, " (point {}", place.number);
            let _ = match place.of {
                0 => text.write_str(")"),
                of => write!(text, " of {of})"),
            };
        }
    }
    if !failed.records.is_empty() {
        text += "\n";
    }
    for record in &failed.records {
        let _ = write!(text, "\n{record}");
    }
    if !path.is_empty() {
        let numbers: Vec<_> = path.iter().map(|place| place.number.to_string()).collect();
        let (thread, only) = (thread::current(), numbers.join("."));
        let test = thread.name().unwrap_or_default();
        let _ = write!(
            text,
            "\n\nto try this alone: {ONLY}={only} cargo test {test}"
        );
    }
    refuse(&text)
}

/// Fails the test.
#[track_caller]
#[expect(clippy::panic, reason = "so a test fails")]
pub(super) fn refuse(text: &str) -> ! {
    panic!("{text}")
}
