//! A workflow with every clause that takes time or care, whose actions do what a test
//! tells them.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test takes the part it needs, and fails where something is amiss"
)]

#[path = "poll.rs"]
pub mod poll;
#[path = "script.rs"]
pub mod script;

use std::time::Duration;

use inflight::store::{MemoryStore, ReadStore, StoredRecord};
use inflight::testing::{HandClock, notation};
use inflight::{Error, Options, Outcome};

pub use poll::{now, poll};
pub use script::{Act, Script};

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
        let history = self.history();
        let news = notation(&history[self.shown..]);
        self.shown = history.len();
        news
    }

    /// What is kept of the instance.
    pub fn history(&self) -> Vec<StoredRecord> {
        now(self.store.history(self.workflow.instance())).unwrap()
    }

    /// What was called since this was asked last.
    pub fn calls(&self) -> Vec<String> {
        self.script.calls()
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

pub fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
