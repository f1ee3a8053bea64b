//! Rows of the tables, from the short form in which they are generated.
//!
//! Thousands of rows written out take longer to compile than a loop that fills them
//! in: what is common stands in a short row, what is rare in a list beside it.

use crate::tables::{StateKind, StateRow, TransitionRow};

/// Stands for the state that a transition leaves, where its target is asked for.
pub const SAME: u16 = u16::MAX;

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

/// The rows of the transitions: which are automatic, which only a failure leads into,
/// what they run, and where their failure leads.
#[expect(clippy::indexing_slicing, reason = "evaluated when compiling")]
pub const fn transitions<const N: usize>(
    short: &[Transition; N],
    automatic: &[u16],
    errors: &[u16],
    runs: &[(u16, &'static str)],
    on_error: &[(u16, u16)],
) -> [TransitionRow; N] {
    const EMPTY: TransitionRow = TransitionRow {
        name: "",
        target: None,
        automatic: false,
        action: None,
        on_error: None,
        error: false,
        reruns: RERUNS,
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
    let mut i = 0;
    while i < automatic.len() {
        rows[automatic[i] as usize].automatic = true;
        i += 1;
    }
    let mut i = 0;
    while i < errors.len() {
        rows[errors[i] as usize].error = true;
        i += 1;
    }
    let mut i = 0;
    while i < runs.len() {
        rows[runs[i].0 as usize].action = Some(runs[i].1);
        i += 1;
    }
    let mut i = 0;
    while i < on_error.len() {
        rows[on_error[i].0 as usize].on_error = Some(on_error[i].1);
        i += 1;
    }
    rows
}
