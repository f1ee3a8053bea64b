//! A part of the unit workflow, and actions that do what a test tells them.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test takes the part it needs, and fails where something is amiss"
)]

use std::collections::VecDeque;
use std::future::pending;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use inflight::Outcome;
use inflight::store::{InstanceId, MemoryStore, ReadStore};
use inflight::testing::notation;

#[path = "stop.rs"]
mod stop;
pub use stop::Stop;

inflight::workflow! {
    /// From first install to a failed configuration.
    pub workflow unit {
        initial state new
        state installed
        state started
        final state stopped
        /// The install hook failed.
        error state install_error { reason: string }
        /// The start hook failed.
        error state start_error { reason: string }
        /// The hook of a changed configuration failed.
        error state configure_error { reason: string, key: string? }

        action install(hooks: bool)
        action start
        action configure(key: string)
        action halt
        guard ready

        transition install: new -> installed {
            automatic
            do install(hooks: true)
            on error error_install -> install_error(reason: failure)
        }
        transition retry_install: install_error -> installed {
            alias retry
        }
        transition retry_install_hook: install_error -> installed {
            alias retry_hook
            do install(hooks: true)
        }
        transition start: installed -> started {
            automatic
            when ready
            do start
            on error error_start -> start_error(reason: failure)
        }
        transition retry_start: start_error -> started {
            alias retry
            when ready
        }
        transition configure(key: string): started -> started {
            do configure(key: key)
            on error error_configure -> configure_error(reason: failure, key: key) { do halt }
        }
        transition retry_configure: configure_error -> started { alias retry }
        transition stop: started -> stopped
        transition kill: started -> stopped
    }
}

/// What an action does when it is called.
#[derive(Clone, Debug)]
pub enum Act {
    Well,
    Fail(&'static str),
    Interrupt,
    Panic,
    /// Takes more than one poll.
    Yield,
    /// Never ends: its future is dropped, as when the process dies.
    Hang,
}

/// What actions do, in the order in which they are called, and what was called.
#[derive(Clone, Debug)]
pub struct Script {
    acts: Arc<Mutex<VecDeque<Act>>>,
    pub calls: Arc<Mutex<Vec<String>>>,
    hanging: Arc<AtomicBool>,
    pub ready: bool,
}

impl Script {
    pub fn new(acts: &[Act]) -> Self {
        Self {
            acts: Arc::new(Mutex::new(acts.iter().cloned().collect())),
            calls: Arc::default(),
            hanging: Arc::default(),
            ready: true,
        }
    }

    pub fn next(&self, acts: &[Act]) {
        self.acts.lock().unwrap().extend(acts.iter().cloned());
    }

    /// Whether an action began to hang since this was asked last.
    pub fn is_hanging(&self) -> bool {
        self.hanging.swap(false, Ordering::SeqCst)
    }

    async fn act(&self, call: String, cx: &unit::Context) -> Result<(), Stop> {
        let interruptions = match cx.interruptions() {
            0 => String::new(),
            times => format!(", interrupted {times}"),
        };
        self.calls.lock().unwrap().push(call + &interruptions);
        let act = self.acts.lock().unwrap().pop_front();
        match act.unwrap_or(Act::Well) {
            Act::Well => Ok(()),
            Act::Fail(text) => Err(Stop::Failed(text)),
            Act::Interrupt => Err(Stop::Interrupted),
            Act::Panic => panic!("an action panics"),
            Act::Yield => {
                tokio::task::yield_now().await;
                Ok(())
            }
            Act::Hang => {
                self.hanging.store(true, Ordering::SeqCst);
                pending().await
            }
        }
    }
}

impl unit::Actions for Script {
    type Error = Stop;

    async fn install(&mut self, hooks: bool, cx: &unit::Context) -> Result<(), Stop> {
        self.act(format!("install({hooks})"), cx).await
    }

    async fn start(&mut self, cx: &unit::Context) -> Result<(), Stop> {
        self.act("start".to_owned(), cx).await
    }

