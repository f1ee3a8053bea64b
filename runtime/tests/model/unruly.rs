//! A workflow in which everything that is hard to get right meets, and actions that do
//! what a test tells them.

use std::collections::VecDeque;
use std::fmt;
use std::future::pending;
use std::sync::{Arc, Mutex};

use inflight::Failure;

inflight::workflow! {
    /// Chains whose guards flip, errors of errors, and errors that lead into chains.
    pub workflow unruly {
        initial state idle
        state one { count: int }
        state two { count: int, note: string? }
        /// Broken.
        error state broken { why: string, by: string }
        /// Lost.
        error state lost { why: string }
        final state done

        action work(step: string)
        action count(by: int) -> two
        guard open(count: int)
        guard calm

        transition begin(by: string): idle -> one(count: 1) {
            alias go
            do work(step: by)
            on error begin_failed -> broken(why: failure, by: by) {
                do work(step: failure)
                on error begin_lost -> lost(why: failure) { do work(step: by) }
            }
        }
        transition roll: one -> two(note: "rolled") {
            automatic
            when open(count: source.count)
            do count(by: source.count)
            on error fire fall(why: failure)
        }
        transition back: two -> one(count: source.count) {
            automatic
            when not open(count: source.count)
            do work(step: "back")
            on error back_failed -> same { do work(step: "stay") }
        }
        transition fall(why: string): one | two -> lost {
            do work(step: why)
            on error fall_failed -> done
        }
        transition push: one | two -> same {
            do work(step: "push")
            on error fire slip(count: 0)
        }
        transition slip(count: int): one | two -> one
        transition turn: one -> one(count: 7)
        transition mend(by: string): broken | lost -> one(count: 3) {
            alias go
            do work(step: by)
        }
        transition halt: * -> done { when calm }
    }
}

/// What an action does when it is called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Act {
    Well,
    Fail(&'static str),
    Interrupt,
    Panic,
    /// Never ends: its future is dropped, as when the process dies.
    Hang,
}

/// The bit that guards go by after so many actions.
pub fn flip(seed: u64, ran: u64) -> bool {
    (seed ^ ran.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_mul(0xff51_afd7_ed55_8ccd)
        .count_ones()
        .is_multiple_of(2)
}

/// What outlives the process: the script, and what was called.
#[derive(Clone, Default)]
pub struct Script {
    seed: u64,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    acts: VecDeque<Act>,
    ran: u64,
    calls: Vec<String>,
}

impl Script {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            ..Self::default()
        }
    }

    /// What the actions of the next operation do; those beyond it do well.
    pub fn follow(&self, acts: &[Act]) {
        self.shared.lock().unwrap().acts = acts.iter().copied().collect();
    }

    /// What was called since this was asked last.
    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.lock().unwrap().calls)
    }

    fn flip(&self) -> bool {
        flip(self.seed, self.shared.lock().unwrap().ran)
    }

    async fn act(&self, call: String, cx: &unruly::Context) -> Result<(), Stop> {
        let act = {
            let mut shared = self.shared.lock().unwrap();
            let (source, interruptions) = (cx.source().name().as_str(), cx.interruptions());
            shared
                .calls
                .push(format!("{call} in {source}, {interruptions}"));
            shared.ran += 1;
            shared.acts.pop_front().unwrap_or(Act::Well)
        };
        match act {
            Act::Well => Ok(()),
            Act::Fail(text) => Err(Stop::Failed(text)),
            Act::Interrupt => Err(Stop::Interrupted),
            Act::Panic => std::panic::resume_unwind(Box::new("an action panics")),
            Act::Hang => pending().await,
        }
    }
}

/// Why an action did not do what it should.
#[derive(Debug)]
pub enum Stop {
    Failed(&'static str),
    Interrupted,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stop::Failed(text) => text,
            Stop::Interrupted => "shutting down",
        })
    }
}

impl Failure for Stop {
    fn is_interruption(&self) -> bool {
        matches!(self, Stop::Interrupted)
    }
}

impl unruly::Actions for Script {
    type Error = Stop;

    async fn work(&mut self, step: String, cx: &unruly::Context) -> Result<(), Stop> {
        self.act(format!("work({step})"), cx).await
    }

    async fn count(
        &mut self,
        by: i64,
        cx: &unruly::Context,
    ) -> Result<unruly::results::Count, Stop> {
        self.act(format!("count({by})"), cx).await?;
        Ok(unruly::results::Count { count: by + 1 })
    }

    fn open(&self, count: i64, _: &unruly::State) -> bool {
        self.flip() ^ (count % 2 == 0)
    }

    fn calm(&self, _: &unruly::State) -> bool {
        self.flip()
    }
}
