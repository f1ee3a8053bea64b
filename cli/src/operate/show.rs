//! `inflight show`

mod around;
mod possible;

use std::fmt::Write as _;
use std::rc::Rc;
use std::time::SystemTime;

use inflight::Fields;
use inflight::request::Pending;
use inflight::store::{InstanceId, Owner, StoredRecord};
use inflight_dsl::diagram::{Drawing, Format};
use inflight_dsl::model::{StateKind, Workflow};
use serde::Serialize;

use super::arguments::Show;
use super::condition::{self, Condition};
use super::known::{self, Known};
use super::place::Place;
use super::refusal::{Refusal, Told};
use super::summary::{self, Summary};
use super::table::Style;
use super::text::{block, plain, times, value, values};
use super::told::Inflight;
use super::wait::wait;
use super::{age, find, history, requests};
use crate::arguments::DiagramFormat;
use crate::exit::Exit;
use crate::output::Output;

/// Where the second column begins.
const COLUMN: usize = 16;

/// All that is known of an instance.
struct Shown {
    summary: Summary,
    workflow: Option<Rc<Workflow>>,
    history: Vec<StoredRecord>,
    owner: Option<Owner>,
    /// What waits for the owner.
    requests: Vec<Pending>,
    now: SystemTime,
}

/// The same for programs.
#[derive(Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    line: summary::Line<'a>,
    variables: &'a Fields,
    in_flight: Option<Inflight<'a>>,
    possible: Vec<possible::Possible<'a>>,
    decisions: &'static [&'static str],
    last_failure: Option<Failure<'a>>,
    requests: Vec<requests::Line>,
}

#[derive(Serialize)]
struct Failure<'a> {
    transition: &'a str,
    committed: String,
    failure: &'a str,
}

/// Shows an instance.
pub(super) fn run(asked: &Show, out: &mut Output<'_>) -> Result<Exit, Told> {
    let place = Place::at(&asked.one.at.store)?;
    let shown = Shown::load(&place, &asked.one.instance)?;
    let text = match asked.format {
        Some(format) => shown.drawing(format)?,
        None if asked.json => serde_json::to_string(&shown.json())? + "\n",
        None => shown.text(out.colored()),
    };
    out.write(&text)?;
    Ok(Exit::Clean)
}

impl Shown {
    fn load(place: &Place, name: &str) -> Result<Self, Refusal> {
        let store = place.reader()?;
        let owner = place.owner()?;
        let now = SystemTime::now();
        let (instance, record) = find::instance(name, &wait(store.current())?)?;
        let reading = Known::of(&store).reading(&instance, record)?;
        let owned = owner.is_some();
        let condition = Condition::of(&reading, owned, now);
        let cause = condition::cause(&reading, condition, owned, now);
        Ok(Self {
            history: history::of(store.as_ref(), &instance)?,
            requests: requests::about(place, &instance)?,
            summary: Summary {
                instance,
                record: reading.record,
                condition,
                cause,
            },
            workflow: reading.workflow,
            owner,
            now,
        })
    }

    fn instance(&self) -> &InstanceId {
        &self.summary.instance
    }

    fn record(&self) -> &StoredRecord {
        &self.summary.record
    }

