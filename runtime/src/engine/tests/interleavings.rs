//! Every interleaving of operations and endings, from every position that they reach.

use std::collections::{BTreeSet, VecDeque};

use super::super::{Change, Position, Resolution, Stage};
use super::scenario::Begin::{Expire, Fire, Resolve, Set, Synchronize};
use super::scenario::Ends::{Badly, Doubtful, Interrupted, Killed, Undone, Waited, Well};
use super::scenario::{CARE, Ends, UNIT, operate, parse, show};
use crate::tables::{OnInterrupt, Tables};

/// The most that is run, asked or waited for in one operation.
const LENGTH: usize = 3;

/// From every position that any run can reach, every operation with every way that what
/// it runs, asks and waits for can end. Returns the positions, and how many operations
/// were possible.
fn explore(tables: &'static Tables, initial: &str) -> (BTreeSet<String>, usize) {
    let endings = [Well, Badly, Interrupted, Undone, Doubtful, Waited, Killed];
    let mut scripts: Vec<Vec<Ends>> = vec![vec![]];
    for length in 0..LENGTH {
        let longer: Vec<_> = scripts
            .iter()
            .filter(|script| script.len() == length)
            .flat_map(|script| endings.map(|end| [script.as_slice(), &[end]].concat()))
            .collect();
        scripts.extend(longer);
    }
    let mut begins: Vec<_> = tables
        .transitions
        .iter()
        .map(|row| Fire(row.name))
        .collect();
    for elapsed in [None, Some(0), Some(10), Some(20)] {
        begins.extend([Synchronize(elapsed), Expire(elapsed)]);
    }
    begins.extend(tables.states.iter().map(|row| Set(row.name)));
    begins.extend([Resolution::Retry, Resolution::Skip, Resolution::Abandon].map(Resolve));
    let mut seen = BTreeSet::new();
    let mut ahead = VecDeque::from([parse(tables, initial)]);
    let mut operations = 0;
    while let Some(at) = ahead.pop_front() {
        if !seen.insert(show(tables, &at)) {
            continue;
        }
        for begin in &begins {
            for script in &scripts {
                let Ok(Some((commits, verdict))) =
                    operate(tables, at.clone(), *begin, script, |_| true)
                else {
                    continue;
                };
                operations += 1;
                let wrote = !commits.is_empty();
                let mut before = at.clone();
                for (change, after) in commits {
                    hold(tables, &before, change, &after);
                    before = after;
                    ahead.push_back(before.clone());
                }
                // What an operation leaves in flight was interrupted, or is parked.
                if let (true, Some(verdict), Some(mark)) = (wrote, verdict, before.inflight) {
                    assert!(
                        mark.stage == Stage::Parked || script.last() == Some(&Interrupted),
                        "{} {verdict}",
                        show(tables, &before)
                    );
                }
            }
        }
    }
    (seen, operations)
}

#[test]
fn every_interleaving_keeps_the_rules() {
    let (seen, operations) = explore(&UNIT, "(new)");
    for expected in [
        "(configure_error)",
        "(installed, start, interrupted 3, parked)",
    ] {
        assert!(seen.contains(expected), "{seen:?}");
    }
    assert!(operations > 700, "only {operations} operations");

    let (seen, operations) = explore(&CARE, "(idle)");
    for expected in [
        "(done)",
        "(idle, fetch, attempt 3, interrupted 2, waiting)",
        "(idle, fetch_failed, attempt 2, interrupted 3, parked)",
        "(busy, check, interrupted 11, parked)",
        "(busy, !tick, !again, !expire)",
        "(busy, expire, interrupted 3, parked, !tick, !expire)",
    ] {
        assert!(seen.contains(expected), "{expected} in {seen:?}");
    }
    assert!(operations > 3_000, "only {operations} operations");
}

/// However often the process dies, a transition ends in its error path or parked: no
/// chain of interruptions goes round.
#[test]
fn nothing_kills_its_process_for_ever() {
    for tables in [&UNIT, &CARE] {
        for row in tables.transitions {
            let state = tables.states.iter().enumerate().find(|(state, _)| {
                let outgoing = tables.outgoing(u16::try_from(*state).unwrap());
                outgoing
                    .iter()
                    .any(|it| tables.transition(*it).name == row.name)
                    || row.error
            });
            let mut at = parse(
                tables,
                &format!("({}, {})", state.unwrap().1.name, row.name),
            );
            let mut deaths = 0;
            loop {
                let operation =
                    operate(tables, at.clone(), Synchronize(Some(0)), &[Killed], |_| {
                        true
                    });
                let Ok(Some((commits, None))) = operation else {
                    break;
                };
                at = commits.last().unwrap().1.clone();
                deaths += 1;
                assert!(deaths < 50, "{}", row.name);
            }
        }
    }
}

/// What one commit may change.
pub(super) fn hold(tables: &Tables, before: &Position, change: Change, after: &Position) {
    let step = format!(
        "{} {change:?} {}",
        show(tables, before),
        show(tables, after)
    );
    let row = |position: &Position| Some(tables.transition(position.inflight?.transition));
    let (was, is) = (before.inflight, after.inflight);
    if !matches!(change, Change::Enter | Change::Set) {
        assert_eq!(before.state, after.state, "{step}");
        assert!(after.spent.starts_with(&before.spent), "{step}");
    }
    match change {
        Change::Start => assert_eq!((was, is), (None, None), "{step}"),
        Change::Enter => {
            let target = row(before).expect(&step).target.unwrap_or(before.state);
            assert_eq!(after.state, target, "{step}");
            assert!(after.spent.is_empty(), "{step}");
            if let Some(next) = is {
                assert!(row(after).expect(&step).automatic, "{step}");
                assert!(tables.outgoing(target).contains(&next.transition), "{step}");
            }
        }
        Change::Begin => {
            assert_eq!(was, None, "{step}");
            let next = is.expect(&step).transition;
            assert!(tables.outgoing(before.state).contains(&next), "{step}");
            let timed = row(after).expect(&step).after.is_some();
            assert_eq!(after.spent.contains(&next), timed, "{step}");
        }
        Change::Divert => {
            let error = is.expect(&step).transition;
            assert_eq!(row(before).expect(&step).on_error, Some(error), "{step}");
        }
        Change::Set => assert!(is.is_none() && after.spent.is_empty(), "{step}"),
        Change::Abandon => assert!(was.is_some() && is.is_none(), "{step}"),
        Change::Retry | Change::Wake | Change::Interrupt | Change::Park | Change::Resume => {
            let (was, is) = (was.expect(&step), is.expect(&step));
            assert_eq!(was.transition, is.transition, "{step}");
            let row = row(before).expect(&step);
            let tries = is.attempt - was.attempt;
            assert_eq!(tries, u32::from(change == Change::Retry), "{step}");
            assert!(is.attempt <= row.retries + 1, "{step}");
            let limit = match row.on_interrupt {
                OnInterrupt::Rerun(limit) => limit,
                OnInterrupt::Probe => 10,
                OnInterrupt::Ask | OnInterrupt::Fail => 0,
            };
            assert!(is.interruptions <= limit + 1, "{step}");
            match change {
                Change::Interrupt => assert_eq!(is.interruptions, was.interruptions + 1, "{step}"),
                Change::Resume => assert_eq!(is.interruptions, 0, "{step}"),
                Change::Park => assert_eq!(is.stage, Stage::Parked, "{step}"),
                _ => assert_eq!(is.interruptions, was.interruptions, "{step}"),
            }
        }
    }
}
