//! Rows of the tables, from the short form in which they are generated.
//!
//! Thousands of rows written out take longer to compile than a loop that fills them
//! in: what is common stands in a short row, what is rare in a list beside it.

use crate::tables::{Backoff, OnInterrupt, StateKind, StateRow, TransitionRow};

/// Stands for the state that a transition leaves, where its target is asked for.
pub const SAME: u16 = u16::MAX;

/// No state, among numbers of states.
const NONE: u16 = u16::MAX;

/// How many times an interrupted action is run again.
const RERUNS: u32 = 10;

/// A state: its name, and where its transitions begin in `Tables::outgoing`.
pub type State = (&'static str, u32);

/// A transition: its name, what it leaves (which is `next`'s business) and its target.
pub type Transition = (&'static str, u32, u16);

/// The rows of the states; those in no list are ordinary ones.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiling")]
pub const fn states<const N: usize>(
    short: &[State; N],
    initial: u16,
    errors: &[u16],
    finals: &[u16],
) -> [StateRow; N] {
    const EMPTY: StateRow = StateRow {
        name: "",
        kind: StateKind::Ordinary,
        first: 0,
    };
    let mut rows = [EMPTY; N];
    let mut i = 0;
    while i < N {
        rows[i].name = short[i].0;
        rows[i].first = short[i].1;
        i += 1;
    }
    rows[initial as usize].kind = StateKind::Initial;
    let mut i = 0;
    while i < errors.len() {
        rows[errors[i] as usize].kind = StateKind::Error;
        i += 1;
    }
    let mut i = 0;
    while i < finals.len() {
        rows[finals[i] as usize].kind = StateKind::Final;
        i += 1;
    }
    rows
}

/// What `next` reads first: by transition, the state it leaves, and its target. Where it leaves
/// a set of states, this is no state: numbers of sets are above those of states.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiling")]
pub const fn next<S: Copy, const N: usize>(edges: &[Transition; N], all: &[S]) -> [(u16, S); N] {
    let mut rows = [(0, all[0]); N];
    let mut i = 0;
    while i < N {
        rows[i] = (state(edges[i].1), all[edges[i].2 as usize]);
        i += 1;
    }
    rows
}

/// The same where a target may be the state that is left, which is `None`.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiling")]
pub const fn next_or_same<S: Copy, const N: usize>(
    edges: &[Transition; N],
    all: &[S],
) -> [(u16, Option<S>); N] {
    let mut rows = [(0, None); N];
    let mut i = 0;
    while i < N {
        rows[i].0 = state(edges[i].1);
        if edges[i].2 != SAME {
            rows[i].1 = Some(all[edges[i].2 as usize]);
        }
        i += 1;
    }
    rows
}

/// The number of a state; one that is no state's, for the number of a set.
const fn state(number: u32) -> u16 {
    if number < NONE as u32 {
        number as u16
    } else {
        NONE
    }
}

/// What few transitions have, each in a list by transition.
pub struct Rare {
    /// Those that fire by themselves.
    pub automatic: &'static [u16],
    /// Those that only a failure leads into.
    pub errors: &'static [u16],
    /// What they run.
    pub runs: &'static [(u16, &'static str)],
    /// Where their failure leads.
    pub on_error: &'static [(u16, u16)],
    /// How long after their source was entered they fire by themselves, in nanoseconds.
    pub after: &'static [(u16, u64)],
    /// How many times they are tried again.
    pub retries: &'static [(u16, u32)],
    /// The first and the longest wait before they are, in nanoseconds.
    pub backoff: &'static [(u16, u64, u64)],
    /// How long one attempt may take, in nanoseconds.
    pub timeout: &'static [(u16, u64)],
    /// What becomes of them when they are interrupted, if not so many re-runs as usual.
    pub on_interrupt: &'static [(u16, OnInterrupt)],
}

/// The rows of the transitions.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiling")]
pub const fn transitions<const N: usize>(
    short: &[Transition; N],
    rare: &Rare,
) -> [TransitionRow; N] {
    const EMPTY: TransitionRow = TransitionRow {
        name: "",
        target: None,
        automatic: false,
        after: None,
        action: None,
        on_error: None,
        error: false,
        retries: 0,
        backoff: None,
        timeout: None,
        on_interrupt: OnInterrupt::Rerun(RERUNS),
    };
    let mut rows = [EMPTY; N];
    let mut i = 0;
    while i < N {
        rows[i].name = short[i].0;
        if short[i].2 != SAME {
            rows[i].target = Some(short[i].2);
        }
        i += 1;
    }
    macro_rules! fill {
        ($list:ident, $entry:ident, $at:expr => $field:ident = $value:expr) => {
            let mut i = 0;
            while i < rare.$list.len() {
                let $entry = rare.$list[i];
                rows[$at as usize].$field = $value;
                i += 1;
            }
        };
    }
    fill!(automatic, it, it => automatic = true);
    fill!(errors, it, it => error = true);
    fill!(runs, it, it.0 => action = Some(it.1));
    fill!(on_error, it, it.0 => on_error = Some(it.1));
    fill!(after, it, it.0 => after = Some(it.1));
    fill!(retries, it, it.0 => retries = it.1);
    fill!(backoff, it, it.0 => backoff = Some(Backoff { first: it.1, longest: it.2 }));
    fill!(timeout, it, it.0 => timeout = Some(it.1));
    fill!(on_interrupt, it, it.0 => on_interrupt = it.1);
    rows
}