    fn json(&self) -> Json<'_> {
        let record = self.record();
        let failure = history::last_failures(&self.history).pop();
        Json {
            line: self.summary.line(self.owner.as_ref()),
            variables: &record.variables,
            in_flight: record.inflight.as_ref().map(Inflight::from),
            possible: match self.summary.condition {
                Condition::Unreadable => Vec::new(),
                _ => possible::possible(self.workflow.as_deref(), record),
            },
            decisions: possible::decisions(self.workflow.as_deref(), record),
            last_failure: failure.map(|(transition, at, failure)| Failure {
                transition,
                committed: age::exact(at),
                failure,
            }),
            requests: self.requests.iter().map(Into::into).collect(),
        }
    }

    fn text(&self, colored: bool) -> String {
        let record = self.record();
        let condition = self.summary.condition;
        let name = plain(&self.instance().to_string());
        let mut text = Style::Here.paint(&name, colored) + "\n";
        let mut line = |what: &str, told: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "  {what:0$}{told}", COLUMN - 2);
        };
        line("state", &self.state());
        for (name, json) in record.variables.as_json() {
            let told = format!("{}: {}", plain(name), block(&value(json), COLUMN + 4));
            line("", &format!("  {told}"));
        }
        let word = condition.style().paint(condition.word(), colored);
        match (&record.inflight, &self.summary.cause) {
            (Some(_), Some(cause)) if condition != Condition::Running => {
                line("condition", &format!("{word}: {}", block(cause, COLUMN)));
            }
            (Some(_), _) => line("condition", &word),
            (None, _) => {
                if let Some(failed) = condition::led_nowhere(record) {
                    let transition = plain(&failed.transition);
                    line("condition", &format!("{word}: {transition} led nowhere"));
                } else if let (Condition::Overdue | Condition::Unreadable, Some(cause)) =
                    (condition, &self.summary.cause)
                {
                    line("condition", &format!("{word}: {}", block(cause, COLUMN)));
                }
            }
        }
        line("in flight", &self.in_flight());
        let failures = history::last_failures(&self.history);
        for (number, (transition, at, failure)) in failures.into_iter().enumerate() {
            let what = if number == 0 { "last failure" } else { "" };
            let (transition, ago) = (plain(transition), self.ago(at));
            let failure = block(failure, COLUMN);
            line(what, &format!("{transition}, {ago}: {failure}"));
        }
        for (number, told) in self.possible().iter().enumerate() {
            line(if number == 0 { "possible" } else { "" }, told);
        }
        let written = self.ago(record.committed);
        line("record", &format!("{}, written {written}", record.version));
        match &self.owner {
            Some(owner) => line("owner", &plain(&owner.to_string())),
            None => line("owner", "none: no process has the store open"),
        }
        for (number, pending) in self.requests.iter().enumerate() {
            let told = requests::told(pending, self.now);
            line(if number == 0 { "requests" } else { "" }, &told);
        }
        if let Some(workflow) = &self.workflow {
            text.push('\n');
            text.push_str(&around::around(workflow, record, self.now, colored));
        }
        text
    }

    fn state(&self) -> String {
        let record = self.record();
        let workflow = self.workflow.as_deref();
        let state = workflow.and_then(|workflow| known::state(workflow, &record.state));
        let kind = match state.map(|state| state.kind) {
            Some(StateKind::Error) => ", an error state",
            Some(StateKind::Final) => ", a final state",
            _ => "",
        };
        let since = match record.entered {
            Some(entered) => format!(", for {}", age::length(age::since(entered, self.now))),
            None => String::new(),
        };
        format!("{}{kind}{since}", plain(&record.state))
    }

    fn in_flight(&self) -> String {
        let Some(inflight) = &self.record().inflight else {
            return "nothing".to_owned();
        };
        let name = plain(&inflight.transition);
        let mut told = format!("{name}{}", values(&inflight.inputs));
        if inflight.attempt > 1 {
            told.push_str(&format!(", attempt {}", inflight.attempt));
        }
        if inflight.interruptions > 0 {
            told.push_str(&format!(", interrupted {}", times(inflight.interruptions)));
        }
        if let Some(cause) = &inflight.cause {
            told.push_str(&format!(", for {}", plain(cause)));
        }
        told
    }

    fn possible(&self) -> Vec<String> {
        let record = self.record();
        if self.summary.condition == Condition::Unreadable {
            return vec!["set-state, while no process owns the store".to_owned()];
        }
        if record.inflight.is_some() {
            return self.decisions();
        }
        let possible = possible::possible(self.workflow.as_deref(), record);
        match (&self.workflow, possible.as_slice()) {
            (None, _) => vec![
                "not known: the store has no text of the workflow, for an older version of \
                 the program wrote it"
                    .to_owned(),
            ],
            (Some(_), []) => vec!["set-state only".to_owned()],
            (Some(_), all) => all.iter().map(ToString::to_string).collect(),
        }
    }

    /// What can be done about what is in flight.
    fn decisions(&self) -> Vec<String> {
        let record = self.record();
        let (last, others) = match possible::decisions(self.workflow.as_deref(), record) {
            [others @ .., last] => (last, others),
            [] => return Vec::new(),
        };
        let mut told = format!("{} or {last}", others.join(", "));
        if possible::may_run(record, self.owner.is_some()) {
            told.push_str(", with --cancel while its action runs");
        }
        match others.contains(&"skip") {
            true => vec![told],
            false => vec![
                told,
                "not skip, for its action supplies variables of its target".to_owned(),
            ],
        }
    }

    fn ago(&self, moment: SystemTime) -> String {
        format!("{} ago", age::length(age::since(moment, self.now)))
    }

    fn drawing(&self, format: DiagramFormat) -> Result<String, Refusal> {
        let Some(workflow) = &self.workflow else {
            return Err(Refusal::misuse(
                "the store has no text of the workflow, for an older version of the program \
                 wrote it",
                "draw the workflow's file with `inflight diagram --highlight STATE FILE`",
            ));
        };
        let mut drawing = Drawing::of(workflow);
        // A state that the workflow of the record does not have is on no drawing of it.
        let _ = drawing.highlight(&self.record().state);
        if format == DiagramFormat::Svg && !drawing.fits(Format::Svg) {
            return Err(Refusal::misuse(
                "there is too much to draw for one picture",
                "let `--format dot` be laid out",
            ));
        }
        Ok(drawing.render(format.into()))
    }
}
