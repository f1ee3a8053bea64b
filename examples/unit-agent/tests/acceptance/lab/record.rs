//! History as the agent tells it.

use std::fmt;

use serde_json::Value;

/// One record.
#[derive(Clone, Debug)]
pub(crate) struct Record(pub(crate) Value);

/// The records as one line: `state`, or `state>transition` in flight, with `#2` for the
/// second attempt and `!1` for the first interruption.
pub(crate) fn tell(records: &[Record]) -> String {
    let words: Vec<_> = records.iter().map(ToString::to_string).collect();
    words.join(" ")
}

impl Record {
    /// Reads one object a line.
    pub(crate) fn read(lines: &str) -> Vec<Self> {
        lines
            .lines()
            .map(|line| Self(serde_json::from_str(line).unwrap()))
            .collect()
    }

    /// The name of the state.
    pub(crate) fn state(&self) -> &str {
        self.0["state"].as_str().unwrap()
    }

    /// The name of the transition in flight.
    pub(crate) fn transition(&self) -> Option<&str> {
        self.0["inflight"]["transition"].as_str()
    }

    /// The execution in flight, the same across re-runs.
    pub(crate) fn execution(&self) -> Option<&str> {
        self.0["inflight"]["execution"].as_str()
    }

    /// What caused the transition in flight.
    pub(crate) fn cause(&self) -> Option<&str> {
        self.0["inflight"]["cause"].as_str()
    }

    /// How often the transition in flight has been interrupted.
    pub(crate) fn interruptions(&self) -> u64 {
        self.0["inflight"]["interruptions"].as_u64().unwrap_or(0)
    }

    fn attempt(&self) -> u64 {
        self.0["inflight"]["attempt"].as_u64().unwrap()
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.state())?;
        let Some(transition) = self.transition() else {
            return Ok(());
        };
        write!(f, ">{transition}")?;
        if self.attempt() != 1 {
            write!(f, "#{}", self.attempt())?;
        }
        if self.interruptions() != 0 {
            write!(f, "!{}", self.interruptions())?;
        }
        Ok(())
    }
}

/// Expects the records that an undisturbed agent writes, but for one interruption, which
/// belongs to the execution before it. Returns the transition that was interrupted.
#[track_caller]
pub(crate) fn carried_on(records: &[Record], undisturbed: &str) -> Option<String> {
    let (again, first): (Vec<_>, Vec<_>) = records
        .iter()
        .cloned()
        .partition(|record| record.interruptions() > 0);
    let whole = tell(records);
    assert_eq!(tell(&first), undisturbed, "{whole}");
    assert!(again.len() <= 1, "{whole}");
    let again = again.first()?;
    assert_eq!(again.interruptions(), 1, "{whole}");
    let at = records
        .iter()
        .position(|record| record.interruptions() > 0)
        .unwrap();
    let before = &records[at - 1];
    assert_eq!(before.state(), again.state(), "{whole}");
    assert_eq!(before.execution(), again.execution(), "{whole}");
    assert!(again.execution().is_some(), "{again:?}");
    again.transition().map(str::to_owned)
}
