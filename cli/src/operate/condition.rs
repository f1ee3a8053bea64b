//! How an instance is.

use std::time::{Duration, SystemTime};

use inflight::store::{StoredFailure, StoredInflight, StoredRecord};
use inflight_dsl::model::{StateKind, Transition, Workflow};
use serde::Serialize;

use super::reading::Reading;
use super::table::Style;
use super::text::{times, value};
use super::{age, known};

/// How late a timer may be where somebody owns the store, who may just be firing it.
const PATIENCE: Duration = Duration::from_secs(10);

/// How an instance is; what wants an operator most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Condition {
    /// The program that opened the store last cannot read its record.
    Unreadable,
    /// What is in flight waits for an operator.
    Parked,
    /// What is in flight was interrupted, and nobody has carried on with it.
    InDoubt,
    /// What is in flight has failed, and is tried again or has its error path run.
    Failing,
    /// What was in flight has failed, and led nowhere.
    Failed,
    /// It rests in an error state.
    Error,
    /// A timer was due, and has not fired.
    Overdue,
    /// Something is in flight.
    Running,
    /// Nothing is in flight.
    Resting,
    /// It has reached a final state.
    Final,
}

impl Condition {
    /// The condition of an instance whose store is owned by somebody, or by nobody.
    pub(super) fn of(reading: &Reading, owned: bool, now: SystemTime) -> Self {
        match reading.unreadable {
            Some(_) => Self::Unreadable,
            None => Self::of_record(&reading.record, reading.workflow.as_deref(), owned, now),
        }
    }

    fn of_record(
        record: &StoredRecord,
        workflow: Option<&Workflow>,
        owned: bool,
        now: SystemTime,
    ) -> Self {
        let state = workflow.and_then(|workflow| known::state(workflow, &record.state));
        match (&record.inflight, state.map(|state| state.kind)) {
            (Some(inflight), _) if inflight.parked => Self::Parked,
            (Some(inflight), _) if inflight.panicked.is_some() => Self::InDoubt,
            // Somebody had it run again, and it has not begun.
            (Some(inflight), _) if inflight.until.is_some() && inflight.attempt < 2 => {
                match owned {
                    true => Self::Running,
                    false => Self::InDoubt,
                }
            }
            (Some(inflight), _) if inflight.until.is_none() && !owned => Self::InDoubt,
            (Some(inflight), _) if inflight.attempt > 1 || inflight.failure.is_some() => {
                Self::Failing
            }
            (Some(_), _) => Self::Running,
            (None, _) if led_nowhere(record).is_some() => Self::Failed,
            (None, Some(StateKind::Error)) => Self::Error,
            (None, Some(StateKind::Final)) => Self::Final,
            (None, _) if overdue(record, workflow, owned, now).is_some() => Self::Overdue,
            (None, _) => Self::Resting,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Parked => "parked",
            Self::InDoubt => "in doubt",
            Self::Failing => "failing",
            Self::Failed => "failed",
            Self::Error => "error",
            Self::Overdue => "overdue",
            Self::Running => "running",
            Self::Resting => "resting",
            Self::Final => "final",
        }
    }

    pub(super) fn style(self) -> Style {
        match self {
            Self::Unreadable | Self::Parked | Self::InDoubt => Style::Alarm,
            Self::Failing | Self::Failed | Self::Error | Self::Overdue => Style::Warning,
            Self::Running => Style::Plain,
            Self::Resting | Self::Final => Style::Faint,
        }
    }
}

/// What failed last, if nothing has come of it.
pub(super) fn led_nowhere(record: &StoredRecord) -> Option<&StoredFailure> {
    let last = record.failures.last();
    last.filter(|failed| record.inflight.is_none() && !failed.handled)
}