    async fn configure(&mut self, key: String, cx: &unit::Context) -> Result<(), Stop> {
        self.act(format!("configure({key})"), cx).await
    }

    async fn halt(&mut self, cx: &unit::Context) -> Result<(), Stop> {
        self.act("halt".to_owned(), cx).await
    }

    fn ready(&self, state: &unit::State) -> bool {
        assert!(state.is_installed() || state.is_start_error());
        self.ready
    }
}

/// What is persisted of an instance, in order, as the table of truth writes it.
pub async fn persisted(store: &impl ReadStore, instance: &InstanceId) -> Vec<String> {
    let history = store.history(instance).await.unwrap();
    let records = history.iter().map(std::slice::from_ref);
    records.map(notation).collect()
}

/// The verdict, and each step as a line.
pub fn told(outcome: &Outcome<unit::Definition>) -> Vec<String> {
    let steps = outcome.steps.iter().map(ToString::to_string);
    std::iter::once(outcome.verdict.to_string())
        .chain(steps)
        .collect()
}

/// An instance in memory, whose process can die.
pub struct Unit {
    pub store: MemoryStore,
    pub script: Script,
    pub workflow: unit::Workflow<Script>,
    shown: usize,
}

impl Unit {
    pub async fn open(acts: &[Act]) -> Self {
        let store = MemoryStore::new();
        let script = Script::new(acts);
        let workflow = unit::Workflow::open(store.clone(), "mysql-0", script.clone())
            .await
            .unwrap();
        Self {
            store,
            script,
            workflow,
            shown: 0,
        }
    }

    /// A unit that is installed and started.
    pub async fn started(acts: &[Act]) -> Self {
        let mut unit = Self::open(&[]).await;
        unit.synchronize().await;
        unit.script.next(acts);
        unit.news().await;
        unit
    }

    /// Dies and comes back.
    pub async fn reborn(self) -> Self {
        let Self {
            store,
            script,
            workflow,
            shown,
        } = self;
        drop(workflow);
        let workflow = unit::Workflow::open(store.clone(), "mysql-0", script.clone())
            .await
            .unwrap();
        Self {
            store,
            script,
            workflow,
            shown,
        }
    }

    pub async fn fire(&mut self, transition: unit::Transition) -> Vec<String> {
        told(&self.workflow.lock().await.fire(transition).await.unwrap())
    }

    pub async fn synchronize(&mut self) -> Vec<String> {
        told(&self.workflow.lock().await.synchronize().await.unwrap())
    }

    /// Fires, and drops the future when it waits for an action that hangs.
    pub async fn fire_and_die(self, transition: unit::Transition) -> Self {
        {
            let mut locked = self.workflow.lock().await;
            let mut fire = std::pin::pin!(locked.fire(transition));
            self.until_hanging(fire.as_mut()).await;
        }
        self.reborn().await
    }

    pub async fn synchronize_and_die(self) -> Self {
        {
            let mut locked = self.workflow.lock().await;
            let mut synchronize = std::pin::pin!(locked.synchronize());
            self.until_hanging(synchronize.as_mut()).await;
        }
        self.reborn().await
    }

    pub async fn until_hanging(&self, mut future: std::pin::Pin<&mut (impl Future + ?Sized)>) {
        std::future::poll_fn(|context| {
            assert!(
                future.as_mut().poll(context).is_pending(),
                "the action should hang"
            );
            match self.script.is_hanging() {
                true => std::task::Poll::Ready(()),
                false => std::task::Poll::Pending,
            }
        })
        .await;
    }

    /// What was persisted since this was asked last.
    pub async fn news(&mut self) -> String {
        let all = persisted(&self.store, self.workflow.instance()).await;
        let news = all[self.shown..].join(" ");
        self.shown = all.len();
        news
    }

    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.script.calls.lock().unwrap())
    }
}

/// The transition with its input.
pub fn configure() -> unit::Transition {
    unit::Transition::Configure {
        key: "port".to_owned(),
    }
}
