//! What became of a change, in words.

use inflight::request::Answer;
use inflight::store::InstanceId;
use serde::Serialize;

use super::older::Older;
use super::plan::{NeedsCode, Plan};
use crate::exit::Exit;
use crate::operate::arguments::Change;
use crate::operate::refusal::Refusal;
use crate::operate::table::{Cell, Style, Table};
use crate::operate::text::{block, count, plain};

/// What became of a change.
pub(in crate::operate) enum Became {
    Done {
        verdict: String,
        steps: Vec<String>,
        /// Whether what was asked for came about.
        achieved: bool,
        /// Whether what followed by itself went well too.
        clean: bool,
        state: String,
        /// What fires by itself as soon as the program opens the instance.
        then: Vec<String>,
        /// What was asked before, and waits.
        older: Vec<Older>,
    },
    Refused(Exit, String),
    /// It was tried, and something is amiss.
    Failed(Refusal),
    /// It is written down as the request of this id.
    Waits(Waits, String),
}

/// For what a request waits.
#[derive(Clone)]
pub(in crate::operate) enum Waits {
    /// Nobody owns the store, and this is why only its program can do it, if that is known.
    Unowned(Option<NeedsCode>),
    /// The owner has not answered in time.
    Late(String),
    /// It has not either, and this is in flight.
    Busy(String),
    /// It was begun, and is not over.
    Begun,
    /// Nobody looked for an answer of the owner's.
    Unwatched(String),
    /// Something keeps us from telling, and that is the exit for it.
    Unknown(Exit, String),
}

impl From<Refusal> for Waits {
    fn from(refusal: Refusal) -> Self {
        Self::Unknown(refusal.exit, refusal.sentence())
    }
}

/// The same for programs.
#[derive(Serialize)]
struct Line<'a> {
    workflow: &'a str,
    instance: &'a str,
    outcome: &'a str,
    verdict: Option<&'a str>,
    steps: &'a [String],
    clean: Option<bool>,
    state: Option<&'a str>,
    then: &'a [String],
    older: Vec<&'a str>,
    reason: Option<String>,
    request: Option<&'a str>,
}

/// What would be done, for programs.
#[derive(Serialize)]
struct Planned<'a> {
    workflow: &'a str,
    instance: &'a str,
    outcome: &'a str,
    state: &'a str,
    would: String,
}

impl From<Answer> for Became {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Done {
                verdict,
                steps,
                achieved,
                clean,
                state,
            } => Self::Done {
                verdict,
                steps,
                achieved,
                clean,
                state,
                then: Vec::new(),
                older: Vec::new(),
            },
            Answer::Refused { reason } => Self::Refused(Exit::Errors, reason),
        }
    }
}

impl Waits {
    fn told(&self) -> String {
        match self {
            Self::Unowned(why) => {
                let why = match why {
                    None | Some(NeedsCode::Knows) => String::new(),
                    Some(NeedsCode::Text) => {
                        "only the program knows the text of its workflow, and ".to_owned()
                    }
                    Some(NeedsCode::Reads(names)) => {
                        format!(
                            "only the program can read `{}`, and ",
                            names.join("` and `")
                        )
                    }
                };
                format!(
                    "{why}no process owns the store: it is done by the next that opens the store \
                     and drives the instance"
                )
            }
            Self::Late(owner) => format!(
                "{}, the owner, has not answered: it is done when it drives the instance and has \
                 the lock",
                plain(owner)
            ),
            Self::Busy(inflight) => format!(
                "`{}` is in flight: it is done when that is over, or somebody has abandoned it",
                plain(inflight)
            ),
            Self::Begun => "begun, and not over: `inflight show` says how far it is".to_owned(),
            Self::Unwatched(owner) => format!(
                "written down for {}, the owner: it is done when it drives the instance and has \
                 the lock",
                plain(owner)
            ),
            Self::Unknown(_, why) => {
                format!("what came of it cannot be told: {}", block(why, 2))
            }
        }
    }
}

impl Became {
    pub(in crate::operate) fn exit(&self) -> Exit {
        match self {
            Self::Done { clean: true, .. } => Exit::Clean,
            Self::Done { achieved: true, .. } => Exit::Followed,
            Self::Done { .. } => Exit::Errors,
            Self::Refused(exit, _) | Self::Waits(Waits::Unknown(exit, _), _) => *exit,
            Self::Failed(refusal) => refusal.exit,
            Self::Waits(..) => Exit::Pending,
        }
    }

