//! `inflight fire`, `retry`, `skip`, `abandon` and `set-state`
//!
//! - `plan` says what is to be done, and what cannot be;
//! - `direct` does it to a store that nobody owns, as far as that needs none of the user's
//!   code;
//! - `ask` has the owner do it, by a request;
//! - `older` says what was asked before it, and waits;
//! - `told` says what became of it.

mod ask;
mod direct;
mod older;
mod plan;
mod told;

use std::time::SystemTime;
use std::{env, fs};

use inflight::request::{Request, RequestQueue};
use inflight::store::{InstanceId, StoredRecord};

use super::arguments::{Change, Filter, Which};
use super::condition::Condition;
use super::find;
use super::known::Known;
use super::place::Place;
use super::reading::Reading;
use super::refusal::{Refusal, Told};
use super::text::plain;
use super::wait::wait;
use crate::exit::Exit;
use crate::output::Output;

use plan::{NeedsCode, Plan};

pub(super) use ask::watch;
pub(super) use told::{Became, report};

/// A request, and why only the user's program can carry it out, if that is so.
type Ahead = (Request, Option<NeedsCode>);

/// Changes an instance, or several.
pub(super) fn run(change: &Change, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&change.which().at.store)?;
    let store = place.reader()?;
    let records = wait(store.current())?;
    let mut known = Known::of(&store);
    let is_owned = place.owner()?.is_some();
    let meant = meant(change, &records, &mut known, is_owned)?;
    if meant.instances.is_empty() {
        // For programs it is no line at all.
        if !change.how().json {
            out.write(&format!("{}\n", meant.nothing(change)))?;
        }
        return Ok(Exit::Clean);
    }
    let mut plans = Vec::new();
    for (instance, reading) in meant.instances {
        plans.push(Plan::of(change, instance, &reading, is_owned));
    }
    if meant.several && !change.how().yes {
        let preview = told::preview(change, &plans, meant.idle, out.colored())?;
        out.write(&preview)?;
        return Ok(Exit::Clean);
    }
    if let ([plan], false) = (plans.as_slice(), meant.several)
        && let Err(reason) = &plan.command
    {
        return Err(Refusal::new(reason.exit, reason.message.clone(), reason.help.clone()).into());
    }
    let mut became = carry_out(&place, change, plans)?;
    let failed = became.pop_if(|(_, became)| !meant.several && became.is_failed());
    if let Some((_, Became::Failed(refusal))) = failed {
        return Err(refusal.into());
    }
    let exits = became.iter().map(|(_, became)| became.exit());
    let exit = exits.max().unwrap_or(Exit::Clean);
    out.write(&report(change.how().json, &became)?)?;
    Ok(match exit {
        Exit::Pending if change.how().no_wait => Exit::Clean,
        exit => exit,
    })
}

/// The instances that are meant.
struct Meant {
    instances: Vec<(InstanceId, Reading)>,
    /// Whether they are meant by a pattern.
    several: bool,
    /// How many have nothing in flight to resolve, of those that a pattern fits.
    idle: usize,
}

impl Meant {
    /// Why there is nothing to be done.
    fn nothing(&self, change: &Change) -> String {
        let name = plain(&change.which().instance);
        match self.idle {
            0 => format!("nothing to do: no instance that fits `{name}` fits the flags too"),
            idle => format!("nothing to do: {}", told::idle(idle)),
        }
    }
}

