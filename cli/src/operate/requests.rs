//! `inflight requests`

use std::time::SystemTime;

use inflight::request::{Answered, Command, Pending, Request, RequestError, RequestQueue};
use inflight::store::InstanceId;
use serde::Serialize;

use super::age;
use super::arguments::Requests;
use super::change::{Became, report, watch};
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
    answered: Option<String>,
    answer: Option<String>,
    damage: Option<String>,
}

impl From<&Answered> for Line {
    fn from(answered: &Answered) -> Self {
        let request = answered.request.as_ref();
        let instance = request.map(|request| &request.instance);
        Self {
            request: answered.id.clone(),
            workflow: instance.map(|instance| instance.workflow.to_string()),
            instance: instance.map(|instance| instance.instance.to_string()),
            command: request.map(written),
            by: request.and_then(|request| request.by.clone()),
            reason: request.and_then(|request| request.reason.clone()),
            made: None,
            begun: true,
            answered: answered.at.map(age::exact),
            answer: became(answered).ok().map(|became| became.text()),
            damage: answered.answer.as_ref().err().cloned(),
        }
    }
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
            answered: None,
            answer: None,
            damage: pending.request.as_ref().err().cloned(),
        }
    }
}

/// Lists requests, tells what became of one, or withdraws one.
pub(super) fn run(asked: &Requests, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&asked.store)?;
    if let Some(id) = &asked.id {
        return tell(&place, asked, id, out);
    }
    // In this order, so that one that is answered meanwhile is seen at least once.
    let mut pending = pending(&place)?;
    let mut answered = answered(&place)?;
    pending.retain(|pending| !answered.iter().any(|answered| answered.id == pending.id));
    let text = match &asked.withdraw {
        Some(id) => {
            pending.retain(|pending| pending.id == *id);
            let answered = { answered.drain(..) }.find(|answered| answered.id == *id);
            withdraw(&place, id, &pending, answered.as_ref())?
        }
        None => table(&pending, out.colored()) + &recent(&answered, out.colored()),
    };
    if !asked.json {
        out.write(&text)?;
        return Ok(Exit::Clean);
    }
    let mut text = String::new();
    let answered = answered.iter().map(Line::from);
    for line in answered.chain(pending.iter().map(Line::from)) {
        text.push_str(&serde_json::to_string(&line)?);
        text.push('\n');
    }
    out.write(&text)?;
    Ok(Exit::Clean)
}

/// Tells what became of a request.
fn tell(place: &Place, asked: &Requests, id: &str, out: &mut Output<'_>) -> Result<Exit, Told> {
    let pending = pending(place)?;
    let answered = answered(place)?;
    let answered = answered.iter().find(|answered| answered.id == id);
    let pending = { pending.iter() }.find(|pending| pending.id == id);
    let told = match (answered, pending.map(|pending| &pending.request)) {
        (Some(answered), _) => vec![(about_what(answered), became(answered)?)],
        (None, Some(Ok(request))) => watch(place, asked.wait.then_some(asked.timeout), request),
        (None, Some(Err(damage))) => {
            return Err(Refusal::new(
                Exit::Errors,
                format!("request `{}` cannot be understood: {damage}", plain(id)),
                "`inflight requests STORE --withdraw ID` withdraws it",
            )
            .into());
        }
        (None, None) => return Err(unknown(id).into()),
    };
    let exits = told.iter().map(|(_, became)| became.exit());
    let exit = exits.max().unwrap_or(Exit::Clean);
    out.write(&report(asked.json, &told)?)?;
    Ok(exit)
}

/// What became of a request that was answered.
fn became(answered: &Answered) -> Result<Became, Refusal> {
    match &answered.answer {
        Ok(answer) => Ok(answer.clone().into()),
        Err(damage) => Err(Refusal::new(
            Exit::Errors,
            format!(
                "the answer to request `{}` is damaged: {damage}",
                plain(&answered.id)
            ),
            "`inflight history STORE INSTANCE` says what was done",
        )),
    }
}

/// The instance that a request was about; older programs kept only the answer.
fn about_what(answered: &Answered) -> InstanceId {
    let request = answered.request.as_ref();
    request.map_or_else(
        || InstanceId::new("request", &*answered.id),
        |request| request.instance.clone(),
    )
}

fn unknown(id: &str) -> Refusal {
    Refusal::misuse(
        format!("there is no request `{}`", plain(id)),
        "it was withdrawn, its answer was read by whoever asked, or that is over a week ago; \
         `inflight requests STORE` lists those that there are",
    )
}

/// The requests whose answer nobody has read, the oldest first.
fn answered(place: &Place) -> Result<Vec<Answered>, Refusal> {
    RequestQueue::of(place.path()).recent().map_err(cannot)
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
pub(super) fn written(request: &Request) -> String {
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

fn withdraw(
    place: &Place,
    id: &str,
    pending: &[Pending],
    answered: Option<&Answered>,
) -> Result<String, Refusal> {
    let late = |why: &str, help: &str| {
        let id = plain(id);
        Refusal::new(
            Exit::Errors,
            format!("it is too late to withdraw request {id}: {why}"),
            help,
        )
    };
    if let Some(answered) = answered {
        let instance = plain(&about_what(answered).to_string());
        let why = format!("{instance}: {}", became(answered)?.text());
        return Err(late(
            &why,
            "`inflight show STORE INSTANCE` says how it is now",
        ));
    }
    let queue = RequestQueue::of(place.path());
    let Some(found) = pending.first() else {
        return Err(unknown(id));
    };
    if !queue.withdraw(id).map_err(cannot)? {
        return Err(late(
            "it has begun",
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

/// Those whose answers nobody has read.
fn recent(answered: &[Answered], colored: bool) -> String {
    if answered.is_empty() {
        return String::new();
    }
    let mut table = Table::new(&["REQUEST", "INSTANCE", "WHAT", "ANSWERED", "ANSWER"]);
    for answered in answered {
        let answer = match became(answered) {
            Ok(became) => short(&became.text()).into(),
            Err(_) => Cell::styled("it is damaged".to_owned(), Style::Warning),
        };
        table.row([
            Cell::from(plain(&answered.id)),
            plain(&about_what(answered).to_string()).into(),
            answered
                .request
                .as_ref()
                .map_or_else(String::new, written)
                .into(),
            answered.at.map_or_else(String::new, age::moment).into(),
            answer,
        ]);
    }
    let total = match answered {
        [_] => "1 request is answered, which nobody waited for\n".to_owned(),
        all => format!(
            "{} are answered, which nobody waited for\n",
            count(all.len(), "request")
        ),
    };
    table.render(0, colored) + &total
}

/// Why the requests cannot be read, written or removed.
pub(super) fn cannot(error: RequestError) -> Refusal {
    let (exit, help) = match refusal::is_forbidden(&error) {
        true => (Exit::Misuse, RIGHTS),
        false => (Exit::Errors, "see to the cause, then try again"),
    };
    Refusal::new(exit, error.to_string(), help).because(&error)
}
