//! `inflight watch`

use std::collections::HashMap;
use std::sync::Arc;
use std::thread;
use std::time::SystemTime;

use inflight::store::{InstanceId, ReadStore, StoredRecord};

use super::arguments::Watch;
use super::condition::Condition;
use super::known::Known;
use super::place::Place;
use super::refusal::{Refusal, Told};
use super::text::{self, plain};
use super::wait::wait;
use super::{age, find, summary, told};
use crate::exit::Exit;
use crate::output::Output;

/// Moves to the top of a terminal.
const TOP: &str = "\u{1b}[H";

/// Clears what is left of a line of a terminal.
const REST: &str = "\u{1b}[K";

/// Clears what is below.
const BELOW: &str = "\u{1b}[J";

/// Shows what happens, until somebody ends it or nobody reads it any more.
pub(super) fn run(asked: &Watch, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&asked.at.store)?;
    let store = place.reader()?;
    find::check(
        &asked.filter,
        &wait(store.current())?,
        &mut Known::of(&store),
    )?;
    match &asked.instance {
        None if out.is_terminal() && !asked.json && !asked.new => {
            screen(asked, &place, &store, out)
        }
        _ => lines(asked, &place, &store, out),
    }
}

/// Draws the list anew, as often as it has changed.
fn screen(
    asked: &Watch,
    place: &Place,
    store: &Arc<dyn ReadStore>,
    out: &mut Output<'_>,
) -> Result<Exit, Told> {
    let mut shown = String::new();
    while !out.is_closed() {
        let now = SystemTime::now();
        let owner = place.owner()?;
        let owned = owner.is_some();
        let summaries = summary::summaries(store, &asked.filter, owned, now)?;
        let table = summary::table(&summaries, owner.as_ref(), now, out.colored());
        if table != shown {
            let head = format!("{} at {}\n\n", asked.at.store.display(), age::moment(now));
            let frame = (head + &table).replace('\n', &format!("{REST}\n"));
            out.write(&format!("{TOP}{frame}{BELOW}"))?;
            shown = table;
        }
        thread::sleep(asked.every);
    }
    Ok(Exit::Clean)
}

/// Writes a line for each record: first those that are current, unless only new ones are asked
/// for, then those that come.
fn lines(
    asked: &Watch,
    place: &Place,
    store: &Arc<dyn ReadStore>,
    out: &mut Output<'_>,
) -> Result<Exit, Told> {
    let mut known = Known::of(store);
    let mut seen: HashMap<InstanceId, u64> = HashMap::new();
    if asked.new {
        let current = wait(store.current())?.into_iter();
        seen.extend(current.map(|(instance, record)| (instance, record.version)));
    }
    let mut only = None;
    while !out.is_closed() {
        let records = wait(store.current())?;
        if let (Some(name), None) = (&asked.instance, &only) {
            only = Some(find::instance(name, &records)?.0);
        }
        let owned = place.owner()?.is_some();
        for (instance, current) in records {
            if only.as_ref().is_some_and(|only| *only != instance) {
                continue;
            }
            let last = seen.insert(instance.clone(), current.version);
            if last == Some(current.version) {
                continue;
            }
            let now = SystemTime::now();
            let reading = known.reading(&instance, current.clone())?;
            let condition = Condition::of(&reading, owned, now);
            if !(asked.filter).lets_through(&instance, &reading.record, condition, now) {
                continue;
            }
            let last = last.or(asked.new.then_some(0));
            for (before, record) in since(store.as_ref(), &instance, current, last)? {
                let workflow = known.workflow(&instance, &record)?;
                let (before, workflow) = (before.as_ref(), workflow.as_deref());
                let line = match asked.json {
                    true => told::json(&instance, before, &record, workflow)?,
                    false => line(&instance, &record, &told::told(before, &record, workflow)),
                };
                out.write(&line)?;
            }
        }
        thread::sleep(asked.every);
    }
    Ok(Exit::Clean)
}

/// The records of an instance after this version, each with the one before it; at first
/// only the current one.
fn since(
    store: &dyn ReadStore,
    instance: &InstanceId,
    current: StoredRecord,
    last: Option<u64>,
) -> Result<Vec<(Option<StoredRecord>, StoredRecord)>, Refusal> {
    let first = last.map_or(current.version, |last| last + 1);
    let history = wait(store.history(instance))?;
    let mut before = None;
    let mut records = Vec::new();
    for record in history {
        // What came since the list was read is for the next time.
        if (first..=current.version).contains(&record.version) {
            records.push((before, record.clone()));
        }
        before = Some(record);
    }
    Ok(records)
}

fn line(instance: &InstanceId, record: &StoredRecord, told: &str) -> String {
    let when = age::moment(record.committed);
    let instance = plain(&instance.to_string());
    let state = plain(&record.state);
    format!("{when}  {instance}  {state}  {}\n", text::line(told))
}