    /// Whether it was tried, and something is amiss.
    pub(super) fn is_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    pub(in crate::operate) fn text(&self) -> String {
        match self {
            Self::Done {
                verdict,
                steps,
                state,
                then,
                older,
                ..
            } => {
                let mut text = format!("{verdict}, now {}", plain(state));
                for step in steps {
                    text.push_str(&format!("\n  {}", block(step, 4)));
                }
                if !then.is_empty() {
                    let then = then.join(" or ");
                    text.push_str(&format!(
                        "\n  {then} fires by itself when the program next opens it"
                    ));
                }
                for Older {
                    id,
                    what,
                    gives_way,
                } in older
                {
                    let id = plain(id);
                    text.push_str(&match gives_way {
                        true => format!(
                            "\n  request {id}, asked before, is not carried out any more: {what}"
                        ),
                        false => format!(
                            "\n  request {id}, asked before, still waits: {what}; `inflight \
                             requests STORE --withdraw {id}` withdraws it"
                        ),
                    });
                }
                text
            }
            Self::Refused(_, reason) => format!("refused: {}", block(reason, 2)),
            Self::Failed(refusal) => format!("failed: {}", block(&refusal.sentence(), 2)),
            Self::Waits(waits, id) => format!("waits as request {id}\n  {}", waits.told()),
        }
    }

    fn line<'a>(&'a self, instance: &'a InstanceId) -> Line<'a> {
        let line = Line {
            workflow: &instance.workflow,
            instance: &instance.instance,
            outcome: "refused",
            verdict: None,
            steps: &[],
            clean: None,
            state: None,
            then: &[],
            older: Vec::new(),
            reason: None,
            request: None,
        };
        match self {
            Self::Done {
                verdict,
                steps,
                achieved,
                clean,
                state,
                then,
                older,
            } => Line {
                outcome: if *achieved { "done" } else { "failed" },
                verdict: Some(verdict),
                steps,
                clean: Some(*clean),
                state: Some(state),
                then,
                older: older.iter().map(|older| older.id.as_str()).collect(),
                ..line
            },
            Self::Refused(_, reason) => Line {
                reason: Some(reason.clone()),
                ..line
            },
            Self::Failed(refusal) => Line {
                outcome: "failed",
                reason: Some(refusal.sentence()),
                ..line
            },
            Self::Waits(waits, id) => Line {
                outcome: "waits",
                reason: Some(waits.told()),
                request: Some(id),
                ..line
            },
        }
    }
}

/// What became of each instance.
pub(in crate::operate) fn report(
    json: bool,
    became: &[(InstanceId, Became)],
) -> serde_json::Result<String> {
    let mut text = String::new();
    for (instance, became) in became {
        match json {
            true => text.push_str(&serde_json::to_string(&became.line(instance))?),
            false => {
                let name = plain(&instance.to_string());
                text.push_str(&format!("{name}: {}", became.text()));
            }
        }
        text.push('\n');
    }
    Ok(text)
}

/// What would be done.
pub(super) fn preview(
    change: &Change,
    plans: &[Plan],
    idle: usize,
    colored: bool,
) -> serde_json::Result<String> {
    let mut text = String::new();
    if change.how().json {
        for plan in plans {
            text.push_str(&serde_json::to_string(&Planned {
                workflow: &plan.instance.workflow,
                instance: &plan.instance.instance,
                outcome: "planned",
                state: &plan.state,
                would: plan.told(),
            })?);
            text.push('\n');
        }
        return Ok(text);
    }
    let mut table = Table::new(&["INSTANCE", "STATE", "WOULD"]);
    for plan in plans {
        let style = match plan.command {
            Ok(_) => Style::Plain,
            Err(_) => Style::Faint,
        };
        table.row([
            Cell::from(plain(&plan.instance.to_string())),
            plain(&plan.state).into(),
            Cell::styled(plan.told(), style),
        ]);
    }
    text.push_str(&table.render(0, colored));
    if idle > 0 {
        text.push_str(&format!("{}\n", self::idle(idle)));
    }
    let ready = plans.iter().filter(|plan| plan.command.is_ok()).count();
    let told = match ready {
        0 => "none would be changed".to_owned(),
        ready => format!(
            "{} would be changed, and none is yet: add --yes to do it",
            count(ready, "instance")
        ),
    };
    text.push_str(&told);
    text.push('\n');
    Ok(text)
}

/// Of how many there is nothing in flight to resolve.
pub(super) fn idle(number: usize) -> String {
    let has = if number == 1 { "has" } else { "have" };
    format!("{} {has} nothing in flight", count(number, "instance"))
}
