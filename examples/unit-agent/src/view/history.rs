//! Every record of a unit or of a relation.

use std::borrow::Cow;
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use inflight::Fields;
use inflight::store::StoredRecord;
use serde::Serialize;

use crate::folder::DataFolder;
use crate::relation::Relations;
use crate::view::{InflightView, Records, ViewError};

/// The records of an instance, oldest first.
#[derive(Debug)]
pub(crate) struct History(Vec<Line>);

/// A record, as it is shown.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    #[serde(skip)]
    committed: SystemTime,
    state: Cow<'static, str>,
    variables: Fields,
    inflight: Option<InflightView>,
}

/// Looks up the records of a unit, or of a relation by its name or id.
pub(crate) async fn history(
    folder: &DataFolder,
    unit: Option<&str>,
    relation: Option<&str>,
) -> Result<History, ViewError> {
    let unit = folder.unit(unit)?;
    let records = Records::open(folder)?;
    let records = match (relation, &unit) {
        (Some(relation), _) => {
            let entry = Relations::load(folder)?.by_name.remove(relation);
            let known = entry.is_some();
            let id = entry.map_or_else(|| relation.to_owned(), |entry| entry.id);
            let records = records.history("relation", &id).await?;
            if !known && records.is_empty() {
                return Err(ViewError::NoRelation(relation.to_owned()));
            }
            records
        }
        (None, Some(unit)) => records.history("unit", unit).await?,
        (None, None) => Vec::new(),
    };
    Ok(History(records.into_iter().map(Line::from).collect()))
}

impl History {
    /// The records as JSON, one a line.
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        let mut text = String::new();
        for line in &self.0 {
            text += &serde_json::to_string(line)?;
            text.push('\n');
        }
        Ok(text)
    }
}

impl From<StoredRecord> for Line {
    fn from(record: StoredRecord) -> Self {
        Self {
            committed: record.committed,
            state: record.state,
            variables: record.variables,
            inflight: record.inflight.map(InflightView::from),
        }
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .0
            .iter()
            .map(|line| line.state.len())
            .max()
            .unwrap_or(0);
        for line in &self.0 {
            let time = line
                .committed
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default()
                .as_secs();
            let (hours, minutes, seconds) = (time / 3600 % 24, time / 60 % 60, time % 60);
            write!(f, "{hours:02}:{minutes:02}:{seconds:02}  ")?;
            match &line.inflight {
                None => writeln!(f, "{}", line.state)?,
                Some(inflight) => {
                    write!(f, "{:width$}  {}", line.state, inflight.transition)?;
                    if inflight.parked {
                        write!(f, " (interrupted too often)")?;
                    } else if inflight.interruptions > 0 {
                        write!(f, " (interrupted, run {})", inflight.interruptions + 1)?;
                    }
                    writeln!(f)?;
                }
            }
        }
        Ok(())
    }
}
