//! What a record says of failures: which ones led to it, until something else begins.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests"
)]

use std::collections::VecDeque;

use inflight::store::{MemoryStore, ReadStore, StoredRecord};
use inflight::testing::notation;
use inflight::{Error, Resolution};

inflight::workflow! {
    workflow lift {
        initial state down
        state up
        state open
        /// Call the landlord.
        error state stuck

        action drive
        action hold

        transition rise: down -> up { do drive retry 1 }
        transition sink: up -> down { do drive on error jam -> stuck { do hold } }
        transition gape: up -> open
        transition shut: open -> up { automatic do drive }
        transition hoist: stuck -> up { do drive on interrupt fail }
        transition pry: open -> same { do drive on error slam -> open }
    }
}

use lift::Transition::{Gape, Hoist, Pry, Rise, Sink};

/// What actions do, in order: those that are not told do well.
#[derive(Clone, Copy, Debug)]
enum Act {
    Well,
    Fail(&'static str),
    Panic(&'static str),
}

use Act::{Fail, Panic, Well};

struct Motor(VecDeque<Act>);

impl Motor {
    fn act(&mut self) -> Result<(), String> {
        match self.0.pop_front().unwrap_or(Well) {
            Well => Ok(()),
            Fail(text) => Err(text.to_owned()),
            Panic(text) => panic!("{text}"),
        }
    }
}

impl lift::Actions for Motor {
    type Error = String;

    async fn drive(&mut self, _: &lift::Context) -> Result<(), String> {
        self.act()
    }

    async fn hold(&mut self, _: &lift::Context) -> Result<(), String> {
        self.act()
    }
}

/// What somebody does with a lift.
#[derive(Clone, Debug)]
enum Does {
    Fire(lift::Transition),
    Synchronize,
    Resolve(Resolution),
    Set(lift::State),
}

use Does::{Fire, Resolve, Set, Synchronize};

async fn carry_out(workflow: lift::Workflow<Motor>, does: Does) -> Result<(), Error> {
    let mut lift = workflow.lock().await;
    match does {
        Fire(transition) => lift.fire(transition).cause("ticket 7").await?,
        Synchronize => lift.synchronize().await?,
        Resolve(resolution) => lift.resolve(resolution).await?,
        Set(state) => lift.set_state(state).await?,
    };
    Ok(())
}

/// A record, with the failures that led to it.
fn told(record: &StoredRecord) -> String {
    let mut told = notation(std::slice::from_ref(record));
    for failed in &record.failures {
        let (name, attempt, text) = (&failed.transition, failed.attempt, &failed.failure);
        let handled = if failed.handled { ", handled" } else { "" };
        told += &format!(" {name} {attempt}: {text}{handled}");
    }
    told
}

/// What the last of these operations writes.
async fn check(state: lift::State, all: &[Does], acts: &[Act], expect: &[&str]) {
    let store = MemoryStore::new();
    let motor = Motor(acts.iter().copied().collect());
    let workflow = lift::Workflow::open(store.clone(), "a", motor);
    let workflow = workflow.await.unwrap();
    carry_out(workflow.clone(), Set(state)).await.unwrap();
    let mut seen = 0;
    for does in all {
        seen = store.history(workflow.instance()).await.unwrap().len();
        // It panics, or goes well.
        let done = tokio::spawn(carry_out(workflow.clone(), does.clone())).await;
        done.unwrap_or(Ok(())).unwrap();
    }
    let records = store.history(workflow.instance()).await.unwrap();
    let told: Vec<_> = records.iter().skip(seen).map(told).collect();
    assert_eq!(told, expect, "{all:?} {acts:?}");
}

use lift::State::{Down, Open, Stuck, Up};

#[tokio::test]
async fn what_led_nowhere_is_told_until_something_else_begins() {
    check(
        Down,
        &[Fire(Rise)],
        &[Fail("no power"), Fail("still none")],
        &[
            "(down, rise)",
            "(down, rise, attempt 2)",
            "(down) rise 2: still none",
        ],
    )
    .await;
    check(
        Down,
        &[Fire(Rise), Fire(Rise)],
        &[Fail("no power"), Fail("still none"), Well],
        &["(down, rise)", "(up)"],
    )
    .await;
    check(
        Down,
        &[Fire(Rise), Set(Up)],
        &[Fail("no power"), Fail("still none")],
        &["(up)"],
    )
    .await;
}

#[tokio::test]
async fn what_was_handled_is_told_where_it_led() {
    check(
        Up,
        &[Fire(Sink)],
        &[Fail("a cable broke"), Well],
        &[
            "(up, sink)",
            "(up, jam) sink 1: a cable broke",
            "(stuck) sink 1: a cable broke, handled",
        ],
    )
    .await;
    check(
        Up,
        &[Fire(Sink)],
        &[Fail("a cable broke"), Fail("no brake")],
        &[
            "(up, sink)",
            "(up, jam) sink 1: a cable broke",
            "(up) sink 1: a cable broke jam 1: no brake",
        ],
    )
    .await;
    // In `open` another transition begins in the same commit.
    check(
        Open,
        &[Fire(Pry)],
        &[Fail("too heavy"), Well],
        &[
            "(open, pry)",
            "(open, slam) pry 1: too heavy",
            "(open, shut)",
            "(up)",
        ],
    )
    .await;
}

#[tokio::test]
async fn what_fires_by_itself_does_not_fail_unseen() {
    check(
        Up,
        &[Fire(Gape)],
        &[Fail("a foot is in the door")],
        &[
            "(up, gape)",
            "(open, shut)",
            "(open) shut 1: a foot is in the door",
        ],
    )
    .await;
}

#[tokio::test]
async fn what_an_action_panics_with_is_told_until_it_is_run_again() {
    check(
        Down,
        &[Fire(Rise)],
        &[Panic("a fuse blew")],
        &["(down, rise)", "(down, rise, panicked)"],
    )
    .await;
    check(
        Down,
        &[Fire(Rise), Synchronize],
        &[Panic("a fuse blew"), Well],
        &["(down, rise, interrupted 1)", "(up)"],
    )
    .await;
    check(
        Stuck,
        &[Fire(Hoist), Synchronize],
        &[Panic("a fuse blew")],
        &["(stuck) hoist 1: interrupted; it panicked: a fuse blew"],
    )
    .await;
    // An operator who gives it up has seen it.
    check(
        Down,
        &[Fire(Rise), Resolve(Resolution::Abandon)],
        &[Panic("a fuse blew")],
        &["(down)"],
    )
    .await;
    check(
        Up,
        &[Fire(Sink), Resolve(Resolution::Abandon)],
        &[Fail("a cable broke"), Panic("a fuse blew")],
        &["(up)"],
    )
    .await;
    check(
        Up,
        &[Fire(Sink), Resolve(Resolution::Skip)],
        &[Fail("a cable broke"), Panic("a fuse blew")],
        &["(stuck) sink 1: a cable broke, handled"],
    )
    .await;
}

#[tokio::test]
async fn a_panic_that_parks_it_is_told() {
    let rounds = std::iter::repeat_n(Synchronize, 11);
    let all: Vec<_> = std::iter::once(Fire(Rise)).chain(rounds).collect();
    check(
        Down,
        &all,
        &[Panic("a fuse blew"); 11],
        &["(down, rise, interrupted 11, parked, panicked)"],
    )
    .await;
}

/// Not only the text, and in the workflow's types.
#[tokio::test]
async fn a_record_says_what_failed() {
    let store = MemoryStore::new();
    let motor = Motor([Fail("no power"), Fail("still none")].into());
    let workflow = lift::Workflow::open(store.clone(), "a", motor);
    let workflow = workflow.await.unwrap();
    let outcome = workflow.lock().await.fire(Rise).cause("ticket 7").await;
    let record = workflow.record();
    let failed = record.failures.last().unwrap();
    assert_eq!(failed.transition, lift::TransitionName::Rise);
    assert_eq!(failed.execution, outcome.unwrap().steps[0].execution);
    assert_eq!(failed.cause.as_deref(), Some("ticket 7"));
    assert_eq!((failed.attempt, failed.interruptions), (2, 0));
    assert_eq!(failed.failure, "still none");
    drop((record, workflow));

    // What is read again says the same.
    let motor = Motor(VecDeque::new());
    let workflow = lift::Workflow::open(store.clone(), "a", motor);
    let workflow = workflow.await.unwrap();
    let history = store.history(workflow.instance()).await.unwrap();
    let stored = &history.last().unwrap().failures[0];
    let read = workflow.record();
    assert_eq!(read.failures.len(), 1);
    assert_eq!(read.failures[0].failure, stored.failure);
    assert_eq!(read.failures[0].at, stored.at);
}
