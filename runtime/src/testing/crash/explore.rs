//! All trials of a scenario.

use std::collections::VecDeque;
use std::env;

use tokio::runtime::Handle;

use super::process::{After, Process};
use super::told::{self, Place};
use super::trial::Scenario;
use super::{Survived, Tried};

/// Names the one trial to try, as a failure does: `17.4`.
pub(super) const ONLY: &str = "INFLIGHT_CRASH";

/// Tries all there is to try.
#[track_caller]
pub(super) fn everywhere<W, N, P, I>(scenario: &Scenario<N, P, I>) -> Tried
where
    N: Fn() -> W,
    P: AsyncFn(Process<W>) -> Survived,
    I: Fn(&After<W>),
{
    if Handle::try_current().is_ok() {
        told::refuse("this makes tokio runtimes of its own: call it in a plain `#[test]`");
    }
    let depth = scenario.crashes.depth;
    if let Some(path) = only() {
        try_one(scenario, &path);
        return Tried {
            points: path.len(),
            trials: 1,
            depth,
        };
    }
    let points = try_one(scenario, &[]);
    let mut trials = 1;
    // Few crashes first, so that the first failure is a small one.
    let mut ahead = VecDeque::from([(Vec::new(), points)]);
    while let Some((path, of)) = ahead.pop_front() {
        if path.len() == depth {
            continue;
        }
        for number in 1..=of {
            let path = [path.as_slice(), &[Place { number, of }]].concat();
            let points = try_one(scenario, &path);
            trials += 1;
            ahead.push_back((path, points));
        }
    }
    Tried {
        points,
        trials,
        depth,
    }
}

/// Tries to crash at these places, and returns how many points the last process came to.
#[track_caller]
fn try_one<W, N, P, I>(scenario: &Scenario<N, P, I>, path: &[Place]) -> usize
where
    N: Fn() -> W,
    P: AsyncFn(Process<W>) -> Survived,
    I: Fn(&After<W>),
{
    let numbers: Vec<_> = path.iter().map(|place| place.number).collect();
    match scenario.attempt(&numbers) {
        Ok(passed) => passed.points,
        Err(failed) => told::tell(&failed, path),
    }
}

/// The one trial to try, if one is named.
#[track_caller]
fn only() -> Option<Vec<Place>> {
    let named = env::var_os(ONLY)?.to_string_lossy().into_owned();
    let number = |text: &str| text.parse().ok().filter(|number| *number > 0);
    let places = named.split('.').map(|text| {
        let number = number(text)?;
        Some(Place { number, of: 0 })
    });
    let places: Option<Vec<_>> = places.collect();
    if places.is_none() {
        told::refuse(&format!(
            "`{ONLY}={named}` names no trial: write the points where processes crash, as a \
             failure tells them, such as `{ONLY}=17.4`"
        ));
    }
    places
}
