//! What is to be done with an instance, or why that cannot be.

use std::fmt;
use std::sync::Arc;

use inflight::request::Command;
use inflight::store::{InstanceId, StoredInflight, StoredRecord};
use inflight_dsl::model::Workflow;
use inflight_dsl::nearest;

use crate::exit::Exit;
use crate::operate::arguments::Change;
use crate::operate::reading::Reading;
use crate::operate::text::{plain, values};
use crate::operate::{known, value};

/// What is to be done with an instance.
pub(super) struct Plan {
    pub(super) instance: InstanceId,
    /// In which state it is.
    pub(super) state: String,
    pub(super) command: Result<Command, Reason>,
    /// The version of the record that was looked at.
    pub(super) seen: u64,
    /// Why only the user's program can do it, if that is so.
    pub(super) needs_code: Option<NeedsCode>,
}

/// Why only the user's program can do something.
#[derive(Clone)]
pub(in crate::operate) enum NeedsCode {
    /// It has the guards and actions.
    Knows,
    /// It has the text of the workflow.
    Text,
    /// It has the types of these variables.
    Reads(Vec<String>),
}

/// Why something cannot be done.
pub(super) struct Reason {
    pub(super) exit: Exit,
    pub(super) message: String,
    pub(super) help: String,
}

impl Reason {
    /// It is not the time for it.
    fn refusal(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit: Exit::Errors,
            message: message.into(),
            help: help.into(),
        }
    }

    /// There is no such thing.
    fn misuse(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            exit: Exit::Misuse,
            message: message.into(),
            help: help.into(),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message, self.help)
    }
}

impl Plan {
    pub(super) fn of(
        change: &Change,
        instance: InstanceId,
        reading: &Reading,
        is_owned: bool,
    ) -> Self {
        let (record, workflow) = (&reading.record, reading.workflow.as_deref());
        let planner = Planner {
            instance: &instance,
            record,
            workflow,
            reading,
        };
        let execution = || -> Result<Option<Arc<str>>, Reason> {
            Ok(Some(planner.inflight()?.execution.clone()))
        };
        // An owner does not open what it cannot read, and so does nothing with it.
        let reached = match is_owned {
            true => planner.is_readable(),
            false => Ok(()),
        };
        let (command, needs_code) = match change {
            Change::Fire(fire) => {
                let fire = planner.fire(&fire.transition, &fire.values);
                (fire, Some(NeedsCode::Knows))
            }
            Change::SetState(set) => planner.set(&set.target, &set.values),
            Change::Retry(_) => (
                execution().map(|execution| Command::Retry { execution }),
                planner.needs_text(),
            ),
            Change::Skip(_) => (planner.skip(), Some(NeedsCode::Knows)),
            Change::Abandon(_) => (
                execution().map(|execution| Command::Abandon { execution }),
                planner.needs_text(),
            ),
        };
        Self {
            state: record.state.to_string(),
            seen: record.version,
            command: reached.and(command),
            needs_code,
            instance,
        }
    }

    /// What is to be done, in words.
    pub(super) fn told(&self) -> String {
        match &self.command {
            Ok(Command::Fire { transition, inputs }) => {
                format!("fire {}{}", plain(transition), values(inputs))
            }
            Ok(Command::Retry { .. }) => "retry what is in flight".to_owned(),
            Ok(Command::Skip { .. }) => "take what is in flight for done".to_owned(),
            Ok(Command::Abandon { .. }) => "give up what is in flight".to_owned(),
            Ok(Command::SetState { state, variables }) => {
                format!("set the state to {}{}", plain(state), values(variables))
            }
            Err(reason) => format!("nothing: {}", reason.message),
        }
    }
}

/// Looks at what there is.
struct Planner<'a> {
    instance: &'a InstanceId,
    record: &'a StoredRecord,
    workflow: Option<&'a Workflow>,
    reading: &'a Reading,
}

