//! A workflow in which everything that is hard to get right meets, and actions that do
//! what a test tells them.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};

use inflight::Probe;

#[path = "../support/stop.rs"]
mod stop;
use stop::Stop;

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

        activity lamp in one, two except during fall
        activity bell in * except done

        transition begin(by: string): idle -> one(count: 1) {
            alias go
            do work(step: by)
            retry 2 backoff 4s..6s
            timeout 10s
            on error begin_failed -> broken(why: failure, by: by) {
                do work(step: failure)
                retry 1
                on interrupt fail
                on error begin_lost -> lost(why: failure) { do work(step: by) }
            }
        }
        transition roll: one -> two(note: "rolled") {
            automatic
            when open(count: source.count)
            do count(by: source.count)
            timeout 7s
            on interrupt probe
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
            on interrupt rerun 2
            on error fall_failed -> done
        }
        transition push: one | two -> same {
            do work(step: "push")
            on interrupt ask
            on error fire slip(count: 0)
        }
        transition slip(count: int): one | two -> one
        transition turn: one -> one(count: 7)
        transition mend(by: string): broken | lost -> one(count: 3) {
            alias go
            do work(step: by)
            timeout 3s
            on interrupt fail
        }
        transition tick: one -> same {
            after 10s
            do work(step: "tick")
            retry 1
        }
        transition sag: one | two -> lost(why: "sagged") {
            after 20s
            when calm
        }
        transition slide: two -> one(count: 5) {
            after 15s
            do work(step: "slide")
            on error fire slip(count: 1)
        }
        transition wander: idle -> one(count: 0) { after 100s }
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
    /// What a probe finds out; an action does well.
    NotDone,
    Unknown,
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

    fn switch(&self, call: &str) {
        self.shared.lock().unwrap().calls.push(call.to_owned());
    }

    async fn act(&self, call: String, cx: &unruly::Context) -> Result<Probe, Stop> {
        let act = {
            let mut shared = self.shared.lock().unwrap();
            let (source, interruptions) = (cx.source().name().as_str(), cx.interruptions());
            let attempt = cx.attempt();
            shared
                .calls
                .push(format!("{call} in {source}, {attempt}, {interruptions}"));
            shared.ran += 1;
            shared.acts.pop_front().unwrap_or(Act::Well)
        };
        match act {
            Act::Well => Ok(Probe::Done(())),
            Act::NotDone => Ok(Probe::NotDone),
            Act::Unknown => Ok(Probe::Unknown),
            Act::Fail(text) => Err(Stop::Failed(text)),
            Act::Interrupt => Err(Stop::Interrupted),
            Act::Panic => std::panic::resume_unwind(Box::new("an action panics")),
            Act::Hang => pending().await,
        }
    }
}

impl unruly::Actions for Script {
    type Error = Stop;

    async fn work(&mut self, step: String, cx: &unruly::Context) -> Result<(), Stop> {
        self.act(format!("work({step})"), cx).await.map(drop)
    }

    async fn count(
        &mut self,
        by: i64,
        cx: &unruly::Context,
    ) -> Result<unruly::results::Count, Stop> {
        self.act(format!("count({by})"), cx).await?;
        Ok(unruly::results::Count { count: by + 1 })
    }

    async fn probe_count(
        &mut self,
        by: i64,
        cx: &unruly::Context,
    ) -> Result<Probe<unruly::results::Count>, Stop> {
        Ok(match self.act(format!("counted({by})"), cx).await? {
            Probe::Done(()) => Probe::Done(unruly::results::Count { count: by + 1 }),
            Probe::NotDone => Probe::NotDone,
            Probe::Unknown => Probe::Unknown,
        })
    }

    async fn start_lamp(&mut self) {
        self.switch("+lamp");
    }

    async fn stop_lamp(&mut self) {
        self.switch("-lamp");
    }

    async fn start_bell(&mut self) {
        self.switch("+bell");
    }

    async fn stop_bell(&mut self) {
        self.switch("-bell");
    }

    fn open(&self, count: i64, _: &unruly::State) -> bool {
        self.flip() ^ (count % 2 == 0)
    }

    fn calm(&self, _: &unruly::State) -> bool {
        self.flip()
    }
}
