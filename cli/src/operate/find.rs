//! Which instances are meant.

use std::collections::BTreeSet;
use std::time::SystemTime;

use inflight::store::{InstanceId, StoredRecord};
use inflight_dsl::nearest;

use super::age;
use super::arguments::Filter;
use super::condition::Condition;
use super::known::Known;
use super::refusal::Refusal;
use super::text::plain;

/// How many instances are named to help somebody who named none of them.
const NAMED: usize = 5;

impl Filter {
    /// Whether an instance is among those that are asked for.
    pub(super) fn lets_through(
        &self,
        instance: &InstanceId,
        record: &StoredRecord,
        condition: Condition,
        now: SystemTime,
    ) -> bool {
        let wants = [
            (self.parked, Condition::Parked),
            (self.in_doubt, Condition::InDoubt),
            (self.failing, Condition::Unreadable),
            (self.failing, Condition::Failing),
            (self.failing, Condition::Failed),
            (self.failing, Condition::Error),
            (self.overdue, Condition::Overdue),
        ];
        let any = wants.iter().any(|(wanted, _)| *wanted);
        let entered = record.entered.unwrap_or(record.committed);
        (!any || wants.contains(&(true, condition)))
            && is_none_or(&self.workflow, |name| **name == *instance.workflow)
            && is_none_or(&self.state, |name| *name == record.state)
            && is_none_or(&self.name, |glob| matches(glob, instance))
            && is_none_or(&self.older, |least| age::since(entered, now) >= *least)
            && is_none_or(&self.in_flight_for, |least| {
                record.inflight.is_some() && age::since(record.committed, now) >= *least
            })
    }
}

fn is_none_or<T>(asked: &Option<T>, holds: impl FnOnce(&T) -> bool) -> bool {
    asked.as_ref().is_none_or(holds)
}

/// A pattern is about the instance's own name, or about that of its workflow too.
fn matches(glob: &str, instance: &InstanceId) -> bool {
    glob_matches(glob, &instance.instance) || glob_matches(glob, &instance.to_string())
}

/// Whether a text fits a pattern, in which `*` is any text and `?` any character.
fn glob_matches(glob: &str, text: &str) -> bool {
    let (glob, text): (Vec<_>, Vec<_>) = (glob.chars().collect(), text.chars().collect());
    let (mut at, mut place) = (0, 0);
    // Where the last `*` stands, and up to where it reaches.
    let mut star = None;
    while place < text.len() {
        match glob.get(at) {
            Some('*') => {
                star = Some((at, place));
                at += 1;
            }
            Some(letter) if *letter == '?' || Some(letter) == text.get(place) => {
                at += 1;
                place += 1;
            }
            _ => match star {
                Some((stands, reaches)) => {
                    star = Some((stands, reaches + 1));
                    at = stands + 1;
                    place = reaches + 1;
                }
                None => return false,
            },
        }
    }
    glob.iter().skip(at).all(|rest| *rest == '*')
}

/// The instance that a name means: that of its workflow, a slash, and its own; or its own
/// alone, where that is enough.
pub(super) fn instance(
    name: &str,
    records: &[(InstanceId, StoredRecord)],
) -> Result<(InstanceId, StoredRecord), Refusal> {
    let whole = records.iter().find(|(id, _)| id.to_string() == name);
    if let Some(found) = whole {
        return Ok(found.clone());
    }
    let own: Vec<_> = (records.iter())
        .filter(|(id, _)| &*id.instance == name)
        .collect();
    match own.as_slice() {
        [found] => Ok((*found).clone()),
        [] => Err(unknown(name, records)),
        several => {
            let names = several.iter().map(|(id, _)| quoted(&id.to_string()));
            let names: Vec<_> = names.collect();
            Err(Refusal::misuse(
                format!("several instances are called `{}`", plain(name)),
                format!("say which one: {}", names.join(", ")),
            ))
        }
    }
}

