//! The command lines for operators.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use super::notes::{
    ABANDON_EXAMPLES, CHANGE_NOTES, COMPACT_NOTES, EXIT_CODES, FIRE_EXAMPLES, HISTORY_NOTES,
    LIST_NOTES, REQUESTS_NOTES, RETRY_EXAMPLES, SET_STATE_EXAMPLES, SHOW_NOTES, SKIP_EXAMPLES,
    VERIFY_NOTES, WATCH_NOTES,
};
use crate::arguments::DiagramFormat;

/// What operators ask of a store.
#[derive(Debug, Subcommand)]
pub(crate) enum Operate {
    /// Lists the instances of a store, those first that want an operator.
    #[command(after_help = format!("{LIST_NOTES}\n\n{EXIT_CODES}"))]
    List(List),
    /// Shows an instance: where it is, why, and what can be done.
    #[command(after_help = format!("{SHOW_NOTES}\n\n{EXIT_CODES}"))]
    Show(Show),
    /// Tells what became of an instance, record by record.
    #[command(after_help = format!("{HISTORY_NOTES}\n\n{EXIT_CODES}"))]
    History(History),
    /// Shows what happens in a store as it happens.
    #[command(after_help = format!("{WATCH_NOTES}\n\n{EXIT_CODES}"))]
    Watch(Watch),
    #[command(flatten)]
    Change(Change),
    /// Lists requests to the owner of a store, tells what became of one, or withdraws one.
    #[command(after_help = REQUESTS_NOTES)]
    Requests(Requests),
    /// Reads all of a store, and says whether it is whole.
    #[command(after_help = format!("{VERIFY_NOTES}\n\n{EXIT_CODES}"))]
    Verify(Verify),
    /// Gives back the space that a store does not need.
    #[command(after_help = format!("{COMPACT_NOTES}\n\n{EXIT_CODES}"))]
    Compact(Compact),
}

impl Operate {
    /// Whether the answer, or why there is none, is for a program.
    pub(crate) fn is_for_programs(&self) -> bool {
        match self {
            Self::List(it) => it.json,
            Self::Show(it) => it.json,
            Self::History(it) => it.json,
            Self::Watch(it) => it.json,
            Self::Change(it) => it.how().json,
            Self::Verify(it) => it.json,
            Self::Requests(it) => it.json,
            Self::Compact(it) => it.json,
        }
    }
}

/// What operators change.
#[derive(Debug, Subcommand)]
pub(crate) enum Change {
    /// Fires a transition, by its name or its alias.
    #[command(after_help = format!("{FIRE_EXAMPLES}\n{CHANGE_NOTES}"))]
    Fire(Fire),
    /// Has what is in flight run again, at once.
    #[command(after_help = format!("{RETRY_EXAMPLES}\n{CHANGE_NOTES}"))]
    Retry(Resolve),
    /// Takes what is in flight for done: its target is entered.
    #[command(after_help = format!("{SKIP_EXAMPLES}\n{CHANGE_NOTES}"))]
    Skip(Resolve),
    /// Gives up what is in flight: the state stays as it is.
    #[command(after_help = format!("{ABANDON_EXAMPLES}\n{CHANGE_NOTES}"))]
    Abandon(Resolve),
    /// Sets the state, whatever is in flight.
    #[command(after_help = format!("{SET_STATE_EXAMPLES}\n{CHANGE_NOTES}"))]
    SetState(SetState),
}

impl Change {
    /// What all of them are given.
    fn common(&self) -> (&Which, &How) {
        match self {
            Self::Fire(it) => (&it.which, &it.how),
            Self::Retry(it) | Self::Skip(it) | Self::Abandon(it) => (&it.which, &it.how),
            Self::SetState(it) => (&it.which, &it.how),
        }
    }

    pub(crate) fn which(&self) -> &Which {
        self.common().0
    }

    pub(crate) fn how(&self) -> &How {
        self.common().1
    }

    /// Whether it is about what is in flight, and about nothing else.
    pub(crate) fn resolves(&self) -> bool {
        matches!(self, Self::Retry(_) | Self::Skip(_) | Self::Abandon(_))
    }

    /// Whether an action that is running is to be cancelled.
    pub(crate) fn cancels(&self) -> bool {
        match self {
            Self::Fire(_) => false,
            Self::Retry(it) | Self::Skip(it) | Self::Abandon(it) => it.cancel,
            Self::SetState(it) => it.cancel,
        }
    }
}

/// A store.
#[derive(Args, Debug)]
pub(crate) struct At {
    /// The store: the path that your program opens.
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
}

/// An instance of a store.
#[derive(Args, Debug)]
pub(crate) struct One {
    #[command(flatten)]
    pub(crate) at: At,
    /// Which instance: its own name, or that of its workflow, a slash, and its own.
    #[arg(value_name = "INSTANCE")]
    pub(crate) instance: String,
}

/// An instance of a store, or several.
#[derive(Args, Debug)]
pub(crate) struct Which {
    #[command(flatten)]
    pub(crate) at: At,
    /// Which instance, or with `*` and `?`, which instances.
    #[arg(value_name = "INSTANCE")]
    pub(crate) instance: String,
    #[command(flatten)]
    pub(crate) filter: Filter,
}