impl Planner<'_> {
    fn inflight(&self) -> Result<&StoredInflight, Reason> {
        self.record.inflight.as_ref().ok_or_else(|| {
            let instance = plain(&self.instance.to_string());
            Reason::refusal(
                format!("`{instance}` has nothing in flight"),
                "fire a transition, or set the state",
            )
        })
    }

    /// The workflow as the program has it that opened the store last.
    fn newest(&self) -> Result<&Workflow, Reason> {
        self.reading.newest.as_deref().ok_or_else(|| {
            Reason::refusal(
                "the store has no text of the workflow, for an older version of the program \
                 wrote the record",
                "have the present version of the program write it once",
            )
        })
    }

    fn needs_text(&self) -> Option<NeedsCode> {
        self.workflow.is_none().then_some(NeedsCode::Text)
    }

    fn fire(&self, name: &str, given: &[String]) -> Result<Command, Reason> {
        self.is_readable()?;
        let workflow = self.newest()?;
        let found = match &self.record.inflight {
            None => known::outgoing(workflow, &self.record.state)
                .find(|it| it.name.text == name || known::has_alias(workflow, it, name)),
            Some(inflight) if inflight.parked => {
                let inflight = plain(&inflight.transition);
                return Err(Reason::refusal(
                    format!("`{inflight}` is in flight"),
                    "retry, skip or abandon it first",
                ));
            }
            Some(inflight)
                if { workflow.transitions.iter() }
                    .any(|it| known::has_alias(workflow, it, name)) =>
            {
                let inflight = plain(&inflight.transition);
                return Err(Reason::refusal(
                    format!("`{inflight}` is in flight, and an alias means something in a state"),
                    "fire the transition by its name: it waits until that is over",
                ));
            }
            Some(_) => known::transition(workflow, name).filter(|it| it.error_of.is_none()),
        };
        let Some(transition) = found else {
            return Err(impossible(workflow, &self.record.state, name));
        };
        let name = &transition.name.text;
        let inputs = value::fields(given, &transition.inputs).map_err(|told| {
            let help = "`inflight show STORE INSTANCE` shows what it takes";
            Reason::misuse(format!("cannot fire `{name}`: {told}"), help)
        })?;
        Ok(Command::Fire {
            transition: name.clone(),
            inputs,
        })
    }

    fn set(&self, name: &str, given: &[String]) -> (Result<Command, Reason>, Option<NeedsCode>) {
        let workflow = match self.newest() {
            Ok(workflow) => workflow,
            Err(reason) => return (Err(reason), Some(NeedsCode::Text)),
        };
        let Some(state) = known::state(workflow, name) else {
            let names: Vec<_> = (workflow.states.iter())
                .map(|state| state.name.text.as_str())
                .collect();
            let help = match nearest(name, names.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the states are `{}`", names.join("`, `")),
            };
            let name = plain(name);
            let reason = Reason::misuse(format!("there is no state `{name}`"), help);
            return (Err(reason), None);
        };
        let command = match value::fields(given, &state.variables) {
            Ok(variables) => Ok(Command::SetState {
                state: name.to_owned(),
                variables,
            }),
            Err(told) => Err(Reason::misuse(
                format!("cannot set `{name}`: {told}"),
                "`inflight set-state --help` says how values are written",
            )),
        };
        let unread = value::unread(&state.variables);
        let needs_code = (!unread.is_empty()).then_some(NeedsCode::Reads(unread));
        (command, needs_code)
    }

    /// Refuses what only the program can do, if it cannot read the record.
    fn is_readable(&self) -> Result<(), Reason> {
        let Some(why) = &self.reading.unreadable else {
            return Ok(());
        };
        let message = format!("the version that opened the store last cannot read it: {why}");
        let help = "set the state while no process owns the store, or start the version that \
                    wrote it";
        Err(Reason::refusal(message, help))
    }

    fn skip(&self) -> Result<Command, Reason> {
        self.is_readable()?;
        let inflight = self.inflight()?;
        let transition =
            (self.workflow).and_then(|workflow| known::transition(workflow, &inflight.transition));
        if let (Some(workflow), Some(transition)) = (self.workflow, transition)
            && known::supplies(workflow, transition)
        {
            let name = &transition.name.text;
            return Err(Reason::refusal(
                format!(
                    "`{name}` cannot be skipped, for its action supplies variables of its target"
                ),
                "retry or abandon it, or set the state with its variables",
            ));
        }
        Ok(Command::Skip {
            execution: Some(inflight.execution.clone()),
        })
    }
}

/// Why nothing of this name can be fired in a state.
fn impossible(workflow: &Workflow, state: &str, name: &str) -> Reason {
    let possible: Vec<_> = known::outgoing(workflow, state)
        .map(|it| it.name.text.as_str())
        .collect();
    let aliases: Vec<_> = known::outgoing(workflow, state)
        .filter_map(|it| known::alias(workflow, it))
        .collect();
    let here = match possible.as_slice() {
        [] => "nothing can be fired here: set the state".to_owned(),
        names => format!("possible here: `{}`", names.join("`, `")),
    };
    let leaves = |transition| {
        let states: Vec<_> = known::sources(workflow, transition).collect();
        format!("`{}`", states.join("`, `"))
    };
    let state = plain(state);
    if let Some(transition) = known::transition(workflow, name) {
        let fired = match transition
            .error_of
            .and_then(|it| workflow.transitions.get(it.0))
        {
            Some(failing) => format!("it is fired when `{}` fails", failing.name.text),
            None => format!("it leaves {}", leaves(transition)),
        };
        return Reason::refusal(
            format!("`{name}` cannot be fired in `{state}`"),
            format!("{fired}; {here}"),
        );
    }
    let called = workflow.transitions.iter();
    let called: Vec<_> = called
        .filter(|it| known::has_alias(workflow, it, name))
        .map(|it| format!("`{}` in {}", it.name.text, leaves(it)))
        .collect();
    if !called.is_empty() {
        return Reason::refusal(
            format!("`{name}` is an alias, and means nothing in `{state}`"),
            format!("it means {}; {here}", called.join(", ")),
        );
    }
    let all = workflow.transitions.iter().flat_map(|it| {
        let name = (it.error_of.is_none()).then_some(it.name.text.as_str());
        name.into_iter().chain(known::alias(workflow, it))
    });
    let meant = nearest(name, possible.iter().chain(&aliases).copied());
    let meant = meant.or_else(|| nearest(name, all));
    Reason::misuse(
        format!("there is no transition or alias `{}`", plain(name)),
        meant.map_or(here, |meant| format!("did you mean `{meant}`?")),
    )
}
