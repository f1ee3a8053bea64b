//! The command lines for operators.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};

use crate::arguments::DiagramFormat;

const EXIT_CODES: &str = "\
Exit codes:
  0  the answer was given
  1  the store is damaged
  2  misuse: an unknown flag, no such store, no such instance, no permission";

const LIST_NOTES: &str = "\
Examples:
  inflight list state.db
  inflight list --parked --in-doubt state.db
  inflight list --workflow unit --state started --older 1h state.db
  inflight list --name 'mysql/*' --json state.db | jq .cause

Those come first that want an operator, and of these those that have waited longest:
  parked    what is in flight waits for an operator: retry, skip or abandon it
  in doubt  what is in flight was interrupted, and no process owns the store to carry on
  failing   what is in flight has failed, and is tried again or has its error path run
  error     nothing is in flight, and the state is an error state
  running   something is in flight
  final     a final state is reached

JSON is one object a line, for each instance:
  workflow, instance    which it is
  state, entered        its state, and since when; null where an old record does not say
  condition             as above, with `in_doubt` and `resting`
  inflight              the transition in flight, or null
  attempt               which attempt it is, from 1, or null
  interruptions         how often it was interrupted, or null
  until                 when the next attempt begins, or null
  cause                 why it is so, or null
  version, committed    of the record: its number, and when it was written";

const SHOW_NOTES: &str = "\
Examples:
  inflight show state.db mysql/0
  inflight show state.db unit/mysql/0
  inflight show --format svg state.db mysql/0 > mysql.svg

INSTANCE is the instance's own name or, where several workflows have one of that name, the
workflow's name, a slash, and the instance's.

JSON is one object with what `list` says of the instance, and
  variables      of the state, by name
  in_flight      the transition in flight with its inputs, or null
  possible       what can be fired, guards not asked: names, inputs with their types, alias
  last_failure   `{transition, committed, failure}`, as far as the history goes, or null
  owner          the process that owns the store: `{pid, program, since}`, or null";

const HISTORY_NOTES: &str = "\
Examples:
  inflight history state.db mysql/0
  inflight history --last 20 state.db mysql/0
  inflight history --json state.db mysql/0 | jq -c '[.committed, .told]'

JSON is one object a line, for each record, oldest first:
  version, committed   its number, and when it was written
  state, entered       the state, and since when
  variables            of the state, by name
  in_flight            the transition in flight with its inputs, or null
  intervention         what an operator did, `{operation, cause}`, or null
  told                 what happened, as a person would say it";

const WATCH_NOTES: &str = "\
Examples:
  inflight watch state.db
  inflight watch --failing --parked state.db
  inflight watch state.db mysql/0
  inflight watch state.db | tee -a state.log

In a terminal the list is drawn anew whenever something has changed; elsewhere, and with an
instance, there is a line for each record as it is written. End it with Ctrl-C.";

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
}

#[derive(Args, Debug)]
pub(crate) struct List {
    /// The store: the path that your program opens.
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
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
    /// Those that wait for an operator.
    #[arg(long)]
    pub(crate) parked: bool,
    /// Those that were interrupted, and that nobody has carried on with.
    #[arg(long)]
    pub(crate) in_doubt: bool,
    /// Those that fail, and those in an error state.
    #[arg(long)]
    pub(crate) failing: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Show {
    /// The store: the path that your program opens.
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// Which instance.
    #[arg(value_name = "INSTANCE")]
    pub(crate) instance: String,
    /// Draw the whole workflow instead, the current state pointed out.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<DiagramFormat>,
    /// One object, for programs.
    #[arg(long, conflicts_with = "format")]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct History {
    /// The store: the path that your program opens.
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// Which instance.
    #[arg(value_name = "INSTANCE")]
    pub(crate) instance: String,
    /// Only the last so many records.
    #[arg(long, value_name = "N")]
    pub(crate) last: Option<usize>,
    /// One object a line, for programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Watch {
    /// The store: the path that your program opens.
    #[arg(value_name = "STORE")]
    pub(crate) store: PathBuf,
    /// Only this instance, record by record.
    #[arg(value_name = "INSTANCE")]
    pub(crate) instance: Option<String>,
    #[command(flatten)]
    pub(crate) filter: Filter,
    /// How often to look.
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration, default_value = "1s")]
    pub(crate) every: Duration,
    /// One object a line, for programs, for each record as `history` has it.
    #[arg(long)]
    pub(crate) json: bool,
}