fn meant(
    change: &Change,
    records: &[(InstanceId, StoredRecord)],
    known: &mut Known,
    is_owned: bool,
) -> Result<Meant, Refusal> {
    let Which {
        instance: name,
        filter,
        ..
    } = change.which();
    let found = find::instance(name, records);
    if found.is_ok() || !name.contains(['*', '?']) {
        let (instance, record) = found?;
        let reading = known.reading(&instance, record)?;
        return Ok(Meant {
            instances: vec![(instance, reading)],
            several: false,
            idle: 0,
        });
    }
    find::check(filter, records, known)?;
    let now = SystemTime::now();
    let pattern = Filter {
        name: Some(name.to_owned()),
        ..Filter::default()
    };
    let mut instances = Vec::new();
    let mut is_known = false;
    for (instance, record) in records {
        let reading = known.reading(instance, record.clone())?;
        let (record, condition) = (&reading.record, Condition::of(&reading, is_owned, now));
        let fits = |filter: &Filter| filter.lets_through(instance, record, condition, now);
        is_known |= fits(&pattern);
        if fits(&pattern) && fits(filter) {
            instances.push((instance.clone(), reading));
        }
    }
    if !is_known && !name.chars().all(|letter| letter == '*') {
        return Err(Refusal::misuse(
            format!("there is no instance that fits `{}`", plain(name)),
            "`inflight list STORE` lists them",
        ));
    }
    let fitting = instances.len();
    if change.resolves() {
        instances.retain(|(_, reading)| reading.record.inflight.is_some());
    }
    Ok(Meant {
        idle: fitting - instances.len(),
        instances,
        several: true,
    })
}

/// Carries out what can be, by whoever can. From the first change on, what is amiss with one
/// instance is told of it alone, beside what was done.
fn carry_out(
    place: &Place,
    change: &Change,
    plans: Vec<Plan>,
) -> Result<Vec<(InstanceId, Became)>, Refusal> {
    let how = change.how();
    let mut ahead = Vec::new();
    let mut became: Vec<_> = (plans.into_iter())
        .map(|plan| {
            let refused = match plan.command {
                Ok(command) => {
                    let request = Request {
                        reason: how.reason.clone(),
                        by: Some(operator()),
                        cancel: change.cancels(),
                        seen: Some(plan.seen),
                        ..Request::new(plan.instance.clone(), command)
                    };
                    ahead.push((request, plan.needs_code));
                    None
                }
                Err(reason) => Some(Became::Refused(reason.exit, format!("{reason}"))),
            };
            (plan.instance, refused)
        })
        .collect();
    let mut done = match direct::open(place, &ahead)? {
        Some(store) => direct::apply(store.as_ref(), &ahead),
        None => Vec::new(),
    };
    older::note(place, &ahead, &mut done);
    ahead.retain(|(request, _)| !done.iter().any(|(id, _)| *id == request.instance));
    if !ahead.is_empty() {
        let queue = RequestQueue::of(place.path());
        done.extend(ask::ask(place, &queue, how, &ahead));
    }
    for (instance, became) in &mut became {
        let place = done.iter().position(|(id, _)| id == instance);
        if let (None, Some(place)) = (&became, place) {
            *became = Some(done.swap_remove(place).1);
        }
    }
    let became = became.into_iter();
    Ok(became
        .filter_map(|(instance, became)| Some((instance, became?)))
        .collect())
}

/// Who is at the keyboard.
fn operator() -> String {
    let names = ["SUDO_USER", "USER", "LOGNAME"];
    let names = names.into_iter().filter_map(|name| env::var(name).ok());
    let mut names = names.filter(|name| !name.is_empty());
    names.next().unwrap_or_else(user)
}

/// The name of the user whose process this is, as the system has it, or else the number.
fn user() -> String {
    let id = rustix::process::getuid().as_raw();
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    named(&users, id).map_or_else(|| format!("uid {id}"), str::to_owned)
}

/// The name that a user of this number has in a list in the form of `/etc/passwd`.
fn named(users: &str, id: u32) -> Option<&str> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(id) && !name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_has_the_name_of_the_number() {
        let users = "root:x:0:0:root:/root:/bin/sh\n\n# none\nann:x:1000:100::/:\n:x:7:7::/:\n";
        let check = |id, expect| assert_eq!(named(users, id), expect, "{id}");
        check(0, Some("root"));
        check(1000, Some("ann"));
        check(100, None);
        check(7, None);
    }
}
