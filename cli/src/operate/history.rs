//! `inflight history`

use std::time::SystemTime;

use inflight::store::{InstanceId, StoredFailure, StoredRecord};

use super::arguments::History;
use super::known::Known;
use super::place::Place;
use super::refusal::{Refusal, Told};
use super::table::{Cell, Style, Table};
use super::text::{line, plain};
use super::wait::wait;
use super::{age, find, told};
use crate::exit::Exit;
use crate::output::Output;

/// Tells what became of an instance.
pub(super) fn run(asked: &History, out: &mut Output<'_>) -> Result<Exit, Told> {
    let store = Place::at(&asked.one.at.store)?.reader()?;
    let records = wait(store.current())?;
    let (instance, _) = find::instance(&asked.one.instance, &records)?;
    let records = wait(store.history(&instance))?;
    let first = records.len() - asked.last.unwrap_or(records.len()).min(records.len());
    let mut known = Known::of(&store);
    let shown = records.iter().enumerate().skip(first);
    let mut lines = Vec::new();
    for (place, record) in shown {
        let before = place.checked_sub(1).and_then(|place| records.get(place));
        let workflow = known.workflow(&instance, record)?;
        lines.push((before, record, workflow));
    }
    if asked.json {
        let lines = lines.iter().map(|(before, record, workflow)| {
            told::json(&instance, *before, record, workflow.as_deref())
        });
        out.write(&lines.collect::<Result<String, _>>()?)?;
        return Ok(Exit::Clean);
    }
    let mut table = Table::new(&["VERSION", "WHEN", "STATE", "IN FLIGHT", "WHAT"]);
    for (before, record, workflow) in &lines {
        let told = told::told(*before, record, workflow.as_deref());
        let style = match record.intervention {
            Some(_) => Style::Here,
            None => Style::Plain,
        };
        table.row([
            Cell::from(record.version.to_string()),
            age::moment(record.committed).into(),
            plain(&record.state).into(),
            told::in_flight(record).into(),
            Cell::styled(line(&told), style),
        ]);
    }
    out.write(&table.render(0, out.colored()))?;
    Ok(Exit::Clean)
}

/// What failed last: the transition, when, and how.
pub(super) type Failed<'a> = (&'a str, SystemTime, &'a str);

/// What failed last, as far as the history goes, oldest first: an error transition that failed
/// too makes it two.
pub(super) fn last_failures(records: &[StoredRecord]) -> Vec<Failed<'_>> {
    let current = records.last().map(|record| record.failures.as_slice());
    match current.unwrap_or_default() {
        [] => {
            let mut pairs = records.windows(2).rev();
            pairs.find_map(came_of).into_iter().collect()
        }
        failures => failures.iter().map(failed).collect(),
    }
}

fn failed(failed: &StoredFailure) -> Failed<'_> {
    (&failed.transition, failed.at, &failed.failure)
}

/// The failure between two records that follow each other.
fn came_of(pair: &[StoredRecord]) -> Option<Failed<'_>> {
    let [before, record] = pair else { return None };
    let old = before.inflight.as_ref()?;
    let mut failures = record.failures.iter();
    if let Some(given_up) = failures.find(|failed| failed.execution == old.execution) {
        return Some(failed(given_up));
    }
    let new = record.inflight.as_ref()?;
    let failure = match old.execution == new.execution {
        true if new.attempt > old.attempt => new.last_failure.as_ref(),
        true => None,
        false => new.failure.as_ref(),
    };
    Some((&old.transition, record.committed, failure?))
}

/// The records of an instance, oldest first.
pub(super) fn of(
    store: &dyn inflight::store::ReadStore,
    instance: &InstanceId,
) -> Result<Vec<StoredRecord>, Refusal> {
    Ok(wait(store.history(instance))?)
}
