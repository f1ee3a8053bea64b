//! The table of truth, and every interleaving around it, as effects.

use std::collections::{BTreeSet, VecDeque};

use super::{Change, Effect, Engine, Guards, Mark, Position, Refusal, Resolution};
use crate::outcome::Verdict;
use crate::tables::{StateKind, StateRow, Tables, TransitionRow};

const NEW: u16 = 0;
const INSTALLED: u16 = 1;
const STARTED: u16 = 2;
const INSTALL_ERROR: u16 = 3;
const CONFIGURE_ERROR: u16 = 4;

const INSTALL: u16 = 0;
const ERROR_INSTALL: u16 = 1;
const RETRY_INSTALL: u16 = 2;
const START: u16 = 3;
const CONFIGURE: u16 = 4;
const ERROR_CONFIGURE: u16 = 5;
const RETRY_CONFIGURE: u16 = 6;

/// A part of the unit workflow: `start` is automatic and guarded, and has no error
/// transition; `configure` stays in its state.
static UNIT: Tables = Tables {
    workflow: "unit",
    fingerprint: 0,
    initial: NEW,
    states: &[
        state("new", StateKind::Initial, 0),
        state("installed", StateKind::Ordinary, 1),
        state("started", StateKind::Ordinary, 2),
        state("install_error", StateKind::Error, 3),
        state("configure_error", StateKind::Error, 4),
    ],
    transitions: &[
        automatic(transition("install", INSTALLED, Some(ERROR_INSTALL))),
        error(transition("error_install", INSTALL_ERROR, None)),
        transition("retry_install", INSTALLED, None),
        automatic(transition("start", STARTED, None)),
        transition("configure", STARTED, Some(ERROR_CONFIGURE)),
        error(transition("error_configure", CONFIGURE_ERROR, None)),
        transition("retry_configure", STARTED, None),
    ],
    outgoing: &[INSTALL, START, CONFIGURE, RETRY_INSTALL, RETRY_CONFIGURE],
};

const fn state(name: &'static str, kind: StateKind, first: u32) -> StateRow {
    StateRow { name, kind, first }
}

const fn transition(name: &'static str, target: u16, on_error: Option<u16>) -> TransitionRow {
    TransitionRow {
        name,
        target: Some(target),
        automatic: false,
        action: None,
        on_error,
        error: false,
        reruns: 2,
    }
}

const fn automatic(row: TransitionRow) -> TransitionRow {
    TransitionRow {
        automatic: true,
        ..row
    }
}

const fn error(row: TransitionRow) -> TransitionRow {
    TransitionRow { error: true, ..row }
}

/// How an operation begins.
#[derive(Clone, Copy)]
enum Begin {
    Fire(u16),
    Synchronize,
    Resolve(Resolution),
}

/// How an action ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    Well,
    Badly,
    Interrupted,
    /// The process dies while it runs.
    Killed,
}
use Begin::{Fire, Resolve, Synchronize};
use Ends::{Badly, Interrupted, Killed, Well};

/// What one operation commits, and how it finishes: nothing when the process dies.
type Operation = (Vec<(Change, Position)>, Option<Verdict>);

/// Runs one operation, if its actions are as many as the script has ends for.
fn operate(
    at: Position,
    begin: Begin,
    script: &[Ends],
    mut allows: impl FnMut(u16) -> bool,
) -> Result<Option<Operation>, Refusal> {
    let guards: Guards<'_> = &mut |transition| (!allows(transition)).then_some("guard");
    let mut engine = Engine::new(&UNIT, at);
    let mut effect = match begin {
        Fire(transition) => engine.fire(transition, guards)?,
        Synchronize => engine.synchronize(guards),
        Resolve(resolution) => engine.resolve(resolution)?,
    };
    let mut script = script.iter();
    let mut commits = Vec::new();
    loop {
        effect = match effect {
            Effect::Commit(change, position) => {
                commits.push((change, position));
                engine.committed()
            }
            Effect::Run => match script.next() {
                None => return Ok(None),
                Some(Well) => engine.succeeded(guards),
                Some(Badly) => engine.failed(),
                Some(Interrupted) => engine.interrupted(),
                Some(Killed) => return Ok(script.next().is_none().then_some((commits, None))),
            },
            Effect::Finish(verdict) => {
                return Ok(script.next().is_none().then_some((commits, Some(verdict))));
            }
        };
    }
}

