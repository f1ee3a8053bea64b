//! Two workflows as tables, and operations on them written as text.

use super::super::{Change, Effect, Engine, Guards, Mark, Position, Refusal, Resolution, Stage};
use crate::outcome::Verdict;
use crate::tables::{Backoff, OnInterrupt, StateKind, StateRow, Tables, TransitionRow};

/// A part of the unit workflow: `start` is automatic and has no error transition;
/// `configure` stays in its state.
pub(super) static UNIT: Tables = Tables {
    workflow: "unit",
    fingerprint: 0,
    initial: 0,
    states: &[
        state("new", StateKind::Initial, 0),
        state("installed", StateKind::Ordinary, 1),
        state("started", StateKind::Ordinary, 2),
        state("install_error", StateKind::Error, 3),
        state("configure_error", StateKind::Error, 4),
    ],
    transitions: &[
        TransitionRow {
            automatic: true,
            ..to("install", 1, Some(1))
        },
        error("error_install", 3),
        to("retry_install", 1, None),
        TransitionRow {
            automatic: true,
            ..to("start", 2, None)
        },
        to("configure", 2, Some(5)),
        error("error_configure", 4),
        to("retry_configure", 2, None),
    ],
    outgoing: &[0, 3, 4, 2, 6],
    activities: &[],
};

/// Every clause that takes time or care, once: `fetch` is retried with waits and its
/// error transition without, `tick` and `expire` fire after a while and so does `warm`
/// in the initial state, and the transitions that leave `busy` differ in what becomes of
/// them when they are interrupted.
pub(super) static CARE: Tables = Tables {
    workflow: "care",
    fingerprint: 0,
    initial: 0,
    states: &[
        state("idle", StateKind::Initial, 0),
        state("busy", StateKind::Ordinary, 2),
        state("failed", StateKind::Error, 10),
        state("done", StateKind::Final, 11),
    ],
    transitions: &[
        TransitionRow {
            retries: 2,
            backoff: Some(Backoff {
                first: 1,
                longest: 8,
            }),
            ..to("fetch", 1, Some(1))
        },
        TransitionRow {
            retries: 1,
            ..error("fetch_failed", 2)
        },
        after(5, to("warm", 1, None)),
        after(20, to("expire", 2, None)),
        after(10, to("tick", 1, None)),
        after(10, to("again", 1, Some(11))),
        interrupted(OnInterrupt::Ask, to("ask", 3, Some(11))),
        interrupted(OnInterrupt::Fail, to("once", 3, None)),
        interrupted(OnInterrupt::Fail, to("strict", 3, Some(11))),
        interrupted(OnInterrupt::Probe, to("check", 3, None)),
        TransitionRow {
            target: None,
            ..to("nudge", 0, None)
        },
        error("broken", 2),
        to("mend", 1, None),
    ],
    outgoing: &[0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12],
    activities: &[],
};

const fn state(name: &'static str, kind: StateKind, first: u32) -> StateRow {
    StateRow { name, kind, first }
}

const fn to(name: &'static str, target: u16, on_error: Option<u16>) -> TransitionRow {
    TransitionRow {
        name,
        target: Some(target),
        automatic: false,
        after: None,
        action: None,
        on_error,
        error: false,
        retries: 0,
        backoff: None,
        timeout: None,
        on_interrupt: OnInterrupt::Rerun(2),
    }
}

const fn error(name: &'static str, target: u16) -> TransitionRow {
    TransitionRow {
        error: true,
        ..to(name, target, None)
    }
}

const fn after(after: u64, row: TransitionRow) -> TransitionRow {
    TransitionRow {
        after: Some(after),
        ..row
    }
}

const fn interrupted(on_interrupt: OnInterrupt, row: TransitionRow) -> TransitionRow {
    TransitionRow {
        on_interrupt,
        ..row
    }
}

/// How an operation begins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Begin {
    Fire(&'static str),
    /// So long after the state was entered, if a record says when it was.
    Synchronize(Option<u64>),
    Expire(Option<u64>),
    Resolve(Resolution),
    /// To the state of this name.
    Set(&'static str),
}

/// How an action ends, a question about it, or a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// An action does what it should, or a question hears that it has.
    Well,
    Badly,
    Interrupted,
    Undone,
    Doubtful,
    /// A wait is over.
    Waited,
    /// The process dies meanwhile.
    Killed,
}

/// What one operation commits, and how it finishes: nothing when the process dies.
pub(super) type Operation = (Vec<(Change, Position)>, Option<Verdict>);