/// Why an instance is as it is, where there is something to say.
pub(super) fn cause(
    reading: &Reading,
    condition: Condition,
    owned: bool,
    now: SystemTime,
) -> Option<String> {
    if let Some(why) = &reading.unreadable {
        return Some(format!("{why}, for the version that opened the store last"));
    }
    let (record, workflow) = (&reading.record, reading.workflow.as_deref());
    let Some(inflight) = &record.inflight else {
        return match condition {
            Condition::Failed => failed(&record.failures),
            Condition::Error => reason(record, workflow).or_else(|| failed(&record.failures)),
            Condition::Overdue => {
                let (transition, late) = overdue(record, workflow, owned, now)?;
                Some(unfired(workflow?, transition, late, owned))
            }
            _ => None,
        };
    };
    let mut parts = Vec::new();
    match &inflight.panicked {
        Some(said) => parts.push(format!("its action panicked: {said}")),
        None if condition == Condition::InDoubt && inflight.until.is_none() => {
            parts.push("its process is gone".to_owned());
        }
        None => {}
    }
    match inflight.interruptions {
        0 => {}
        number => parts.push(format!("interrupted {}", times(number))),
    }
    parts.extend(attempt(inflight, owned, now));
    parts.extend(inflight.failure.clone());
    if condition == Condition::Running && parts.is_empty() {
        let since = age::since(record.committed, now);
        parts.push(format!("for {}", age::length(since)));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The timer that was due first of those that have not fired though they should have, and how
/// late it is. The owner of the store may be about to fire it.
fn overdue<'w>(
    record: &StoredRecord,
    workflow: Option<&'w Workflow>,
    owned: bool,
    now: SystemTime,
) -> Option<(&'w Transition, Duration)> {
    let workflow = workflow.filter(|_| record.inflight.is_none())?;
    let patience = if owned { PATIENCE } else { Duration::ZERO };
    let late = known::outgoing(workflow, &record.state).filter_map(|transition| {
        let due = known::due(transition, record)?;
        let late = now.duration_since(due).ok()?;
        (late >= patience).then_some((transition, late))
    });
    late.max_by_key(|(_, late)| *late)
}

/// Why a timer has not fired, as far as a record can tell.
fn unfired(workflow: &Workflow, transition: &Transition, late: Duration, owned: bool) -> String {
    let name = &transition.name.text;
    let was_due = format!("{name} was due {} ago", age::length(late));
    let guards = known::guards(workflow, transition).join(" and ");
    match (owned, guards.as_str()) {
        (false, _) => format!("{was_due}, and no process runs it"),
        (true, "") => format!("{was_due}, and the owner does not drive it"),
        (true, guards) => {
            format!("{was_due}: refused by `when {guards}`, or the owner does not drive it")
        }
    }
}

/// The variable of a state that says why it was entered.
fn reason(record: &StoredRecord, workflow: Option<&Workflow>) -> Option<String> {
    let reason = known::reason(workflow?, &record.state)?;
    record.variables.as_json().get(reason).map(value)
}

/// How the last one failed, and what before it.
fn failed(failures: &[StoredFailure]) -> Option<String> {
    let (last, before) = failures.split_last()?;
    let mut told = last.failure.clone();
    for failed in before.iter().rev() {
        told.push_str(&format!(
            ", after {}: {}",
            failed.transition, failed.failure
        ));
    }
    Some(told)
}

/// Which attempt this is or will be, if it is not the first.
fn attempt(inflight: &StoredInflight, owned: bool, now: SystemTime) -> Option<String> {
    let left = inflight.until.map(|until| until.duration_since(now));
    let mut text = match (&left, inflight.attempt) {
        (None, 0 | 1) => return None,
        (None, number) => format!("attempt {number}"),
        (Some(_), 0 | 1) => "to be run again".to_owned(),
        (Some(Ok(left)), number) => format!("attempt {number} in {}", age::length(*left)),
        (Some(Err(_)), number) => format!("attempt {number} is due"),
    };
    // What is not due yet may well find somebody.
    if matches!(left, Some(Err(_))) && !owned {
        text.push_str(", and no process runs it");
    }
    if let Some(failure) = &inflight.last_failure {
        text.push_str(", after: ");
        text.push_str(failure);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAB: &str = "workflow lab {
        initial state trial
        final state over
        error state bad
        guard ready
        transition stop: trial -> over { after 1m when not ready }
        transition leave: trial -> over { after 1h }
        transition spoil: trial -> bad
        transition clear: bad -> over { after 1m }
    }";

    fn told(state: &str, ago: u64, spent: &[&str], owned: bool) -> String {
        let workflow = known::named(LAB, "lab").unwrap();
        let now = SystemTime::now();
        let record = serde_json::json!({
            "version": 1, "committed": "2026-01-31T12:00:00Z", "fingerprint": 7, "state": state,
            "variables": {}, "inflight": null, "spent": spent,
        });
        let mut record: StoredRecord = serde_json::from_value(record).unwrap();
        record.entered = Some(now - Duration::from_secs(ago));
        let reading = Reading::of(record, Some(workflow), None);
        let condition = Condition::of(&reading, owned, now);
        let cause = cause(&reading, condition, owned, now);
        format!("{} {}", condition.word(), cause.unwrap_or_default())
    }

    #[test]
    fn a_timer_that_was_due_and_has_not_fired_is_told() {
        let check = |ago, spent: &[&str], owned, expect: &str| {
            assert_eq!(
                told("trial", ago, spent, owned).trim(),
                expect,
                "{ago} {spent:?} {owned}"
            );
        };
        check(59, &[], false, "resting");
        check(
            65,
            &[],
            false,
            "overdue stop was due 5 s ago, and no process runs it",
        );
        check(65, &[], true, "resting");
        let refused = "overdue stop was due 30 s ago: refused by `when not ready`, or the owner \
                       does not drive it";
        check(90, &[], true, refused);
        check(90, &["stop"], true, "resting");
        let undriven = "overdue leave was due 1 min ago, and the owner does not drive it";
        check(3660, &["stop"], true, undriven);
        assert_eq!(told("bad", 90, &[], false).trim(), "error");
    }
}
