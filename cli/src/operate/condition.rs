//! How an instance is.

use std::time::SystemTime;

use inflight::store::{StoredFailure, StoredInflight, StoredRecord};
use inflight_dsl::model::{StateKind, Workflow};
use serde::Serialize;

use super::table::Style;
use super::text::{times, value};
use super::{age, known};

/// How an instance is; what wants an operator most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Condition {
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
    /// Something is in flight.
    Running,
    /// Nothing is in flight.
    Resting,
    /// It has reached a final state.
    Final,
}

impl Condition {
    /// The condition of an instance whose store is owned by somebody, or by nobody.
    pub(super) fn of(record: &StoredRecord, workflow: Option<&Workflow>, owned: bool) -> Self {
        let state = workflow.and_then(|workflow| known::state(workflow, &record.state));
        match (&record.inflight, state.map(|state| state.kind)) {
            (Some(inflight), _) if inflight.parked => Self::Parked,
            (Some(inflight), _) if inflight.panicked.is_some() => Self::InDoubt,
            // Somebody had it run again, and it has not begun.
            (Some(inflight), _) if inflight.until.is_some() && inflight.attempt < 2 => {
                Self::Running
            }
            (Some(inflight), _) if inflight.until.is_none() && !owned => Self::InDoubt,
            (Some(inflight), _) if inflight.attempt > 1 || inflight.failure.is_some() => {
                Self::Failing
            }
            (Some(_), _) => Self::Running,
            (None, _) if led_nowhere(record).is_some() => Self::Failed,
            (None, Some(StateKind::Error)) => Self::Error,
            (None, Some(StateKind::Final)) => Self::Final,
            (None, _) => Self::Resting,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Parked => "parked",
            Self::InDoubt => "in doubt",
            Self::Failing => "failing",
            Self::Failed => "failed",
            Self::Error => "error",
            Self::Running => "running",
            Self::Resting => "resting",
            Self::Final => "final",
        }
    }

    pub(super) fn style(self) -> Style {
        match self {
            Self::Parked | Self::InDoubt => Style::Alarm,
            Self::Failing | Self::Failed | Self::Error => Style::Warning,
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
    record: &StoredRecord,
    workflow: Option<&Workflow>,
    condition: Condition,
    owned: bool,
    now: SystemTime,
) -> Option<String> {
    let Some(inflight) = &record.inflight else {
        return match condition {
            Condition::Failed => failed(&record.failures),
            Condition::Error => reason(record, workflow).or_else(|| failed(&record.failures)),
            _ => None,
        };
    };
    let mut parts = Vec::new();
    match &inflight.panicked {
        Some(said) => parts.push(format!("its action panicked: {said}")),
        None if condition == Condition::InDoubt => parts.push("its process is gone".to_owned()),
        None => {}
    }
    match inflight.interruptions {
        0 => {}
        number => parts.push(format!("interrupted {}", times(number))),
    }
    parts.extend(attempt(inflight, owned, now));
    parts.extend(inflight.failure.clone());
    (!parts.is_empty()).then(|| parts.join("; "))
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