/// Runs one operation, if the script has the ends for what it runs, asks and waits for,
/// and no more.
pub(super) fn operate(
    tables: &'static Tables,
    at: Position,
    begin: Begin,
    script: &[Ends],
    mut allows: impl FnMut(&str) -> bool,
) -> Result<Option<Operation>, Refusal> {
    let guards: Guards<'_> = &mut |transition| {
        let name = tables.transition(transition).name;
        (!allows(name)).then_some("guard")
    };
    let mut engine = Engine::new(tables, at);
    let mut effect = match begin {
        Begin::Fire(name) => engine.fire(index(tables, name), guards)?,
        Begin::Synchronize(elapsed) => engine.synchronize(elapsed, guards),
        Begin::Expire(elapsed) => match engine.expire(elapsed, guards) {
            Some(effect) => effect,
            None => Effect::Finish(Verdict::Idle),
        },
        Begin::Set(name) => {
            let mut states = tables.states.iter();
            let state = states.position(|row| row.name == name).unwrap();
            engine.set(u16::try_from(state).unwrap())
        }
        Begin::Resolve(Resolution::Skip) => engine.skip(guards)?,
        Begin::Resolve(resolution) => engine.resolve(resolution == Resolution::Retry)?,
    };
    let mut script = script.iter();
    let mut commits = Vec::new();
    loop {
        effect = match effect {
            Effect::Commit(change, position) => {
                commits.push((change, position));
                engine.committed()
            }
            Effect::Finish(verdict) => {
                return Ok(script.next().is_none().then_some((commits, Some(verdict))));
            }
            busy => match (busy, script.next()) {
                (_, Some(Ends::Killed)) => {
                    return Ok(script.next().is_none().then_some((commits, None)));
                }
                (Effect::Run | Effect::Probe, Some(Ends::Well)) => engine.succeeded(guards),
                (Effect::Run | Effect::Probe, Some(Ends::Interrupted)) => engine.interrupted(),
                (Effect::Run, Some(Ends::Badly)) => engine.failed(),
                (Effect::Probe, Some(Ends::Undone)) => engine.undone(),
                (Effect::Probe, Some(Ends::Doubtful)) => engine.doubtful(),
                (Effect::Wait, Some(Ends::Waited)) => engine.waited(),
                _ => return Ok(None),
            },
        };
    }
}

/// What one operation commits, and how it ends, as text.
pub(super) fn told(
    tables: &'static Tables,
    at: &str,
    begin: Begin,
    script: &[Ends],
    allows: impl FnMut(&str) -> bool,
) -> String {
    let (commits, verdict) = operate(tables, parse(tables, at), begin, script, allows)
        .unwrap()
        .expect("the operation runs, asks and waits as often as the test foresaw");
    let mut text: Vec<_> = commits
        .iter()
        .map(|(_, position)| show(tables, position))
        .collect();
    text.push(verdict.map_or_else(|| "killed".to_owned(), |verdict| verdict.to_string()));
    text.join(" ")
}

/// A position as the table of truth writes it, with what timers have fired behind `!`.
pub(super) fn show(tables: &Tables, position: &Position) -> String {
    let mut parts = vec![tables.states[usize::from(position.state)].name.to_owned()];
    if let Some(mark) = position.inflight {
        parts.push(tables.transition(mark.transition).name.to_owned());
        if mark.attempt > 1 {
            parts.push(format!("attempt {}", mark.attempt));
        }
        if mark.interruptions > 0 {
            parts.push(format!("interrupted {}", mark.interruptions));
        }
        match mark.stage {
            Stage::Waiting => parts.push("waiting".to_owned()),
            Stage::Parked => parts.push("parked".to_owned()),
            Stage::Running => {}
        }
    }
    for timer in &position.spent {
        parts.push(format!("!{}", tables.transition(*timer).name));
    }
    format!("({})", parts.join(", "))
}

pub(super) fn parse(tables: &Tables, text: &str) -> Position {
    let mut parts = text.trim_matches(['(', ')']).split(", ");
    let state = parts.next().unwrap();
    let state = tables.states.iter().position(|row| row.name == state);
    let mut position = Position {
        state: u16::try_from(state.unwrap()).unwrap(),
        spent: Vec::new(),
        inflight: None,
    };
    for part in parts {
        if let Some(timer) = part.strip_prefix('!') {
            position.spent.push(index(tables, timer));
        } else if let Some(mark) = &mut position.inflight {
            match part.split_once(' ') {
                Some(("attempt", number)) => mark.attempt = number.parse().unwrap(),
                Some((_, number)) => mark.interruptions = number.parse().unwrap(),
                None if part == "waiting" => mark.stage = Stage::Waiting,
                None => mark.stage = Stage::Parked,
            }
        } else {
            let transition = index(tables, part);
            position.inflight = Some(Mark {
                diverted: tables.transition(transition).error,
                ..Mark::new(transition)
            });
        }
    }
    assert_eq!(show(tables, &position), text);
    position
}

fn index(tables: &Tables, name: &str) -> u16 {
    let transition = tables.transitions.iter().position(|row| row.name == name);
    u16::try_from(transition.unwrap()).unwrap()
}
