//! When something falls due by itself.

use std::time::Duration;

use crate::clock::Clock;
use crate::definition::Definition;
use crate::record::Record;
use crate::tables::StateKind;

/// When something falls due.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Never: the state is a final one.
    Over,
    /// Not before the record changes.
    Unknown,
    /// After this wait.
    In(Duration, Falling),
}

/// What falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Falling {
    /// A timer, when the state was entered so long ago.
    Timer(Duration),
    /// The next attempt of what is in flight.
    Attempt,
}

/// What has fallen due of a record, and was tried.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked {
    /// Which record.
    version: u64,
    /// Up to where its timers have been asked whether they fire.
    timers: Option<Duration>,
    /// Whether its next attempt was.
    attempt: bool,
}

impl Asked {
    /// Notes what was tried of a record.
    pub(crate) fn note(&mut self, version: u64, falling: Falling) {
        *self = self.of(version);
        match falling {
            Falling::Timer(after) => self.timers = Some(after),
            Falling::Attempt => self.attempt = true,
        }
    }

    /// What was tried of this record.
    fn of(self, version: u64) -> Self {
        match self.version == version {
            true => self,
            false => Self {
                version,
                ..Self::default()
            },
        }
    }
}

/// When the next timer falls due that has not been asked.
pub(crate) fn timer<D: Definition>(record: &Record<D>, asked: Asked, clock: &dyn Clock) -> Due {
    let asked = asked.of(record.version).timers;
    let position = record.position();
    if position.inflight.is_some() {
        return Due::Unknown;
    }
    let state = D::TABLES.states.get(usize::from(position.state));
    if state.is_some_and(|row| row.kind == StateKind::Final) {
        return Due::Over;
    }
    let timers = position.timers(D::TABLES).into_iter();
    let mut timers = timers.map(|(_, after)| Duration::from_nanos(after));
    let Some(entered) = record.entered else {
        return match timers.next() {
            None => Due::Unknown,
            // The record must say first when they began.
            Some(_) => Due::In(Duration::ZERO, Falling::Timer(Duration::ZERO)),
        };
    };
    let Some(after) = timers.find(|after| asked.is_none_or(|asked| *after > asked)) else {
        return Due::Unknown;
    };
    // A clock that was set back since then makes the wait no longer than it ever was.
    let elapsed = clock.now().duration_since(entered).unwrap_or_default();
    let wait = after.saturating_sub(elapsed.max(asked.unwrap_or_default()));
    Due::In(wait, Falling::Timer(after))
}

/// When the next timer falls due, or the next attempt of what is in flight, that has not
/// been tried.
pub(crate) fn anything<D: Definition>(record: &Record<D>, asked: Asked, clock: &dyn Clock) -> Due {
    match &record.inflight {
        Some(inflight) if record.is_waiting() && !asked.of(record.version).attempt => {
            Due::In(inflight.left(clock.now()), Falling::Attempt)
        }
        _ => timer(record, asked, clock),
    }
}
