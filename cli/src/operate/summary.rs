//! An instance in a line.

use std::cmp::Reverse;
use std::sync::Arc;
use std::time::SystemTime;

use inflight::store::{InstanceId, Owner, ReadStore, StoredRecord};
use serde::Serialize;

use super::arguments::Filter;
use super::condition::{self, Condition};
use super::known::Known;
use super::refusal::Refusal;
use super::table::{Cell, Table};
use super::text::{count, plain, short};
use super::told::{self, Failure};
use super::wait::wait;
use super::{age, find};

/// An instance, and how it is.
pub(super) struct Summary {
    pub(super) instance: InstanceId,
    pub(super) record: StoredRecord,
    pub(super) condition: Condition,
    pub(super) cause: Option<String>,
}

/// A summary for programs.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    workflow: &'a str,
    instance: &'a str,
    state: &'a str,
    entered: Option<String>,
    condition: Condition,
    inflight: Option<&'a str>,
    inflight_since: Option<String>,
    attempt: Option<u32>,
    interruptions: Option<u32>,
    until: Option<String>,
    cause: Option<&'a str>,
    failures: Vec<Failure<'a>>,
    version: u64,
    committed: String,
    owner: Option<&'a Owner>,
}

impl Summary {
    pub(super) fn line<'a>(&'a self, owner: Option<&'a Owner>) -> Line<'a> {
        let inflight = self.record.inflight.as_ref();
        Line {
            workflow: &self.instance.workflow,
            instance: &self.instance.instance,
            state: &self.record.state,
            entered: self.record.entered.map(age::exact),
            condition: self.condition,
            inflight: inflight.map(|inflight| &*inflight.transition),
            inflight_since: inflight.map(|_| age::exact(self.record.committed)),
            attempt: inflight.map(|inflight| inflight.attempt),
            interruptions: inflight.map(|inflight| inflight.interruptions),
            until: inflight.and_then(|inflight| inflight.until).map(age::exact),
            cause: self.cause.as_deref(),
            failures: told::failures(&self.record),
            version: self.record.version,
            committed: age::exact(self.record.committed),
            owner,
        }
    }

    /// Since when the instance is in its state, as far as its record knows.
    fn entered(&self) -> SystemTime {
        self.record.entered.unwrap_or(self.record.committed)
    }
}

/// The instances that a filter lets through, those first that want an operator, and of
/// these those that have waited longest.
pub(super) fn summaries(
    store: &Arc<dyn ReadStore>,
    filter: &Filter,
    owned: bool,
    now: SystemTime,
) -> Result<Vec<Summary>, Refusal> {
    let mut known = Known::of(store);
    let mut summaries = Vec::new();
    let records = wait(store.current())?;
    find::check(filter, &records, &mut known)?;
    for (instance, record) in records {
        let reading = known.reading(&instance, record)?;
        let condition = Condition::of(&reading, owned, now);
        if !filter.lets_through(&instance, &reading.record, condition, now) {
            continue;
        }
        let cause = condition::cause(&reading, condition, owned, now);
        summaries.push(Summary {
            instance,
            record: reading.record,
            condition,
            cause,
        });
    }
    summaries.sort_by(|one, other| {
        let key = |it: &Summary| (it.condition, it.record.committed);
        let wanted = |it: &Summary| it.condition < Condition::Running;
        match wanted(one) && wanted(other) {
            true => key(one).cmp(&key(other)),
            // The rest keeps the order of names.
            false => Reverse(wanted(one)).cmp(&Reverse(wanted(other))),
        }
    });
    Ok(summaries)
}

/// The instances as a table, how many of each condition there are, and who owns the store.
pub(super) fn table(
    summaries: &[Summary],
    owner: Option<&Owner>,
    now: SystemTime,
    colored: bool,
) -> String {
    let mut table = Table::new(&["INSTANCE", "STATE", "FOR", "CONDITION", "CAUSE"]);
    for summary in summaries {
        let condition = summary.condition;
        let inflight = summary.record.inflight.as_ref();
        let failed = condition::led_nowhere(&summary.record);
        let of = inflight
            .map(|it| &it.transition)
            .or(failed.map(|it| &it.transition));
        let shown = match (of, condition) {
            (Some(transition), _) => format!("{}: {}", condition.word(), plain(transition)),
            (None, Condition::Resting) => String::new(),
            (None, _) => condition.word().to_owned(),
        };
        table.row([
            Cell::from(plain(&summary.instance.to_string())),
            plain(&summary.record.state).into(),
            age::length(age::since(summary.entered(), now)).into(),
            Cell::styled(shown, condition.style()),
            short(summary.cause.as_deref().unwrap_or_default()).into(),
        ]);
    }
    let mut text = match summaries {
        [] => String::new(),
        _ => table.render(0, colored),
    };
    text.push_str(&total(summaries));
    text.push_str(&match owner {
        Some(owner) => format!("owned by {}\n", plain(&owner.to_string())),
        None => "no process owns the store\n".to_owned(),
    });
    text
}

fn total(summaries: &[Summary]) -> String {
    let mut text = count(summaries.len(), "instance");
    let mut conditions: Vec<_> = summaries.iter().map(|it| it.condition).collect();
    conditions.sort_unstable();
    let parts: Vec<_> = (conditions.chunk_by(|one, other| one == other))
        .filter_map(|alike| Some(format!("{} {}", alike.len(), alike.first()?.word())))
        .collect();
    if !parts.is_empty() {
        text.push_str(&format!(": {}", parts.join(", ")));
    }
    text.push('\n');
    text
}
