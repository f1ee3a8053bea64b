//! A pump that is asked for things, its store, and whoever asks.

#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    reason = "each test takes the part it needs, and fails where something is amiss"
)]

use std::collections::VecDeque;
use std::future::pending;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex};

use inflight::request::{Answer, Command, Request, RequestQueue};
use inflight::store::{
    Claim, Commit, InstanceId, MemoryStore, ReadStore, Store, StoreFuture, StoredRecord,
};
use inflight::testing::HandClock;
use inflight::{Fields, Options};

#[path = "poll.rs"]
mod polling;
pub use polling::{now, poll};

inflight::workflow! {
    pub workflow pump {
        initial state off
        state on { speed: int }
        /// It needs a wrench.
        error state jammed { reason: string }
        final state gone

        action turn(speed: int)
        guard wired

        transition start(speed: int): off -> on(speed: speed) {
            when wired
            do turn(speed: speed)
            retry 1 backoff 10s
            on error stuck -> jammed(reason: failure)
        }
        transition stop: on -> off {
            do turn(speed: 0)
            on interrupt ask
        }
        transition mend: jammed -> off
        transition scrap: off | on -> gone
    }
}

/// What the action does, one call after the other; all is well when nothing is left.
#[derive(Clone, Copy)]
pub enum Does {
    Fail,
    Hang,
    Panic,
}

#[derive(Clone, Default)]
pub struct Pump(Arc<Mutex<VecDeque<Does>>>);

impl pump::Actions for Pump {
    type Error = String;

    async fn turn(&mut self, _: i64, _: &pump::Context) -> Result<(), String> {
        let does = self.0.lock().unwrap().pop_front();
        match does {
            None => Ok(()),
            Some(Does::Fail) => Err("it is stuck".to_owned()),
            Some(Does::Hang) => pending().await,
            Some(Does::Panic) => panic!("a bolt broke"),
        }
    }

    fn wired(&self, state: &pump::State) -> bool {
        let _ = state;
        self.0.lock().unwrap().len() < 5
    }
}

/// A store in memory with a place for requests.
#[derive(Clone)]
pub struct Kept {
    pub records: MemoryStore,
    pub folder: PathBuf,
}

inflight::__reads_behind!(Kept, records);

impl Store for Kept {
    fn claim(&self, instance: &InstanceId) -> StoreFuture<Claim> {
        self.records.claim(instance)
    }

    fn commit(&self, commit: Commit) -> StoreFuture<()> {
        self.records.commit(commit)
    }

    fn held(&self) -> StoreFuture<u64> {
        self.records.held()
    }

    fn requests(&self) -> Option<PathBuf> {
        Some(self.folder.clone())
    }
}

/// A pump, its store, and whoever asks something of it.
pub struct Place {
    _folder: tempfile::TempDir,
    pub store: Kept,
    pub queue: RequestQueue,
    pub clock: HandClock,
    pub pump: Pump,
}

impl Place {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let requests = folder.path().join("requests");
        Self {
            store: Kept {
                records: MemoryStore::new(),
                folder: requests.clone(),
            },
            queue: RequestQueue::at(requests),
            _folder: folder,
            clock: HandClock::new(),
            pump: Pump::default(),
        }
    }

    pub fn options(&self) -> Options {
        Options::new().clock(self.clock.clone()).random(|| 0)
    }

    pub fn open(&self) -> pump::Workflow<Pump> {
        let (store, pump) = (self.store.clone(), self.pump.clone());
        now(pump::Workflow::open_with(store, "1", pump, self.options())).unwrap()
    }

    /// What the action does from now on.
    pub fn script(&self, does: &[Does]) {
        self.pump.0.lock().unwrap().extend(does);
    }

    pub fn ask(&self, command: Command) -> Request {
        let request = Request {
            reason: Some("it leaks".to_owned()),
            ..Request::new(id(), command)
        };
        self.queue.add(&request).unwrap();
        request
    }

    /// Asks a process that drives the pump; the answer.
    pub fn asked(&self, command: Command) -> Answer {
        let request = self.ask(command);
        let workflow = self.open();
        now(async { workflow.lock().await.synchronize().await }).unwrap();
        let mut drive = pin!(workflow.drive());
        let _ = poll(drive.as_mut());
        self.answer(&request)
    }

    pub fn answer(&self, request: &Request) -> Answer {
        assert!(self.queue.pending().unwrap().is_empty());
        self.queue.answered(&request.id).unwrap().unwrap()
    }

    pub fn history(&self) -> Vec<StoredRecord> {
        now(self.store.history(&id())).unwrap()
    }

    pub fn states(&self) -> String {
        let records = self.history();
        let records = records.iter().map(|record| match &record.inflight {
            Some(inflight) => format!("({}, {})", record.state, inflight.transition),
            None => format!("({})", record.state),
        });
        records.collect::<Vec<_>>().join(" ")
    }
}

pub fn id() -> InstanceId {
    InstanceId::new("pump", "1")
}

pub fn fire(transition: &str, inputs: Fields) -> Command {
    Command::Fire {
        transition: transition.to_owned(),
        inputs,
    }
}

pub fn set_state(state: &str, variables: Fields) -> Command {
    Command::SetState {
        state: state.to_owned(),
        variables,
    }
}

pub fn start() -> Command {
    fire("start", Fields::new().with("speed", &7_i64))
}

pub const RETRY: Command = Command::Retry { execution: None };
pub const SKIP: Command = Command::Skip { execution: None };
pub const ABANDON: Command = Command::Abandon { execution: None };

pub fn done(verdict: &str, steps: &[&str], clean: bool, state: &str) -> Answer {
    Answer::Done {
        verdict: verdict.to_owned(),
        steps: steps.iter().map(ToString::to_string).collect(),
        achieved: clean,
        clean,
        state: state.to_owned(),
    }
}
