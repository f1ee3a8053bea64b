//! A workflow with every clause that takes time or care, whose actions do what a test
//! tells them.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test takes the part it needs, and fails where something is amiss"
)]

#[path = "clock.rs"]
pub mod clock;

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use inflight::store::{MemoryStore, ReadStore, StoredRecord};
use inflight::{Error, Failure, Options, Outcome, Probe};

pub use clock::{HandClock, now, poll};

inflight::workflow! {
    /// From installation to the end of service.
    pub workflow service {
        initial state new
        state ready
        state serving { port: int, host: string }
        state away
        /// It does not serve.
        error state broken { why: string }
        final state gone

        action prepare(step: string)
        /// Supplies `port`.
        action bind(host: string) -> serving
        guard patient

        /// Answers.
        activity server in serving except during move_on
        activity diary in * except gone
        activity alarm in broken, away

        transition install: new -> ready {
            do prepare(step: "install")
            retry 1
            on error install_failed -> broken(why: failure)
        }
        transition doze: new -> gone { after 1d }
        transition serve(host: string): ready -> serving {
            do bind(host: host)
            retry 2 backoff 4s..6s
            timeout 10s
            on interrupt probe
            on error serve_failed -> broken(why: failure) {
                do prepare(step: failure)
                retry 1 backoff 2s
                timeout 5s
                on interrupt fail
                on error serve_lost -> same
            }
        }
        transition expire: ready -> broken(why: "too late") {
            after 10m
            when not patient
        }
        transition look: serving -> same {
            do prepare(step: "look")
            on interrupt ask
        }
        transition drop_all: serving -> ready {
            do prepare(step: "drop")
            on interrupt fail
            on error drop_failed -> broken(why: failure)
        }
        transition test: serving -> same {
            do prepare(step: "test")
            on interrupt probe
        }
        transition move_on: serving -> away {
            do prepare(step: "move")
            on error move_failed -> broken(why: failure) { do prepare(step: "stay") }
        }
        transition tick: serving -> same {
            after 1m
            do prepare(step: "tick")
        }
        transition fall: serving -> broken(why: "fell")
        transition rise: broken -> serving(port: 80, host: "a")
        transition tire: serving -> away { after 1h }
        transition wake: away -> ready
        transition mend: broken -> ready
        transition stop: * -> gone
    }
}

