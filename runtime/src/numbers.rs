//! Numbers for the crate `metrics`. Nearly all of them are read off two records that
//! follow each other, so that they say what is durable.
//!
//! OPERATING.md has a table of them. Without the feature `metrics`, `none` stands here.

use std::time::{Duration, Instant, SystemTime};

use uuid::Uuid;

use crate::clock::Clock;
use crate::definition::{Definition, Name};
use crate::record::{Inflight, Record};
use crate::store::StoreError;

/// What an instance that is open adds to how many there are of a kind.
#[derive(Debug)]
pub(crate) struct Standing {
    workflow: &'static str,
    in_flight: bool,
    parked: bool,
}

impl Standing {
    /// That of an instance with this record.
    pub(crate) fn of<D: Definition>(record: &Record<D>) -> Self {
        let mut standing = Self {
            workflow: D::TABLES.workflow,
            in_flight: false,
            parked: false,
        };
        standing.set(record.inflight.is_some(), record.is_parked());
        standing
    }

    /// That of an instance which has this record now.
    pub(crate) fn follow<D: Definition>(&mut self, record: &Record<D>) {
        self.set(record.inflight.is_some(), record.is_parked());
    }

    fn set(&mut self, in_flight: bool, parked: bool) {
        change(
            "inflight_in_flight",
            self.workflow,
            self.in_flight,
            in_flight,
        );
        change("inflight_parked", self.workflow, self.parked, parked);
        self.in_flight = in_flight;
        self.parked = parked;
    }
}

impl Drop for Standing {
    fn drop(&mut self) {
        self.set(false, false);
    }
}

/// One more, or one less.
fn change(name: &'static str, workflow: &'static str, was: bool, is: bool) {
    match (was, is) {
        (false, true) => ::metrics::gauge!(name, "workflow" => workflow).increment(1.0),
        (true, false) => ::metrics::gauge!(name, "workflow" => workflow).decrement(1.0),
        _ => {}
    }
}

/// A record was made durable in place of another.
pub(crate) fn committed<D: Definition>(before: &Record<D>, after: &Record<D>, clock: &dyn Clock) {
    let workflow = D::TABLES.workflow;
    ::metrics::counter!("inflight_commits_total", "workflow" => workflow).increment(1);
    let (old, new) = (before.inflight.as_ref(), after.inflight.as_ref());
    let is_new = |new: &Inflight<D>| old.is_none_or(|old| old.execution != new.execution);
    let is_over = |old: &Inflight<D>| new.is_none_or(|new| new.execution != old.execution);
    if let Some(new) = new {
        let attempts = old.filter(|_| !is_new(new)).map_or(0, |old| old.attempt);
        let interruptions = old
            .filter(|_| !is_new(new))
            .map_or(0, |it| it.interruptions);
        count::<D>(
            "inflight_attempts_total",
            new,
            new.attempt.saturating_sub(attempts),
        );
        let more = new.interruptions.saturating_sub(interruptions);
        count::<D>("inflight_interruptions_total", new, more);
    }
    if let Some(old) = old {
        let retried = new.is_some_and(|new| !is_new(new) && new.attempt > old.attempt);
        let last = after.failures.last();
        let given_up = last.is_some_and(|failed| failed.execution == old.execution);
        let failed = retried || given_up;
        count::<D>("inflight_failures_total", old, u32::from(failed));
    }
    if let Some((old, begun)) = old.filter(|old| is_over(old)).zip(old.and_then(begun)) {
        let age = clock.now().duration_since(begun).unwrap_or_default();
        let transition = old.name().as_str();
        ::metrics::histogram!(
            "inflight_age_seconds", "workflow" => workflow, "transition" => transition
        )
        .record(age);
    }
}

fn count<D: Definition>(name: &'static str, inflight: &Inflight<D>, more: u32) {
    if more > 0 {
        let (workflow, transition) = (D::TABLES.workflow, inflight.name().as_str());
        ::metrics::counter!(name, "workflow" => workflow, "transition" => transition)
            .increment(u64::from(more));
    }
}

/// When an execution began, by its id, which outlives restarts.
fn begun<D: Definition>(inflight: &Inflight<D>) -> Option<SystemTime> {
    let id = Uuid::parse_str(&inflight.execution).ok()?;
    let (seconds, nanoseconds) = id.get_timestamp()?.to_unix();
    SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanoseconds))
}

/// When a commit was asked for.
pub(crate) struct Asked(Instant);

impl Asked {
    pub(crate) fn now(clock: &dyn Clock) -> Self {
        Self(clock.instant())
    }
}

/// A commit is durable that was asked for then.
pub(crate) fn commit_took<D: Definition>(asked: Asked, clock: &dyn Clock) {
    let workflow = D::TABLES.workflow;
    let time = clock.instant().saturating_duration_since(asked.0);
    ::metrics::histogram!("inflight_commit_seconds", "workflow" => workflow).record(time);
}

/// A commit failed.
pub(crate) fn commit_failed<D: Definition>(error: &StoreError) {
    let workflow = D::TABLES.workflow;
    match error {
        StoreError::Fenced { .. } => {
            ::metrics::counter!("inflight_fenced_total", "workflow" => workflow).increment(1);
        }
        _ => ::metrics::counter!("inflight_commit_failures_total", "workflow" => workflow)
            .increment(1),
    }
}

/// So many commits were written together, with one sync.
pub(crate) fn synced(commits: usize) {
    ::metrics::counter!("inflight_syncs_total").increment(1);
    ::metrics::histogram!("inflight_commits_per_sync").record(commits as f64);
}