fn check(at: &str, begin: Begin, actions: &[Ends], expect: &str) {
    let (commits, verdict) = operate(parse(at), begin, actions, |_| true)
        .unwrap()
        .expect("as many actions as the test foresaw");
    let mut text: Vec<_> = commits
        .iter()
        .map(|(_, position)| show(*position))
        .collect();
    text.push(verdict.map_or_else(|| "killed".to_owned(), |verdict| verdict.to_string()));
    assert_eq!(text.join(" "), expect);
}

fn show(position: Position) -> String {
    let state = UNIT.states[usize::from(position.state)].name;
    match position.inflight {
        None => format!("({state})"),
        Some(mark) => {
            let transition = UNIT.transition(mark.transition).name;
            match mark.interruptions {
                0 => format!("({state}, {transition})"),
                times => format!("({state}, {transition}, interrupted {times})"),
            }
        }
    }
}

fn parse(text: &str) -> Position {
    let mut parts = text.trim_matches(['(', ')']).split(", ");
    let state = parts.next().unwrap();
    let state = UNIT.states.iter().position(|row| row.name == state);
    let inflight = parts.next().map(|name| {
        let transition = UNIT.transitions.iter().position(|row| row.name == name);
        let transition = transition.unwrap();
        Mark {
            diverted: UNIT.transitions[transition].error,
            transition: u16::try_from(transition).unwrap(),
            attempt: 1,
            interruptions: parts.next().map_or(0, |text| {
                text.trim_start_matches("interrupted ").parse().unwrap()
            }),
        }
    });
    Position {
        state: u16::try_from(state.unwrap()).unwrap(),
        inflight,
    }
}

#[test]
fn what_is_fired_is_committed_before_it_runs() {
    check(
        "(new)",
        Fire(INSTALL),
        &[Well, Well],
        "(new, install) (installed, start) (started) completed",
    );
    check(
        "(new)",
        Synchronize,
        &[Well, Well],
        "(new, install) (installed, start) (started) completed",
    );
}

#[test]
fn a_failure_takes_the_error_transition() {
    check(
        "(new)",
        Fire(INSTALL),
        &[Badly, Well],
        "(new, install) (new, error_install) (install_error) failed, handled",
    );
    check(
        "(install_error)",
        Fire(RETRY_INSTALL),
        &[Badly],
        "(install_error, retry_install) (install_error) failed",
    );
    check(
        "(started)",
        Fire(CONFIGURE),
        &[Badly, Badly],
        "(started, configure) (started, error_configure) (started) failed",
    );
}

#[test]
fn the_failure_of_an_automatic_transition_is_its_own() {
    check(
        "(new)",
        Fire(INSTALL),
        &[Well, Badly],
        "(new, install) (installed, start) (installed) completed",
    );
    check(
        "(new)",
        Fire(INSTALL),
        &[Well, Interrupted],
        "(new, install) (installed, start) completed",
    );
}

#[test]
fn an_interruption_commits_nothing_and_is_carried_on() {
    check(
        "(new)",
        Fire(INSTALL),
        &[Interrupted],
        "(new, install) interrupted",
    );
    check("(new)", Fire(INSTALL), &[Killed], "(new, install) killed");
    check(
        "(new, install)",
        Synchronize,
        &[Well, Well],
        "(new, install, interrupted 1) (installed, start) (started) completed",
    );
    check(
        "(started, error_configure)",
        Synchronize,
        &[Well],
        "(started, error_configure, interrupted 1) (configure_error) failed, handled",
    );
}

#[test]
fn what_kills_its_process_every_time_ends_in_its_error_path_or_parked() {
    check(
        "(new, install, interrupted 1)",
        Synchronize,
        &[Killed],
        "(new, install, interrupted 2) killed",
    );
    check(
        "(new, install, interrupted 2)",
        Synchronize,
        &[Well],
        "(new, error_install) (install_error) failed, handled",
    );
    check(
        "(installed, start, interrupted 2)",
        Synchronize,
        &[],
        "parked",
    );
}

#[test]
fn an_operator_resolves_what_is_in_flight() {
    check(
        "(installed, start, interrupted 2)",
        Resolve(Resolution::Retry),
        &[Well],
        "(installed, start) (started) completed",
    );
    check(
        "(installed, start, interrupted 2)",
        Resolve(Resolution::Abandon),
        &[],
        "(installed) abandoned",
    );
    let refusal = operate(parse("(started)"), Resolve(Resolution::Retry), &[], |_| {
        true
    });
    assert_eq!(refusal, Err(Refusal::Settled));
}

