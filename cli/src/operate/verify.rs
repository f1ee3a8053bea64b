//! `inflight verify`

use std::iter;
use std::sync::Arc;

use inflight::store::{self, InstanceId, StoredRecord};
use inflight_dsl::model::{Field, Workflow};
use serde::Serialize;

use super::arguments::Verify;
use super::known::Known;
use super::place::Place;
use super::refusal::Told;
use super::text::{count, plain};
use super::wait::wait;
use super::{known, value};
use crate::exit::Exit;
use crate::output::Output;

/// How many records are in memory at once, about: a journal is read once for as many.
const AT_ONCE: u64 = 200_000;

/// Something that is not as it should be.
#[derive(Serialize)]
struct Damage {
    workflow: Arc<str>,
    instance: Arc<str>,
    version: u64,
    damage: String,
}

/// A file that is not as it should be.
#[derive(Serialize)]
struct File<'a> {
    file: String,
    damage: &'a str,
}

/// Reads all of a store, and says what is not as it should be.
pub(super) fn run(asked: &Verify, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&asked.at.store)?;
    let damage = place.verify()?;
    if !damage.is_empty() {
        out.write(&files(&damage, asked.json)?)?;
        return Ok(Exit::Errors);
    }
    let store = place.reader()?;
    let mut known = Known::of(&store);
    let (mut records, mut unknown, mut unread, mut damage) = (0, 0, 0, Vec::new());
    let current = wait(store.current())?;
    for batch in batches(&current, place.kept()?) {
        let instances: Vec<_> = batch.iter().map(|(id, _)| id.clone()).collect();
        let histories = wait(store.histories(&instances))?;
        for ((instance, current), history) in batch.iter().zip(histories) {
            records += history.len();
            let mut note = |record: &StoredRecord, told: String| {
                damage.push(Damage {
                    workflow: Arc::clone(&instance.workflow),
                    instance: Arc::clone(&instance.instance),
                    version: record.version,
                    damage: told,
                });
            };
            let mut before: Option<&StoredRecord> = None;
            for record in &history {
                if let Some(before) = before.filter(|it| it.version + 1 != record.version) {
                    let version = before.version;
                    note(
                        record,
                        format!("it follows version {version}: records are missing"),
                    );
                }
                match known.workflow(instance, record)? {
                    Some(workflow) => {
                        if let Err(told) = check(record, &workflow) {
                            note(record, told);
                        }
                    }
                    None => unknown += 1,
                }
                before = Some(record);
            }
            // The owner may have written more since the list was read.
            if before.is_none_or(|last| last.version < current.version) {
                note(current, "the history ends before it".to_owned());
            }
            if let Some(why) = known.reading(instance, current.clone())?.unreadable {
                unread += 1;
                note(
                    current,
                    format!("{why}, for the version that opened the store last"),
                );
            }
        }
    }
    let mut text = String::new();
    for one in &damage {
        match asked.json {
            true => text.push_str(&serde_json::to_string(one)?),
            false => {
                let instance =
                    InstanceId::new(Arc::clone(&one.workflow), Arc::clone(&one.instance));
                let name = plain(&instance.to_string());
                let Damage {
                    version, damage, ..
                } = one;
                text.push_str(&format!("{name}, record {version}: {}", plain(damage)));
            }
        }
        text.push('\n');
    }
    if !asked.json {
        let instances = count(current.len(), "instance");
        let records = count(records, "record");
        let found = match (damage.len() - unread, unread) {
            (0, 0) => "all is well".to_owned(),
            (0, _) => "no damage".to_owned(),
            (number, _) => count(number, "record").replace("record", "damaged record"),
        };
        text.push_str(&format!("{instances}, {records}: {found}\n"));
        if unread > 0 {
            let unread = count(unread, "instance");
            text.push_str(&format!(
                "{unread} cannot be read by the version of the program that opened the store last\n"
            ));
        }
        if unknown > 0 {
            let unknown = count(unknown, "record");
            text.push_str(&format!(
                "{unknown} could not be compared with the workflow, of which the store has no text\n"
            ));
        }
    }
    out.write(&text)?;
    Ok(match damage.as_slice() {
        [] => Exit::Clean,
        _ => Exit::Errors,
    })
}

/// The instances, as many at once as have about so many records together.
fn batches(
    current: &[(InstanceId, StoredRecord)],
    kept: u64,
) -> impl Iterator<Item = &[(InstanceId, StoredRecord)]> {
    let mut rest = current;
    iter::from_fn(move || {
        let mut records: u64 = 0;
        let ends = rest.iter().position(|(_, record)| {
            records = records.saturating_add(record.version.min(kept));
            records > AT_ONCE
        });
        let (batch, others) = rest.split_at_checked(ends.map_or(rest.len(), |at| at.max(1)))?;
        rest = others;
        (!batch.is_empty()).then_some(batch)
    })
}

/// What is wrong with the files: then it is of no use to read what stands in them.
fn files(damage: &[store::Damage], json: bool) -> serde_json::Result<String> {
    let mut text = String::new();
    for one in damage {
        match json {
            true => text.push_str(&serde_json::to_string(&File {
                file: one.file.display().to_string(),
                damage: &one.detail,
            })?),
            false => text.push_str(&plain(&one.to_string())),
        }
        text.push('\n');
    }
    if !json {
        text.push_str("the store is damaged: restore it from a copy\n");
    }
    Ok(text)
}

/// Compares a record with the workflow that wrote it.
fn check(record: &StoredRecord, workflow: &Workflow) -> Result<(), String> {
    let state = known::state(workflow, &record.state)
        .ok_or_else(|| format!("there is no state `{}`", record.state))?;
    fields(record.variables.as_json(), &state.variables)?;
    let Some(inflight) = &record.inflight else {
        return Ok(());
    };
    let name = &inflight.transition;
    let transition = known::transition(workflow, name)
        .ok_or_else(|| format!("there is no transition `{name}`"))?;
    fields(inflight.inputs.as_json(), &transition.inputs)?;
    let sources = transition.sources.iter();
    let mut sources = sources.filter_map(|state| workflow.states.get(state.0));
    match sources.any(|source| source.name.text == record.state) {
        true => Ok(()),
        false => Err(format!("`{name}` does not leave `{}`", record.state)),
    }
}

fn fields(
    values: &serde_json::Map<String, inflight::Json>,
    declared: &[Field],
) -> Result<(), String> {
    for field in declared {
        let name = &field.name.text;
        match values.get(name) {
            None => return Err(format!("`{name}` is missing")),
            Some(value) if !value::fits(value, &field.ty) => {
                return Err(format!("`{name}` is {}, and not {value}", field.ty));
            }
            Some(_) => {}
        }
    }
    match values.len() > declared.len() {
        true => Err("it has values that the workflow does not declare".to_owned()),
        false => Ok(()),
    }
}