fn unknown(name: &str, records: &[(InstanceId, StoredRecord)]) -> Refusal {
    let whole: Vec<_> = records.iter().map(|(id, _)| id.to_string()).collect();
    let own = records.iter().map(|(id, _)| &*id.instance);
    let names = whole.iter().map(String::as_str).chain(own);
    let lower = name.to_lowercase();
    let like = whole.iter().filter(|it| it.to_lowercase().contains(&lower));
    let like: Vec<_> = like.map(|name| quoted(name)).collect();
    let help = match (nearest(name, names), like.as_slice(), whole.as_slice()) {
        (Some(meant), _, _) => format!("did you mean {}?", quoted(meant)),
        (None, [], []) => "the store holds none yet".to_owned(),
        (None, [_, ..], _) if !name.is_empty() && like.len() <= NAMED => {
            format!("did you mean {}?", like.join(" or "))
        }
        (None, _, all) if all.len() <= NAMED => {
            let all: Vec<_> = all.iter().map(|name| quoted(name)).collect();
            format!("there is {}", all.join(", "))
        }
        _ => "`inflight list STORE` lists them".to_owned(),
    };
    Refusal::misuse(format!("there is no instance {}", quoted(name)), help)
}

/// Refuses a filter that names a workflow which no instance belongs to, or a state which
/// none of the workflows has.
pub(super) fn check(
    filter: &Filter,
    records: &[(InstanceId, StoredRecord)],
    known: &mut Known,
) -> Result<(), Refusal> {
    check_workflow(filter, records)?;
    check_state(filter, records, known)
}

fn check_state(
    filter: &Filter,
    records: &[(InstanceId, StoredRecord)],
    known: &mut Known,
) -> Result<(), Refusal> {
    let Some(asked) = &filter.state else {
        return Ok(());
    };
    let mut states = BTreeSet::new();
    for (instance, record) in records {
        if !is_none_or(&filter.workflow, |name| **name == *instance.workflow) {
            continue;
        }
        let reading = known.reading(instance, record.clone())?;
        match reading.newest {
            Some(workflow) => {
                states.extend(workflow.states.iter().map(|it| it.name.text.clone()));
            }
            // Nobody knows which states it has.
            None => return Ok(()),
        }
        states.insert(reading.record.state.into_owned());
    }
    if states.is_empty() || states.contains(asked) {
        return Ok(());
    }
    let help = match nearest(asked, states.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean {}?", quoted(meant)),
        None => {
            let all: Vec<_> = states.iter().map(|name| quoted(name)).collect();
            format!("there is {}", all.join(", "))
        }
    };
    let asked = quoted(asked);
    Err(Refusal::misuse(
        format!("no workflow of the store has a state {asked}"),
        help,
    ))
}

fn check_workflow(filter: &Filter, records: &[(InstanceId, StoredRecord)]) -> Result<(), Refusal> {
    let Some(asked) = &filter.workflow else {
        return Ok(());
    };
    let mut workflows: Vec<_> = records.iter().map(|(id, _)| &*id.workflow).collect();
    workflows.dedup();
    if workflows.is_empty() || workflows.contains(&asked.as_str()) {
        return Ok(());
    }
    let help = match nearest(asked, workflows.iter().copied()) {
        Some(meant) => format!("did you mean {}?", quoted(meant)),
        None => {
            let all: Vec<_> = workflows.iter().map(|name| quoted(name)).collect();
            format!("it has instances of {}", all.join(", "))
        }
    };
    let asked = plain(asked);
    Err(Refusal::misuse(
        format!("the store has no instance of a workflow `{asked}`"),
        help,
    ))
}

fn quoted(name: &str) -> String {
    format!("`{}`", plain(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_the_whole_name() {
        let check = |glob: &str, text: &str, expect: bool| {
            assert_eq!(glob_matches(glob, text), expect, "{glob} {text}");
        };
        check("mysql/0", "mysql/0", true);
        check("mysql", "mysql/0", false);
        check("mysql*", "mysql/0", true);
        check("*/0", "mysql/0", true);
        check("*/0", "mysql/01", false);
        check("*sql*0*", "mysql/0", true);
        check("mysql/?", "mysql/0", true);
        check("mysql/?", "mysql/10", false);
        check("*", "", true);
        check("?", "", false);
        check("*a*b", "aXbXb", true);
        check("é?", "éx", true);
    }
}