#[derive(Args, Debug)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) at: At,
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// One object a line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug, Default)]
#[command(next_help_heading = "Which instances")]
pub(crate) struct Filter {
    /// Those of this workflow.
    #[arg(long, value_name = "WORKFLOW")]
    pub(crate) workflow: Option<String>,
    /// Those in this state.
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Option<String>,
    /// Those whose name fits; `*` is any text, `?` any character.
    #[arg(long, value_name = "GLOB")]
    pub(crate) name: Option<String>,
    /// Those that have been in their state at least so long, such as `90s`, `2h` or `1day`.
    #[arg(long, value_name = "AGE", value_parser = humantime::parse_duration)]
    pub(crate) older: Option<Duration>,
    /// Those with a transition in flight whose present attempt has been running, waiting or
    /// parked at least so long: an action that hangs, say.
    #[arg(long, value_name = "AGE", value_parser = humantime::parse_duration)]
    pub(crate) in_flight_for: Option<Duration>,
    /// Those that wait for an operator; with `--in-doubt` or `--failing`, those as well.
    #[arg(long)]
    pub(crate) parked: bool,
    /// Those that were interrupted, and that nobody has carried on with; with `--parked` or
    /// `--failing`, those as well.
    #[arg(long)]
    pub(crate) in_doubt: bool,
    /// Those that fail, or failed and were led nowhere, those in an error state, and those that
    /// the program cannot read; with `--parked` or `--in-doubt`, those as well.
    #[arg(long)]
    pub(crate) failing: bool,
    /// Those with a timer that was due and has not fired; with `--parked`, `--in-doubt` or
    /// `--failing`, those as well.
    #[arg(long)]
    pub(crate) overdue: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    #[command(flatten)]
    pub(crate) one: One,
    /// Draw the whole workflow instead, the current state pointed out.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<DiagramFormat>,
    /// One object, for programs.
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct History {
    #[command(flatten)]
    pub(crate) one: One,
    /// Only the last so many records.
    #[arg(long, value_name = "N")]
    pub(crate) last: Option<usize>,
    /// One object a line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Watch {
    #[command(flatten)]
    pub(crate) at: At,
    /// Only this instance, record by record.
    #[arg(value_name = "INSTANCE")]
    pub(crate) instance: Option<String>,
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// Only the records that are written from now on, not first those that are current.
    #[arg(long)]
    pub(crate) new: bool,
    /// How often to look.
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration, default_value = "1s")]
    pub(crate) every: Duration,
    /// One object a line, for programs, for each record as `history` has it.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Fire {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Which transition, by its name or its alias.
    #[arg(value_name = "TRANSITION")]
    pub(crate) transition: String,
    /// Its inputs.
    #[arg(value_name = "NAME=VALUE")]
    pub(crate) values: Vec<String>,
    #[command(flatten)]
    pub(crate) how: How,
}

#[derive(Args, Debug)]
pub(crate) struct Resolve {
    /// Cancel its action for it, if that is running.
    #[arg(long)]
    pub(crate) cancel: bool,
    #[command(flatten)]
    pub(crate) which: Which,
    #[command(flatten)]
    pub(crate) how: How,
}

#[derive(Args, Debug)]
#[command(mut_arg("reason", |reason| reason.required(true)))]
pub(crate) struct SetState {
    #[command(flatten)]
    pub(crate) which: Which,
    /// Which state.
    #[arg(value_name = "TARGET")]
    pub(crate) target: String,
    /// Its variables.
    #[arg(value_name = "NAME=VALUE")]
    pub(crate) values: Vec<String>,
    /// Cancel its action for it, if that is running.
    #[arg(long)]
    pub(crate) cancel: bool,
    #[command(flatten)]
    pub(crate) how: How,
}

#[derive(Args, Debug)]
#[command(next_help_heading = "How")]
pub(crate) struct How {
    /// Why, for the history.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    /// Do it to all that fit a pattern.
    #[arg(long)]
    pub(crate) yes: bool,
    /// How long to wait for the owner of the store.
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration, default_value = "30s")]
    pub(crate) timeout: Duration,
    /// Write a request down, and do not wait for the owner of the store.
    #[arg(long)]
    pub(crate) no_wait: bool,
    /// One object a line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Requests {
    /// The store: the path that your program opens.
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// Tell what became of the request of this id.
    #[arg(value_name = "ID", conflicts_with = "withdraw")]
    pub(crate) id: Option<String>,
    /// Wait until it is answered.
    #[arg(long, requires = "id")]
    pub(crate) wait: bool,
    /// How long to wait for that.
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration, default_value = "30s")]
    pub(crate) timeout: Duration,
    /// Withdraw the request of this id: nobody carries it out.
    #[arg(long, value_name = "ID")]
    pub(crate) withdraw: Option<String>,
    /// One object a line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) at: At,
    /// One object a line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Compact {
    #[command(flatten)]
    pub(crate) at: At,
    /// Keep only the newest so many records of each instance.
    #[arg(long, value_name = "N", value_parser = kept)]
    pub(crate) keep: Option<u64>,
    /// One object, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

/// How many records are to be kept.
fn kept(text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(0) => Err("the current record is always kept: write 1 to keep no other".to_owned()),
        Ok(records) => Ok(records),
        Err(error) => Err(error.to_string()),
    }
}