/// What an action does when it is called, or a question about it, or an activity that is
/// started or stopped.
#[derive(Clone, Debug)]
pub enum Act {
    Well,
    Fail(&'static str),
    Interrupt,
    Panic,
    /// Never ends: its future is dropped, as when the process dies.
    Hang,
    NotDone,
    Unknown,
}

/// What outlives the process: what is done, in the order in which it is called, and what
/// was called.
#[derive(Clone, Default)]
pub struct Script {
    acts: Arc<Mutex<VecDeque<Act>>>,
    switches: Arc<Mutex<VecDeque<Act>>>,
    calls: Arc<Mutex<Vec<String>>>,
    pub patient: bool,
    /// Is shown every call before it does anything, and whether it is about an action;
    /// says whether the process dies there.
    pub witness: Option<Witness>,
}

pub type Witness = Arc<dyn Fn(&str, Option<&service::Context>) -> bool + Send + Sync>;

/// Why an action did not do what it should.
#[derive(Debug)]
pub enum Stop {
    Failed(&'static str),
    Interrupted,
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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

impl Script {
    /// Whether the process dies here.
    fn dies(&self, call: &str, cx: Option<&service::Context>) -> bool {
        let witness = self.witness.as_ref();
        witness.is_some_and(|witness| witness(call, cx))
    }

    async fn act(&self, call: String, cx: &service::Context) -> Result<Probe, Stop> {
        let dies = self.dies(&call, Some(cx));
        self.calls.lock().unwrap().push(call);
        if dies {
            return pending().await;
        }
        let act = self.acts.lock().unwrap().pop_front();
        match act.unwrap_or(Act::Well) {
            Act::Well => Ok(Probe::Done(())),
            Act::NotDone => Ok(Probe::NotDone),
            Act::Unknown => Ok(Probe::Unknown),
            Act::Fail(text) => Err(Stop::Failed(text)),
            Act::Interrupt => Err(Stop::Interrupted),
            Act::Panic => panic!("an action panics"),
            Act::Hang => pending().await,
        }
    }

    async fn switch(&self, call: &str) {
        let dies = self.dies(call, None);
        self.calls.lock().unwrap().push(call.to_owned());
        if dies {
            return pending().await;
        }
        let act = self.switches.lock().unwrap().pop_front();
        if let Some(Act::Hang) = act {
            pending().await
        }
    }

    /// What actions do from now on; beyond it they do well.
    pub fn acts(&self, acts: &[Act]) {
        *self.acts.lock().unwrap() = acts.iter().cloned().collect();
    }

    /// What activities do from now on when they are started or stopped.
    pub fn switches(&self, acts: &[Act]) {
        *self.switches.lock().unwrap() = acts.iter().cloned().collect();
    }
}

/// The call, and how often it was tried and interrupted before.
fn call(text: String, cx: &service::Context) -> String {
    let mut text = text;
    if cx.attempt() > 1 {
        text += &format!(", attempt {}", cx.attempt());
    }
    if cx.interruptions() > 0 {
        text += &format!(", interrupted {}", cx.interruptions());
    }
    text
}

impl service::Actions for Script {
    type Error = Stop;

    async fn prepare(&mut self, step: String, cx: &service::Context) -> Result<(), Stop> {
        self.act(call(step, cx), cx).await.map(drop)
    }

    async fn bind(
        &mut self,
        host: String,
        cx: &service::Context,
    ) -> Result<service::results::Bind, Stop> {
        self.act(call(format!("bind {host}"), cx), cx).await?;
        Ok(service::results::Bind { port: 80 })
    }

    async fn probe_prepare(&mut self, step: String, cx: &service::Context) -> Result<Probe, Stop> {
        self.act(call(format!("{step} done?"), cx), cx).await
    }

    async fn probe_bind(
        &mut self,
        host: String,
        cx: &service::Context,
    ) -> Result<Probe<service::results::Bind>, Stop> {
        Ok(
            match self.act(call(format!("bound {host}?"), cx), cx).await? {
                Probe::Done(()) => Probe::Done(service::results::Bind { port: 81 }),
                Probe::NotDone => Probe::NotDone,
                Probe::Unknown => Probe::Unknown,
            },
        )
    }

    fn patient(&self, _: &service::State) -> bool {
        self.patient
    }

    async fn start_server(&mut self) {
        self.switch("+server").await;
    }

    async fn stop_server(&mut self) {
        self.switch("-server").await;
    }

    async fn start_diary(&mut self) {
        self.switch("+diary").await;
    }

    async fn stop_diary(&mut self) {
        self.switch("-diary").await;
    }

    async fn start_alarm(&mut self) {
        self.switch("+alarm").await;
    }

    async fn stop_alarm(&mut self) {
        self.switch("-alarm").await;
    }
}

/// An instance in memory, whose process can die.
pub struct Service {
    pub store: MemoryStore,
    pub script: Script,
    pub clock: HandClock,
    pub workflow: service::Workflow<Script>,
    shown: usize,
}

/// The verdict, and each step as a line.
pub type Told = Vec<String>;

impl Service {
    pub fn open() -> Self {
        let (store, script) = (MemoryStore::new(), Script::default());
        let clock = HandClock::new();
        let workflow = open(&store, &script, &clock);
        Self {
            store,
            script,
            clock,
            workflow,
            shown: 0,
        }
    }

    /// One that is ready to serve.
    pub fn ready() -> Self {
        let mut this = Self::open();
        this.fire(service::Transition::Install);
        this.forget();
        this
    }

    /// One that serves.
    pub fn serving() -> Self {
        let mut this = Self::ready();
        this.fire(serve());
        this.forget();
        this
    }

    fn forget(&mut self) {
        self.news();
        self.calls();
    }

    /// Dies and comes back.
    pub fn reborn(self) -> Self {
        let Self {
            store,
            script,
            clock,
            workflow,
            shown,
        } = self;
        drop(workflow);
        let workflow = open(&store, &script, &clock);
        Self {
            store,
            script,
            clock,
            workflow,
            shown,
        }
    }

    pub fn fire(&mut self, transition: service::Transition) -> Told {
        told(now(async {
            self.workflow.lock().await.fire(transition).await
        }))
    }

    pub fn synchronize(&mut self) -> Told {
        told(now(async {
            self.workflow.lock().await.synchronize().await
        }))
    }

    pub fn resolve(&mut self, resolution: inflight::Resolution) -> Told {
        told(now(async {
            self.workflow.lock().await.resolve(resolution).await
        }))
    }

    /// Fires, and dies while the action hangs.
    pub fn fire_and_die(self, transition: service::Transition) -> Self {
        let workflow = self.workflow.clone();
        let mut fire = Box::pin(async move {
            let fired = workflow.lock().await.fire(transition).await;
            fired.map(drop)
        });
        assert!(poll(fire.as_mut()).is_none(), "something should hang");
        drop(fire);
        self.reborn()
    }

    /// Synchronizes, and dies while something hangs.
    pub fn synchronize_and_die(self) -> Self {
        let workflow = self.workflow.clone();
        let mut synchronize = Box::pin(async move {
            let outcome = workflow.lock().await.synchronize().await;
            outcome.map(drop)
        });
        assert!(
            poll(synchronize.as_mut()).is_none(),
            "something should hang"
        );
        drop(synchronize);
        self.reborn()
    }

    /// What was persisted since this was asked last.
    pub fn news(&mut self) -> String {
        let history = now(self.store.history(self.workflow.instance())).unwrap();
        let news: Vec<_> = history[self.shown..].iter().map(show).collect();
        self.shown = history.len();
        news.join(" ")
    }

    /// What was called since this was asked last.
    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.script.calls.lock().unwrap())
    }