#[test]
fn nothing_to_do_writes_nothing() {
    check("(started)", Synchronize, &[], "nothing to do");
}

#[test]
fn a_refusal_writes_nothing() {
    let refuse = |at, transition, guards: bool| {
        operate(parse(at), Fire(transition), &[], |_| guards).unwrap_err()
    };
    assert_eq!(
        refuse("(new, install)", INSTALL, true),
        Refusal::Interrupted
    );
    assert_eq!(refuse("(started)", INSTALL, true), Refusal::Invalid);
    assert_eq!(refuse("(started)", ERROR_CONFIGURE, true), Refusal::Invalid);
    assert_eq!(
        refuse("(started)", CONFIGURE, false),
        Refusal::Guard("guard")
    );
}

#[test]
fn a_guard_is_asked_about_the_state_that_is_entered() {
    let (commits, verdict) = operate(parse("(new)"), Fire(INSTALL), &[Well], |transition| {
        transition != START
    })
    .unwrap()
    .unwrap();
    assert_eq!(
        commits.last().map(|(_, position)| show(*position)).unwrap(),
        "(installed)"
    );
    assert_eq!(verdict, Some(Verdict::Completed));
}

/// From every position that any run can reach, every operation with every way that
/// up to three actions can end: the state changes only by an `Enter` of the target of
/// what was in flight, every transition is in flight before it runs, and what rests
/// is somewhere `synchronize` or a caller can go on from.
#[test]
fn every_interleaving_keeps_the_rules() {
    let endings = [Well, Badly, Interrupted, Killed];
    let mut scripts: Vec<Vec<Ends>> = vec![vec![]];
    for length in 0..3 {
        let longer: Vec<_> = scripts
            .iter()
            .filter(|script| script.len() == length)
            .flat_map(|script| endings.map(|end| [script.as_slice(), &[end]].concat()))
            .collect();
        scripts.extend(longer);
    }
    let mut seen = BTreeSet::new();
    let mut ahead = VecDeque::from([parse("(new)")]);
    let mut operations = 0;
    while let Some(at) = ahead.pop_front() {
        if !seen.insert(show(at)) {
            continue;
        }
        let begins = (0..7).map(Fire).chain([
            Synchronize,
            Resolve(Resolution::Retry),
            Resolve(Resolution::Abandon),
        ]);
        for begin in begins {
            for script in &scripts {
                let Ok(Some((commits, _))) = operate(at, begin, script, |_| true) else {
                    continue;
                };
                operations += 1;
                let mut before = at;
                for (change, after) in commits {
                    hold(before, change, after);
                    before = after;
                    ahead.push_back(after);
                }
            }
        }
    }
    assert!(seen.contains("(configure_error)"), "{seen:?}");
    assert!(
        seen.contains("(installed, start, interrupted 2)"),
        "{seen:?}"
    );
    assert!(
        operations > 250,
        "only {operations} operations were possible"
    );
}

fn hold(before: Position, change: Change, after: Position) {
    let step = format!("{} {change:?} {}", show(before), show(after));
    let running = before.inflight.map(|mark| UNIT.transition(mark.transition));
    match change {
        Change::Enter => {
            let target = running.expect(&step).target.expect(&step);
            assert_eq!(after.state, target, "{step}");
            if let Some(next) = after.inflight {
                assert!(UNIT.transition(next.transition).automatic, "{step}");
                assert!(UNIT.outgoing(target).contains(&next.transition), "{step}");
            }
        }
        Change::Begin => {
            assert_eq!(before.inflight, None, "{step}");
            let next = after.inflight.expect(&step);
            assert!(
                UNIT.outgoing(before.state).contains(&next.transition),
                "{step}"
            );
        }
        Change::Divert => {
            let error = after.inflight.expect(&step).transition;
            assert_eq!(running.expect(&step).on_error, Some(error), "{step}");
        }
        Change::Interrupt | Change::Resume => {
            let (was, is) = (before.inflight.expect(&step), after.inflight.expect(&step));
            assert_eq!(was.transition, is.transition, "{step}");
            assert!(is.interruptions <= 2, "{step}");
        }
        Change::Abandon => {
            assert!(
                before.inflight.is_some() && after.inflight.is_none(),
                "{step}"
            );
        }
    }
    if change != Change::Enter {
        assert_eq!(before.state, after.state, "{step}");
    }
}
