//! `inflight requests`

use std::time::SystemTime;

use inflight::request::{Command, Pending, Request, RequestError, RequestQueue};
use inflight::store::InstanceId;
use serde::Serialize;

use super::age;
use super::arguments::Requests;
use super::place::Place;
use super::refusal::{self, RIGHTS, Refusal, Told};
use super::table::{Cell, Style, Table};
use super::text::{count, plain, short, values};
use crate::exit::Exit;
use crate::output::Output;

/// A request for programs.
#[derive(Serialize)]
pub(super) struct Line {
    request: String,
    workflow: Option<String>,
    instance: Option<String>,
    command: Option<String>,
    by: Option<String>,
    reason: Option<String>,
    made: Option<String>,
    begun: bool,
    damage: Option<String>,
}

impl From<&Pending> for Line {
    fn from(pending: &Pending) -> Self {
        let request = pending.request.as_ref().ok();
        let instance = request.map(|request| &request.instance);
        Self {
            request: pending.id.clone(),
            workflow: instance.map(|instance| instance.workflow.to_string()),
            instance: instance.map(|instance| instance.instance.to_string()),
            command: request.map(written),
            by: request.and_then(|request| request.by.clone()),
            reason: request.and_then(|request| request.reason.clone()),
            made: pending.made.map(age::exact),
            begun: pending.begun,
            damage: pending.request.as_ref().err().cloned(),
        }
    }
}

/// Lists requests, or withdraws one.
pub(super) fn run(asked: &Requests, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&asked.store)?;
    let mut pending = pending(&place)?;
    let text = match &asked.withdraw {
        Some(id) => {
            pending.retain(|pending| pending.id == *id);
            withdraw(&place, id, &pending)?
        }
        None => table(&pending, out.colored()),
    };
    if !asked.json {
        out.write(&text)?;
        return Ok(Exit::Clean);
    }
    let mut text = String::new();
    for pending in &pending {
        text.push_str(&serde_json::to_string(&Line::from(pending))?);
        text.push('\n');
    }
    out.write(&text)?;
    Ok(Exit::Clean)
}

/// The requests that wait, the oldest first.
pub(super) fn pending(place: &Place) -> Result<Vec<Pending>, Refusal> {
    RequestQueue::of(place.path()).pending().map_err(cannot)
}

/// Those of them that are about an instance.
pub(super) fn about(place: &Place, instance: &InstanceId) -> Result<Vec<Pending>, Refusal> {
    let mut about = pending(place)?;
    about.retain(|pending| {
        let request = pending.request.as_ref();
        request.is_ok_and(|request| request.instance == *instance)
    });
    Ok(about)
}

/// A request in one line.
pub(super) fn told(pending: &Pending, now: SystemTime) -> String {
    let mut told = match &pending.request {
        Ok(request) => written(request),
        Err(_) => "it cannot be understood".to_owned(),
    };
    told.push_str(if pending.begun { ", begun" } else { ", waits" });
    if let Some(made) = pending.made {
        told.push_str(&format!(
            ", made {} ago",
            age::length(age::since(made, now))
        ));
    }
    told + ": " + &plain(&pending.id)
}

/// What is asked, as it is written on the command line.
fn written(request: &Request) -> String {
    let written = match &request.command {
        Command::Fire { transition, inputs } => {
            format!("fire {}{}", plain(transition), values(inputs))
        }
        Command::Retry { .. } => "retry".to_owned(),
        Command::Skip { .. } => "skip".to_owned(),
        Command::Abandon { .. } => "abandon".to_owned(),
        Command::SetState { state, variables } => {
            format!("set-state {}{}", plain(state), values(variables))
        }
    };
    match request.cancel {
        true => written + " --cancel",
        false => written,
    }
}

fn withdraw(place: &Place, id: &str, pending: &[Pending]) -> Result<String, Refusal> {
    let queue = RequestQueue::of(place.path());
    let Some(found) = pending.first() else {
        return Err(Refusal::misuse(
            format!("no request `{}` waits", plain(id)),
            "`inflight requests STORE` lists those that do",
        ));
    };
    if !queue.withdraw(id).map_err(cannot)? {
        return Err(Refusal::new(
            Exit::Errors,
            format!(
                "it is too late to withdraw request {}: it has begun",
                plain(id)
            ),
            "`inflight show STORE INSTANCE` says how far it is; `abandon --cancel` stops it",
        ));
    }
    Ok(match &found.request {
        Ok(request) => format!(
            "{}: withdrawn: {}\n",
            plain(&request.instance.to_string()),
            written(request)
        ),
        Err(_) => format!("withdrawn: {}\n", plain(id)),
    })
}

fn table(pending: &[Pending], colored: bool) -> String {
    let mut table = Table::new(&[
        "REQUEST", "INSTANCE", "WHAT", "MADE", "BY", "REASON", "STATUS",
    ]);
    for pending in pending {
        let request = pending.request.as_ref().ok();
        table.row([
            Cell::from(plain(&pending.id)),
            plain(&request.map_or_else(String::new, |it| it.instance.to_string())).into(),
            match &pending.request {
                Ok(request) => Cell::from(written(request)),
                Err(reason) => Cell::styled(short(reason), Style::Warning),
            },
            pending.made.map_or_else(String::new, age::moment).into(),
            plain(request.and_then(|it| it.by.as_deref()).unwrap_or_default()).into(),
            short(
                request
                    .and_then(|it| it.reason.as_deref())
                    .unwrap_or_default(),
            )
            .into(),
            Cell::from(if pending.begun { "begun" } else { "" }),
        ]);
    }
    let total = match pending {
        [_] => "1 request waits\n".to_owned(),
        all => format!("{} wait\n", count(all.len(), "request")),
    };
    match pending {
        [] => total,
        _ => table.render(0, colored) + &total,
    }
}

/// Why the requests cannot be read, written or removed.
pub(super) fn cannot(error: RequestError) -> Refusal {
    let help = match refusal::is_forbidden(&error) {
        true => RIGHTS,
        false => "see to the cause, then try again",
    };
    Refusal::misuse(error.to_string(), help).because(&error)
}