    /// What was called of the actions, activities left aside.
    pub fn runs(&self) -> Vec<String> {
        let mut calls = self.calls();
        calls.retain(|call| !call.starts_with(['+', '-']));
        calls
    }
}

fn open(store: &MemoryStore, script: &Script, clock: &HandClock) -> service::Workflow<Script> {
    // All of what is left to chance.
    let options = Options::new().clock(clock.clone()).random(|| u64::MAX);
    let open = service::Workflow::open_with(store.clone(), "web-0", script.clone(), options);
    now(open).unwrap()
}

pub fn told(outcome: Result<Outcome<service::Definition>, Error>) -> Told {
    match outcome {
        Ok(outcome) => std::iter::once(outcome.verdict.to_string())
            .chain(outcome.steps.iter().map(ToString::to_string))
            .collect(),
        Err(error) => vec![error.to_string()],
    }
}

pub fn serve() -> service::Transition {
    let host = "a".to_owned();
    service::Transition::Serve { host }
}

/// A record as the table of truth writes it.
pub fn show(record: &StoredRecord) -> String {
    let mut parts = vec![record.state.clone()];
    if let Some(inflight) = &record.inflight {
        parts.push(inflight.transition.clone());
        if inflight.attempt > 1 {
            parts.push(format!("attempt {}", inflight.attempt));
        }
        if inflight.interruptions > 0 {
            parts.push(format!("interrupted {}", inflight.interruptions));
        }
        if inflight.until.is_some() {
            parts.push("waiting".to_owned());
        }
        if inflight.parked {
            parts.push("parked".to_owned());
        }
    }
    parts.extend(record.spent.iter().map(|timer| format!("!{timer}")));
    format!("({})", parts.join(", "))
}

pub fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
