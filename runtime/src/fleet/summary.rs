//! What is known of an instance, whichever workflow it is of.

use std::fmt;
use std::time::SystemTime;

use crate::definition::{Definition, Name};
use crate::store::InstanceId;
use crate::workflow::Workflow;

/// What is known of an open instance, whichever workflow it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Which instance.
    pub instance: InstanceId,
    /// The version of its record; 0 before the first.
    pub version: u64,
    /// The name of its state.
    pub state: &'static str,
    /// When that was entered; `None` before the first record.
    pub entered: Option<SystemTime>,
    /// The transition in flight.
    pub inflight: Option<&'static str>,
    /// Until when that waits for its next attempt, if it does.
    pub until: Option<SystemTime>,
    /// Whether it waits for an operator.
    pub parked: bool,
}

impl Summary {
    pub(super) fn of<D: Definition, A>(workflow: &Workflow<D, A>) -> Self {
        let record = workflow.record();
        let inflight = record.inflight.as_ref();
        Self {
            instance: workflow.instance().clone(),
            version: record.version,
            state: D::state_name(&record.state).as_str(),
            entered: record.entered,
            inflight: inflight.map(|inflight| inflight.name().as_str()),
            until: inflight.and_then(|inflight| inflight.until),
            parked: record.is_parked(),
        }
    }
}

/// One line: `unit/mysql-0: new, install in flight`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.instance, self.state)?;
        let Some(inflight) = self.inflight else {
            return Ok(());
        };
        write!(f, ", {inflight} in flight")?;
        match (self.parked, self.until) {
            (true, _) => f.write_str(", waits for an operator"),
            (false, Some(until)) => {
                let until = humantime::format_rfc3339_millis(until);
                write!(f, ", waits until {until}")
            }
            (false, None) => Ok(()),
        }
    }
}
